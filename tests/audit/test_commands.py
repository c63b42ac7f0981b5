"""`assist audit` as it is typed: the summary, what is set aside, the difference, and what is deleted."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from assist.audit.audit import Audit
from assist.audit.masking import key
from assist.cli.main import main
from tests.audit.exports import rows
from tests.commands import Ran, Run

ROOT = Path(__file__).parent.parent.parent
NUMBER = 10
ANN = "ann.lee@example.com"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with an export of ten chats, one of Ann's, and a line that is wrong."""
    monkeypatch.chdir(tmp_path)
    lines = [json.dumps(row | {"customer": ANN if place == 3 else "c1"}) for place, row in enumerate(rows(NUMBER))]
    (tmp_path / "chats.jsonl").write_text("\n".join([*lines, '{"id": 7}']), encoding="utf-8")
    return tmp_path


@pytest.fixture
def typed(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> Ran:
        assert place.is_dir()
        monkeypatch.setattr(sys, "argv", ["assist", "audit", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ran(int(ended.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def audit(typed: Run) -> Callable[..., Ran]:
    """An audit of the export with little to load."""
    return lambda *more: typed("chats.jsonl", "--packs", "core", "--fast", "--jobs", "1", *more)


def test_it_tells_figures_with_their_meaning_what_to_read_and_what_was_set_aside(audit: Run) -> None:
    ran = audit()
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("10 conversations, 30 messages, 1 set aside\n")
    assert "Conversations: 10\n      Conversations of every kind, with a reply or without.\n" in ran.out
    assert "Read first\n  chat-" in ran.out
    assert "Set aside\n       1  " in ran.out
    assert "first in chats.jsonl:11" in ran.out
    assert ran.out.endswith("The records are in assist-audit\n")


def test_programs_get_the_same_as_json(audit: Run) -> None:
    told = json.loads(audit("--summary", "json", "--limit", "60").out)
    figures = {figure["id"]: figure for figure in told["figures"] if not figure["label"]}
    assert (told["conversations"], told["messages"], told["set_aside"]["number"]) == (10, 30, 1)
    assert figures["contacts"]["value"] == 10
    assert any(
        figure["title"] == "First replies within the limit" and figure["value"] == 1 for figure in told["figures"]
    )
    assert told["read_first"][0]["signs"]


def at_a_terminal(place: Path, command: str) -> tuple[bytes, bytes]:
    """What a command of the shell writes, and what a terminal shows beside it."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "PYTHON": sys.executable}
    process = subprocess.Popen(
        ["bash", "-c", command], cwd=place, stdout=subprocess.PIPE, stderr=theirs, env=environment
    )
    os.close(theirs)
    seen = b""
    with suppress(OSError):  # how a terminal says that nobody writes to it any more
        while piece := os.read(ours, 65536):
            seen += piece
    os.close(ours)
    out, _ = process.communicate()
    assert process.returncode == 0
    return out, seen


def test_a_terminal_is_told_how_far_it_is_and_how_fast(place: Path) -> None:
    _, seen = at_a_terminal(place, '"$PYTHON" -m assist audit chats.jsonl --packs core --fast --jobs 1')
    assert b"of 30 messages" in seen


def test_what_is_piped_in_is_audited_at_a_terminal_too(place: Path) -> None:
    """It can be read only once, so how much there is nobody counts before."""
    out, _ = at_a_terminal(place, '"$PYTHON" -m assist audit <(cat chats.jsonl) --packs core --fast --jobs 1')
    assert out.startswith(b"10 conversations, 30 messages, 1 set aside\n")


def test_options_may_come_first(typed: Run) -> None:
    ran = typed("--fast", "--packs", "core", "--jobs", "1", "chats.jsonl")
    assert (ran.code, ran.out.splitlines()[0]) == (0, "10 conversations, 30 messages, 1 set aside")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["missing.jsonl"], "nothing to audit was found; missing.jsonl: no such file or folder"),
        (["chats.jsonl", "--format", "csvv"], "did you mean 'csv'?"),
        (["chats.jsonl", "--roles", "Bo=agnet"], "did you mean 'agent'?"),
        (["chats.jsonl", "--limit", "soon"], "--limit soon: write SECONDS, or MEDIUM=SECONDS"),
        (["chats.jsonl", "--limit", "chatt=5"], "did you mean 'chat'?"),
        (["chats.jsonl", "--hours", "9-5"], "write them as 09:00-17:30"),
        (["chats.jsonl", "--zone", "Mars"], "--zone Mars: unknown time zone"),
        (["chats.jsonl", "--scheduler", "tcp://10.0.0.5:8786"], "--scheduler goes with --engine dask"),
        (["chats.jsonl", "--engine", "dask", "--scheduler", "tcp://a:1"], "--jobs counts processes of this machine"),
        (["chats.jsonl", "--db", "audit.db"], "--db: write a URL such as sqlite:///audit.db"),
        (["forget", "--customer", "c1"], "say where: --out FOLDER, --db URL, or both"),
        (["forget", "--out", "x"], "say either --customer KEY or --keep-days N"),
        (["forget", "--out", "x", "--customer", "c1"], "x: no audit in this folder"),
        (["diff", "before", "after", "--db", "sqlite:///a.db"], "write the numbers of two audits"),
    ],
)
def test_what_is_wrong_gets_one_line(typed: Run, arguments: list[str], problem: str) -> None:
    loaded = ("--packs", "core", "--fast", "--jobs", "1") if arguments[0] not in {"forget", "diff"} else ()
    ran = typed(*arguments, *loaded)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    assert problem in ran.err
    assert not Path("assist-audit", "audit.json").exists()


def test_a_rule_switched_off_shows_in_the_difference_of_folders_and_of_a_store(audit: Run, typed: Run) -> None:
    audit("--out", "before", "--db", "sqlite:///a.db")
    audit("--out", "after", "--db", "sqlite:///a.db", "--rule", "policy-wall=off")
    listed = typed("runs", "--db", "sqlite:///a.db").out.splitlines()
    assert [line.split()[0] for line in listed] == ["1", "2"]
    folders, stored = typed("diff", "before", "after").out, typed("diff", "1", "2", "--db", "sqlite:///a.db").out
    assert folders == stored
    assert "2 → 0" in folders
    assert typed("diff", "before", "before").out == "nothing changed\n"


def test_a_customer_is_forgotten_in_folder_and_store(audit: Run, typed: Run, place: Path) -> None:
    audit("--out", "kept", "--db", "sqlite:///a.db")
    ran = typed("forget", "--customer", ANN, "--out", "kept", "--db", "sqlite:///a.db")
    assert ran.out == "1 conversation deleted from kept\n1 conversation deleted from the store\n"
    left = Audit.load(place / "kept")
    assert key(ANN) not in {one.customer for one in left.conversations()}
    assert "chat-3" not in {note.conversation for note in left.notes()}
    assert (left.made.conversations, left.made.messages) == (NUMBER - 1, 3 * (NUMBER - 1))
    assert audit("--out", "kept").out.startswith("9 conversations, 27 messages")


def test_what_is_older_than_the_days_kept_is_deleted(audit: Run, typed: Run) -> None:
    audit("--out", "kept")
    assert typed("forget", "--keep-days", "20000", "--out", "kept").out == "0 conversations deleted from kept\n"
    assert typed("forget", "--keep-days", "1", "--out", "kept").out == "10 conversations deleted from kept\n"


def test_more_days_than_the_calendar_has_are_refused(typed: Run) -> None:
    ran = typed("forget", "--keep-days", "1000000", "--out", "kept")
    assert ran.code == 2
    assert "Invalid value for '--keep-days'" in ran.err


def test_opening_hours_of_a_report_are_those_of_the_house_that_was_audited(audit: Run, typed: Run, place: Path) -> None:
    audit("--zone", "Asia/Tokyo")
    hours = ("--hours", "09:00-17:30")
    for more, zone in ((), "Asia/Tokyo"), (("--zone", "Europe/London"), "Europe/London"):
        assert typed("report", "hours.json", *hours, *more).code == 0
        clocks = {figure["clock"] for figure in json.loads((place / "hours.json").read_text())["figures"]}
        assert [clock for clock in clocks if clock and clock.endswith(f", {zone})")]

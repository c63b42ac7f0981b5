"""What may come in an export, and what `assist audit` says then: one clear line each, and the rest whole."""

import csv
import gzip
import io
import json
import os
import re
import shutil
import struct
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assist.audit.audit import Audit
from assist.audit.moments import Session
from assist.audit.store import opened
from assist.audit.workers import Local
from assist.cli.main import main
from assist.data import shipped
from assist.errors import DataError
from assist.findings import Review
from assist.reports.audit import write
from assist.workbench import Workbench
from tests.audit.exports import written
from tests.audit.runs import audited, opening
from tests.commands import Ran
from tests.test_book import Page

LOST = "My parcel never turned up and nobody answers!"
POLICY = "You should have read the terms. It's our policy."
HTML = """</title><script>document.title = 'mine'</script><img src=x onerror="document.title='mine'">"""
FORMULA = '=HYPERLINK("http://evil.example","Click")'
CARD = "4242 4242 4242 4242"
DRIVING = "\x1b[31mred\x1b]0;mine\x07\u202e\x9b2J\nassist: all is well"


def talk(name: object, asked: str = LOST, replied: str = POLICY, **more: object) -> str:
    """A conversation in a line."""
    turns = [{"role": "customer", "text": asked}, {"role": "agent", "text": replied, "name": more.pop("agent", "Bo")}]
    return json.dumps({"id": name, "turns": turns, **more})


def lines(*talks: str) -> bytes:
    return "".join(f"{one}\n" for one in talks).encode()


def timed(name: str, *times: object) -> str:
    return json.dumps({"id": name, "turns": [{"role": "customer", "text": LOST, "at": at} for at in times]})


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        about = tarfile.TarInfo(name)
        about.size = len(data)
        archive.addfile(about, io.BytesIO(data))
        about = tarfile.TarInfo("link.jsonl")
        about.type, about.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(about)
    return packed.getvalue()


def parquet(**columns: object) -> bytes:
    packed = io.BytesIO()
    pq.write_table(pa.table(columns), packed)
    return packed.getvalue()


ROWS = {"conversation_id": ["p", "p"], "role": ["customer", "agent"], "text": [LOST, POLICY]}
TABLE = "conversation id,role,text\n{0},customer,it is late\n{0},agent,It's our policy.\n"


class Case(NamedTuple):
    """A file: what is in it, how many conversations come of it, and what is said of the rest."""

    data: bytes
    read: int
    said: tuple[str, ...] = ()


FILES: dict[str, Case] = {
    # packed
    "cut-short.jsonl.gz": Case(
        gzip.compress(lines(*(talk(f"cut-{number}") for number in range(40))), 0)[:-20],
        39,
        ("cut-short.jsonl.gz: it is cut short; what came before is read",),
    ),
    "bomb.zip": Case(
        zipped(**{"a.jsonl": lines(talk("in-bomb")), "b.txt": b"customer: " + b"a" * 100_000_000}),
        1,
        ("bomb.zip/b.txt: unpacks to more than 200 times its size; unpack it by hand if that is right",),
    ),
    "nested.zip": Case(
        zipped(b=zipped(c=zipped(d=lines(talk("nested"))))),
        0,
        ("nested.zip/b/c: packed more than 2 times over; unpack it first",),
    ),
    "outside.zip": Case(zipped(**{"../../outside.jsonl": lines(talk("outside"))}), 1),
    "outside.tar": Case(tarred("/etc/outside.jsonl", lines(talk("outside too"))), 1),
    "odd-name.zip": Case(
        zipped(**{"é.jsonl": lines(talk("odd"))}).replace("é".encode(), b"\xff\xfe"),
        0,
        ("odd-name.zip: damaged: the name of a file in it is no text",),
    ),
    "cut-name.zip": Case(
        zipped(é=lines(talk("cut name"))).replace("é".encode(), b"x\xc3"),
        0,
        ("cut-name.zip: damaged: the name of a file in it is no text",),
    ),
    "archive.7z": Case(b"7z\xbc\xaf\x27\x1c" + b"x" * 90, 0, ("archive.7z: packed as 7z; unpack it first",)),
    "sheet.csv": Case(
        zipped(**{"[Content_Types].xml": b"<x/>"}),
        0,
        ("sheet.csv: a document of an office program; save it as CSV or plain text",),
    ),
    # encodings, and bytes that are no text
    "empty.jsonl": Case(b"", 0, ("empty.jsonl: it is empty",)),
    "header-only.csv": Case(b"conversation id,role,text\n", 0, ("header-only.csv: no message with words in it",)),
    "nul.jsonl": Case(b"\0" * 5000, 0, ("nul.jsonl: not text: a NUL at byte 1",)),
    "latin.jsonl": Case(
        talk("latin", "the caf\\u00e9 is shut").replace("\\\\u00e9", "é").encode("latin-1"),
        0,
        ("latin.jsonl: not UTF-8 text (byte 64); save it as UTF-8",),
    ),
    "latin.csv": Case(TABLE.format("café").encode("latin-1"), 1),
    "utf-16-without-mark.csv": Case(TABLE.format("wide").encode("utf-16-le"), 1),
    "utf-32.csv": Case(TABLE.format("wider").encode("utf-32"), 1),
    "old-mac.csv": Case(TABLE.format("mac").replace("\n", "\r").encode(), 1),
    "half-letter.jsonl": Case(
        rb'{"id":"half","turns":[{"role":"customer","text":"it \ud83d leaks"}]}',
        0,
        ("half-letter.jsonl: half a letter in it (a lone surrogate)",),
    ),
    # JSON
    "deep.jsonl": Case(
        lines(talk("deep-1"), '{"turns":' + "[" * 100_000 + "]" * 100_000 + "}", talk("deep-2")),
        2,
        ("deep.jsonl:2: nested too deep",),
    ),
    "half-broken.json": Case(
        f'{{"conversations": [{talk("broken-1")}, {{broken}}, {talk("broken-2")}]}}'.encode(),
        2,
        ("half-broken.json: item 2: not JSON: object keys must be strings (byte 1)",),
    ),
    "roles.jsonl": Case(
        lines(talk("roles").replace("agent", "agnet", 1)),
        0,
        ("roles.jsonl:1: turn 2: unknown role 'agnet'; did you mean 'agent'?",),
    ),
    "numbers.jsonl": Case(
        lines(talk("many", handed_on=10**30), talk("infinite", opened=1e30)),
        0,
        (
            "numbers.jsonl:1: handed_on: expected a whole number <= 10000",
            "numbers.jsonl:2: cannot read the time 1e+30; epoch seconds or ISO 8601",
        ),
    ),
    "times.jsonl": Case(
        lines(
            timed("t1", "0001-01-01T00:00:00+14:00"),
            timed("t2", 1740000000000),
            timed("t3", 1e308).replace("1e+308", "1e999"),
            timed("t4", "2025-03-03T10:00:00Z", "2025-03-03T09:00:00Z"),
        ),
        1,
        (
            "times.jsonl:1: turn 1: cannot read the time '0001-01-01T00:00:00+14:00'; epoch seconds or ISO 8601",
            "times.jsonl:2: turn 1: cannot read the time 1740000000000; epoch seconds or ISO 8601",
            "times.jsonl:3: it: number out of range",
        ),
    ),
    "twice.jsonl": Case(
        lines(talk("twice"), talk("twice"), talk("chat-0")),
        1,
        (
            "twice.jsonl:2: the id 'twice' came before; only the first is read",
            "twice.jsonl:3: the id 'chat-0' came before; only the first is read",
        ),
    ),
    "card-twice.jsonl": Case(
        lines(*[talk(f"{CARD} {'x' * 100}")] * 2),
        1,
        ("card-twice.jsonl:2: the id '[card] xxxx",),
    ),
    "notes.jsonl": Case(
        b'{"id":"notes","turns":[{"role":"agent","text":"rude one","note":true}]}',
        0,
        ("notes.jsonl:1: only notes in it",),
    ),
    "long-message.jsonl": Case(
        lines(talk("long", "lost " * 1_000_000), talk("short")),
        1,
        ("long-message.jsonl:1: message 1 is longer than 200000 characters",),
    ),
    "many-messages.jsonl": Case(
        b'{"id":"many","turns":[' + b",".join([b'{"role":"customer","text":"hi"}'] * 100_000) + b"]}",
        0,
        ("many-messages.jsonl:1: more than 50000 messages; is it several conversations?",),
    ),
    "long-id.jsonl": Case(lines(talk("i" * 100_000)), 0, ("long-id.jsonl:1: the id is longer than 1000 characters",)),
    # tables
    "many-messages.csv": Case(
        (TABLE.format("many") + "many,customer,hi\n" * 60_000 + "few,customer,hi\n").encode(),
        1,
        ("many-messages.csv:2: 'many' has more than 50000 messages",),
    ),
    "ragged.csv": Case(
        f'{TABLE.format("ragged")}ragged,customer\nragged,agent,ok,and,more\n,,\nopen,customer,"it is\nlate\n'.encode(),
        1,
        ("ragged.csv:7: a quotation mark is opened and never closed; what comes after it is left out",),
    ),
    "one-cell.csv": Case(
        b"hello," + b"a" * 200_000, 0, ("one-cell.csv: in none of the formats that are known; it begins 'hello,aaa",)
    ),
    "times.csv": Case(b"role,text,date\ncustomer,it is late,1 May 2024 " + b"9" * 30 + b":00\n", 1),
    "card.txt": Case(
        f"paid with {CARD}".encode(),
        0,
        ("card.txt: in none of the formats that are known; it begins 'paid with [card]'",),
    ),
    "no-header.csv": Case(
        b"1,customer,hello there\n1,agent,It's our policy.\n",
        0,
        ("no-header.csv: a table whose first line is no header; name its columns there, such as id,role,text",),
    ),
    "strangers.csv": Case(
        b"conversation id,role,text\nodd,wizard,hello\nodd,dragon,it is late\n",
        0,
        ("strangers.csv:2: not known who is who: 'dragon', 'wizard'; say so with roles, such as 'dragon=agent'",),
    ),
    "cut-short.parquet": Case(
        parquet(**ROWS)[:-300],
        0,
        ("cut-short.parquet: damaged Parquet: Parquet magic bytes not found in footer.",),
    ),
    "lying.parquet": Case(
        parquet(**ROWS)[:-8] + struct.pack("<I", 2**31 - 1) + b"PAR1",
        0,
        ("lying.parquet: damaged Parquet: Parquet file size is ",),
    ),
    "no-text.parquet": Case(
        parquet(**ROWS | {"text": pa.array([b"caf\xe9", b""]).view(pa.string())}),
        0,
        ("no-text.parquet: damaged Parquet: 'utf-8' codec can't decode byte 0xe9",),
    ),
    "no-calendar.parquet": Case(parquet(**ROWS, time=pa.array([2**62, 5], pa.timestamp("us"))), 1),
    # what is meant to do harm when it is shown
    "html.jsonl": Case(lines(talk(HTML, f"{HTML} it broke!", HTML + POLICY, agent=HTML, team=HTML, topic=HTML)), 1),
    "formulas.jsonl": Case(lines(talk(FORMULA, FORMULA, POLICY, agent=FORMULA, team=FORMULA, topic="＝1+1")), 1),
    "driving.jsonl": Case(lines(talk(DRIVING, DRIVING, DRIVING + POLICY, agent=DRIVING, team=DRIVING)), 1),
    "marks.jsonl": Case(lines(talk("marks", "\u0301\u0302" * 5000, "I\u0301\u0302'm sorry" * 300)), 1),
    "\x1b[31m\nred.txt": Case(b"lorem ipsum", 0, ("[31m red.txt: in none of the formats that are known",)),
}  # fmt: skip
GOOD = 3


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder to work in, with `exports` in it: good chats, and all that may come beside them."""
    folder = tmp_path_factory.mktemp("hostile")
    exports = folder / "exports"
    exports.mkdir()
    written(exports / "good.jsonl", GOOD)
    for name, case in FILES.items():
        (exports / name).write_bytes(case.data)
    with (exports / "one-line.jsonl").open("wb") as file:
        file.write(lines(talk("line-1")))
        file.writelines([b"a" * 1_000_000] * 100)
        file.write(b"\n" + lines(talk("line-3")))
    (exports / "loop").symlink_to(exports)
    (exports / "gone.jsonl").symlink_to("nowhere")
    (exports / "zero.jsonl").symlink_to("/dev/zero")
    os.mkfifo(exports / "pipe.jsonl")
    Path(os.fsdecode(os.fsencode(exports) + b"/\xff\xfe.jsonl")).write_bytes(lines(talk("badly named")))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield folder


def command(*arguments: str) -> Ran:
    """`assist audit` as it is typed."""
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["assist", "audit", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
    return Ran(int(ended.value.code or 0), out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def ran(place: Path) -> Ran:
    """One audit of it all."""
    assert place.is_dir()
    options = "--packs core --fast --jobs 1 --out out --report page.html --db sqlite:///a.db"
    return command("exports", *options.split())


@pytest.fixture(scope="module")
def aside(ran: Ran) -> list[str]:
    """What `assist audit set-aside` lists."""
    assert ran.code == 0
    return command("set-aside", "--out", "out").out.splitlines()


@pytest.mark.parametrize(("name", "case"), FILES.items())
def test_each_file_gives_what_can_be_read_and_one_line_for_what_cannot(name: str, case: Case, aside: list[str]) -> None:
    shown = "".join(filter(str.isprintable, name.replace("\n", " ")))
    told = [line for line in aside if re.match(rf"exports/{re.escape(shown)}[:/]", line)]
    assert len(told) == len(case.said)
    for line, said in zip(told, case.said, strict=True):
        assert line.startswith(f"exports/{said}")
    found = [
        one for one in Audit.load("out").conversations() if re.match(rf"exports/{re.escape(shown)}[:/]", one.source)
    ]
    assert len(found) == case.read


def test_a_hundred_megabytes_on_one_line_cost_that_line(aside: list[str]) -> None:
    assert "exports/one-line.jsonl:2: longer than 32 MB" in aside
    assert {"line-1", "line-3"} <= set(Audit.load("out").ids())


def test_pipes_devices_and_loops_of_links_are_left_alone(aside: list[str]) -> None:
    assert {
        "exports/loop: a link to a folder that is read already; left out",
        "exports/gone.jsonl: No such file or directory",
        "exports/pipe.jsonl: no ordinary file; left out",
        "exports/zero.jsonl: no ordinary file; left out",
    } <= set(aside)


def test_a_file_whose_name_is_no_text_is_read(ran: Ran) -> None:
    (found,) = [one for one in Audit.load("out").conversations() if one.id == "badly named"]
    assert ran.code == 0
    assert found.source == r"exports/\udcff\udcfe.jsonl:1"


def test_the_rest_is_whole_wherever_it_is_kept(ran: Ran, aside: list[str]) -> None:
    number = GOOD + 3 + sum(case.read for case in FILES.values())
    made = Audit.load("out").made
    assert (made.conversations, made.set_aside) == (number, len(aside))
    assert ran.out.startswith(f"{number} conversations, ")
    assert f" messages, {len(aside)} set aside\n" in ran.out
    with opened("sqlite:///a.db") as store:
        assert [one.conversations for one in store.runs()] == [number]
    assert {f"chat-{place}" for place in range(GOOD)} <= set(Audit.load("out").ids())


def test_the_summary_says_what_was_guessed_and_where_to_find_the_rest(ran: Ran) -> None:
    assert "1  not UTF-8; read as Windows-1252 from line 2 on, first in exports/latin.csv:2\n" in ran.out
    assert "1  the clock goes backwards at message 2, first in exports/times.jsonl:4\n" in ran.out
    assert re.search(r"\n +and \d+ more kinds\n  each, with its place: assist audit set-aside --out out\n", ran.out)


def test_nothing_drives_the_terminal_or_makes_up_a_line(ran: Ran, aside: list[str]) -> None:
    asked = command("ask", "which agents apologise least?", "--out", "out").out
    for text in (ran.out, ran.err, *aside, asked):
        assert all(letter.isprintable() or letter == "\n" for letter in text)
    assert not [line for line in f"{ran.out}{asked}".splitlines() if line.startswith("assist: all is well")]


def test_nothing_runs_on_the_page(ran: Ran) -> None:
    page = Page(Path("page.html").read_text(encoding="utf-8"))
    assert ran.code == 0
    assert not {name for name, _ in page.elements} & {"script", "img", "iframe", "svg:script"}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert "document.title" in page.text


def test_no_cell_of_the_table_is_a_formula(ran: Ran) -> None:
    write("table.csv", Audit.load("out"))
    assert ran.code == 0
    with Path("table.csv").open(encoding="utf-8", newline="") as file:
        cells = {cell for row in csv.reader(file) for cell in row}
    assert not [cell for cell in cells if cell.lstrip().startswith(tuple("=+-@＝"))]
    assert f"'{FORMULA}" in cells


@pytest.mark.parametrize("kind", ["md", "json"])
def test_every_kind_of_report_can_be_written(ran: Ran, kind: str) -> None:
    assert ran.code == 0
    assert command("report", f"report.{kind}", "--out", "out").code == 0
    assert "\x1b" not in Path(f"report.{kind}").read_text(encoding="utf-8")


class Stumbling:
    """A session that fails on one reply, as a mistake in the code would."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.add = session.add

    @property
    def recovery(self) -> object:
        return self._session.recovery

    def check(self, draft: str) -> Review:
        return self._session.check(draft if "at six" not in draft else str(int(draft)))


class StumblingBench:
    """A workbench of such sessions."""

    def __init__(self) -> None:
        self._bench = opening()
        self.fingerprint = self._bench.fingerprint

    def session(self, *, id: str = "") -> Session:  # noqa: A002
        return Stumbling(self._bench.session(id=id))  # type: ignore[return-value]


def test_a_conversation_on_which_the_code_fails_is_set_aside_and_the_run_goes_on(tmp_path: Path) -> None:
    export = written(tmp_path / "chats.jsonl", 10)
    audit, _ = audited(export, tmp_path / "out", opening=StumblingBench)
    assert (
        [one.id for one in audit.conversations()] == [f"chat-{n}" for n in (0, 2, 3, 4, 5, 7, 8, 9)] == [*audit.ids()]
    )
    assert (audit.made.conversations, audit.made.messages, audit.made.set_aside) == (8, 24, 2)
    for place, one in zip((1, 6), audit.set_aside, strict=True):
        assert one.source == f"{export}:{place + 1}"
        assert re.fullmatch(
            rf"the conversation 'chat-{place}' cannot be examined: ValueError in assist/audit/moments\.py:\d+",
            one.problem,
        )
    with opened(f"sqlite:///{tmp_path / 'a.db'}") as store:
        store.load(audit)
        assert [run.conversations for run in store.runs()] == [8]


def test_a_damaged_model_ends_the_run_in_one_line_and_is_no_fault_of_a_conversation(tmp_path: Path) -> None:
    house = tmp_path / "house"
    shutil.copytree(shipped("lexicon") / "house-styles" / "brightwater", house)
    shutil.copytree(shipped("models"), house / "models")
    (house / "models" / "judge.onnx").write_bytes(b"cut short")
    with pytest.raises(DataError, match=r"judge\.onnx: damaged"):
        audited(written(tmp_path / "chats.jsonl", 5), tmp_path / "out", opening=partial(Workbench.load, lexicon=house))


def test_what_could_not_be_examined_is_still_told_when_nothing_is_done_anew_and_after_a_deletion(
    tmp_path: Path,
) -> None:
    export = written(tmp_path / "chats.jsonl", 10)
    first, _ = audited(export, tmp_path / "out", opening=StumblingBench)
    again, said = audited(export, tmp_path / "out", Local(2), StumblingBench)
    assert ([done.kept for done in said], again.set_aside, again.made.set_aside) == ([True], first.set_aside, 2)
    assert again.drop(lambda one: one.id == "chat-3") == 1
    assert (again.set_aside, len(list(again.ids()))) == (first.set_aside, 7)

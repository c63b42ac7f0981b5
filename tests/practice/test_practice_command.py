"""`assist practice …`: scenarios listed and shown, played in plain lines, and tested."""

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from assist.cli import main
from tests.commands import Ran, Run
from tests.practice.parcels import parcel


@pytest.fixture
def assist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], cache: Path) -> Run:
    """The command, run in this process, in a folder of its own."""
    assert cache.is_dir()
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["assist", "practice", *arguments])
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin.encode()), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ran(int(ended.value.code or 0), captured.out, captured.err)

    return run


def test_list_has_a_line_for_each_the_easiest_first(assist: Run) -> None:
    ran = assist("list")
    assert ran.code == 0
    assert ran.out.splitlines()[0].split()[:4] == ["1", "router-again", "telecom", "chat"]
    assert len(ran.out.splitlines()) >= 14


def test_show_tells_what_the_agent_knows_and_how_it_opens(assist: Run) -> None:
    ran = assist("show", "router-again")
    assert "You can send a new router today." in ran.out
    assert ran.out.splitlines()[-1].startswith("Sam Okafor: My router is dead AGAIN!!")


def test_test_says_where_a_walk_through_goes_differently(assist: Run, tmp_path: Path) -> None:
    path = parcel(
        tmp_path / "mine", ("hears: sorted", "hears: at last"), ("It's our policy to wait 14 days.", "I'm so sorry.")
    )
    ran = assist("test", "mine", "--packs", "core,retail", "--fast")
    first, second = ran.err.splitlines()
    place = path.relative_to(tmp_path)
    assert ran.code == 1
    assert first.startswith(f"{place}: run 1, reply 3: the customer does not say 'at last' but: ")
    assert second.startswith(
        f"{place}: run 2, reply 3: it has not ended, left, with the last reply; the customer says: "
    )
    assert ran.out == "1 scenario, 2 runs, 2 differences\n"


def test_test_says_where_one_ends_too_soon_or_otherwise(assist: Run, tmp_path: Path) -> None:
    parcel(tmp_path / "mine", ("patience: 5 ", "patience: 2 "), ("I'll check on Friday that it came.", "Bye."))
    ran = assist("test", "mine", "--packs", "core,retail", "--fast")
    assert "run 2, reply 1: it ends here, left, and not with reply 3, left" in ran.err


def test_play_answers_line_by_line_and_ends_with_the_debrief(assist: Run, tmp_path: Path) -> None:
    parcel(tmp_path / "mine")
    said = "Did you look behind the bins?\n\nI'm so sorry, Mrs Pell.\n"
    ran = assist("play", "parcel", "--scenarios", "mine", "--packs", "core,retail", stdin=said)
    assert ran.code == 0
    assert "Joan Pell: Yes, I have looked behind the bins. I looked there on Monday." in ran.out
    after = ran.out[ran.out.index("Not ended, after 2 replies") :]
    assert after.index("Done well") < after.index("Flagged") < after.index("Never said") < after.index("Next time")
    assert "patience: 5 → 3 → 4" in after
    assert "  2  Says sorry, and means it. “so sorry”" in after


def test_play_ends_where_the_customer_does(assist: Run, tmp_path: Path) -> None:
    parcel(tmp_path / "mine")
    ran = assist("play", "parcel", "--scenarios", "mine", "--packs", "core,retail", stdin="Did you look?\n" * 20)
    assert "Left, after " in ran.out


def test_schema_prints_one(assist: Run) -> None:
    assert json.loads(assist("schema").out)["title"] == "assist scenario"


def test_what_is_wrong_is_one_line_and_exit_code_two(assist: Run, tmp_path: Path) -> None:
    parcel(tmp_path / "mine", ("title:", "titel:"))
    ran = assist("test", "mine")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "assist: mine/parcel.yaml:1: unknown field 'titel'; did you mean 'title'?\n"
    assert assist("show", "router").code == 2

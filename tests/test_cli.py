"""The command line: arguments and standard input in; words, data and an exit code out."""

import json
import os
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assist.cli import main
from tests.commands import Ran, Run
from tests.packs import ENTRY, SHEET, SMALL, pack

HERE = Path(__file__).parent
COMPLAINT = "customer: My name is Dana and my kettle is broken\n"
GOOD = "Hi Dana, I'm so sorry about the kettle.\n"
ORDER = "Hi Dana, I'm so sorry about the kettle. You need to send the receipt.\n"
BAD = "It's our policy.\nYou need to send the receipt.\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> Path:
    """An empty folder to work in, with a small lexicon in `small` and a conversation in `talk.txt`."""
    assert cache.is_dir()
    pack(tmp_path / "small", {"all.yaml": SMALL})
    (tmp_path / "talk.txt").write_text(COMPLAINT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def assist(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command, run in this process, with the small lexicon unless `packs` is empty."""

    def run(*arguments: str, stdin: str | bytes = "", packs: str = "small") -> Ran:
        assert place.is_dir()
        chosen = ("--packs", packs) if packs else ()
        written = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "argv", ["assist", *arguments, *chosen])
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(written), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ran(int(ended.value.code or 0), captured.out, captured.err)

    return run


def process(*arguments: str, stdin: str = "", width: int = 80) -> Ran:
    """The command as anybody would start it."""
    ran = subprocess.run(
        [sys.executable, "-m", "assist", *arguments],
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "COLUMNS": str(width), "PYTHONPATH": str(HERE.parent), "NO_COLOR": "1"},
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


class TestAsAProcess:
    """What only a real start shows: exit codes, standard input, width, encodings, closed pipes."""

    def test_what_a_person_sees(self, place: Path) -> None:
        """The snapshot of a whole review; read the difference before you change it."""
        (place / "draft.txt").write_text(BAD)
        ran = process("check", "draft.txt", "-c", "talk.txt", "--packs", "small")
        assert (ran.code, ran.err) == (1, "")
        assert ran.out == (HERE / "snapshots" / "check.txt").read_text(encoding="utf-8")

    def test_with_the_lexicon_that_ships(self, place: Path) -> None:
        assert place.is_dir()
        told = "The café's policy: it's our policy – 50 % off 🙂\n"
        ran = process("check", "--format", "jsonl", stdin=told)
        (finding,) = [f for f in json.loads(ran.out)["findings"] if f["category"] == "policy-wall"]
        assert told[finding["start"] : finding["end"]] == finding["words"]
        assert ran.code == 1

    def test_what_cannot_be_run_ends_with_one_line_and_code_2(self, place: Path) -> None:
        ran = process("check", "draft.txt")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == "assist: draft.txt: No such file or directory\n"
        assert place.is_dir()

    def test_a_reader_that_goes_away_gets_no_traceback(self, place: Path) -> None:
        """`assist check --batch … | head -1`."""
        line = json.dumps({"id": "x", "draft": BAD}) + "\n"
        (place / "cases.jsonl").write_text(line * 3000)
        command = f"{sys.executable} -m assist check --batch cases.jsonl --packs small | head -1"
        env = {**os.environ, "PYTHONPATH": str(HERE.parent)}
        ran = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, env=env)
        assert json.loads(ran.stdout)["id"] == "x"
        assert ran.stderr == ""


@pytest.mark.parametrize(("draft", "code"), [(GOOD, 0), (ORDER, 0), (BAD, 1)], ids=["send", "mend", "stop"])
def test_the_exit_code_says_whether_to_stop(assist: Run, draft: str, code: int) -> None:
    """Only an error holds a draft back; a warning alone does not."""
    assert assist("check", "-c", "talk.txt", stdin=draft).code == code


@pytest.mark.parametrize("arguments", [("check",), ("check", "-"), ("check", "draft.txt")])
def test_a_draft_comes_from_standard_input_or_a_file(assist: Run, place: Path, arguments: tuple[str, ...]) -> None:
    (place / "draft.txt").write_text(BAD)
    ran = assist(*arguments, "-c", "talk.txt", stdin=BAD)
    assert "A policy is given as the reason." in ran.out
    assert "✗ stop" in ran.out


def test_several_files_are_checked_at_once_and_named(assist: Run, place: Path) -> None:
    (place / "good.txt").write_text(GOOD)
    (place / "bad.txt").write_text(BAD)
    ran = assist("check", "good.txt", "bad.txt", "-c", "talk.txt")
    assert ran.code == 1
    assert "bad.txt:1:1" in ran.out
    assert "bad.txt:2:1" in ran.out


def test_a_conversation_may_be_json(assist: Run, place: Path) -> None:
    (place / "talk.json").write_text(json.dumps([{"role": "customer", "text": "my kettle is broken"}]))
    assert "missing-apology" in assist("check", "-c", "talk.json", stdin="A new one leaves today.").out
    assert "missing-apology" not in assist("check", stdin="A new one leaves today.").out


def test_json_is_one_object_with_everything_in_it(assist: Run) -> None:
    """Offsets are code points; what is missing has none; each rewrite comes with the draft it gives."""
    ran = assist("check", "-c", "talk.txt", "--format", "json", stdin="🙂 " + BAD)
    data = json.loads(ran.out)
    assert data["verdict"] == "stop"
    assert "id" not in data
    missing, policy, order = data["findings"]
    assert (missing["category"], missing["start"], missing["end"]) == ("missing-apology", None, None)
    assert (policy["start"], policy["words"]) == (2, "It's our policy")
    assert order["rewrites"][0]["draft"] == "🙂 It's our policy.\nCould you send the receipt?"
    keys = {"category", "rule", "severity", "start", "end", "words", "message", "why", "source", "timing", "confidence",
            "evidence", "rewrites"}  # fmt: skip
    assert all(set(finding) == keys for finding in data["findings"])


def test_jsonl_is_one_line_a_draft(assist: Run, place: Path) -> None:
    (place / "good.txt").write_text(GOOD)
    (place / "bad.txt").write_text(BAD)
    ran = assist("check", "good.txt", "bad.txt", "-c", "talk.txt", "--format", "jsonl")
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert [(row["id"], row["verdict"]) for row in rows] == [("good.txt", "send"), ("bad.txt", "stop")]


def test_praise_is_told_beside_the_findings(assist: Run) -> None:
    ran = assist("check", "-c", "talk.txt", "--format", "json", stdin=GOOD)
    assert json.loads(ran.out)["praise"][0]["message"] == "Says sorry like a person."


class TestSarif:
    """What code scanners and editors read."""

    DRAFT = "Hi 🙂\nIt's our policy.\nYou need to send the receipt.\n"

    def log(self, assist: Run, place: Path) -> dict[str, Any]:
        (place / "draft.txt").write_text(self.DRAFT)
        log: dict[str, Any] = json.loads(assist("check", "draft.txt", "-c", "talk.txt", "--format", "sarif").out)
        return log

    def test_it_is_valid_by_the_published_schema(self, assist: Run, place: Path) -> None:
        """schemas/sarif-2.1.0.json is the schema of OASIS as Microsoft's SDK carries it (MIT)."""
        schema = json.loads((HERE / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
        validator = jsonschema.validators.validator_for(schema)
        validator(schema, format_checker=validator.FORMAT_CHECKER).validate(self.log(assist, place))

    def test_regions_cut_the_words(self, assist: Run, place: Path) -> None:
        """By line and column, and by offset, in code points."""
        lines = self.DRAFT.split("\n")
        seen = []
        for result in self.log(assist, place)["runs"][0]["results"]:
            region = result["locations"][0]["physicalLocation"]["region"]
            start = region["charOffset"]
            words = self.DRAFT[start : start + region["charLength"]]
            assert region["startLine"] == region["endLine"]
            assert lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1] == words
            assert region["snippet"]["text"] == words
            seen.append((result["properties"]["category"], words))
        assert ("policy-wall", "It's our policy") in seen
        assert ("missing-apology", "") in seen

    def test_fixes_give_the_better_draft(self, assist: Run, place: Path) -> None:
        (order,) = [r for r in self.log(assist, place)["runs"][0]["results"] if r["ruleId"] == "you-need-to"]
        (replacement,) = order["fixes"][0]["artifactChanges"][0]["replacements"]
        start = replacement["deletedRegion"]["charOffset"]
        end = start + replacement["deletedRegion"]["charLength"]
        better = self.DRAFT[:start] + replacement["insertedContent"]["text"] + self.DRAFT[end:]
        assert better.splitlines()[2] == "Could you send the receipt?"

    def test_results_point_at_their_rules(self, assist: Run, place: Path) -> None:
        run = self.log(assist, place)["runs"][0]
        rules = run["tool"]["driver"]["rules"]
        assert {rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"]} == {True}

    def test_what_is_set_aside_is_suppressed_with_its_reason(self, assist: Run, place: Path) -> None:
        (place / ".assist").mkdir()
        (place / ".assist" / "dismissals.yaml").write_text(
            "- {rule: company-policy, scope: team, reason: agreed with legal}"
        )
        results = self.log(assist, place)["runs"][0]["results"]
        (aside,) = [result for result in results if "suppressions" in result]
        assert aside["ruleId"] == "company-policy"
        assert aside["suppressions"][0]["justification"] == "agreed with legal"


class TestBatch:
    """Many cases, a line each; a broken one is named and the rest goes on."""

    CASES = (
        {"id": "a", "conversation": [{"role": "customer", "text": "my kettle is broken"}], "draft": BAD},
        {"id": "b", "conversation": [], "draft": GOOD},
    )

    def test_a_line_in_is_a_line_out(self, assist: Run, place: Path) -> None:
        (place / "cases.jsonl").write_text("\n".join(map(json.dumps, self.CASES)) + "\n\n")
        ran = assist("check", "--batch", "cases.jsonl", "--format", "jsonl")
        rows = [json.loads(line) for line in ran.out.splitlines()]
        assert [(row["id"], row["verdict"]) for row in rows] == [("a", "stop"), ("b", "send")]
        assert (ran.code, ran.err) == (1, "")

    def test_cases_come_from_standard_input_too(self, assist: Run) -> None:
        ran = assist("check", "--batch", "-", stdin=json.dumps(self.CASES[1]))
        assert (ran.code, json.loads(ran.out)["id"]) == (0, "b")

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ("{", "not JSON"),
            ("[]", "a case must be an object with a draft"),
            ('{"id": "x"}', "'draft' is missing or no string"),
            ('{"id": "x", "draft": 3}', "'draft' is missing or no string"),
            ('{"draft": "x", "conversation": [{"role": "custmer", "text": "x"}]}', "did you mean 'customer'?"),
            ('{"draft": "x", "conversation": [{"role": "customer"}]}', "turn 1: a turn lacks 'text'"),
            ('{"draft": "x", "conversation": "customer: hi"}', "a conversation must be a list of turns"),
            (
                '{"draft": "x", "conversation": [{"role": "customer", "text": "x", "at": "noon"}]}',
                "cannot read the time",
            ),
            ("[" * 100_000, "not JSON"),
        ],
    )
    def test_a_bad_line_is_set_aside_and_named(self, assist: Run, place: Path, line: str, problem: str) -> None:
        good = json.dumps(self.CASES[1])
        (place / "cases.jsonl").write_text(f"{good}\n{line}\n{good}\n")
        ran = assist("check", "--batch", "cases.jsonl")
        assert [json.loads(row)["id"] for row in ran.out.splitlines()] == ["b", "b"]
        named, counted = ran.err.splitlines()
        assert named.startswith("assist: cases.jsonl:2: ")
        assert problem in named
        assert "1 line" in counted
        assert ran.code == 2

    def test_it_is_read_as_it_comes(self, place: Path) -> None:
        """The first answer is there before the second case is."""
        assert place.is_dir()
        command = [sys.executable, "-m", "assist", "check", "--batch", "-", "--packs", "small"]
        env = {**os.environ, "PYTHONPATH": str(HERE.parent)}
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True) as running:
            assert running.stdin is not None
            assert running.stdout is not None
            for case in self.CASES:
                running.stdin.write(json.dumps(case) + "\n")
                running.stdin.flush()
                assert json.loads(running.stdout.readline())["id"] == case["id"]
            running.stdin.close()
            assert running.wait(timeout=30) == 1

    def test_it_brings_its_own_drafts(self, assist: Run) -> None:
        ran = assist("check", "draft.txt", "--batch", "cases.jsonl")
        assert ran.code == 2
        assert "leave FILE and --conversation out" in ran.err

    def test_it_is_no_whole_document(self, assist: Run) -> None:
        ran = assist("check", "--batch", "cases.jsonl", "--format", "sarif")
        assert (ran.code, "line by line" in ran.err) == (2, True)


def test_rewrite_prints_the_better_draft(assist: Run) -> None:
    ran = assist("rewrite", "-c", "talk.txt", stdin="You need to send the receipt.\n")
    assert (ran.out, ran.err, ran.code) == ("I'm so sorry about this. Could you send the receipt?\n", "", 0)


def test_rewrite_names_what_is_left_to_the_agent(assist: Run) -> None:
    """On standard error, so that the draft alone can be piped on; with a blank left it is not ready."""
    ran = assist("rewrite", stdin="It's our policy.")
    assert ran.out == "Here's what I can do: {what you can offer?}.\n"
    assert ran.err == "left to you: A blank is not filled in. {what you can offer?}\n"
    assert ran.code == 1


def test_rewrite_says_what_it_left_alone_so_that_nothing_told_is_lost(assist: Run) -> None:
    draft = "It's our policy that a refund of 45 pounds takes 3 days."
    ran = assist("rewrite", stdin=draft)
    assert ran.out == f"{draft}\n"
    assert "(a rewrite would take out 45 pounds, 3 days)" in ran.err


class TestDismiss:
    """Setting a rule aside, with a reason, in a file that anybody can read."""

    def test_it_is_written_down_and_holds(self, assist: Run, place: Path) -> None:
        ran = assist("dismiss", "policy-wall", "--reason", "agreed with legal", "--scope", "team", packs="")
        assert ran.code == 0, ran.err
        assert ran.out == "policy-wall set aside for team, in .assist/dismissals.yaml\n"
        assert "agreed with legal" in (place / ".assist" / "dismissals.yaml").read_text()
        told = assist("check", "--format", "json", stdin="It's our policy.")
        data = json.loads(told.out)
        assert (told.code, data["verdict"], data["findings"]) == (0, "send", [])
        assert data["dismissed"][0]["reason"] == "agreed with legal"
        assert "1 set aside" in assist("check", stdin="It's our policy.").out

    def test_for_a_draft(self, assist: Run, place: Path) -> None:
        (place / "draft.txt").write_text("It's our policy.\n")
        reason = ("--reason", "agreed", "--scope", "draft")
        assert assist("dismiss", "policy-wall", *reason, "--draft", "draft.txt", packs="").code == 0
        assert assist("check", "draft.txt").code == 0
        assert assist("check", stdin="It's our policy. Sorry.").code == 1

    @pytest.mark.parametrize(
        ("arguments", "problem"),
        [
            (("polcy-wall", "--reason", "agreed"), "did you mean 'policy-wall'?"),
            (("policy-wall", "--reason", "ok"), "--reason: "),
            (("policy-wall", "--reason", "agreed", "--scope", "teem"), "--scope: "),
            (("policy-wall", "--reason", "agreed", "--scope", "draft"), "must say which"),
            (("policy-wall", "--reason", "agreed", "--scope", "conversation"), "must say which"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_written(
        self, assist: Run, place: Path, arguments: tuple[str, ...], problem: str
    ) -> None:
        ran = assist("dismiss", *arguments, packs="")
        assert ran.code == 2
        assert problem in ran.err
        assert len(ran.err.splitlines()) == 1
        assert not (place / ".assist" / "dismissals.yaml").exists()

    def test_a_rule_of_ones_own_pack_can_be_set_aside(self, assist: Run, place: Path) -> None:
        """What `check` finds, `dismiss` knows, wherever the rule comes from."""
        pack(place / "house" / "ours", {"tone.yaml": ENTRY})
        ran = assist("dismiss", "says-guys", "--reason", "agreed", "--lexicon", "house", packs="")
        assert ran.code == 0, ran.err


@pytest.mark.parametrize("name", ["company-policy", "policy-wall"])
def test_a_rule_is_switched_off_for_one_run(assist: Run, name: str) -> None:
    assert assist("check", stdin="It's our policy.").code == 1
    assert assist("check", "--rule", f"{name}=off", stdin="It's our policy.").code == 0
    assert "mend" in assist("check", "--rule", f"{name}=warning", stdin="It's our policy.").out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("check", "--rule", "company-polcy=off"), "did you mean 'company-policy'?"),
        (("check", "--rule", "company-policy=of"), "did you mean 'off'?"),
        (("check", "--rule", "company-policy"), "NAME=off|suggestion|warning|error"),
        (("check", "--conversation", "none.txt"), "none.txt: No such file or directory"),
        (("check", "--conversation", "bad.txt"), "bad.txt: line 1: begin with 'customer:' or 'agent:'"),
        (("check", "--conversation", "bad.json"), "bad.json: not JSON"),
        (("check", "--lexicon", "empty"), "empty: no pack.yaml here or in any folder below"),
        (("check", "latin.txt"), "latin.txt: not UTF-8 text"),
        (("lexicon", "show", "company-polcy"), "did you mean 'company-policy'?"),
        (("lexicon", "explain", "company-polcy"), "did you mean 'company-policy'?"),
    ],
)
def test_a_mistake_gets_one_line_and_code_2(assist: Run, place: Path, arguments: tuple[str, ...], problem: str) -> None:
    (place / "empty").mkdir()
    (place / "bad.txt").write_text("hello there\n")
    (place / "bad.json").write_text("[{")
    (place / "latin.txt").write_bytes(b"caf\xe9")
    ran = assist(*arguments, stdin="hello")
    assert (ran.code, ran.out) == (2, "")
    assert problem in ran.err
    assert ran.err.startswith("assist: ")
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("check", "--formt", "json"), "--format"),
        (("check", "--format", "jsn"), "json"),
        (("chek",), "check"),
        (("lexicon", "lnt"), "lint"),
    ],
)
def test_an_unknown_option_has_a_nearest_one(assist: Run, arguments: tuple[str, ...], hint: str) -> None:
    ran = assist(*arguments, packs="")
    assert ran.code == 2
    assert hint in ran.err


def test_an_unknown_pack_has_a_nearest_one(assist: Run) -> None:
    ran = assist("check", packs="core,telecm", stdin="hello")
    assert (ran.code, ran.err) == (2, "assist: unknown pack 'telecm'; did you mean 'telecom'?\n")


def test_help_and_version_are_there(assist: Run) -> None:
    assert "before it is sent" in assist("--help", packs="").out
    assert assist("--version", packs="").out.startswith("assist 0.")
    assert "Exit code 0" in assist("check", "--help", packs="").out


class TestLexicon:
    """Looking into a lexicon from the command line."""

    def test_list_says_what_weighs_how_much_and_where_it_is(self, assist: Run, place: Path) -> None:
        lines = assist("lexicon", "list").out.splitlines()
        (line,) = [line for line in lines if "company-policy" in line]
        assert line.split()[:3] == ["error", "policy-wall", "company-policy"]
        assert "all.yaml:2" in line
        assert place.is_dir()
        assert len(assist("lexicon", "list", "--category", "policy-wall").out.splitlines()) == 1

    def test_list_names_what_is_off(self, assist: Run, place: Path) -> None:
        (place / "small" / "pack.yaml").write_text(SHEET + "rules: {company-policy: off}")
        (line,) = assist("lexicon", "list", "--category", "policy-wall").out.splitlines()
        assert line.split()[0] == "off"

    def test_show_prints_the_entry_as_written(self, assist: Run) -> None:
        shown = assist("lexicon", "show", "you-need-to").out
        assert '    phrases: ["you {need|have} to <thing>"]' in shown
        assert "company-policy" not in shown
        assert "broken" not in shown

    @pytest.mark.parametrize("rule", ["company-policy", "policy-wall"])
    def test_explain_says_which_file_decided(self, assist: Run, place: Path, rule: str) -> None:
        assert "decided by the category policy-wall" in assist("lexicon", "explain", "company-policy").out
        (place / "small" / "pack.yaml").write_text(SHEET + f"rules: {{{rule}: suggestion}}")
        told = assist("lexicon", "explain", "company-policy").out
        assert "severity: suggestion" in told
        assert str(Path("small") / "pack.yaml") in told

    def test_explain_gives_the_line_that_decided(self, assist: Run, place: Path) -> None:
        (place / "small" / "pack.yaml").write_text(SHEET + "rules: {company-policy: suggestion}")
        assert f"{Path('small') / 'pack.yaml'}:4" in assist("lexicon", "explain", "company-policy").out

    def test_explain_a_sentence_says_what_every_entry_makes_of_it(self, assist: Run) -> None:
        told = assist("lexicon", "explain", "Sorry, it's our policy.").out
        assert "company-policy" in told
        assert '"it\'s our policy"' in told

    def test_lint_counts_what_is_right(self, assist: Run) -> None:
        ran = assist("lexicon", "lint", "small", packs="")
        assert (ran.code, ran.out) == (0, "1 pack, 7 entries, nothing wrong\n")

    def test_lint_points_at_what_is_wrong(self, assist: Run, place: Path) -> None:
        (place / "small" / "all.yaml").write_text(SMALL.replace("policy-wall", "policy-wal"))
        ran = assist("lexicon", "lint", "small", packs="")
        assert ran.code == 1
        assert ran.err.startswith(f"{Path('small') / 'all.yaml'}:3: 'category'")
        assert ran.err.endswith("did you mean 'policy-wall'?\n")

    def test_test_runs_the_examples(self, assist: Run, place: Path) -> None:
        assert assist("lexicon", "test").code == 0
        (place / "small" / "all.yaml").write_text(SMALL.replace("Our policy covers that.", "It is our policy."))
        ran = assist("lexicon", "test")
        assert ran.code == 1
        assert "company-policy" in ran.err
        assert "should pass" in ran.err

    def test_try_shows_what_would_be_flagged_in_transcripts(self, assist: Run, place: Path) -> None:
        turns = [{"role": "customer", "text": "my kettle is broken"}, {"role": "agent", "text": "It's our policy."}]
        (place / "real.jsonl").write_text(json.dumps({"id": "t-1", "turns": turns}) + "\n")
        ran = assist("lexicon", "try", "real.jsonl")
        assert '"It\'s our policy"' in ran.out
        assert "2 findings in 1 reply" in ran.out

    def test_schema_is_json(self, assist: Run) -> None:
        jsonschema.Draft202012Validator.check_schema(json.loads(assist("lexicon", "schema", packs="").out))

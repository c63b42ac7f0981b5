"""`assist playbooks …`: arguments and files in; words, data and an exit code out."""

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assist.cli import main
from assist.data import shipped
from assist.evaluation import Query, figures, outcomes
from assist.playbooks import load_play
from tests.commands import Ran, Run
from tests.packs import SMALL, pack
from tests.plays import PLAY, play, said, shop

TALK = "customer: My name is Dana. Where is my parcel? The order number is 55190.\n"


@pytest.fixture(scope="module")
def plays(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plays of a small shop."""
    return shop(tmp_path_factory.mktemp("plays"))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Path) -> Path:
    """An empty folder to work in, with a small lexicon in `small` and a conversation in `talk.txt`."""
    assert cache.is_dir()
    pack(tmp_path / "small", {"all.yaml": SMALL})
    (tmp_path / "talk.txt").write_text(TALK)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def assist(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command, run in this process, in a folder of its own, with the small lexicon unless `packs` is empty."""

    def run(*arguments: str, stdin: str = "", packs: str = "small") -> Ran:
        assert place.is_dir()
        chosen = ("--packs", packs) if packs and arguments[0] not in {"usage", "schema"} else ()
        monkeypatch.setattr(sys, "argv", ["assist", "playbooks", *arguments, *chosen])
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(stdin.encode()), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ran(int(ended.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def of_shop(assist: Run, plays: Path) -> Run:
    """The command with the plays of the small shop, and without the transformer where it searches."""

    def run(command: str, *arguments: str, stdin: str = "") -> Ran:
        fast = ("--fast",) if command in {"search", "eval"} else ()
        return assist(command, *arguments, "--playbooks", str(plays), *fast, stdin=stdin)

    return run


def rows(*objects: dict[str, Any] | str) -> str:
    """A file of JSON lines; strings stand as they are."""
    return "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in objects)


class TestSearch:
    """`assist playbooks search`."""

    def test_text_has_a_line_for_each_answer_best_first(self, of_shop: Run) -> None:
        ran = of_shop("search", "wheres my parcel", "-k", "2")
        first, second = ran.out.splitlines()
        assert (ran.code, ran.err) == (0, "")
        assert first.split()[1] == "late-parcel"
        assert "The parcel is late  by: " in first
        assert "parcel" in first.partition("by: ")[2]
        assert float(second.split()[0]) < float(first.split()[0])

    def test_nothing_fits_is_said_and_no_failure(self, of_shop: Run) -> None:
        ran = of_shop("search", "who won the football last night")
        assert (ran.code, ran.out) == (0, "nothing fits\n")

    def test_one_search_as_json(self, of_shop: Run) -> None:
        (first, *_) = json.loads(of_shop("search", "where is my parcel", "--format", "jsonl").out)["answers"]
        assert set(first) == {"play", "score", "title", "met", "text"}
        assert (first["play"], first["title"]) == ("late-parcel", "The parcel is late")

    def test_a_conversation_fills_the_first_answer(self, of_shop: Run) -> None:
        """Without a search of one's own, and with one that leads elsewhere."""
        out = of_shop("search", "-c", "talk.txt").out
        assert "Hi Dana, I'm so sorry. I'm tracing order 55190 right now." in out
        assert of_shop("search", "kettle leaks", "-c", "talk.txt").out.split()[1] == "broken-kettle"

    def test_a_batch_answers_line_for_line(self, of_shop: Run, place: Path) -> None:
        """Each in its place, with its id as it was given; empty where nothing fits."""
        (place / "q.jsonl").write_text(
            rows(
                {"id": "a", "text": "where is my parcel"}, "", {"id": 7, "text": "who won the football"}, {"text": "x"}
            )
        )
        ran = of_shop("search", "--batch", "q.jsonl", "--format", "jsonl")
        first, second, third = map(json.loads, ran.out.splitlines())
        assert (ran.code, ran.err) == (0, "")
        assert (first["id"], second, third["id"]) == ("a", {"id": 7, "answers": []}, "q.jsonl:4")
        assert first["answers"][0]["play"] == "late-parcel"
        scores = [answer["score"] for answer in first["answers"]]
        assert scores == sorted(scores, reverse=True)
        assert len(scores) == 5

    def test_lines_that_cannot_be_read_are_named_and_passed_over(self, of_shop: Run, place: Path) -> None:
        lines: list[dict[str, Any] | str] = [
            "{",
            "[1]",
            {"id": "b"},
            {"id": "c", "text": 3},
            '{"text": "\\ud800"}',
            {"id": "d", "text": "kettle"},
        ]
        (place / "q.jsonl").write_text(rows(*lines))
        ran = of_shop("search", "--batch", "q.jsonl")
        (line,) = ran.out.splitlines()
        assert json.loads(line)["id"] == "d"
        *problems, count = ran.err.splitlines()
        assert [problem.split(":")[2] for problem in problems] == ["1", "2", "3", "4", "5"]
        assert count == "assist: 5 lines could not be read and were passed over"
        assert ran.code == 0

    def test_a_batch_may_come_on_standard_input_and_go_out_as_text(self, of_shop: Run) -> None:
        given = rows({"id": "a", "text": "where is my parcel"}, {"id": "b", "text": "who won the football"})
        first, second = of_shop("search", "--batch", "-", "--format", "text", stdin=given).out.splitlines()
        assert (first.split()[0], first.split()[2]) == ("a:", "late-parcel")
        assert second == "b: nothing fits"

    @pytest.mark.parametrize(
        ("arguments", "problem"),
        [
            ((), "say what the customer says, or give --conversation or --batch"),
            (("  ",), "say what the customer says"),
            (("x", "--batch", "q.jsonl"), "--batch brings its own queries"),
            (("--batch", "none.jsonl"), "none.jsonl: No such file or directory"),
            (("x", "-c", "none.txt"), "none.txt: No such file or directory"),
            (("x", "--playbooks", "none"), "none: no such folder of plays"),
        ],
    )
    def test_what_cannot_be_run_ends_with_one_line_and_code_2(
        self, assist: Run, arguments: tuple[str, ...], problem: str
    ) -> None:
        ran = assist("search", *arguments, "--fast")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"assist: {problem}")
        assert len(ran.err.splitlines()) == 1

    def test_a_play_that_is_wrong_is_pointed_at(self, assist: Run, place: Path) -> None:
        play(place / "house", "late", PLAY.replace("asks:", "aks:"))
        ran = assist("search", "x", "--playbooks", "house", "--fast")
        assert (ran.code, ran.err) == (2, "assist: house/late.md:3: unknown field 'aks'; did you mean 'asks'?\n")


class TestShowAndUse:
    """`assist playbooks show`, `use` and `usage`."""

    def test_all_that_an_agent_needs_is_shown(self, assist: Run, place: Path) -> None:
        more = (
            "steps: [Trace it.]\nquestions: [Could you tell me the street?]\n"
            "compensation: [{offer: A voucher, limit: up to £10}]\nowner: Deliveries\nreview: 2027-01-31\n"
        )
        play(place / "house" / "shop", "late", said("Late", "where is it", answer="Hi {{ name }}.", more=more))
        ran = assist("show", "late", "--playbooks", "house")
        assert ran.out == (
            "Late  (late, shop)\n\nHi {name?}.\n\nSteps:\n  - Trace it.\n\n"
            "Once the apology is taken up, ask it like this:\n  - Could you tell me the street?\n\n"
            "Something extra, if it helps:\n  - A voucher (up to £10)\n\nowner: Deliveries, review by 2027-01-31\n"
        )
        assert "\nHi Dana.\n" in assist("show", "late", "--playbooks", "house", "-c", "talk.txt").out

    @pytest.mark.parametrize("command", [("show",), ("use", "-c", "talk.txt")])
    def test_an_unknown_play_has_a_nearest_one(self, of_shop: Run, command: tuple[str, ...]) -> None:
        ran = of_shop(*command, "late-parcle")
        assert (ran.code, ran.err) == (2, "assist: no play 'late-parcle'; did you mean 'late-parcel'?\n")

    def test_a_use_is_printed_kept_listed_and_forgotten(self, of_shop: Run, assist: Run, place: Path) -> None:
        ran = of_shop("use", "late-parcel", "-c", "talk.txt")
        assert ran.out == "Hi Dana, I'm so sorry. I'm tracing order 55190 right now.\n"
        listed = assist("usage").out
        assert "late-parcel" in listed
        assert "order number is 00000." in listed
        assert listed.endswith("1 use in .assist/usage.jsonl\n")
        (place / ".assist" / "usage.jsonl").unlink()
        assert assist("usage").out == "0 uses in .assist/usage.jsonl\n"

    def test_nothing_is_kept_where_nothing_should_be(self, of_shop: Run, place: Path) -> None:
        assert of_shop("use", "late-parcel", "-c", "talk.txt", "--no-usage").code == 0
        of_shop("search", "parcel")
        assert not (place / ".assist").exists()

    def test_a_search_learns_from_what_was_used(self, of_shop: Run, place: Path) -> None:
        """And not where it should not."""
        text = "I want my money back, you took it twice"
        (place / "odd.txt").write_text(f"customer: {text}\n")
        before = [line.split()[1] for line in of_shop("search", text).out.splitlines()]
        of_shop("use", before[1], "-c", "odd.txt")
        assert of_shop("search", text).out.split()[1] == before[1]
        assert of_shop("search", text, "--no-usage").out.split()[1] == before[0]


class TestLint:
    """`assist playbooks lint`."""

    def test_what_should_be_mended_is_told_with_its_file(self, assist: Run, place: Path) -> None:
        """A policy in the answer, an ask that another play takes, a near copy, a review that is past, no answer."""
        ask = "can I return my opened lamp"
        answer = "I'm so sorry about the lamp. Unfortunately it's our policy not to take back opened items."
        play(place / "house", "a", said("Policy", ask, answer=answer, more="review: 2020-01-01\n"))
        play(place / "house", "b", said("Returns of opened lamps", ask, answer=answer + " Bye."))
        play(place / "house", "c", said("Nothing", "hello", answer=""))
        ran = assist("lint", "house")
        told = ran.err.splitlines()
        assert ran.code == 1
        assert ran.out == f"3 plays, {len(told)} faults\n"
        for start in (
            "house/a.md: was to be reviewed by 2020-01-01",
            f"house/a.md: policy-wall, to '{ask}': ",
            f"house/a.md: b is found before it by '{ask}'",
            f"house/b.md: policy-wall, to '{ask}': ",
            "house/b.md: nearly the same answer as a",
            "house/c.md: the answer is empty",
        ):
            assert [line for line in told if line.startswith(start)], start

    def test_a_question_that_would_offend_is_found(self, assist: Run, place: Path) -> None:
        more = 'questions: ["You need to plug it in."]\n'
        play(place / "house", "a", said("Dead", "my lamp is dead", answer="I'm so sorry about the lamp.", more=more))
        ran = assist("lint", "house/a.md")
        assert (ran.code, "in a question: " in ran.err) == (1, True)

    def test_a_play_that_does_not_load_is_pointed_at(self, assist: Run, place: Path) -> None:
        play(place / "house", "a", PLAY.replace("{{ by }}", "{{ buy }}"))
        ran = assist("lint", "house")
        assert (ran.code, ran.err) == (1, "house/a.md:11: unknown slot 'buy'; did you mean 'by'?\n")

    def test_every_file_that_does_not_load_is_named_and_the_others_are_checked(self, assist: Run, place: Path) -> None:
        play(place / "house", "a", PLAY.replace("title", "titel"))
        play(place / "house", "b", PLAY.replace("{{ by }}", "{{ buy }}"))
        play(place / "house", "c", PLAY)
        ran = assist("lint", "house")
        assert ran.err.splitlines()[:2] == [
            "house/a.md:2: unknown field 'titel'; did you mean 'title'?",
            "house/b.md:11: unknown slot 'buy'; did you mean 'by'?",
        ]
        assert ran.out.startswith("3 plays, ")

    def test_an_empty_folder_is_no_success(self, assist: Run, place: Path) -> None:
        (place / "house").mkdir()
        ran = assist("lint", "house")
        assert (ran.code, ran.err[:27]) == (2, "assist: no plays there; a p")

    def test_plays_that_ship_have_no_faults(self, assist: Run) -> None:
        """One folder for all of them, which take a minute."""
        ran = assist("lint", str(shipped("playbooks") / "software"), packs="")
        assert (ran.code, ran.err) == (0, "")


ZENDESK = """\
id,title,active,comment_value
360012,"Refund, late",true,"Hi {{ticket.requester.first_name}},

It's on its way: order {{ticket.order_id}}. He said ""today"", I know.

Best, {{current_user.name}}"
360013,No words,true,
360014,Decides,true,"{% if ticket.vip %}Hello{% endif %}"
360015,Again,true,"hello   THERE"
360016,Again too,true,"Hello there"
"""
CHATWOOT = 'short_code,content\nbusy_today,"Hi {{contact.name}}, I\'m sorry. {{agent.name}}"\n'
FRONT = (
    "\ufeffname;subject;body\r\nLate parcel;Your parcel;"
    '"<p>Hello {{recipient.first_name}},</p><ul><li>one; two</li><li>three</li></ul>'
    '<a href=""https://x.example/a"">track it</a><script>alert(1)</script>"\r\n'
)


class TestImport:
    """`assist playbooks import`."""

    def test_hostile_text_takes_no_time(self, assist: Run, place: Path) -> None:
        """What would send a careless regex round and round is imported or left out at once."""
        cells = ["{{" + " " * 20_000 + "x", "{%" * 20_000, "<p " * 20_000, "a" * 200_000]
        (place / "replies.csv").write_text("title,text\n" + "".join(f'T{n},"{cell}"\n' for n, cell in enumerate(cells)))
        assert assist("import", "replies.csv", "house/shop").code in {0, 2}

    def test_macros_of_zendesk(self, assist: Run, place: Path) -> None:
        """Quotes and lines are kept, the customer's fields become slots, the agent's a blank; the rest is told."""
        (place / "macros.csv").write_text(ZENDESK)
        ran = assist("import", "macros.csv", "house/shop")
        read = load_play(place / "house" / "shop" / "refund-late.md")
        assert (read.title, read.asks, read.industry) == ("Refund, late", ("Refund, late",), "shop")
        assert read.body == (
            'Hi {{ name }},\n\nIt\'s on its way: order {{ order_number }}. He said "today", I know.\n\n'
            "Best, {{ current_user_name }}"
        )
        assert read.sheet.slots == {"current_user_name": "current user name?"}
        left_out = [line for line in ran.err.splitlines() if line.startswith("left out")]
        assert left_out == [
            "left out  macros.csv: row 3: it has no text",
            "left out  macros.csv: row 4: it decides by itself what to say, '{% if ticket.vip %}'; write it by hand",
            "left out  macros.csv: row 6: the same text as macros.csv: row 5",
        ]
        assert ran.out.startswith("2 plays written to house/shop; the checker dislikes ")
        assert ran.out.endswith("; 3 left out\n")

    def test_canned_responses_of_chatwoot(self, assist: Run, place: Path) -> None:
        """The short code is the title, and what it is found by."""
        (place / "canned.csv").write_text(CHATWOOT)
        assert assist("import", "canned.csv", "house").code == 0
        read = load_play(place / "house" / "busy-today.md")
        assert (read.title, read.asks) == ("Busy today", ("Busy today",))
        assert read.body == "Hi {{ name }}, I'm sorry. {{ agent_name }}"

    def test_templates_of_front(self, assist: Run, place: Path) -> None:
        """With a mark of byte order, semicolons, and HTML."""
        (place / "front.csv").write_text(FRONT, newline="")
        assert assist("import", "front.csv", "house").code == 0
        read = load_play(place / "house" / "late-parcel.md")
        assert read.body == "Hello {{ name }},\n- one; two\n- three\ntrack it (https://x.example/a)"

    def test_articles_in_a_folder(self, assist: Run, place: Path) -> None:
        """The heading is the title; menus, scripts and front matter of other tools are no answer."""
        help_ = place / "help"
        (help_ / "more").mkdir(parents=True)
        (help_ / "late.md").write_text("---\nlayout: x\n---\n# Late parcels\n\nWe look.\n\n## Abroad\n\nToo.\n")
        (help_ / "no-heading.markdown").write_text("Just words.\n")
        (help_ / "more" / "lost.html").write_text(
            "<html><head><title>T</title><style>x{}</style></head><body><nav>menu</nav>"
            "<h1>Lost <b>parcels</b></h1><p>We look.<br>Soon.</p><script>alert(1)</script></body></html>"
        )
        (help_ / "picture.png").write_bytes(b"\x89PNG")
        (help_ / "latin.md").write_bytes(b"caf\xe9")
        ran = assist("import", "help", "house")
        made = {path.stem: load_play(path) for path in sorted((place / "house").iterdir())}
        assert {name: (one.title, one.body) for name, one in made.items()} == {
            "late-parcels": ("Late parcels", "We look.\n\n## Abroad\n\nToo."),
            "lost-parcels": ("Lost parcels", "We look.\nSoon."),
            "no-heading": ("No heading", "Just words."),
        }
        assert "left out  help/picture.png: neither Markdown nor HTML\n" in ran.err
        assert "left out  help/latin.md: not UTF-8 text" in ran.err

    def test_what_the_checker_dislikes_is_told(self, assist: Run, place: Path) -> None:
        (place / "r.csv").write_text("title,text\nNo returns,It's our policy not to take it back.\n")
        ran = assist("import", "r.csv", "house")
        assert "look at   house/no-returns.md: " in ran.err
        assert ran.out == "1 play written to house; the checker dislikes 1; 0 left out\n"

    def test_nothing_is_overwritten_and_nothing_half_done(self, assist: Run, place: Path) -> None:
        (place / "r.csv").write_text("title,text\nFirst,one\nSecond,two\n")
        mine = play(place / "house", "second", "mine")
        ran = assist("import", "r.csv", "house")
        assert (ran.code, ran.err) == (
            2,
            "assist: house/second.md: is there already; name another folder, or move it away\n",
        )
        assert [path.name for path in mine.parent.iterdir()] == ["second.md"]
        assert mine.read_text() == "mine"

    def test_what_would_not_load_is_left_out(self, assist: Run, place: Path) -> None:
        """Too long an answer, a template cut short, another tool's logic: the others are written."""
        (place / "r.csv").write_text(
            f"title,text,shortcut\nLong,{'x ' * 11_000},\nCut,Hi {{{{ name,\nCode,a,{'x' * 1_500}\n"
            "README,hello,\nreadme,bye,\nПривет,мир,\n"
        )
        ran = assist("import", "r.csv", "house")
        assert [line.split(": ")[1] for line in ran.err.splitlines() if line.startswith("left out")] == [
            "row 2",
            "row 3",
            "row 4",
        ]
        assert sorted(path.name for path in (place / "house").iterdir()) == ["readme-2.md", "readme-3.md", "reply.md"]
        assert assist("lint", "house").code in {0, 1}

    @pytest.mark.parametrize(
        ("name", "text", "problem"),
        [
            ("r.csv", "", "r.csv:1: no column with the text of a reply"),
            ("r.csv", "title,bdy\na,b\n", "did you mean 'body'?"),
            ("r.csv", "text\n" + "x" * 200_000 + "\n", "not CSV: field larger than field limit"),
            ("none.txt", None, "No such file or directory"),
        ],
    )
    def test_what_cannot_be_imported_is_refused_in_a_line(
        self, assist: Run, place: Path, name: str, text: str | None, problem: str
    ) -> None:
        if text is not None:
            (place / name).write_text(text)
        ran = assist("import", name, "house")
        assert (ran.code, len(ran.err.splitlines())) == (2, 1)
        assert problem in ran.err
        assert not (place / "house").exists()

    def test_an_empty_folder_has_no_articles(self, assist: Run, place: Path) -> None:
        (place / "help").mkdir()
        assert assist("import", "help", "house").err == "assist: help: no Markdown or HTML in this folder\n"


class TestEval:
    """`assist playbooks eval`."""

    def test_the_figures_are_those_reckoned_by_hand(self) -> None:
        """Ranks 1, 2, 4 and none: R@1 1/4, R@3 2/4, R@5 3/4, MRR (1 + 1/2 + 1/4) / 4. Of the eight pairs of an
        answerable query with another, scores 0.9 and 0.6 win both, 0.3 wins one and ties one, 0.0 loses both.
        """
        answers = {
            "a": [("p", 0.9), ("q", 0.1)],
            "b": [("q", 0.6), ("p", 0.2)],
            "c": [("q", 0.3), ("r", 0.2), ("s", 0.2), ("p", 0.1)],
            "d": [],
            "x": [("p", 0.3)],
            "y": [("p", 0.05)],
        }
        queries = [Query(text, "p" if text in "abcd" else None) for text in answers]
        made = figures(outcomes(queries, lambda text: answers[text]))
        assert (made.answerable, made.others) == (4, 2)
        assert made.recall == {1: 0.25, 3: 0.5, 5: 0.75}
        assert made.mrr == pytest.approx(1.75 / 4)
        assert made.auroc == pytest.approx((2 + 2 + 1.5 + 0) / 8)
        assert [(cut.kept, cut.refused) for cut in made.curve if cut.score in {0.05, 0.3, 0.4}] == [
            (0.75, 0.0),
            (0.75, 0.5),
            (0.5, 1.0),
        ]

    def test_of_nothing_there_are_no_figures(self) -> None:
        made = figures([])
        assert (made.answerable, made.mrr, made.auroc) == (0, 0.0, None)

    def test_they_are_printed_with_the_misses(self, of_shop: Run, place: Path) -> None:
        (place / "q.jsonl").write_text(
            rows(
                {"text": "where is my parcel", "play": "late-parcel"},
                {"text": "kettle leaks", "play": "broken-kettle"},
                {"text": "kettle switches off", "play": "charged-twice"},
                {"text": "who won the football", "play": None},
            )
        )
        ran = of_shop("eval", "q.jsonl", "--misses")
        miss, told, others, *curve = ran.out.splitlines()
        assert miss.split()[:2] == ["charged-twice", "broken-kettle"]
        assert told.startswith("3 queries that a play answers: R@1 0.667  R@3 ")
        assert others == "1 that none does: AUROC 1.000"
        assert curve[0].split() == ["score", "kept", "refused"]
        assert len(curve) == 8

    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            ({"id": "a", "text": "x", "play": "late-parcle"}, "a: no play 'late-parcle'; did you mean 'late-parcel'?"),
            ({"id": "a", "text": "x", "play": 3}, "a: no play 3"),
            ({"id": "a"}, "q.jsonl:1: 'text' is missing or no string"),
            ({"id": "a", "text": "x", "play": []}, "a: no play []"),
        ],
    )
    def test_a_label_that_is_wrong_is_named(
        self, of_shop: Run, place: Path, line: dict[str, Any], problem: str
    ) -> None:
        (place / "q.jsonl").write_text(rows(line))
        ran = of_shop("eval", "q.jsonl")
        assert (ran.code, len(ran.err.splitlines())) == (2, 1)
        assert problem in ran.err

    def test_without_plays_there_is_nothing_to_measure(self, assist: Run, place: Path) -> None:
        (place / "house").mkdir()
        assert assist("eval", "q.jsonl", "--playbooks", "house").err == "assist: there are no plays to search\n"


def test_the_schema_is_one(assist: Run) -> None:
    """And accepts a play as the manual has it."""
    printed = json.loads(assist("schema").out)
    jsonschema.Draft202012Validator.check_schema(printed)
    jsonschema.validate({"title": "a", "asks": ["b"], "slots": {"by": "by when?"}, "review": "2027-01-31"}, printed)

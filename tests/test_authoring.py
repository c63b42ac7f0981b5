"""Packs begun, filled from other tools, and compared: lists and rules in; entries, reports and differences out."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist import AssistError, DataError, Workbench
from assist.analyzer import Analyzer
from assist.cli import main
from assist.comparison import Comparison, changes
from assist.examples import failures
from assist.findings import Finding, Severity
from assist.lexicon import Lexicon, PhraseEntry, importing, load, load_pack, sketch, starter
from assist.lexicon.expression import wordings
from assist.lexicon.sketch import Gathered
from tests.commands import Ran, Run
from tests.packs import SMALL, pack

TABLE = """\
Do not say,Type,Reason,Say instead,Priority
It's more than my job's worth,refusal,They asked for help and got our fears.,I'll find out more by {when?}.,high
I'd get into trouble for that,refusal,They asked for help and got our fears.,Let me ask who can decide it.,high
"Calm down. It's only a jug.",dismissive,,,
"""
EXISTENCE = """\
extends: existence
message: "'%s' talks down to the reader."
level: error
ignorecase: true
tokens:
  - obviously
  - 'of course(?: not)?'
  - colou?rs?
  - "clear(ly)? .* enough"
  - '\\w+ly'
"""
SUBSTITUTION = """\
extends: substitution
message: "Say '%s' instead of '%s'."
link: https://style.example/words
swap:
  (?:e-mail|electronic mail): email|mail
  utili[sz]e: use
  make use of: use
  Wi-fi: wi-fi
  (?<!not )very: extremely
  "no. of": ""
"""


@pytest.fixture
def assist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], cache: Path) -> Run:
    """The command, run in this process in an empty folder."""
    assert cache.is_dir()
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["assist", "lexicon", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ran(int(ended.value.code or 0), captured.out, captured.err)

    return run


def gathered(folder: Path, name: str, text: str) -> Gathered:
    """What is read of a file of this name and text."""
    (folder / name).write_text(text, encoding="utf-8")
    return importing.read(folder / name)


def entries(folder: Path, name: str, text: str) -> dict[str, PhraseEntry]:
    """The entries that such a file becomes, by id, after they were written and loaded as a pack."""
    made = sketch.finished(gathered(folder, name, text), ())
    starter.write(folder / "made", "", {"made.yaml": sketch.page(made, "Imported.").text})
    loaded = load([folder / "made"])
    return {entry.id: entry for entry in loaded.of(PhraseEntry)}


def left_out(folder: Path, name: str, text: str) -> dict[str, str]:
    """What is left out of such a file: the words, and why."""
    return {one.words: one.why for one in gathered(folder, name, text).left_out}


class TestNew:
    """`assist lexicon new`."""

    def test_a_new_pack_passes_lint_and_its_own_tests(self, assist: Run) -> None:
        made = assist("new", "house", "--title", 'The "Blue" Shop: #1')
        assert made.out == (
            "wrote house/pack.yaml\nwrote house/phrases.yaml\nnext: assist lexicon test house --lexicon house\n"
        )
        assert assist("lint", "house").out == "1 pack, 3 entries, nothing wrong\n"
        tested = assist("test", "house", "--lexicon", "house")
        assert (tested.code, tested.err) == (0, "")

    def test_it_has_a_phrase_an_idea_and_an_operation_that_nobody_else_has(
        self, tmp_path: Path, bench: Workbench
    ) -> None:
        starter.write(tmp_path / "our_shop", "", starter.starter(tmp_path / "our_shop", ""))
        made = [entry for entry, _ in load_pack(tmp_path / "our_shop").entries.values()]
        assert [entry.kind for entry in made] == ["phrase", "phrase", "operation"]
        assert [len(entry.phrases) for entry in made if isinstance(entry, PhraseEntry)] == [1, 0]
        assert bench.lexicon.written.keys().isdisjoint(entry.id for entry in made)
        assert 'title: "Our shop"' in (tmp_path / "our_shop" / "pack.yaml").read_text()

    def test_nothing_is_overwritten(self, assist: Run, tmp_path: Path) -> None:
        (tmp_path / "house").mkdir()
        (tmp_path / "house" / "phrases.yaml").write_text("mine")
        ran = assist("new", "house")
        assert (ran.code, ran.err) == (
            2,
            "assist: house/phrases.yaml: is there already, and nothing is overwritten\n",
        )
        assert [path.name for path in (tmp_path / "house").iterdir()] == ["phrases.yaml"]

    def test_a_name_that_ships_is_refused(self, assist: Run) -> None:
        ran = assist("new", "retail")
        assert ran.code == 2
        assert "a pack 'retail' comes with assist" in ran.err


class TestOperations:
    """`assist lexicon dypii new`."""

    def test_skeletons_pass_lint_and_their_own_tests(self, assist: Run) -> None:
        named = (
            "restart the till",
            "switch the scanner on",
            "plug in the label printer",
            "turn it off and on",
            "reboot",
        )
        made = assist("dypii", "new", "house", *(part for name in named for part in ("--operation", name)))
        assert (made.code, made.err) == (0, "")
        assert "to do: house/operations.yaml:" in made.out
        assert assist("lint", "house").out == "1 pack, 5 entries, nothing wrong\n"
        tested = assist("test", "house", "--lexicon", "house")
        assert (tested.code, tested.err) == (0, "")

    @pytest.mark.parametrize(
        ("operation", "draft"),
        [
            ("restart the till", "Did you restart your old till?"),
            ("switch the scanner on", "have you switched on the scanner"),
            ("plug in the printer", "Did you plug the label printer in?"),
            ("empty the dust box", "did you already empty the dust box"),
        ],
    )
    def test_an_operation_is_found_in_other_words_of_the_same(
        self, operation: str, draft: str, tmp_path: Path, bench: Workbench
    ) -> None:
        text = starter.operations(tmp_path / "house", [operation], ())
        starter.write(tmp_path / "house", "", {"operations.yaml": text})
        packs = [*bench.lexicon.packs, load_pack(tmp_path / "house")]
        reading = Analyzer.of(Lexicon(packs)).agent.read(draft)
        assert any(match.entry.id.startswith("house-") for match in reading.matches)

    def test_a_pack_that_is_there_gets_one_more_file(self, assist: Run, tmp_path: Path) -> None:
        pack(tmp_path / "house")
        assert assist("dypii", "new", "house", "--operation", "restart the till").code == 0
        assert len(load_pack(tmp_path / "house").entries) == 2
        again = assist("dypii", "new", "house", "--operation", "empty the bin")
        assert (again.code, "nothing is overwritten" in again.err) == (2, True)

    @pytest.mark.parametrize("operation", ["", "{x}", "a: b", "почини", "restart\tthe 'till", "x" * 100])
    def test_what_is_no_few_words_is_refused(self, operation: str, tmp_path: Path) -> None:
        with pytest.raises(AssistError):
            starter.operations(tmp_path, [operation], ())

    def test_the_same_operation_twice_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(AssistError, match="there is an entry"):
            starter.operations(tmp_path, ["restart the till", "restart a till"], ())


class TestTable:
    """`assist lexicon import` of a spreadsheet."""

    def test_rows_of_one_reason_become_one_entry(self, tmp_path: Path) -> None:
        (entry,) = entries(tmp_path, "replies.csv", TABLE).values()
        assert entry.phrases == ("It's more than my job's worth", "I'd get into trouble for that")
        assert (entry.category, entry.severity) == ("refusal", "error")
        assert entry.instead == ("I'll find out more by {when?}.", "Let me ask who can decide it.")
        assert [example.draft for example in entry.examples.flags] == list(entry.phrases)
        assert [example.draft for example in entry.examples.passes] == ["Let me ask who can decide it."]

    def test_it_says_what_was_done_and_what_was_not(self, assist: Run, tmp_path: Path) -> None:
        (tmp_path / "replies.csv").write_text(TABLE)
        ran = assist("import", "replies.csv", "--into", "house")
        assert ran.code == 0
        assert ran.out == (
            'left out: replies.csv:4: "Calm down. It\'s only a jug.": '
            "it is more than one sentence, and a phrase stays within one\n"
            "imported 1 entry with 2 wordings in house/replies.yaml; 1 left out, 0 to do\n"
            "next: assist lexicon test house --lexicon house\n"
        )
        assert assist("lint", "house").out == "1 pack, 1 entry, nothing wrong\n"
        tested = assist("test", "house", "--lexicon", "house")
        assert (tested.code, tested.err) == (0, "")
        again = assist("import", "replies.csv", "--into", "house")
        assert (again.code, "nothing is overwritten" in again.err) == (2, True)

    def test_what_is_missing_is_marked_where_it_stands(self, assist: Run, tmp_path: Path) -> None:
        (tmp_path / "list.csv").write_text("phrase\nbear with me\n")
        out = assist("import", "list.csv", "--into", "house").out
        lines = (tmp_path / "house" / "list.yaml").read_text().splitlines()
        todo = [line.removeprefix("to do: ").split(":", 2) for line in out.splitlines() if line.startswith("to do: ")]
        assert [what.strip() for _, _, what in todo] == [
            "no category was given; choose one",
            "the reason, in lay words",
            "two wordings, best first",
            "near misses that should pass",
        ]
        assert all(lines[int(number) - 1].endswith(f"# to do:{what}") for _, number, what in todo)
        assert assist("lint", "house").code == 0

    @pytest.mark.parametrize(
        "text",
        [
            "Why;Phrase;Say instead\nIt scolds.;as I said before;Let me put it another way.\n",
            "\ufeffphrase\tcomment\tBetter wording\r\nas I said before\tIt scolds.\tLet me put it another way.\r\n",
            'Notes,Alternative 1,What not to say\n"It scolds.","Let me put it another way.","“As I said before”"\n',
        ],
    )
    def test_usual_headings_in_any_order_and_any_separator(self, text: str, tmp_path: Path) -> None:
        (entry,) = entries(tmp_path, "t.csv", text).values()
        assert (entry.why, entry.phrases[0].lower()) == ("It scolds.", "as i said before")
        assert entry.instead[0] == "Let me put it another way."

    def test_several_wordings_of_a_cell(self, tmp_path: Path) -> None:
        text = (
            'phrase,instead,instead 2,passes\nno can do,"Let me see.|I will ask.",We could.,\n"touch base",contact,,\n'
        )
        found = entries(tmp_path, "t.csv", text)
        assert found["no-can-do"].instead == ("Let me see.", "I will ask.", "We could.")
        assert (found["touch-base"].replace, found["touch-base"].instead[0]) == ("words", "contact")

    def test_the_phrase_language_is_read_and_marked(self, tmp_path: Path) -> None:
        made = gathered(tmp_path, "t.csv", "phrase\n{we|they} {never|always} send~ … by #\n")
        (one,) = sketch.finished(made, ())
        assert [example.draft for example in one.entry.examples.flags] == ["we never send by 3"]
        assert "phrases" in one.todo

    @pytest.mark.parametrize(
        ("text", "words", "why"),
        [
            ("phrase,why\n,It scolds.\n", "", "it has no wording"),
            ("phrase\n{never\n", "{never", "never closed"),
            ("phrase\n@cannot do it\n", "@cannot do it", "word set"),
            ("phrase\n[really]\n", "[really]", "no words at all"),
            ("phrase\nno way\nNo way\n", "No way", "stands in line 2 already"),
            ("phrase,why\nno, sorry,it scolds\n", "no sorry it scolds", "more cells than the heading"),
            ("phrase,owner\nno way,Kim\n", "owner", "no such column"),
            (f"phrase\n{'no ' * 500}\n", ("no " * 500).strip(), "longer than 1,200"),
        ],
    )
    def test_what_is_left_out_is_told(self, text: str, words: str, why: str, tmp_path: Path) -> None:
        assert why in left_out(tmp_path, "t.csv", text)[words]

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("", "t.csv: is empty"),
            ("wozu,warum\na,b\n", "t.csv:1: no column is called 'phrase'"),
            ('phrase\n"never closed\n', "not CSV"),
            ("phrase\n" + "x\n" * 20_001, "more than 20,000 rows"),
            ("phrase\n" + "x" * 2_000_001, "larger than 2 MB"),
        ],
    )
    def test_what_is_no_table_is_refused_in_a_line(self, text: str, problem: str, tmp_path: Path) -> None:
        with pytest.raises(DataError) as raised:
            gathered(tmp_path, "t.csv", text)
        assert problem in str(raised.value)
        assert len(str(raised.value).splitlines()) == 1

    def test_unknown_categories_and_severities_are_to_do(self, tmp_path: Path) -> None:
        made = gathered(tmp_path, "t.csv", "phrase,category,severity\nno way,Refusals,P1\n")
        (one,) = sketch.finished(made, ())
        assert one.entry.category == "dismissive"
        assert "did you mean 'refusal'" in one.todo["category"]
        assert "P1" in one.todo["category"]

    def test_ids_that_are_taken_get_a_number(self, tmp_path: Path) -> None:
        made = gathered(tmp_path, "t.csv", "phrase,category\nno way,refusal\nno way,dismissive\n")
        assert [one.entry.id for one in sketch.finished(made, ["no-way"])] == ["no-way-2", "no-way-3"]

    @given(st.lists(st.lists(st.text(max_size=12), min_size=4, max_size=4), max_size=4), st.text(max_size=40))
    @settings(max_examples=150)
    def test_whatever_is_in_it_the_pack_loads(
        self, tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], more: str
    ) -> None:
        folder = tmp_path_factory.mktemp("any")
        cells = [["phrase", "why", "instead", "category"], *rows, [more]]
        text = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in cells)
        (folder / "t.csv").write_bytes(text.encode("utf-8", "replace"))
        try:
            made = sketch.finished(importing.read(folder / "t.csv"), ())
        except DataError:
            return
        starter.write(folder / "made", "", {"made.yaml": sketch.page(made, "Imported.").text})
        assert len(load([folder / "made"]).written) == len(made)


class TestVale:
    """`assist lexicon import` of rules of Vale."""

    def test_existence_becomes_an_entry_with_every_wording(self, tmp_path: Path) -> None:
        (entry,) = entries(tmp_path, "Condescending.yml", EXISTENCE).values()
        assert entry.id == "condescending"
        assert set(entry.phrases) == {
            "obviously", "of course not", "of course", "colours", "colour", "colors", "color",
        }  # fmt: skip
        assert (entry.severity, entry.message) == ("error", "this talks down to the reader.")

    def test_substitution_offers_what_is_swapped_in(self, tmp_path: Path) -> None:
        found = entries(tmp_path, "Words.yml", SUBSTITUTION)
        use = found["words-utilise"]
        assert use.phrases == ("utilise", "utilize", "make use of")
        assert (use.instead[0], use.replace) == ("use", "words")
        mail = found["words-e-mail"]
        assert (mail.instead, mail.why) == (("email", "mail"), "Say 'email or mail' instead of this.")

    def test_what_phrases_cannot_say_is_left_out_with_the_reason(self, tmp_path: Path) -> None:
        told = left_out(tmp_path, "a.yml", EXISTENCE)
        assert "'.' means any letter" in told["clear(ly)? .* enough"]
        assert "letters that it does not list" in told["\\w+ly"]
        told = left_out(tmp_path, "b.yml", SUBSTITUTION)
        assert "looks around it" in told["(?<!not )very"]
        assert "no plain wording" in told["no. of"]
        assert "only changes capitals" in told["Wi-fi"]

    @pytest.mark.parametrize(
        ("rule", "why"),
        [
            ("extends: occurrence\nmax: 3\ntoken: sorry", "counts"),
            ("extends: script\nscript: x", "program"),
            ("extends: metric\nformula: x", "measures"),
            ("extends: future-kind", "no such kind"),
            ("extends: existence\nscope: heading\ntokens: [a b]", "'heading' only"),
            ("extends: existence\nraw: ['a', 'b']\ntokens: [c]", "raw"),
            ("extends: existence\nnonword: true\ntokens: ['!!']", "inside words"),
        ],
    )
    def test_rules_of_other_kinds_are_left_out(self, rule: str, why: str, tmp_path: Path) -> None:
        made = gathered(tmp_path, "r.yml", rule)
        assert made.sketches == []
        assert any(why in one.why for one in made.left_out)

    def test_a_category_that_is_named_is_not_to_do(self, tmp_path: Path) -> None:
        (tmp_path / "a.yml").write_text(EXISTENCE)
        (one,) = sketch.finished(importing.read(tmp_path / "a.yml", "command"), ())
        assert (one.entry.category, "category" in one.todo) == ("command", False)

    def test_exceptions_let_the_sentence_be(self, tmp_path: Path) -> None:
        rule = "extends: existence\nmessage: m\ntokens: [dead, gone]\nexceptions: [dead line, gone]\n"
        (entry,) = entries(tmp_path, "r.yml", rule).values()
        assert (entry.phrases, entry.unless) == (("dead",), ("dead line",))

    def test_a_style_is_imported_whole_and_its_odd_files_are_told(self, assist: Run, tmp_path: Path) -> None:
        style = tmp_path / "House"
        style.mkdir()
        (style / "Condescending.yml").write_text(EXISTENCE)
        (style / "Words.yml").write_text(SUBSTITUTION)
        (style / "meta.yml").write_text("feed: x\n")
        (style / "bad.yml").write_text("extends: existence\ntokens: &a [x]\n")
        ran = assist("import", "House", "--into", "ours", "--category", "command")
        assert ran.code == 0
        assert "left out: House/meta.yml:1:" in ran.out.replace(str(tmp_path) + "/", "")
        assert "anchors" in ran.out
        assert "imported 3 entries with 12 wordings in ours/house.yaml" in ran.out
        assert assist("lint", "ours").code == 0
        tested = assist("test", "ours", "--lexicon", "ours")
        assert "should flag" not in tested.err

    def test_where_nothing_can_be_imported_nothing_is_written(self, assist: Run, tmp_path: Path) -> None:
        (tmp_path / "r.yml").write_text("extends: script\nscript: x\n")
        ran = assist("import", "r.yml", "--into", "ours")
        assert ran.code == 1
        assert ran.out.splitlines()[-1] == "imported 0 entries with 0 wordings; 1 left out, 0 to do"
        assert not (tmp_path / "ours").exists()

    @pytest.mark.parametrize(
        ("name", "text", "problem"),
        [
            ("r.yml", "tokens: [a]", "r.yml:1: not a rule of Vale"),
            ("r.yml", "extends: existence\ntokens: yes", "r.yml:2: 'tokens' must be a list"),
            ("r.yml", "extends: existence\ntokens:\n  - a\n  - {b: c}", "r.yml:4: an expression must be a string"),
            ("r.yml", "extends: substitution\nswap: [a]", "r.yml:2: 'swap' must be a mapping"),
            ("r.yml", "extends: [", "not YAML"),
            ("r.doc", "x", "neither a table"),
        ],
    )
    def test_what_is_no_rule_is_refused_in_a_line(self, name: str, text: str, problem: str, tmp_path: Path) -> None:
        with pytest.raises(DataError) as raised:
            gathered(tmp_path, name, text)
        assert problem in str(raised.value)
        assert len(str(raised.value).splitlines()) == 1


class TestExpressions:
    """What a regular expression stands for."""

    @pytest.mark.parametrize(
        ("expression", "found"),
        [
            ("in order to", ("in order to",)),
            (r"(?i)a\.k\.a|aka", ("a.k.a", "aka")),
            (r"\bcell ?phones?\b", ("cell phones", "cell phone", "cellphones", "cellphone")),
            ("un(?:check|tick)", ("uncheck", "untick")),
            (r"a (?:large)?\s+number", ("a large number", "a number")),
            ("[Dd]o[ -]able", ("do able", "do-able")),
            ("(a|b(c|d))", ("a", "bc", "bd")),
        ],
    )
    def test_simple_ones_are_written_out(self, expression: str, found: tuple[str, ...]) -> None:
        assert wordings(expression) == found

    @pytest.mark.parametrize(
        "expression",
        ["a.b", "a*", "a+", "a{2}", "^a", "a$", "[a-z]", "[^a]", r"\d", r"\w+", "(?=a)", "(?P<x>a)", "(a", "a)", "[a",
         "a\\", "(a|b)" * 8, "(" * 20 + "a" + ")" * 20, "x" * 1_201],
    )  # fmt: skip
    def test_others_are_refused_with_a_reason(self, expression: str) -> None:
        with pytest.raises(AssistError):
            wordings(expression)

    @given(st.text(st.sampled_from("ab (?:|)[]\\s.*+-{}^$1é"), max_size=30))
    def test_any_expression_ends_in_wordings_or_one_reason(self, expression: str) -> None:
        try:
            assert len(wordings(expression)) <= 64
        except AssistError as error:
            assert len(str(error).splitlines()) == 1


def finding(rule: str, start: int, end: int, severity: Severity = Severity.WARNING) -> Finding:
    """A finding at a place."""
    return Finding(rule, rule, severity, start, end, "", "")


class TestDiff:
    """`assist lexicon diff`."""

    def test_findings_are_matched_by_rule_and_place(self) -> None:
        before = [finding("a", 0, 5), finding("a", 20, 25), finding("b", 0, 0), finding("c", 3, 9)]
        after = [finding("a", 2, 8), finding("b", 0, 0, Severity.ERROR), finding("c", 10, 12)]
        told = [(change.kind, change.rule, change.finding.start) for change in changes(before, after)]
        assert told == [("gone", "a", 20), ("heavier", "b", 0), ("gone", "c", 3), ("new", "c", 10)]

    def test_counts_go_on_where_quotes_stop(self) -> None:
        comparison = Comparison(2)
        for number in range(5):
            comparison.add(f"number {number}", [], [finding("a", 0, 6)])
        comparison.add("nothing", [], [])
        assert (comparison.totals["new"], comparison.replies, comparison.changed) == (5, 6, 5)
        assert [quote.text for quote in comparison.quotes("a")] == ["number 0", "number 1"]

    def test_a_change_to_a_pack_is_shown_with_examples(self, assist: Run, tmp_path: Path) -> None:
        pack(tmp_path / "small", {"all.yaml": SMALL})
        old = pack(tmp_path / "old" / "house")
        new = pack(
            tmp_path / "new" / "house", sheet="title: House\nrules:\n  you-need-to: suggestion\n  policy-wall: off\n"
        )
        assert (old.is_dir(), new.is_dir()) == (True, True)
        entry = (new / "tone.yaml").read_text()
        (new / "tone.yaml").write_text(entry.replace("{hey|hi} guys", "folks").replace("Hey guys,", "Hi folks,"))
        talk = [
            {"role": "customer", "text": "hi"},
            {"role": "agent", "text": "Hey guys, it's our policy."},
            {"role": "agent", "text": "Well folks, you need to call us."},
            {"role": "agent", "text": "All good."},
        ]
        lines = [json.dumps({"id": "chat-1", "turns": talk}), "{"]
        (tmp_path / "chats.jsonl").write_text("\n".join(lines) + "\n")
        ran = assist("diff", "chats.jsonl", "--before", "old", "--after", "new", "--before-packs", "small", "--fast")
        assert ran.code == 0
        assert "chats.jsonl:2: not JSON" in ran.err
        assert "1 line could not be read and was passed over" in ran.err
        shown = [" ".join(line.split()) for line in ran.out.splitlines()]
        assert 'gone company-policy error chat-1 "it\'s our policy" in "Hey guys, it\'s our policy."' in shown
        assert "new says-guys warning chat-1 'folks' in 'Well folks, you need to call us.'" in shown
        assert "gone says-guys warning chat-1 'Hey guys' in \"Hey guys, it's our policy.\"" in shown
        assert any(line.startswith("lighter you-need-to warning → suggestion chat-1") for line in shown)
        assert "1 1 0 0 says-guys" in shown
        assert shown[-1] == "1 new, 2 gone, 0 heavier, 1 lighter; 2 of 3 replies judged differently"

    def test_two_times_the_same_is_refused(self, assist: Run, tmp_path: Path) -> None:
        (tmp_path / "chats.jsonl").write_text("")
        ran = assist("diff", "chats.jsonl")
        assert (ran.code, "nothing to compare" in ran.err) == (2, True)


def test_the_starter_says_what_it_means_to(tmp_path: Path, bench: Workbench) -> None:
    """Its examples hold in the whole lexicon, for its own words and what they mean."""
    starter.write(tmp_path / "house", "", starter.starter(tmp_path / "house", ""))
    made = load_pack(tmp_path / "house")
    analyzer = Analyzer.of(Lexicon([*bench.lexicon.packs, made]))
    own = [entry for entry, _ in made.entries.values() if getattr(entry, "phrases", ())]
    assert list(failures(analyzer, own)) == []

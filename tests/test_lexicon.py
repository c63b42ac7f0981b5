"""A lexicon in files: what is wrong is pointed at, packs layer, and what ships is as it should be."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from assist import AssistError, DataError, Severity, Workbench, examples
from assist.data import shipped
from assist.lexicon import CATEGORIES, CheckEntry, Entry, Lexicon, PhraseEntry, choose, load, load_pack, packs_under
from assist.lexicon.schema import schema
from assist.yamlfile import YamlFile
from tests.packs import ENTRY, SHEET, pack
from tests.stories import talk


def broken(folder: Path, text: str) -> str:
    """The one line that a pack with this text in `tone.yaml` is refused with."""
    with pytest.raises(DataError) as raised:
        load([pack(folder, {"tone.yaml": text})])
    assert str(raised.value).startswith(str(folder))
    assert "\n" not in str(raised.value)
    return str(raised.value).removeprefix(f"{folder}/")


def test_a_pack_as_the_manual_has_it_is_read(tmp_path: Path) -> None:
    lexicon = load([pack(tmp_path)])
    entry = lexicon["says-guys"]
    assert isinstance(entry, PhraseEntry)
    assert (entry.category, entry.replace) == ("dismissive", "sentence")
    assert str(lexicon.source("says-guys")) == f"{tmp_path / 'tone.yaml'}:2"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("instead:", "instaed:", "tone.yaml:6: unknown field 'instaed'; did you mean 'instead'?"),
        ("dismissive", "dismisive", "tone.yaml:3: 'category': input should be"),
        ("    why: Not everybody is a guy.\n", "", "tone.yaml:2: 'why' is missing"),
        ('flags: ["Hey guys, the tickets are in."]', "flags: []", "tone.yaml:8: 'flags': "),
        ('      passes: ["Hello all, the tickets are in."]\n', "", "tone.yaml:7: 'passes' is missing"),
        ('      flags: ["Hey guys, the tickets are in."]\n', "", "tone.yaml:7: 'flags' is missing"),
        ("flags:", "flgas:", "tone.yaml:8: unknown field 'flgas'; did you mean 'flags'?"),
        ('"{hey|hi} guys"', '"{hey|hi guys"', "tone.yaml:4: 'phrases': "),
        ('"{hey|hi} guys"', '"@hello guys"', "tone.yaml:2: says-guys: phrase '@hello guys': "),
        ('"{hey|hi} guys"', '"[guys]"', "tone.yaml:2: says-guys: phrase '[guys]': it could match no words"),
        ('["Hello everyone,", "Hello all,"]', '["Hello everyone,"]', "tone.yaml:6: 'instead': "),
        ("says-guys", "Says Guys", "tone.yaml:2: 'id': "),
        ("dismissive\n", "dismissive\n    kind: phrse\n", "tone.yaml:4: unknown kind 'phrse'; did you mean 'phrase'?"),
        ("entries:", "entires:", "tone.yaml:1: unknown field 'entires'; did you mean 'entries'?"),
        ("    why:", "    severity: eror\n    why:", "tone.yaml:5: 'severity': input should be"),
    ],
)
def test_an_error_says_where_and_what_is_nearest(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """File, line, what is wrong, and the nearest right thing; one line, and never half a pack."""
    assert old in ENTRY
    told = broken(tmp_path, ENTRY.replace(old, new))
    assert told.startswith(problem)


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [("dismissive", "dismisive", "dismissive"), ("    why:", "    severity: eror\n    why:", "error")],
)
def test_a_wrong_value_has_a_nearest_right_one(tmp_path: Path, old: str, new: str, meant: str) -> None:
    assert broken(tmp_path, ENTRY.replace(old, new)).endswith(f"did you mean '{meant}'?")


def test_an_id_stands_once_in_a_pack(tmp_path: Path) -> None:
    with pytest.raises(DataError) as raised:
        load_pack(pack(tmp_path, {"a.yaml": ENTRY, "b.yaml": ENTRY}))
    assert str(raised.value) == f"{tmp_path / 'b.yaml'}:2: the id 'says-guys' stands in {tmp_path / 'a.yaml'}:2 too"


def test_a_word_set_stands_once_in_a_pack(tmp_path: Path) -> None:
    words = "words:\n  hello: [hi, hey]\n"
    with pytest.raises(DataError, match=r"b\.yaml:2: the word set 'hello' stands in .*a\.yaml:2 too"):
        load_pack(pack(tmp_path, {"a.yaml": words, "b.yaml": words}))


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("words:\n  hello: [hi, '@hello']\n", 2),
        ("words:\n  hi-all: [hi, '@hello']\n  hello: ['@hi-all']\n", 3),
        ("words:\n  hello: ['@helo there']\n", 2),
    ],
    ids=["inside itself", "inside itself by way of another", "unknown"],
)
def test_a_word_set_that_makes_no_sense_is_pointed_at(tmp_path: Path, words: str, line: int) -> None:
    told = broken(tmp_path, words + ENTRY)
    assert told.startswith(f"tone.yaml:{line}: word set 'h")


def test_an_unknown_word_set_has_a_nearest_one(tmp_path: Path) -> None:
    text = "words:\n  hello: [hi, hey]\n" + ENTRY.replace("{hey|hi} guys", "@helo guys")
    assert "did you mean 'hello'" in broken(tmp_path, text)


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        ("rules: {says-gys: off}", "unknown rule 'says-gys'; did you mean 'says-guys'?"),
        ("rules: {dismisive: off}", "unknown rule 'dismisive'; did you mean 'dismissive'?"),
        ("rules: {says-guys: of}", "did you mean 'off'?"),
    ],
)
def test_a_rule_that_nobody_knows(tmp_path: Path, rules: str, problem: str) -> None:
    """In pack.yaml, with its line."""
    with pytest.raises(DataError) as raised:
        load([pack(tmp_path, sheet=SHEET + rules)])
    assert str(raised.value).endswith(problem)
    assert str(raised.value).startswith(f"{tmp_path / 'pack.yaml'}:4")


def test_a_folder_without_a_sheet_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"it has no pack\.yaml"):
        load([tmp_path])


def test_an_unknown_pack_has_a_nearest_one() -> None:
    with pytest.raises(AssistError, match=re.escape("unknown pack 'telecm'; did you mean 'telecom'?")):
        choose([shipped("lexicon")], ["core", "telecm"])


def test_an_unknown_rule_has_a_nearest_one(bench: Workbench) -> None:
    with pytest.raises(AssistError, match=re.escape("unknown rule 'mising-apology'; did you mean 'missing-apology'?")):
        bench.lexicon["mising-apology"]


class TestLayers:
    """A later pack adds, replaces, changes and switches off what stands below it."""

    BELOW = "customer: the tickets never came", "agent: I'm so sorry about the tickets."
    DRAFT = "Hey guys, the tickets are in."

    @pytest.fixture
    def base(self, tmp_path: Path) -> Path:
        return pack(tmp_path / "base")

    def found(self, lexicon: Lexicon) -> list[tuple[str, str]]:
        review = Workbench(lexicon).check(self.DRAFT, talk(*self.BELOW))
        return [(finding.rule, finding.severity.value) for finding in review.findings]

    def test_the_severity_is_the_categorys_own(self, base: Path) -> None:
        lexicon = load([base])
        assert self.found(lexicon) == [("says-guys", "warning")]
        assert lexicon.decided(lexicon["says-guys"]) == (Severity.WARNING, "the category dismissive")

    def test_an_entry_may_set_its_own(self, tmp_path: Path) -> None:
        text = ENTRY.replace("    why:", "    severity: suggestion\n    why:")
        lexicon = load([pack(tmp_path, {"tone.yaml": text})])
        assert self.found(lexicon) == [("says-guys", "suggestion")]
        assert lexicon.decided(lexicon["says-guys"])[1] == f"{tmp_path / 'tone.yaml'}:2"

    @pytest.mark.parametrize("name", ["says-guys", "dismissive"])
    @pytest.mark.parametrize("level", ["error", "suggestion"])
    def test_a_later_pack_changes_it_by_rule_or_category(
        self, base: Path, tmp_path: Path, name: str, level: str
    ) -> None:
        house = pack(tmp_path / "house", {}, sheet=SHEET + f"rules: {{{name}: {level}}}")
        lexicon = load([base, house])
        assert self.found(lexicon) == [("says-guys", level)]
        assert str(house / "pack.yaml") in lexicon.decided(lexicon["says-guys"])[1]

    def test_a_later_pack_switches_it_off_and_the_next_on_again(self, base: Path, tmp_path: Path) -> None:
        quiet = pack(tmp_path / "quiet", {}, sheet=SHEET + "rules: {says-guys: off}")
        loud = pack(tmp_path / "loud", {}, sheet=SHEET + "rules: {says-guys: error}")
        assert self.found(load([base, quiet])) == []
        assert self.found(load([base, quiet, loud])) == [("says-guys", "error")]

    def test_a_rule_speaks_before_its_category(self, base: Path, tmp_path: Path) -> None:
        """What is said of one rule holds, whatever is said of all of them."""
        rules = "rules: {dismissive: off, says-guys: error}"
        assert self.found(load([base, pack(tmp_path / "house", {}, sheet=SHEET + rules)])) == [("says-guys", "error")]

    def test_an_entry_of_the_same_id_replaces_the_one_below(self, base: Path, tmp_path: Path) -> None:
        other = ENTRY.replace("{hey|hi} guys", "hello folks").replace("Hey guys", "Hello folks")
        house = pack(tmp_path / "house", {"ours.yaml": other})
        lexicon = load([base, house])
        assert self.found(lexicon) == []
        assert lexicon.source("says-guys").path == house / "ours.yaml"

    def test_a_word_set_of_the_same_name_replaces_the_one_below(self, tmp_path: Path) -> None:
        base = pack(
            tmp_path / "base",
            {"tone.yaml": "words:\n  hail: [yo]\n" + ENTRY.replace("{hey|hi}", "@hail")},
        )
        house = pack(tmp_path / "house", {"words.yaml": "words:\n  hail: [hey, hi]\n"})
        assert self.found(load([base])) == []
        assert self.found(load([base, house])) == [("says-guys", "warning")]

    def test_options_come_after_every_pack(self, base: Path, tmp_path: Path) -> None:
        quiet = pack(tmp_path / "quiet", {}, sheet=SHEET + "rules: {says-guys: off}")
        lexicon = load([base, quiet], {"says-guys": "error"})
        assert self.found(lexicon) == [("says-guys", "error")]
        assert "options" in lexicon.decided(lexicon["says-guys"])[1]

    def test_an_option_for_an_unknown_rule_names_no_file_that_is_not_there(self, base: Path) -> None:
        with pytest.raises(
            AssistError, match=re.escape("unknown rule 'says-gys'; did you mean 'says-guys'?")
        ) as raised:
            load([base], {"says-gys": "off"})
        assert "pack.yaml" not in str(raised.value)


SHIPPED = packs_under(shipped("lexicon"))
FILES = sorted(shipped("lexicon").rglob("*.yaml"))


def _shipped(kind: type[Entry] | None = None) -> Iterator[Entry]:
    for folder in SHIPPED.values():
        for entry, _ in load_pack(folder).entries.values():
            if kind is None or isinstance(entry, kind):
                yield entry


def test_every_category_has_an_entry(bench: Workbench) -> None:
    covered = {getattr(entry, "category", None) for entry in bench.lexicon.entries.values()}
    assert set(CATEGORIES) <= covered


def test_no_two_shipped_packs_share_an_id() -> None:
    """An industry adds to the core; it replaces nothing by accident."""
    ids = [entry.id for entry in _shipped()]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_every_pack_stands_over_the_core_alone(name: str) -> None:
    """A user may take one industry without the others."""
    folders = [SHIPPED["core"]] if name == "core" else [SHIPPED["core"], SHIPPED[name]]
    assert load(folders).entries


def test_every_shipped_example_is_as_its_entry_says(bench: Workbench) -> None:
    """THE LEXICON'S OWN TEST: every sentence that an entry flags is found, every one it passes is not.

    It fails while somebody is at work on an entry; `assist lexicon test` prints the same.
    """
    entries = bench.lexicon.entries.values()
    failures = [
        f"{bench.lexicon.source(failure.entry.id)} {failure.entry.id} should {failure.should} {failure.where}: "
        f"{failure.example.draft!r}"
        for failure in examples.failures(bench.analyzer, entries)
    ]
    assert failures == []


FILLS = {"name": "Dana", "order": "55190", "email": "dana@post.example", "last": "1111", "fact": "55190"}


def _filled(wording: str) -> str:
    """A wording with its slots filled as a draft might fill them."""
    return re.sub(r"<([^<>]+)>", lambda slot: FILLS.get(slot[1], "wait until Friday"), wording)


WRONGED = (
    "customer: My name is Dana and my kettle is broken",
    "agent: I'm so sorry about the kettle, Dana.",
    "customer: thank you. what now?",
)
MENDED = (*WRONGED, "agent: I've sent a new one.", "customer: it's here and it works, all sorted")


def test_what_to_say_instead_passes_the_checker_itself(bench: Workbench) -> None:
    """Nobody is offered words that would be flagged: only the blanks are left to fill."""
    wronged, mended = bench.session(talk(*WRONGED)), bench.session(talk(*MENDED))
    flagged = [
        (entry.id, wording, finding.rule)
        for entry in bench.lexicon.entries.values()
        for wording in getattr(entry, "instead", ())
        for finding in (mended if entry.id == "cold-close" else wronged).check(_filled(wording)).findings
        if finding.category != "placeholder"
    ]
    assert flagged == []


def _plain(path: Path) -> Any:  # noqa: ANN401
    return YamlFile(path).data


VALIDATOR = jsonschema.Draft202012Validator(schema())


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert json.loads(json.dumps(schema())) == schema()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_schema_accepts_what_ships(path: Path) -> None:
    """An editor that completes by it shows no error in the files that ship."""
    data = _plain(path)
    for entry in data.get("entries", ()):  # every value of our YAML is a string; an editor reads `true`
        for flag in ("bona_fide", "bare"):
            if flag in entry:
                entry[flag] = entry[flag] == "true"
    VALIDATOR.validate(data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("instead:", "instaed:"),
        ("dismissive", "dismisive"),
        ("    why: Not everybody is a guy.\n", ""),
        ('      passes: ["Hello all, the tickets are in."]\n', ""),
        ('["Hello everyone,", "Hello all,"]', '["Hello everyone,"]'),
        ("dismissive\n", "dismissive\n    kind: phrse\n"),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(tmp_path: Path, old: str, new: str) -> None:
    folder = pack(tmp_path, {"tone.yaml": ENTRY.replace(old, new)})
    assert not VALIDATOR.is_valid(_plain(folder / "tone.yaml"))
    with pytest.raises(DataError):
        load([folder])


def test_every_check_that_ships_speaks_of_a_check(bench: Workbench) -> None:
    """An entry of kind check that no code knows would never be heard."""
    from assist.checks import CHECKS, TIMINGS

    assert {entry.id for entry in bench.lexicon.of(CheckEntry)} == {*CHECKS, *TIMINGS}

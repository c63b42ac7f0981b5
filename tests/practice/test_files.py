"""Scenarios in files: what is wrong is pointed at, in one line, with the nearest right thing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist import AssistError, DataError
from assist.practice import load, load_scenario, manners, scenario
from tests.practice.parcels import PARCEL, parcel, read

MANNER = """\
title: Says little
apology: {asks: [Sorry?, Not sorry?], thanks: ["Thanks, I appreciate it."]}
leaves: [{says: Bye.}]
unsure: [Dunno., No idea.]
thanks: [OK.]
"""


def broken(folder: Path, *changes: tuple[str, str]) -> str:
    """The one line that the example, changed so, is refused with."""
    with pytest.raises(DataError) as raised:
        read(parcel(folder, *changes))
    told = str(raised.value)
    assert len(told.splitlines()) == 1
    return told.removeprefix(f"{folder}/")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("title:", "titel:", "parcel.yaml:1: unknown field 'titel'; did you mean 'title'?"),
        ("trade: retail", "industry: retail", "parcel.yaml:2: unknown field 'industry'"),
        ("channel: chat", "channel: mail", "parcel.yaml:3: 'channel': input should be 'chat', 'email' or 'phone'; did"),
        ("hard: 1", "hard: 4", "parcel.yaml:4: 'hard': input should be less than or equal to 3"),
        ("[apology, timeline, ask]", "[apologie]", "did you mean 'apology'?"),
        ("manner: courteous", "manner: curteous", "parcel.yaml:9: no manner 'curteous'; did you mean 'courteous'?"),
        ("opening:\n", "opening: []\nx:\n", "unknown field 'x'"),
        ('"customer: My', '"costumer: My', "'opening': string should match pattern"),
        ('"customer: My parcel 60412 still', '"customer: "\n  - "customer: My', "a turn needs words"),
        ("patience: 5  ", "patience: 99  ", "'patience': input should be less than or equal to 9"),
        ('"new parcel"', '"{new parcel"', "'said': phrase '{new parcel': the '{' is never closed with '}'"),
        ('"new parcel"', '"@cannot"', "'said': '@cannot' is a word set of a lexicon; write the words out here"),
        ('"new parcel"', '"[new]"', "'said': phrase '[new]': it could match no words at all"),
        ("acts: [names-time, gives-timeline]", "acts: [name-time]", "did you mean 'names-time'?"),
        ("    acts: [names-time, gives-timeline]\n", "", "the want 'time' needs acts or phrases that say it"),
        ("after: [parcel]", "after: [parsel]", "no want 'parsel' above this one; did you mean 'parcel'?"),
        ("after: [parcel]", "after: [wrapped]", "no want 'wrapped' above this one"),
        ("id: wrapped", "id: time", "the want 'time' stands here twice"),
        ("id: wrapped", "id: apology", "every customer wants an apology; change its lines under 'apology'"),
        ('asks: ["When would that be?", "By which day, please?"]', "asks: [When?]", "'asks': needs two lines at least"),
        ("flagged: [dypii]", "flagged: [dypi]", "did you mean 'dypii'?"),
        ("flagged: [dypii]", "heard: [parsel]", "no want 'parsel'; did you mean 'parcel'?"),
        ("before: [taken-up]", "before: [taken_up]", "did you mean 'taken-up'?"),
        ("unless: {weight: warning}", "unless: {lacks: [tyme]}", "no want 'tyme'; did you mean 'time'?"),
        ("suffered: [dypii]", "sufered: [dypii]", "unknown field 'sufered'; did you mean 'suffered'?"),
        ("suffered: [dypii]", "lacks: [wraped]", "no want 'wraped'; did you mean 'wrapped'?"),
        ("patience: 1\n", "patience: some\n", "'patience': input should be a valid integer"),
        ("  won_back:", "  won-back:", "unknown field 'won-back'; did you mean 'won_back'?"),
        ("ends: won-back", "ends: content", "no good walk-through: 'runs' needs one that ends: won-back"),
        ("ends: left", "ends: content", "no bad walk-through: 'runs' needs one that ends: left"),
        ("ends: left", "ends: lost", "'ends': input should be 'won-back', 'content' or 'left'"),
        ("hears: sorted", "heers: sorted", "unknown field 'heers'; did you mean 'hears'?"),
        ("says: [I'll", "says: &a [I'll", "YAML anchors and aliases are refused"),
        ("title: The", "title: !!python/name:os.system The", "the YAML tag"),
    ],
)
def test_an_error_says_where_and_what_is_nearest(tmp_path: Path, old: str, new: str, problem: str) -> None:
    told = broken(tmp_path, (old, new))
    assert problem in told
    assert told.split(":")[1].isdigit()


def test_the_customer_has_the_last_word_of_the_opening(tmp_path: Path) -> None:
    told = broken(tmp_path, ("\npatience: 5", '\n  - "agent: Hello."\npatience: 5'))
    assert "the customer has the last word before the agent" in told


def test_a_folder_may_have_manners_of_its_own(tmp_path: Path) -> None:
    """They come over those that ship."""
    (tmp_path / "manners").mkdir()
    (tmp_path / "manners" / "curt.yaml").write_text(MANNER)
    (tmp_path / "manners" / "blunt.yaml").write_text(MANNER)
    known = manners(tmp_path)
    assert known["curt"].title == known["blunt"].title == "Says little"
    assert "courteous" in known
    assert read(parcel(tmp_path, ("manner: courteous", "manner: curt"))).manner.title == "Says little"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "leaves: [{says: Bye.}]",
            "leaves: [{says: Bye., when: {patience: 1}}]",
            "the last of 'leaves' must hold always",
        ),
        ("unsure: [Dunno., No idea.]", "unsure: [Dunno.]", "'unsure'"),
        ("thanks: [OK.]", "thank: [OK.]", "curt.yaml:5: unknown field 'thank'; did you mean 'thanks'?"),
        ("leaves: [{says: Bye.}]", "leaves: [{says: Bye., when: {lacks: [parcel]}}, {says: Bye.}]", "no want 'parcel'"),
    ],
)
def test_a_manner_that_is_wrong_is_pointed_at(tmp_path: Path, old: str, new: str, problem: str) -> None:
    """A manner belongs to no story, so it can ask after the apology alone."""
    (tmp_path / "manners").mkdir()
    (tmp_path / "manners" / "curt.yaml").write_text(MANNER.replace(old, new))
    with pytest.raises(DataError, match=r"curt\.yaml:\d") as raised:
        manners(tmp_path)
    assert problem in str(raised.value)


def test_scenarios_come_the_easiest_first(tmp_path: Path) -> None:
    parcel(tmp_path, ("hard: 1", "hard: 3"), name="a")
    parcel(tmp_path, ("hard: 1", "hard: 2"), name="b")
    parcel(tmp_path, name="c")
    assert list(load(tmp_path)) == ["c", "b", "a"]


def test_an_unknown_scenario_or_folder_is_told_in_a_line(tmp_path: Path) -> None:
    with pytest.raises(AssistError, match="no scenario 'router-agian'; did you mean 'router-again'\\?"):
        scenario("router-agian")
    with pytest.raises(AssistError, match="nowhere: no such folder of scenarios"):
        load(tmp_path / "nowhere")
    with pytest.raises(AssistError, match="no scenarios here"):
        load(tmp_path)
    (tmp_path / "late.yml").write_text(PARCEL)
    with pytest.raises(DataError, match=r"name it \.yaml"):
        load(tmp_path)


@pytest.mark.parametrize("text", ["", "- a", "{", "\x00", "\ufeff", "a: b", "title: x\nruns: 3", "wants: {a: b}"])
def test_what_is_no_scenario_is_refused_in_a_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "late.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"late\.yaml") as raised:
        load_scenario(tmp_path / "late.yaml", {})
    assert len(str(raised.value).splitlines()) == 1


@given(st.data())
def test_a_line_lost_or_doubled_is_a_scenario_or_one_clear_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever an editor's slip makes of the file."""
    lines = PARCEL.splitlines()
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at : at + 1] = data.draw(st.sampled_from([[], [lines[at]] * 2, [lines[at][::-1]], [f"  {lines[at]}"]]))
    path = tmp_path_factory.getbasetemp() / "slip.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        load_scenario(path, manners(path.parent))
    except DataError as error:
        assert len(str(error).splitlines()) == 1
        assert len(str(error)) < 700

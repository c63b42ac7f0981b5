"""The report of an audit: what stands in it, that nothing in it runs, and that every link leads somewhere."""

import csv
import json
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assist.audit import certainty, wording
from assist.audit.examine import examine
from assist.audit.figures import DEFINITIONS, Figure, Terms, definition
from assist.audit.records import Noted, Said
from assist.errors import AssistError, DataError
from assist.reports.audit import write
from assist.reports.audit.changes import changes
from assist.reports.audit.charts import Point, line
from assist.reports.audit.context import SHOWN
from assist.reports.audit.examples import pieces
from assist.reports.audit.page import HEADLINES
from assist.reports.audit.rows import COLUMNS, safe
from assist.reports.audit.sheet import sheet
from assist.transcripts.transcript import Transcript
from assist.workbench import Workbench
from tests.audit.house import PEOPLE, Aside, House, Made
from tests.audit.talks import message, talk
from tests.test_book import Page

NASTY = """</style><script>alert(1)</script><img src=x onerror='alert(2)'> "&lt;" | **so** on"""


@pytest.fixture(scope="module")
def html(house: House, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the made-up house."""
    return written(house, tmp_path_factory.mktemp("report") / "autumn.html")


@pytest.fixture(scope="module")
def nasty(bench: Workbench) -> House:
    """A house in which everything that comes from outside is meant to do harm."""
    turns = (
        f"09:00:00 customer: My router is down again {NASTY}",
        f"09:00:20 agent ({NASTY.replace(')', ']').replace('(', '[')}): I'm so sorry about that. {NASTY}",
        f"09:01:00 customer: I'm taking my business elsewhere {NASTY}",
    )
    told = {"team": NASTY, "topic": NASTY, "customer": "c", "source": NASTY, "medium": "chat"}
    return House([examine(talk(*turns, id=NASTY, **told), bench.session)], [Aside(NASTY, NASTY)])


def written(house: House, path: Path) -> str:
    """What is in the file."""
    write(path, house)
    return path.read_text(encoding="utf-8")


def test_the_page_shows_what_a_director_asks_for(html: str) -> None:
    text = Page(html).text
    for words in ("At a glance", "Done well", "Week by week", "What could be better", "What to read first", "Teams"):
        assert words in text
    assert "An audit of 160 conversations" in text
    assert "short of the line of at least 85%" in text
    for name in HEADLINES:
        assert definition(name).title in text
    for one in DEFINITIONS:
        assert one.meaning in text


def test_praise_comes_before_blame_for_the_whole_and_for_each_person(html: str) -> None:
    assert html.index('id="well"') < html.index('id="better"')
    people = html[html.index('<section id="people"') : html.index('<section id="figures"')]
    for person in people.split('<article class="person"')[1:]:
        assert person.index("Done well") < person.index("In figures")
        assert "To look at together" not in person or person.index("Done well") < person.index("To look at together")


def test_people_and_teams_stand_in_the_order_of_the_alphabet(html: str) -> None:
    places = [html.index(f"<h3>{name}</h3>") for name in sorted(PEOPLE)]
    assert places == sorted(places)
    teams = [html.index(f'<th scope="row">{team}</th>') for team in ("North", "Orders", "South")]
    assert teams == sorted(teams)


def test_every_link_leads_to_a_place_on_the_page(html: str) -> None:
    page = Page(html)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {link["href"] for link in page.of("a")}
    assert all(link.startswith("#") for link in links)
    assert {link[1:] for link in links} <= set(ids)


def test_every_figure_that_falls_short_somewhere_leads_to_a_conversation(html: str) -> None:
    rows = html[html.index('<section id="figures"') :].split('<tr id="f-')[1:]
    for row in rows:
        name = row.split('"')[0]
        told = "not told" not in row.split("</td>")[0]
        none_short = name in ("escalations", "transfers", "told-twice", "promises-overdue")
        assert ('href="#c' in row) == (told and not none_short), name


def test_the_page_says_how_many_conversations_it_holds(html: str) -> None:
    shown = html.count('<article class="talk')
    assert 0 < shown <= SHOWN
    assert f"{shown} of 160" in Page(html).text


def test_nothing_on_the_page_runs_or_is_fetched(html: str) -> None:
    page = Page(html)
    names = {name for name, _ in page.elements}
    assert not names & {"script", "img", "link", "iframe", "object", "form"}
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    policy = next(meta for meta in page.of("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert "http://" not in html
    assert "https://" not in html


def test_what_customers_and_exports_write_is_text_and_nothing_else(nasty: House, tmp_path: Path) -> None:
    page = Page(written(nasty, tmp_path / "nasty.html"))
    assert not {name for name, _ in page.elements} & {"script", "img"}
    assert "alert(1)" in page.text


def test_the_mail_holds_no_markup_of_others(nasty: House, tmp_path: Path) -> None:
    shown = Page(MarkdownIt("commonmark", {"html": True}).enable("table").render(written(nasty, tmp_path / "nasty.md")))
    assert not {name for name, _ in shown.elements} & {"script", "img", "strong"}


def test_the_mail_is_short_and_begins_with_praise(house: House, tmp_path: Path) -> None:
    mail = written(house, tmp_path / "autumn.md")
    assert len(mail.splitlines()) < 80
    assert mail.index("## Done well") < mail.index("## In figures") < mail.index("## What could be better")
    assert "| First contact resolution | 70% | 109 of 155 | at least 85%: not held |" in mail
    assert "2: not JSON, first in autumn" in mail


def test_the_table_has_a_row_for_each_figure_and_group(house: House, tmp_path: Path) -> None:
    rows = list(csv.DictReader(StringIO(written(house, tmp_path / "autumn.csv"))))
    assert tuple(rows[0]) == COLUMNS
    wholes = [row for row in rows if not row["split"] and not row["part"]]
    assert [row["figure"] for row in wholes] == [one.id for one in DEFINITIONS]
    agents = {row["group"] for row in rows if row["split"] == "agent"}
    assert agents == set(PEOPLE)
    first = next(row for row in wholes if row["figure"] == "first-contact-resolution")
    assert (first["counted"], first["out_of"], first["on_target"]) == ("109", "155", "false")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@sum", "\tx", "\rx", "  =1", "\n=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


def test_a_team_named_like_a_formula_is_text_in_the_table(house: House, tmp_path: Path) -> None:
    one = house.examined[0]
    sly = House([replace(one, audited=replace(one.audited, team="=HYPERLINK(1)"))])
    rows = csv.DictReader(StringIO(written(sly, tmp_path / "sly.csv")))
    assert {row["group"] for row in rows if row["split"] == "team"} == {"'=HYPERLINK(1)"}


def test_the_data_has_every_figure_with_definition_counts_and_evidence(house: House, tmp_path: Path) -> None:
    data = json.loads(written(house, tmp_path / "autumn.json"))
    assert set(data["definitions"]) == {one.id for one in DEFINITIONS}
    found = next(
        row for row in data["figures"] if (row["figure"], row["split"], row["group"]) == ("apologies", "agent", "Tom")
    )
    assert found["value"] == found["numerator"] / found["denominator"]
    known = {one.audited.id for one in house.examined}
    assert set(found["evidence"]) <= known
    assert data["set_aside"][0] == {"source": "autumn.jsonl:12", "problem": "not JSON"}


def test_what_the_transcripts_do_not_tell_is_said(bench: Workbench, tmp_path: Path) -> None:
    bare = House([examine(talk("customer: hi", "agent: Hello, how can I help?"), bench.session)])
    text = Page(written(bare, tmp_path / "bare.html")).text
    assert "No customer gave a rating" in text
    assert "No conversation has a time" in text
    assert "1 with: no times" in text
    assert "Week by week: fewer than two weeks have a conversation with a time." in text
    assert "People: no reply names its agent." in text
    assert 'id="weeks"' not in (tmp_path / "bare.html").read_text()


@pytest.mark.parametrize("kind", ["html", "md", "csv", "json"])
def test_an_empty_audit_makes_a_report(kind: str, tmp_path: Path) -> None:
    assert written(House([], [Aside("x.csv", "not a table")]), tmp_path / f"empty.{kind}")


def test_what_was_set_aside_is_counted_with_reasons(html: str) -> None:
    text = Page(html).text
    assert "2 could not be audited, and count in no figure." in text
    assert "2: not JSON first in autumn.jsonl:12" in text


def test_the_ending_of_the_file_picks_the_kind(house: House, tmp_path: Path) -> None:
    with pytest.raises(AssistError, match=r"ends in \.html, \.md, \.json, \.csv, not '\.htm'; did you mean '\.html'"):
        write(tmp_path / "x.htm", house)
    with pytest.raises(DataError, match="No such file"):
        write(tmp_path / "nowhere" / "x.json", House([]), Terms())


def figure(name: str, numerator: float, denominator: float) -> Figure:
    """A figure with nothing but its counts."""
    value = numerator / denominator if denominator else None
    return Figure(definition(name), (), "", value, numerator, denominator, 0, 0, 0, ())


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (40, "40 s"),
        (80, "1 min 20 s"),
        (3600, "1 h"),
        (3605, "1 h"),
        (7500, "2 h 5 min"),
        (90000, "1 d 1 h"),
    ],
)
def test_durations_as_people_read_them(seconds: float, words: str) -> None:
    assert wording.duration(seconds) == words


def test_a_share_is_nought_or_all_only_where_it_is() -> None:
    assert wording.value(figure("apologies", 1, 1000)) == "under 1%"
    assert wording.value(figure("apologies", 999, 1000)) == "over 99%"
    assert wording.value(figure("apologies", 0, 1000)) == "0%"
    assert wording.amount(definition("remedies"), 0.002) == "under 0.1"


def test_a_difference_is_pointed_out_only_where_chance_would_hardly_make_it() -> None:
    assert certainty.standing(figure("apologies", 90, 100), 0.6) == "better"
    assert certainty.standing(figure("unanswered", 90, 100), 0.6) == "worse"
    assert certainty.standing(figure("apologies", 13, 20), 0.6) == ""
    assert certainty.standing(figure("apologies", 5, 5), 0.1) == ""  # too few
    assert certainty.changed(figure("findings", 10, 200), figure("findings", 60, 200)) == "worse"


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_lies_within_what_is_likely(met: int, missed: int) -> None:
    found = figure("apologies", met, met + missed)
    between = certainty.likely(found)
    assert between is not None
    assert between[0] - 1e-9 <= (found.value or 0) <= between[1] + 1e-9


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.booleans()), max_size=5))
def test_marks_change_no_letter(text: str, places: list[tuple[int, int, bool]]) -> None:
    said = Said(1, "agent", text)
    notes = [
        Noted(
            id=str(number),
            conversation="c",
            number=1,
            reply=1,
            kind="finding" if bad else "praise",
            category="refusal",
            start=min(start, end, len(text)),
            end=min(max(start, end), len(text)),
        )
        for number, (start, end, bad) in enumerate(places)
    ]
    assert "".join(piece.text for piece in pieces(said.text, notes)) == text


def test_a_week_without_a_value_breaks_the_line() -> None:
    drawn = line([Point(0.5, False), Point(1, False), Point(None, False), Point(0, True), Point(1, False)], "x", top=1)
    assert drawn.count("<polyline") == 2
    assert drawn.count('class="few"') == 1


def test_times_are_told_by_the_clocks_of_the_house(bench: Workbench, tmp_path: Path) -> None:
    """Monday, nine in the morning in Auckland, is Sunday evening in Greenwich."""
    lines = "20:00:00 customer: Where is my parcel?", "20:00:20 agent (Tom): I'm so sorry, I'll look."
    sunday = Transcript("t", tuple(message(line, date(2025, 3, 2)) for line in lines))
    one = examine(sunday, bench.session, ZoneInfo("Pacific/Auckland"))
    text = Page(written(House([one], made=Made(zone="Pacific/Auckland")), tmp_path / "there.html")).text
    assert one.audited.week == "2025-W10"
    assert "3 March 2025" in text
    assert "09:00" in text
    assert "Times in Pacific/Auckland" in text


def test_where_something_is_missing_the_customers_words_stand_beside_it(bench: Workbench, tmp_path: Path) -> None:
    one = examine(
        talk("customer: The kettle you sent me is broken.", "agent (Tom): What is your order number?"), bench.session
    )
    text = Page(written(House([one]), tmp_path / "kettle.html")).text
    assert "To “The kettle you sent me is broken.”: “What is your order number?” conversation 1" in text


def test_on_paper_stand_the_conversations_to_read_first_and_those_of_examples(html: str) -> None:
    talks = Page(html).of("article")
    shown = [talk["class"] for talk in talks if talk.get("class", "").startswith("talk")]
    assert 12 <= shown.count("talk") < 40
    assert shown.count("talk on-screen") > shown.count("talk")


def test_of_conversations_that_weigh_alike_the_latest_is_read_first(house: House, tmp_path: Path) -> None:
    first = json.loads(written(house, tmp_path / "first.json"))["read_first"]
    opened = {one.audited.id: one.audited.opened.timestamp() for one in house.examined if one.audited.opened}
    places = [(-one["weight"], -opened[one["conversation"]]) for one in first]
    assert places == sorted(places)


def test_what_moved_in_the_last_weeks_is_told_and_what_chance_makes_is_not(house: House, tmp_path: Path) -> None:
    """In the made-up house all is much as it was; without an apology in the last four weeks it is not."""
    assert (
        "No share and no count has moved by more than chance would make."
        in Page(written(house, tmp_path / "same.html")).text
    )
    rude = [
        replace(one, audited=replace(one.audited, apology_reply=None)) if one.audited.week >= "2025-W44" else one
        for one in house.examined
    ]
    text = Page(written(House(rude), tmp_path / "rude.html")).text
    assert "Apologies where due: 0%" in text
    assert "▽ less well" in text


def test_what_moved_is_told_once(house: House) -> None:
    """Findings by rule are the same findings."""
    worse = [replace(one, noted=one.noted * 6) if one.audited.week >= "2025-W44" else one for one in house.examined]
    moved = changes(sheet(House(worse), Terms())) or []
    assert [(one.after.definition.id, one.standing) for one in moved] == [("praise", "better"), ("findings", "worse")]

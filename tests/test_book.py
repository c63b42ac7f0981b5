"""The lexicon as a book: what a reader sees of it, and that nothing in it runs or is fetched."""

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assist.cli.main import app
from assist.errors import AssistError
from assist.lexicon import CATEGORIES, ActEntry, Lexicon, OperationEntry, load
from assist.reports.book import IN_FULL, SENTENCES, book
from assist.workbench import Workbench
from tests.packs import ENTRY, SHEET, SMALL, pack

DAY = date(2026, 3, 7)
VOID = {"br", "meta"}
NASTY = """</style><script>alert(1)</script><img src=x onerror='alert(2)'> & "so" on"""


class Page(HTMLParser):
    """A page as a browser would take it apart: elements, their attributes, and the text outside of the style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.classes: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if tag not in VOID:
            self.open.append(tag)
            self.classes.append(attributes.get("class", ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.classes.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append((self.classes[-1] if self.classes else "", data))

    @property
    def text(self) -> str:
        """What is read on the page, in one line."""
        return " ".join("".join(data for _, data in self.texts).split())

    def of(self, name: str) -> Iterator[dict[str, str]]:
        """The attributes of each element of this name."""
        return (attributes for tag, attributes in self.elements if tag == name)

    @property
    def rules(self) -> list[str]:
        """The small grey names, in order, without the names of packs."""
        return [data.split(" · ")[-1] for style, data in self.texts if style == "rule"]


@pytest.fixture(scope="module")
def written(bench: Workbench) -> str:
    """The book of everything that ships."""
    return book(bench.lexicon, on=DAY)


@pytest.fixture(scope="module")
def page(written: str) -> Page:
    return Page(written)


def small(folder: Path, text: str = SMALL, sheet: str = SHEET) -> Lexicon:
    return load([pack(folder / "small", {"all.yaml": text}, sheet=sheet)])


def test_every_category_has_a_chapter_and_every_link_leads_to_one(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    links = {attributes["href"].removeprefix("#") for attributes in page.of("a")}
    assert set(CATEGORIES) <= set(ids) & links
    assert links <= set(ids)
    assert len(ids) == len(set(ids))


def test_it_is_whole_in_english_and_needs_nothing_from_anywhere(page: Page, written: str) -> None:
    """Every element is closed; no script, picture, font or sheet, neither inside nor fetched."""
    assert page.open == []
    assert next(page.of("html")) == {"lang": "en"}
    names = {tag for tag, _ in page.elements}
    assert names.isdisjoint({"script", "link", "img", "iframe", "object", "svg", "form", "base"})
    attributes = [(name, value) for _, found in page.elements for name, value in found.items()]
    assert [name for name, _ in attributes if name.startswith("on") or name in {"src", "style"}] == []
    assert all(value.startswith("#") for name, value in attributes if name == "href")
    assert re.search(r"url\(|@import|https?:", written) is None


def test_the_title_page_says_what_it_is_and_of_when(page: Page) -> None:
    assert "The words we choose" in page.text
    assert "7 March 2026" in page.text
    assert "Core, Airline, Banking" in page.text
    assert next(page.of("time")) == {"datetime": "2026-03-07"}


def test_an_idea_has_sentences_a_reason_and_wordings_with_soft_blanks(tmp_path: Path) -> None:
    page = Page(book(small(tmp_path), on=DAY))
    assert "Sorry, it’s our policy." in page.text
    assert "A policy is the company’s reason, not the customer’s." in page.text
    assert "Here’s what I can do: what you can offer." in page.text
    assert ("blank", "what you can offer") in page.texts


def test_a_blank_does_not_say_again_what_stands_before_it(tmp_path: Path) -> None:
    text = SMALL.replace("Let me see what I can do.", "You'll hear from me by {by when?}.")
    assert "You’ll hear from me by when." in Page(book(small(tmp_path, text))).text


def test_a_turn_before_is_shown_with_who_said_it(tmp_path: Path) -> None:
    assert "Customer: my kettle is broken" in Page(book(small(tmp_path))).text


def test_it_is_a_choice_that_leaves_out_no_idea(bench: Workbench, page: Page) -> None:
    """Each idea stands once, in full or in a line; no list of sentences is long."""
    asked = [entry.id for entry in bench.lexicon.of(OperationEntry)]
    assert set(asked) <= set(page.rules)
    assert {"nothing-i-can-do", "clipped-no", "have-you-tried", "missing-apology"} <= set(page.rules)
    assert "nothing-extra" not in page.rules  # off until it is switched on
    assert len(page.rules) == len(set(page.rules))
    ideas = sum("idea" in attributes.get("class", "").split() for attributes in page.of("article"))
    assert ideas <= IN_FULL * len(CATEGORIES)


def test_no_idea_has_more_sentences_than_a_reader_takes_in(written: str) -> None:
    for told in re.findall(r'<div class="not">(.*?)</div>', written, re.DOTALL):
        assert told.count("<li>") < SENTENCES


def test_no_blank_is_left_in_braces_and_no_mark_is_straight(page: Page) -> None:
    told = [data for style, data in page.texts if style != "who"]
    assert not any('"' in data or "'" in data for data in told)
    assert re.search(r"\{[^{}]*\?\}", page.text) is None


def test_what_is_done_well_is_praised(bench: Workbench, page: Page) -> None:
    lines = {entry.praise for entry in bench.lexicon.of(ActEntry) if entry.act == "sincere-apology"}
    assert any(line in page.text for line in lines)
    assert {"act-sincere-apology", "act-ownership", "act-something-extra"} <= {
        attributes.get("id") for attributes in page.of("article")
    }


def test_each_trade_has_its_plan_and_the_timings_stand_once(page: Page) -> None:
    assert page.text.count("Nobody has said sorry yet") == 1
    assert page.text.index("When may it be asked?") < page.text.index("Is your router plugged in?")
    for trade in ("In every trade", "Telecom", "Hotel", "Utilities"):
        assert any(data == trade for _, data in page.texts)


def test_ones_own_words_come_first_and_say_whose_they_are(tmp_path: Path, bench: Workbench) -> None:
    house = pack(tmp_path / "our-shop", {"tone.yaml": ENTRY})
    page = Page(book(load([*(known.folder for known in bench.lexicon.packs), house])))
    assert ("rule", "Our shop · says-guys") in page.texts
    dismissive = [
        name for name in page.rules if getattr(bench.lexicon.written.get(name), "category", "") == "dismissive"
    ]
    assert page.rules.index("says-guys") < min(map(page.rules.index, dismissive))


@pytest.mark.parametrize("rule", ["company-policy", "policy-wall"])
def test_what_is_switched_off_is_left_out(tmp_path: Path, rule: str) -> None:
    page = Page(book(small(tmp_path, sheet=SHEET + f"rules: {{{rule}: off}}")))
    assert "it’s our policy" not in page.text
    assert all(attributes.get("id") != "policy-wall" for _, attributes in page.elements)


def test_an_idea_says_where_it_weighs_other_than_its_chapter(tmp_path: Path) -> None:
    second = SMALL.replace("id: company-policy", "id: other-policy\n    severity: suggestion", 1)
    entry = second[second.index("  - id: other") : second.index("  - id: you-need-to")]
    page = Page(book(small(tmp_path, SMALL + entry + entry.replace("other", "third").replace("suggestion", "error"))))
    assert any(style == "differs" and "warmer way" in data for style, data in page.texts)


def test_a_lexicon_cannot_put_anything_into_the_page(tmp_path: Path) -> None:
    """Not by an example, a reason, a wording, a blank, a praise, a turn, the name of a pack, or the title."""
    quoted = NASTY.replace("'", "''")
    text = SMALL.replace('"Sorry, it\'s our policy."', f"'{quoted}'")
    text = text.replace("A policy is the company's reason, not the customer's.", f"'{quoted}'")
    text = text.replace('"Let me see what I can do."', f"'{quoted}', '{{<b onclick=x>?}} and <i onclick=x>'")
    text = text.replace("Says sorry like a person.", f"'{quoted}'")
    text = text.replace('"customer: my kettle is broken"', f"'customer: {quoted}'")
    lexicon = load([pack(tmp_path / "<img src=x>", {"all.yaml": text})])
    written = book(lexicon, title=NASTY)
    page = Page(written)
    assert {tag for tag, _ in page.elements}.isdisjoint({"script", "img", "b", "i"})
    assert not [name for _, found in page.elements for name in found if name.startswith("on")]
    assert written.count("</style>") == 1
    assert page.text.count("<script>alert(1)</script>") >= 5


def test_it_is_the_same_each_time(bench: Workbench, written: str) -> None:
    assert book(bench.lexicon, on=DAY) == written


class TestCommand:
    """`assist lexicon book`."""

    def test_it_writes_the_file_and_says_so(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        pack(tmp_path / "small", {"all.yaml": SMALL})
        monkeypatch.chdir(tmp_path)
        ran = CliRunner().invoke(app, ["lexicon", "book", "--packs", "small", "--title", "Our words & ways"])
        assert (ran.exit_code, ran.output) == (
            0,
            "lexicon-book.html is written; open it in a browser, and print it from there\n",
        )
        page = Page((tmp_path / "lexicon-book.html").read_text(encoding="utf-8"))
        assert "Our words & ways" in page.text
        assert f"{date.today():%B %Y}" in page.text

    def test_where_it_cannot_write_it_says_why(self, tmp_path: Path) -> None:
        folder = pack(tmp_path / "small", {"all.yaml": SMALL})
        ran = CliRunner().invoke(
            app, ["lexicon", "book", "--packs", str(folder), "--output", str(tmp_path / "no" / "b")]
        )
        assert isinstance(ran.exception, AssistError)
        assert str(ran.exception).endswith("b: No such file or directory")

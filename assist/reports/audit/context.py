"""Which conversations a report quotes in full, and how they stand there."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import NamedTuple

from assist.audit.figures import Figure
from assist.audit.records import Audited, Noted, Said
from assist.reports.audit.examples import Quote, quote
from assist.reports.audit.sheet import Sheet

SHOWN = 300
"""How many conversations a page holds at most."""
PEOPLE = 40
"""How many people have a part of their own at most: those with the most conversations."""
MESSAGES = 80
"""How many messages of a conversation are shown at most."""
_DEEP = 3


class Turn(NamedTuple):
    """A message, marked, and what was noted of it."""

    quote: Quote
    noted: tuple[Noted, ...]


class Shown(NamedTuple):
    """A conversation on the page: `anchor` is its place there, `left_out` how many messages are not shown.

    On paper only some stand: those to be read first, and those that examples come from.
    """

    anchor: str
    audited: Audited
    turns: tuple[Turn, ...]
    left_out: int
    on_paper: bool


def people(sheet: Sheet) -> list[str]:
    """Whose parts are shown, in the order of the alphabet."""
    named = sheet.tables.groups("agent")
    busy = sorted(named, key=lambda name: -sheet.tables.figure("contacts", "agent", name).numerator)[:PEOPLE]
    return [name for name in named if name in set(busy)]


def shown(sheet: Sheet, headlines: Sequence[str]) -> dict[str, Shown]:
    """The conversations to show, by id, in the order of the audit: those to be read first, examples, evidence."""
    wanted = set(islice(dict.fromkeys(_wanted(sheet, headlines)), SHOWN))
    paper = set(_on_paper(sheet))
    found: dict[str, Shown] = {}
    for one in sheet.audit.examinations():
        if one.audited.id in wanted and one.audited.id not in found:
            turns = tuple(_turns(one.audited.messages[:MESSAGES], one.noted, one.audited.id))
            left_out = max(len(one.audited.messages) - MESSAGES, 0)
            found[one.audited.id] = Shown(f"c{len(found) + 1}", one.audited, turns, left_out, one.audited.id in paper)
    return found


def anchors(figure: Figure, pages: Mapping[str, Shown], most: int = _DEEP) -> list[str]:
    """Where the evidence of a figure stands on the page."""
    return [pages[name].anchor for name in figure.evidence if name in pages][:most]


def _wanted(sheet: Sheet, headlines: Sequence[str]) -> Iterator[str]:
    tables = sheet.tables
    yield from _on_paper(sheet)
    for depth in range(_DEEP):
        yield from (one.evidence[depth] for one in tables.whole if len(one.evidence) > depth and not _by_rule(one))
    for team in tables.groups("team"):
        for name in headlines:
            yield from tables.figure(name, "team", team).evidence[:1]
    yield from _of_people(sheet, headlines)


def _on_paper(sheet: Sheet) -> Iterator[str]:
    yield from (worry.audited.id for worry in sheet.read_first)
    yield from (one.conversation for one in sheet.examples.best)
    for part in sheet.tables.parts("findings"):
        if quoted := sheet.examples.found(part.label):
            yield quoted.conversation


def _of_people(sheet: Sheet, headlines: Sequence[str]) -> Iterator[str]:
    """By turns, so that nobody's conversations crowd out those of the next."""
    wanted = [_of_one(sheet, headlines, name) for name in people(sheet)]
    for turn in zip_longest(*wanted):
        yield from (name for name in turn if name is not None)


def _of_one(sheet: Sheet, headlines: Sequence[str], name: str) -> Iterator[str]:
    yield from (one.conversation for one in sheet.examples.best_of(name))
    yield from (worry.audited.id for worry in sheet.read_first_of.get(name, []))
    for figure in headlines:
        yield from sheet.tables.figure(figure, "agent", name).evidence[:1]
    for part in sheet.tables.parts("findings", "agent", name):
        if quoted := sheet.examples.found(part.label, name):
            yield quoted.conversation


def _by_rule(figure: Figure) -> bool:
    return figure.definition.id == "findings-by-rule"


def _turns(messages: Sequence[Said], notes: Sequence[Noted], conversation: str) -> Iterator[Turn]:
    for said in messages:
        own = tuple(one for one in notes if one.number == said.number)
        yield Turn(quote(conversation, said, own), own)

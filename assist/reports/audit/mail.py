"""The summary of an audit as Markdown, short enough for a mail."""

import re
from collections.abc import Iterator

from assist.audit import certainty, wording
from assist.audit.figures import Figure
from assist.reports.audit import names
from assist.reports.audit.examples import Quote
from assist.reports.audit.page import HEADLINES, day
from assist.reports.audit.sheet import Sheet
from assist.reports.clean import clean

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")
_PARTS, _FIRST, _LONG = 5, 5, 240


def mail(sheet: Sheet) -> str:
    """Praise, the figures at the head, what could be better, what to read first, and what it cannot tell."""
    parts = (_head(sheet), _well(sheet), _figures(sheet), _better(sheet), _first(sheet), _limits(sheet))
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def plain(words: str, most: int = _LONG) -> str:
    """The words in one line, with nothing in them that Markdown or HTML would take for its own."""
    line = clean(" ".join(words.split()))
    short = line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
    return _MARKS.sub(r"\\\1", short)


def _head(sheet: Sheet) -> Iterator[str]:
    yield "# How we talk with our customers"
    yield ""
    period = f", {day(sheet.first)} to {day(sheet.last)}" if sheet.first else ""
    yield f"{sheet.conversations:,} conversations{period}."


def _well(sheet: Sheet) -> Iterator[str]:
    yield "## Done well"
    yield ""
    parts = sheet.tables.parts("praise")
    if not parts:
        yield "Nothing that is praised was found in the replies."
    for part in parts[:_PARTS]:
        yield f"- {plain(names.title(part.label))}: {part.numerator:,.0f} times"
    for quote in sheet.examples.best:
        yield ""
        yield f"> {plain(quote.message.text)}"
        yield f"> — {plain(quote.message.agent)}"


def _figures(sheet: Sheet) -> Iterator[str]:
    yield "## In figures"
    yield ""
    yield "| figure | value | counted | line |"
    yield "| --- | --- | --- | --- |"
    for name in HEADLINES:
        yield _row(sheet.tables.figure(name))


def _row(figure: Figure) -> str:
    if figure.value is None:
        return f"| {plain(figure.definition.title)} | not told | {plain(figure.unsupported)} | |"
    few = ", few" if certainty.few(figure) else ""
    line = ""
    if figure.definition.target:
        line = f"{wording.target(figure.definition)}: {'held' if figure.on_target else 'not held'}"
    value = f"{wording.value(figure)} {wording.unit(figure.definition)}".strip()
    return f"| {plain(figure.definition.title)} | {value} | {wording.counted(figure)}{few} | {line} |"


def _better(sheet: Sheet) -> Iterator[str]:
    yield "## What could be better"
    yield ""
    parts = sheet.tables.parts("findings")
    if not parts:
        yield "Nothing was found in the replies."
    for part in parts[:_PARTS]:
        rather = names.rather(part.label)
        quote = sheet.examples.found(part.label)
        yield f"- {plain(names.title(part.label))}, {part.numerator:,.0f} times. {plain(rather)}{_such_as(quote)}"


def _such_as(quote: Quote | None) -> str:
    words = "".join(piece.text for piece in quote.pieces if piece.kind) if quote else ""
    return f" Such as: “{plain(words)}”" if words else ""


def _first(sheet: Sheet) -> Iterator[str]:
    yield "## What to read first"
    yield ""
    if not sheet.read_first:
        yield "No conversation shows a sign that somebody should read it first."
    for worry in sheet.read_first[:_FIRST]:
        said = next((sign.message for sign in worry.signs if sign.message), None)
        words = f": “{plain(said.text)}”" if said else ""
        yield f"- {', '.join(sign.name for sign in worry.signs)} ({plain(worry.audited.id)}){words}"


def _limits(sheet: Sheet) -> Iterator[str]:
    yield "## What this cannot tell"
    yield ""
    for figure in sheet.tables.unsupported():
        yield f"- {plain(figure.definition.title)}: {plain(figure.unsupported)}."
    yield "- Much of this was read from the words. It is a sign of where to look, and no proof."
    if sheet.audit.set_aside:
        yield f"- {len(sheet.audit.set_aside):,} could not be audited, and count in no figure."
    for problem, many, place in sheet.reasons[:_PARTS]:
        yield f"  - {many:,}: {plain(problem)}, first in {plain(place)}"

"""What `assist audit` says at its end: figures with what they mean, what to read first, what was set aside."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from shlex import quote
from typing import Any, NamedTuple

from assist.audit.audit import Audit, Made
from assist.audit.figures import CHAPTERS, Contacts, Counting, Figure, Terms
from assist.audit.reasons import Reason, Reasons
from assist.audit.records import Audited
from assist.audit.triggers import Worry, worries

FIRST = 10
"""How many conversations are named to read first."""
KINDS = 12
"""How many reasons and doubts are shown, of each."""


class Summary(NamedTuple):
    """All that is said of an audit."""

    folder: Path
    made: Made
    figures: Sequence[Figure]
    first: Sequence[Worry]
    doubts: Sequence[Reason]
    reasons: Sequence[Reason]


def summary(audit: Audit, terms: Terms) -> Summary:
    """The figures of the whole, the conversations to read first, what is odd, and why what was set aside."""
    contacts = audit.contacts(terms.repeat_days)
    reading = _Reading(terms, contacts)
    first = worries(reading.counted(audit), terms, contacts, FIRST)
    aside = Reasons()
    for one in audit.set_aside:
        aside.add(one.problem, one.source)
    figures = list(reading.figures.figures())
    return Summary(audit.folder, audit.made, figures, first, reading.doubts.commonest(), aside.commonest())


class _Reading:
    """What is gathered on the one way through the records."""

    def __init__(self, terms: Terms, contacts: Contacts) -> None:
        self.figures = Counting(terms, contacts)
        self.doubts = Reasons()

    def counted(self, audit: Audit) -> Iterator[Audited]:
        for one in audit.examinations():
            self.figures.add(one)
            for doubt in one.audited.doubts:
                self.doubts.add(doubt, one.audited.source)
            yield one.audited


def lines(told: Summary) -> Iterator[str]:
    """For people; none has a line break of its own."""
    made = told.made
    yield f"{made.conversations:,} conversations, {made.messages:,} messages, {made.set_aside:,} set aside"
    yield from _figures(told.figures)
    if told.first:
        yield from ("", "Read first")
    for worry in told.first:
        yield f"  {_short(worry.audited.id)}  {', '.join(sign.name for sign in worry.signs)}"
        message = next((sign.message for sign in worry.signs if sign.message), None)
        if message:
            yield f"      {message.role}: {_short(message.text)}"
    yield from _gathered("Guessed, missing or odd", told.doubts)
    yield from _gathered("Set aside", told.reasons)
    if told.reasons:
        yield f"  each, with its place: assist audit set-aside --out {quote(str(told.folder))}"


def _gathered(title: str, reasons: Sequence[Reason]) -> Iterator[str]:
    if reasons:
        yield from ("", title)
    for reason in reasons[:KINDS]:
        yield f"  {reason.number:6,}  {reason.problem}, first in {reason.source}"
    if len(reasons) > KINDS:
        yield f"          and {len(reasons) - KINDS:,} more kinds"


def data(told: Summary) -> dict[str, Any]:
    """The same for programs; durations are seconds, shares from 0 to 1."""
    made = told.made
    return {
        "finished": made.finished.isoformat(),
        "inputs": list(made.inputs),
        "lexicon": made.lexicon,
        "conversations": made.conversations,
        "messages": made.messages,
        "figures": [_figure_data(figure) for figure in told.figures],
        "read_first": [
            {"conversation": worry.audited.id, "weight": worry.weight, "signs": [sign.name for sign in worry.signs]}
            for worry in told.first
        ],
        "doubts": [reason._asdict() for reason in told.doubts],
        "set_aside": {"number": made.set_aside, "reasons": [reason._asdict() for reason in told.reasons]},
    }


def _figures(figures: Iterable[Figure]) -> Iterator[str]:
    whole = {figure.definition.id: figure for figure in figures if not figure.label}
    for title, chapter in CHAPTERS.items():
        yield from ("", title)
        for definition in chapter:
            yield f"  {_told(whole[definition.id])}"
            yield f"      {definition.meaning}"


def _told(figure: Figure) -> str:
    definition = figure.definition
    if figure.value is None:
        return f"{definition.title}: cannot be told, {figure.unsupported}"
    words = [_value(figure)]
    if definition.middle == "ratio" and definition.unit != "count":
        words.append(f"{figure.numerator:,g} of {figure.denominator:,g}")
    if figure.inferred:
        words.append(f"{figure.inferred:,} inferred")
    if figure.left_out:
        words.append(f"{figure.left_out:,} left out")
    return f"{definition.title}: {', '.join(words)}"


def _value(figure: Figure) -> str:
    value = figure.value or 0.0
    if figure.definition.unit == "share":
        return f"{value:.1%}"
    if figure.definition.unit == "seconds":
        return _duration(value)
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _duration(seconds: float) -> str:
    for size, name in ((86400, "days"), (3600, "hours"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.1f} {name}"
    return f"{seconds:.0f} s"


def _figure_data(figure: Figure) -> dict[str, Any]:
    definition = figure.definition
    return {
        "id": definition.id,
        "title": definition.title,
        "meaning": definition.meaning,
        "unit": definition.unit,
        "label": figure.label,
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "conversations": figure.conversations,
        "left_out": figure.left_out,
        "inferred": figure.inferred,
        "on_target": figure.on_target,
        "unsupported": figure.unsupported,
        "clock": figure.clock,
        "evidence": list(figure.evidence),
    }


def _short(text: str, most: int = 100) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"

"""What `assist audit` says at its end: figures with what they mean, what to read first, what was set aside."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from assist.audit.audit import Audit, Made
from assist.audit.figures import CHAPTERS, Counting, Figure, Terms
from assist.audit.records import Audited
from assist.audit.triggers import Worry, worries

FIRST = 10
"""How many conversations are named to read first."""
_PARTICULAR = re.compile(r"'[^']*'|\"[^\"]*\"|\d+")


class Reason(NamedTuple):
    """Why inputs were set aside, how many, and where one of them is."""

    problem: str
    number: int
    source: str


class Summary(NamedTuple):
    """All that is said of an audit."""

    made: Made
    figures: Sequence[Figure]
    first: Sequence[Worry]
    reasons: Sequence[Reason]


def summary(audit: Audit, terms: Terms) -> Summary:
    """The figures of the whole, the conversations to read first, and why what was set aside."""
    contacts = audit.contacts(terms.repeat_days)
    counting = Counting(terms, contacts)
    first = worries(_counted(audit, counting), terms, contacts, FIRST)
    return Summary(audit.made, list(counting.figures()), first, reasons(audit))


def _counted(audit: Audit, counting: Counting) -> Iterator[Audited]:
    """Every conversation, added up on the way: the records are read once."""
    for one in audit.examinations():
        counting.add(one)
        yield one.audited


def reasons(audit: Audit) -> list[Reason]:
    """Why inputs were set aside, the commonest first; those that differ in a name or number only are one."""
    counted: Counter[str] = Counter()
    shown: dict[str, Reason] = {}
    for one in audit.set_aside:
        alike = _PARTICULAR.sub("…", one.problem)
        counted[alike] += 1
        shown.setdefault(alike, Reason(one.problem, 1, one.source))
    return [shown[alike]._replace(number=number) for alike, number in counted.most_common()]


def lines(told: Summary) -> Iterator[str]:
    """For people."""
    made = told.made
    yield f"{made.conversations:,} conversations, {made.messages:,} messages, {made.set_aside:,} set aside"
    yield from _figures(told.figures)
    if told.first:
        yield "\nRead first"
    for worry in told.first:
        yield f"  {worry.audited.id}  {', '.join(sign.name for sign in worry.signs)}"
        message = next((sign.message for sign in worry.signs if sign.message), None)
        if message:
            yield f"      {message.role}: {_short(message.text)}"
    if told.reasons:
        yield "\nSet aside"
    for reason in told.reasons:
        yield f"  {reason.number:6,}  {reason.problem}, such as {reason.source}"


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
        "set_aside": {"number": made.set_aside, "reasons": [reason._asdict() for reason in told.reasons]},
    }


def _figures(figures: Iterable[Figure]) -> Iterator[str]:
    whole = {figure.definition.id: figure for figure in figures if not figure.label}
    for title, chapter in CHAPTERS.items():
        yield f"\n{title}"
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

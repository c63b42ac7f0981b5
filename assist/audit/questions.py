"""Questions in lay words over an audit, answered from its named figures, or with a list of what can be asked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rapidfuzz import fuzz

from assist.audit import certainty, wording
from assist.audit.figures import DEFINITIONS, Contacts, Counting, Definition, Figure, Split, Terms
from assist.audit.grammar import Asked, read
from assist.audit.kept import Kept, clocks
from assist.audit.periods import Period
from assist.audit.vocabulary import Order

GROUPS, PARTS, EVIDENCE, OFFERED = 12, 8, 5, 6
"""How many groups, parts and conversations an answer names, and how many questions are offered first."""
EXAMPLES: Mapping[str, str] = {
    "apologies": "Which agents apologise least?",
    "first-response-median": "How fast do we answer?",
    "promises-kept": "Who keeps promises?",
    "complaints": "What do people complain of most?",
    "praise": "What do we do well?",
    "findings": "What do we get wrong most?",
    "first-contact-resolution": "How many are solved at first contact, week by week?",
    "csat": "Which team has the happiest customers?",
    "contacts": "How many conversations were there last month?",
    "resolution": "How many conversations are solved?",
    "escalations": "How often do we escalate?",
    "transfers": "How often are customers transferred?",
    "repeat-contacts": "How many customers come back?",
    "first-response-in-time": "How many first replies are in time?",
    "response-median": "What is our response time?",
    "resolution-time-median": "How long does it take to solve something?",
    "apologies-at-once": "Who apologises at once?",
    "apologies-taken-up": "How many apologies are accepted?",
    "dypii-first": "Who asks the obvious question first?",
    "won-back": "How many upset customers do we win back?",
    "told-twice": "Who asks customers to tell it twice?",
    "timelines": "Who gives a timeline?",
    "promises": "How many promises do we make?",
    "promises-timed": "How many promises have a time?",
    "promises-open": "How many promises are left open?",
    "promises-overdue": "Which team has overdue promises?",
    "remedies": "How many refunds do we give?",
    "unanswered": "How many questions are left unanswered?",
    "clean-replies": "How many replies are clean?",
    "findings-by-rule": "Which rules are broken?",
    "rating": "What is our average rating?",
}
CHANGED = "What changed since October?"
_LINKS: Mapping[Split, str] = {
    "agent": "of {}", "team": "in team {}", "medium": "by {}", "topic": "on {}", "week": "in {}",
}  # fmt: skip
_ORDERS = {"most": "the most first", "least": "the least first", "best": "the best first", "worst": "the worst first"}
_COMPARED = [one for one in DEFINITIONS if one.id not in ("findings-by-rule", "contacts")]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: `heading` is what was understood, `lines` are sentences, `figures` what they are taken from.

    `definitions` say what was counted, `evidence` are conversations to look at. Where a question was not understood,
    `asks` are questions that can be asked, the nearest first, and everything else is empty.
    """

    question: str
    heading: str = ""
    lines: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    definitions: tuple[Definition, ...] = ()
    evidence: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether it answers the question."""
        return not self.asks

    def __str__(self) -> str:
        if not self.understood:
            offered = "\n".join(f"  {ask}" for ask in self.asks[:OFFERED])
            return f"I can't answer that from the figures. What can be asked, for instance:\n{offered}"
        parts = [self.heading, *(f"  {line}" for line in self.lines)]
        parts += [f"{one.title}: {one.meaning}" for one in self.definitions[:1] if len(self.definitions) == 1]
        if self.evidence:
            parts.append(f"To look at: {', '.join(self.evidence)}")
        return "\n".join(parts)


class _House(NamedTuple):
    """What has to be known of an audit before a question can be read."""

    names: Mapping[Split, frozenset[str]]
    days: tuple[date, date] | None
    contacts: Contacts


def ask(question: str, audit: Kept, terms: Terms | None = None) -> Answer:
    """Answer a question from the figures of an audit; one that is not understood to the last word gets no guess."""
    terms = terms or Terms()
    house = _house(audit, terms)
    asked = read(question, house.names, house.days[1] if house.days else date.today())
    if asked is None:
        return Answer(question, asks=tuple(_nearest(question)))
    if (asked.change or asked.period) and house.days is None:
        return Answer(question, _heading(asked), ("No conversation has a time, so nothing can be told of periods.",))
    if asked.change and house.days:
        return _changes(question, asked, audit, terms, house)
    figures = _figures(audit, terms, house, asked, asked.period)
    return _answered(question, asked, figures)


def _house(audit: Kept, terms: Terms) -> _House:
    names: defaultdict[Split, set[str]] = defaultdict(set)
    zone = clocks(audit.made)
    days: tuple[date, date] | None = None
    for one in audit.conversations():
        names["team"].add(one.team)
        names["topic"].add(one.topic)
        names["medium"].add(one.medium)
        names["agent"].update(one.agents)
        if one.opened:
            day = one.opened.astimezone(zone).date()
            days = (min(days[0], day), max(days[1], day)) if days else (day, day)
    groups = {split: frozenset(found - {""}) for split, found in names.items()}
    return _House(groups, days, audit.contacts(terms.repeat_days))


def _nearest(question: str) -> list[str]:
    every = [*EXAMPLES.values(), CHANGED]
    return sorted(every, key=lambda one: -fuzz.token_set_ratio(question.lower(), one.lower()))


def _figures(audit: Kept, terms: Terms, house: _House, asked: Asked, when: Period | None) -> list[Figure]:
    """The figures asked for, of the groups asked for; each group is its value of the split, or nothing."""
    by = [split for split, _ in asked.where] + ([asked.split] if asked.split else [])
    wanted = [asked.definition] if asked.definition else _COMPARED
    counting = Counting(terms, house.contacts, [by], [one.id for one in wanted])
    zone = clocks(audit.made)
    for one in audit.examinations():
        opened = one.audited.opened
        if when is None or (opened and when.holds(opened.astimezone(zone).date())):
            counting.add(one)
    values = tuple(value for _, value in asked.where)
    return [one for one in counting.figures(by) if one.group[: len(values)] == values]


def _answered(question: str, asked: Asked, figures: Sequence[Figure]) -> Answer:
    wholes = [one for one in figures if not one.label]
    told = [one for one in wholes if one.value is not None and (not asked.split or one.group[-1])]
    assert asked.definition is not None
    heading = _heading(asked)
    ranked = _ranked(asked, told)
    if not ranked:
        why = asked.definition.lacking
        if asked.split and any(one.value is not None for one in wholes):
            why = f"no conversation says its {asked.split}"
        return Answer(question, heading, (f"It cannot be told: {why}.",), tuple(wholes), (asked.definition,))
    lines = list(_groups(asked, ranked) if asked.split else _single(ranked[0], figures))
    evidence = tuple(dict.fromkeys(name for one in ranked for name in one.evidence))[:EVIDENCE]
    return Answer(question, heading, tuple(lines), tuple(ranked), (asked.definition,), evidence)


def _heading(asked: Asked) -> str:
    parts = [asked.definition.title if asked.definition else "What changed"]
    parts += [f"by {asked.split}"] if asked.split else []
    parts += [_LINKS[split].format(name) for split, name in asked.where]
    parts += [asked.period.words] if asked.period and not asked.change else []
    parts += [_ORDERS[order]] if (order := _order(asked)) else []
    return ", ".join(parts)


def _order(asked: Asked) -> Order:
    """The order asked for; else the best first, but weeks as they come, and what is neither good nor bad the most."""
    if not asked.split or asked.definition is None or asked.change:
        return ""
    if asked.order or asked.split == "week":
        return asked.order
    return "best" if asked.definition.better else "most"


def _ranked(asked: Asked, told: Sequence[Figure]) -> list[Figure]:
    """In their order; who has few cases comes last. Complaints by topic are ordered by how many they are."""
    order = _order(asked)
    if not order:
        return sorted(told, key=lambda one: one.group)
    better = asked.definition.better if asked.definition else ""
    up = order == "least" or (order, better) in (("best", "less"), ("worst", "more"))
    many = _by_number(asked)

    def place(one: Figure) -> tuple[bool, float, tuple[str, ...]]:
        value = one.numerator if many else one.value or 0
        return not many and _few(one), value if up else -value, one.group

    return sorted((one for one in told if one.numerator or not many), key=place)


def _by_number(asked: Asked) -> bool:
    return asked.split == "topic" and asked.definition is not None and asked.definition.id == "complaints"


def _groups(asked: Asked, ranked: Sequence[Figure]) -> Iterator[str]:
    for one in ranked[:GROUPS]:
        of = f"{one.numerator:,.0f} of {one.denominator:,.0f} conversations" if _by_number(asked) else _told(one)
        yield f"{one.group[-1]}: {of}"
    if len(ranked) > GROUPS:
        yield f"and {len(ranked) - GROUPS} more"


def _single(whole: Figure, figures: Iterable[Figure]) -> Iterator[str]:
    line = _told(whole)
    if whole.on_target is not None:
        line += f"; the line of {wording.target(whole.definition)} {'holds' if whole.on_target else 'is not held'}"
    yield line
    parts = [one for one in figures if one.label]
    yield from (f"{one.label.replace('-', ' ')}: {one.numerator:,.0f}" for one in parts[:PARTS])


def _told(one: Figure) -> str:
    value = f"{wording.value(one)} {wording.unit(one.definition)}".strip()
    counted = wording.counted(one)
    few = ", too few to judge by" if _few(one) else ""
    return f"{value} ({counted}{few})" if counted else value


def _few(one: Figure) -> bool:
    return one.definition.unit != "count" and certainty.few(one)


def _changes(question: str, asked: Asked, audit: Kept, terms: Terms, house: _House) -> Answer:
    before, after = _sides(asked.period, house)
    first = _index(_figures(audit, terms, house, asked, before))
    second = _index(_figures(audit, terms, house, asked, after))
    pairs = [(first[key], second[key]) for key in second if key in first]
    pairs = [(one, other) for one, other in pairs if one.value is not None and other.value is not None]
    moved = [(one, other) for one, other in pairs if certainty.changed(one, other)]
    shown = moved if asked.definition is None else pairs
    lines = [_moved(one, other, asked.split) for one, other in shown[:GROUPS]]
    if not lines:
        lines = ["Nothing that chance alone would not make of so many conversations." if pairs else _NOTHING]
    figures = tuple(figure for pair in shown for figure in pair)
    definitions = tuple(dict.fromkeys(one.definition for _, one in shown))
    evidence = tuple(dict.fromkeys(name for _, one in shown for name in one.evidence))[:EVIDENCE]
    heading = f"{_heading(asked)}: {before.words}, and {after.words}"
    return Answer(question, heading, tuple(lines), figures, definitions, evidence)


_NOTHING = "It cannot be told: one of the two periods has nothing to count."


def _sides(when: Period | None, house: _House) -> tuple[Period, Period]:
    """The period asked for and all that was before it; without one, the earlier and the later half of the days."""
    assert house.days is not None
    if when is None:
        half = house.days[0] + (house.days[1] - house.days[0]) / 2
        return Period(None, half, f"before {half.day} {half:%B}"), Period(half, None, "since then")
    turn = when.start or when.end
    assert turn is not None
    end = when.end if when.start else None
    return Period(None, turn, f"before {turn.day} {turn:%B %Y}"), Period(
        turn, end, when.words if when.start else "after"
    )


def _index(figures: Iterable[Figure]) -> dict[tuple[str, tuple[str, ...]], Figure]:
    return {(one.definition.id, one.group): one for one in figures if not one.label}


def _moved(before: Figure, after: Figure, split: Split | None) -> str:
    name = f"{after.definition.title}, {after.group[-1]}" if split else after.definition.title
    line = f"{name}: {_told(before)}, then {_told(after)}"
    if certainty.likely(after) is None or _few(before) or _few(after):
        return line
    return f"{line}; {certainty.changed(before, after) or 'which chance alone may make'}"

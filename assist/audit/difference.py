"""What changed between two audits of the same conversations, as after a change of the lexicon."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from assist.audit.audit import Audit

Found = Mapping[str, Set[str]]
"""The ids of notes, by what found them."""


class Change(NamedTuple):
    """What one rule, or an act that is praised, found in two audits; `gone` and `new` is what only one of them has."""

    rule: str
    before: int
    after: int
    gone: int
    new: int


def changes(before: Found, after: Found) -> list[Change]:
    """The changes, rule by rule, the largest first; those that found the same come last."""
    none: Set[str] = frozenset()
    pairs = ((rule, before.get(rule, none), after.get(rule, none)) for rule in sorted({*before, *after}))
    told = (Change(rule, len(was), len(now), len(was - now), len(now - was)) for rule, was, now in pairs)
    return sorted(told, key=lambda change: -(change.gone + change.new))


def found(notes: Iterable[tuple[str, str, str]]) -> Found:
    """Notes, told by rule, category and id, by what found them: a rule, or for praise the act."""
    ids: dict[str, set[str]] = defaultdict(set)
    for rule, category, name in notes:
        ids[rule or f"praise: {category}"].add(name)
    return ids


def difference(before: Audit, after: Audit) -> list[Change]:
    """The changes from one audit to another, in the conversations that both have."""
    both = set(before.ids()) & set(after.ids())
    one, other = (
        found((note.rule, note.category, note.id) for note in audit.notes() if note.conversation in both)
        for audit in (before, after)
    )
    return changes(one, other)

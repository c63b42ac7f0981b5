"""What two lexicons find in the same replies, and where they differ."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from assist.findings import Finding, Severity

Kind = Literal["new", "gone", "heavier", "lighter"]
KINDS: tuple[Kind, ...] = ("new", "gone", "heavier", "lighter")

AROUND = 60
"""How many letters of a reply are quoted on either side of what was found."""


class Change(NamedTuple):
    """A finding that only one side has, or that weighs something else on the other."""

    kind: Kind
    rule: str
    before: Severity | None
    after: Severity | None
    finding: Finding


class Quote(NamedTuple):
    """A change in its reply: where it was found, the words, and the words around them."""

    change: Change
    conversation: str
    words: str
    text: str


class Comparison:
    """The changes between two lexicons, counted by rule over many replies, with a few quoted for each."""

    def __init__(self, quotes: int) -> None:
        self.replies = 0
        self.changed = 0
        self.counts: dict[str, Counter[Kind]] = {}
        self._most = quotes
        self._quotes: dict[tuple[str, Kind], dict[str, Quote]] = {}

    def add(self, reply: str, before: Sequence[Finding], after: Sequence[Finding], conversation: str = "") -> None:
        """Compare what was found in one reply."""
        found = list(changes(before, after))
        self.replies += 1
        self.changed += bool(found)
        for change in found:
            self.counts.setdefault(change.rule, Counter())[change.kind] += 1
            kept = self._quotes.setdefault((change.rule, change.kind), {})
            if len(kept) < self._most:
                kept.setdefault(reply, _quote(change, reply, conversation))

    @property
    def totals(self) -> Counter[Kind]:
        """How many changes there are of each kind."""
        return sum(self.counts.values(), Counter())

    def rules(self) -> list[str]:
        """The rules that changed, those that changed most first."""
        return sorted(self.counts, key=lambda rule: (-self.counts[rule].total(), rule))

    def quotes(self, rule: str) -> Iterator[Quote]:
        """Examples of what changed for a rule, each reply once for each kind of change."""
        for kind in KINDS:
            yield from self._quotes.get((rule, kind), {}).values()


def changes(before: Iterable[Finding], after: Iterable[Finding]) -> Iterator[Change]:
    """What differs between the findings of one reply, those that are gone first.

    Two findings are the same where the rule is, and the words overlap or nothing was said at all.
    """
    left = list(after)
    for old in before:
        same = _same(old, left)
        if same is None:
            yield Change("gone", old.rule, old.severity, None, old)
            continue
        left.remove(same)
        if same.severity is not old.severity:
            kind: Kind = "heavier" if same.severity.rank < old.severity.rank else "lighter"
            yield Change(kind, same.rule, old.severity, same.severity, same)
    for new in left:
        yield Change("new", new.rule, None, new.severity, new)


def _same(finding: Finding, among: Iterable[Finding]) -> Finding | None:
    """The finding that says the same; of several, the one that begins nearest."""
    found = [other for other in among if other.rule == finding.rule and _meet(finding, other)]
    return min(found, key=lambda other: abs(other.start - finding.start), default=None)


def _meet(one: Finding, other: Finding) -> bool:
    if one.missing or other.missing:
        return one.missing and other.missing
    return one.start < other.end and other.start < one.end


def _quote(change: Change, reply: str, conversation: str) -> Quote:
    start, end = change.finding.span
    first, last = max(start - AROUND, 0), min(end + AROUND, len(reply))
    around = f"{'…' if first else ''}{reply[first:last]}{'…' if last < len(reply) else ''}"
    return Quote(change, conversation, reply[start:end], around)

"""The draft asks for what the customer has already told."""

from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Match, Sighting
from assist.lexicon import CheckEntry, FactEntry
from assist.recovery import Recovery, as_written

SAME = {
    "order-number": ("order-number", "code"),
    "booking-reference": ("booking-reference", "code"),
    "account-number": ("account-number", "code"),
}
REPEATABLE = frozenset(
    ("order-number", "booking-reference", "account-number", "email", "phone", "name", "postcode",
     "address", "room", "flight", "serial-number", "date-of-birth", "what-happened")
)  # fmt: skip
TOLD_WORDS = 8


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """The first request of the draft for a fact already given and not read back."""
    reading = situation.reading
    asking = {act.sentence for act in reading.acted("requests-information")}
    for match in reading.matches:
        if not isinstance(match.entry, FactEntry) or match.sentence not in asking:
            continue
        value = _given(situation.recovery, match)
        if value is None or (value and value.lower() in situation.draft.lower()):
            continue
        span = reading.sentence(match).span
        yield Sighting(
            entry,
            span,
            "sentence",
            {"fact": value},
            evidence=f"{match.entry.fact} was given: {value}",
        )
        return


def _given(recovery: Recovery, match: Match) -> str | None:
    """The words in which the fact was given; None where it was not."""
    assert isinstance(match.entry, FactEntry)
    kind = match.entry.fact
    if kind not in REPEATABLE:
        return None
    if kind == "name":
        return as_written(" ".join(recovery.names)) or None
    if kind == "what-happened":
        told = recovery.failure and recovery.told_words >= TOLD_WORDS
        return "" if told else None
    fact = recovery.given(*SAME.get(kind, (kind,)))
    return fact.value if fact else None

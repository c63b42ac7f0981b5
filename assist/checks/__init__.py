"""What needs the conversation to be seen, one check a file.

A check is a function of the situation and the lexicon entry that speaks of it.
"""

from collections.abc import Callable, Iterator, Mapping

from assist.checks import (
    cold_close,
    cold_open,
    missing_apology,
    missing_timeline,
    nothing_extra,
    placeholder,
    premature_close,
    repeat_request,
    rudimentary_question,
    sensitive_number,
    unanswered,
    wrong_name,
)
from assist.checks.situation import Situation
from assist.kinds import Sighting
from assist.lexicon import CheckEntry
from assist.meaning import Meaning

Check = Callable[[Situation, CheckEntry], Iterator[Sighting]]

CHECKS: dict[str, Check] = {
    "missing-apology": missing_apology.find,
    "missing-timeline": missing_timeline.find,
    "repeat-request": repeat_request.find,
    "premature-close": premature_close.find,
    "cold-close": cold_close.find,
    "cold-open": cold_open.find,
    "wrong-name": wrong_name.find,
    "placeholder": placeholder.find,
    "sensitive-number": sensitive_number.find,
    "nothing-extra": nothing_extra.find,
    "unanswered": unanswered.find,
}
"""Each check by the id of its entry."""

TIMINGS = ("dypii-before-apology", "dypii-before-acceptance", "dypii-blunt")
"""The entries that speak of rudimentary questions, by timing."""


def find(situation: Situation, entries: Mapping[str, CheckEntry], layers: Meaning | None) -> Iterator[Sighting]:
    """What all checks see in a draft; `entries` are those that speak of them, by id."""
    for name, check in CHECKS.items():
        if name in entries:
            yield from check(situation, entries[name])
    yield from rudimentary_question.find(situation, entries, layers)


__all__ = ["CHECKS", "TIMINGS", "Check", "Situation", "find"]

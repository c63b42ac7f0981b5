"""What reports and questions read of an audit, whoever keeps it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from assist.audit.examine import Examination
from assist.audit.records import Audited, Noted
from assist.errors import AssistError


class Kept(Protocol):
    """An audit that can be read as often as wanted, each time in the same order."""

    def conversations(self) -> Iterable[Audited]:
        """Every conversation."""

    def notes(self) -> Iterable[Noted]:
        """Every finding and praise, in the order of the conversations."""

    @property
    def set_aside(self) -> Sequence[tuple[str, str]]:
        """What could not be read: where, and why."""

    @property
    def made(self) -> Mapping[str, Any]:
        """When, of what and how the audit was made, by names of its own."""


def examinations(kept: Kept) -> Iterator[Examination]:
    """Each conversation with its notes, holding one at a time.

    Raises AssistError where the notes do not come in the order of the conversations.
    """
    notes = iter(kept.notes())
    ahead = next(notes, None)
    for audited in kept.conversations():
        own = []
        while ahead is not None and ahead.conversation == audited.id:
            own.append(ahead)
            ahead = next(notes, None)
        yield Examination(audited, tuple(own))
    if ahead is not None:
        raise AssistError(f"the notes do not follow the conversations: one of {ahead.conversation!r} has no place")

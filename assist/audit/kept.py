"""What reports and questions read of an audit, whoever keeps it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assist.audit.figures import Contacts
from assist.audit.records import Audited, Examination


class Aside(Protocol):
    """What could not be audited."""

    @property
    def source(self) -> str:
        """Where it stands."""

    @property
    def problem(self) -> str:
        """Why not."""


class Made(Protocol):
    """How an audit was made."""

    @property
    def finished(self) -> datetime:
        """When, in UTC."""

    @property
    def inputs(self) -> Sequence[str]:
        """The paths as they were given."""

    @property
    def lexicon(self) -> str:
        """The fingerprint of what the verdicts depend on; two audits with the same one judge alike."""

    @property
    def zone(self) -> str:
        """Where times of the day were read, and weeks begin."""


def clocks(made: Made) -> tzinfo:
    """Where the clocks hang by which the times of an audit are told; UTC, where its zone is not one with a name."""
    try:
        return ZoneInfo(made.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


class Kept(Protocol):
    """An audit that can be read as often as wanted, each time in the same order."""

    def examinations(self) -> Iterable[Examination]:
        """Every conversation, with what was found in it."""

    def conversations(self) -> Iterable[Audited]:
        """Every conversation."""

    def contacts(self, days: int) -> Contacts:
        """Who came back within so many days."""

    @property
    def set_aside(self) -> Sequence[Aside]:
        """What could not be audited: first what could not be read, then what could not be examined, each in order."""

    @property
    def made(self) -> Made:
        """How it was made."""

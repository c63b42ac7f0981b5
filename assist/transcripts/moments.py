"""Times as exports write them, made moments in UTC."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from assist.errors import AssistError

When = str | int | float | None
"""A time as it stands in an export: text or a number, or none."""

LONGEST = 60
"""How many characters a time may have that is written in words."""
MILLI = 1e-3
MICRO = 1e-6

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""Between these a time is taken for what it says."""

_START = datetime(1970, 1, 1, tzinfo=UTC)
_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,9})?")
_SPOKEN = ("%b %d, %Y %I:%M %p", "%b %d, %Y %H:%M", "%d %b %Y %H:%M", "%d %b %Y %H:%M:%S", "%d %B %Y %H:%M")


def moment(value: When | datetime, unit: float = 1.0) -> datetime | None:
    """A time in ISO 8601, or a number of so many seconds each since 1970; None for none.

    Raises AssistError for what is neither, and for one before 1990 or after 2100, which is mostly in another unit.
    """
    if value is None or value == "":
        return None
    found = _moment(value, unit)
    if not EARLIEST <= found < LATEST:
        raise AssistError(f"the time {value!s:.40} is in the year {found.year}; is it in another unit?")
    return found


def _moment(value: str | float | datetime, unit: float) -> datetime:
    try:
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            value = float(value)
        if isinstance(value, int | float):
            return _START + timedelta(seconds=value * unit)
        found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        problem = f"cannot read the time {value!r:.40}; epoch seconds or ISO 8601"
        raise AssistError(problem) from None


def any_moment(value: When) -> datetime | None:
    """A time in whatever way people and spreadsheets write it; numbers in seconds, or thousandths or millionths.

    Raises AssistError for one that cannot be read, or that could have the day or the month first.
    """
    if isinstance(value, str):
        value = value.strip().removesuffix(" UTC").removesuffix(" GMT")
        if value and not _NUMBER.fullmatch(value):
            return _written(value)
    if not value:
        return None
    number = float(value)
    return moment(number, next((unit for unit in (1.0, MILLI) if abs(number) * unit < 1e10), MICRO))


def _written(text: str) -> datetime | None:
    try:
        return moment(text)
    except AssistError:
        if len(text) < LONGEST and (found := _spoken(text)):
            return moment(found)
        raise


def _spoken(text: str) -> datetime | None:
    for form in _SPOKEN:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None

"""Opening hours: how much of a wait fell into them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assist.errors import AssistError, did_you_mean

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST = timedelta(days=366)
"""A wait longer than this is reckoned by its first year."""


@dataclass(frozen=True)
class Hours:
    """When a house is open: from and until, for each day of the week that it opens on, in a time zone.

    `Hours.of({"monday": "09:00-17:30"}, "Europe/London")` reads them as one would write them.
    """

    opening: Mapping[int, tuple[time, time]]
    zone: ZoneInfo

    @classmethod
    def of(cls, opening: Mapping[str, str], zone: str) -> "Hours":
        """Raises AssistError for an unknown day or zone, or for hours that are not `HH:MM-HH:MM`, earlier first."""
        try:
            where = ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise AssistError(f"unknown time zone {zone!r}; one such as Europe/London") from None
        return cls({_day(day): _hours(hours) for day, hours in opening.items()}, where)

    def seconds(self, start: datetime, end: datetime) -> float:
        """How many seconds of the time from `start` to `end` fell into the opening hours; 0 where none did."""
        start, end = start.astimezone(self.zone), min(end, start + LONGEST).astimezone(self.zone)
        day, total = start.date(), 0.0
        while day <= end.date():
            if hours := self.opening.get(day.weekday()):
                opens, closes = (datetime.combine(day, at, self.zone) for at in hours)
                total += max(0.0, min(end, closes).timestamp() - max(start, opens).timestamp())
            day += timedelta(days=1)
        return total

    def __str__(self) -> str:
        """As one would say them: `business hours (monday 09:00-17:30, Europe/London)`."""
        days = (
            f"{WEEKDAYS[day]} {opens:%H:%M}-{closes:%H:%M}" for day, (opens, closes) in sorted(self.opening.items())
        )
        return f"business hours ({', '.join(days)}, {self.zone.key})"


def _day(name: str) -> int:
    if name.lower() not in WEEKDAYS:
        raise AssistError(f"unknown day {name!r}{did_you_mean(name, WEEKDAYS)}")
    return WEEKDAYS.index(name.lower())


def _hours(hours: str) -> tuple[time, time]:
    try:
        opens, closes = (time.fromisoformat(at.strip()) for at in hours.split("-"))
    except ValueError:
        raise AssistError(f"cannot read the hours {hours!r}; write them as 09:00-17:30") from None
    if opens >= closes:
        raise AssistError(f"the hours {hours!r} end before they begin; write them as 09:00-17:30")
    return opens, closes

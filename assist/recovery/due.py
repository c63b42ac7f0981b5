"""When a promise is due, from the words that it was given with."""

import re
from datetime import datetime, timedelta

_NUMBERS = {
    word: number
    for number, words in enumerate(
        ["", "one a an", "two couple", "three few", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
    for word in words.split()
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty-five": 45, "half": 0.5}
_UNITS = {"sec": 1 / 60, "min": 1, "hour": 60, "hr": 60, "day": 24 * 60, "week": 7 * 24 * 60}
_SPAN = re.compile(
    rf"\b(?:\d{{1,4}} ?(?:-|–|to|or) ?)?(\d{{1,4}}|{'|'.join(_NUMBERS)})(?: (?:a|an|of))*[ -]?"
    r"(more |full |next |business |working )?(sec|min|hour|hr|day|week)(?:ond|ute)?s?\b",
    re.IGNORECASE | re.ASCII,
)
_THE_HOUR = re.compile(r"\bthe hour\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(1[0-2]|0?[1-9])(?:[:.]([0-5]\d))? ?([ap])\.?m\b|\b([01]?\d|2[0-3]):([0-5]\d)\b|\b(noon|midday|midnight)\b",
    re.IGNORECASE,
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(rf"\b({'|'.join(_WEEKDAYS)})(?:day|s|sday|nesday|rs|rsday|urday)?\b", re.IGNORECASE)
_PART = r"(?:morning|afternoon|evening)"
_PART = "(?:morning|afternoon|evening)"
_DAY = re.compile(
    rf"\b(tomorrow {_PART}|tomorrow|today|tonight|end of (?:the )?(?:day|business)|this {_PART})\b", re.IGNORECASE
)
_ENDS_AT = {"tonight": 21, "morning": 12, "afternoon": 17, "evening": 21}
_EVENING = 18
"""The hour at which a day that is named without one ends."""


def due(by: str, said_at: datetime) -> datetime | None:
    """The latest moment that these words allow, reckoned from when they were said; None where they name no time.

    "in ten minutes", "within 24-48 hours", "by 5pm", "tomorrow", "by Friday" are read; of a range, the far end. Hours
    of the clock are those of `said_at`'s time zone. A day without an hour ends at 18:00, or where that is past, at
    midnight.
    """
    if span := _SPAN.search(_THE_HOUR.sub("an hour", by)):
        number, unit = span[1].lower(), span[3].lower()
        many = float(number) if number.isdigit() else _NUMBERS[number]
        if unit == "day" and (span[2] or "").strip().lower() in {"business", "working"}:
            return _working_days(said_at, round(many))
        return said_at + timedelta(minutes=many * _UNITS[unit])
    day = _day(by, said_at)
    if clock := _CLOCK.search(by):
        at = _at(day or said_at, clock)
        return at if day or at > said_at else at + timedelta(days=1)
    named = _DAY.search(by)
    if day is None:
        return None
    hour = _ENDS_AT.get(named[1].lower().split()[-1], _EVENING) if named else _EVENING
    at = day.replace(hour=hour, minute=0, second=0, microsecond=0)
    return at if at > said_at else day.replace(hour=23, minute=59, second=0, microsecond=0)


def _working_days(start: datetime, many: int) -> datetime:
    while many > 0:
        start += timedelta(days=1)
        many -= start.weekday() < len(_WEEKDAYS) - 2
    return start


def _day(by: str, said_at: datetime) -> datetime | None:
    if named := _DAY.search(by):
        return said_at + timedelta(days=1) if named[1].lower().startswith("tomorrow") else said_at
    if weekday := _WEEKDAY.search(by):
        ahead = (_WEEKDAYS.index(weekday[1].lower()) - said_at.weekday()) % 7
        return said_at + timedelta(days=ahead or (0 if said_at.hour < _EVENING else 7))
    return None


def _at(day: datetime, clock: re.Match[str]) -> datetime:
    if clock[6]:
        hour, minute = (0 if clock[6].lower() == "midnight" else 12), 0
    elif clock[3]:
        hour, minute = int(clock[1]) % 12 + (12 if clock[3].lower() == "p" else 0), int(clock[2] or 0)
    else:
        hour, minute = int(clock[4]), int(clock[5])
    return day.replace(hour=hour % 24, minute=minute % 60, second=0, microsecond=0)

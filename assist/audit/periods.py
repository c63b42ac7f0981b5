"""Periods in lay words, such as `since October` or `last month`, as days."""

import re
from datetime import date, timedelta
from typing import NamedTuple

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = r"(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r")\b"
_DAY = (
    rf"(?:\d{{4}}-\d\d-\d\d|(?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?: \d{{4}})?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?: \d{{4}})?|{_MONTH}(?: \d{{4}})?|\d{{4}}\b"
    r"|(?:last|this) (?:week|month)\b)"
)
_BETWEEN = re.compile(rf"\b(?:between|from) ({_DAY}) (?:and|to|until|till) ({_DAY})")
_ONE = re.compile(rf"\b(?:(since|after|from|before|until|till|in|during|on|of|for|up to) )?({_DAY})")


class Period(NamedTuple):
    """From `start` up to, and without, `end`; None is open. `words` are how it was said."""

    start: date | None
    end: date | None
    words: str

    def holds(self, day: date) -> bool:
        """Whether the day is in it."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def period(question: str, last: date) -> tuple[Period | None, str]:
    """The period that a question in small letters names, and the question without it.

    A month without a year is the latest that began by `last`, the last day of the audit; so `this week` holds `last`.
    """
    if both := _BETWEEN.search(question):
        first, second = _span(both[1], last), _span(both[2], last)
        if first and second and first[0] < second[1]:
            return Period(first[0], second[1], _said(both[0])), _without(question, both)
    for one in _ONE.finditer(question):
        word, day = one[1] or "in", one[2]
        if not one[1] and day == "may":
            continue
        if span := _span(day, last):
            return _bounded(word, span, _said(one[0])), _without(question, one)
    return None, question


def _bounded(word: str, span: tuple[date, date], words: str) -> Period:
    start, end = span
    if word in ("since", "from"):
        return Period(start, None, words)
    if word == "after":
        return Period(end, None, words)
    if word in ("before", "until", "till", "up to"):
        return Period(None, start if word == "before" else end, words)
    return Period(start, end, words)


def _span(words: str, last: date) -> tuple[date, date] | None:
    """The first day, and the day after the last; None for a day that there is not."""
    words = words.removeprefix("the ")
    if words.startswith(("last ", "this ")):
        return _relative(words, last)
    if re.fullmatch(r"\d{4}", words):
        year = int(words)
        return (date(year, 1, 1), date(year + 1, 1, 1)) if 1900 < year < 2200 else None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", words):
            start = date.fromisoformat(words)
            return start, start + timedelta(days=1)
        return _named(words, last)
    except ValueError:
        return None


def _named(words: str, last: date) -> tuple[date, date]:
    found = re.search(_MONTH, words)
    assert found is not None
    month = next(number for number, name in enumerate(_MONTHS, start=1) if name.startswith(found[0][:3]))
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if number <= 31]
    year = years[0] if years else last.year - (date(last.year, month, days[0] if days else 1) > last)
    start = date(year, month, days[0] if days else 1)
    return start, start + timedelta(days=1) if days else _next_month(start)


def _relative(words: str, last: date) -> tuple[date, date]:
    if words.endswith("week"):
        start = last - timedelta(days=last.weekday() + (7 if words.startswith("last") else 0))
        return start, start + timedelta(days=7)
    start = last.replace(day=1)
    if words.startswith("last"):
        return (start - timedelta(days=1)).replace(day=1), start
    return start, _next_month(start)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _said(words: str) -> str:
    """The words with capitals for the months."""
    return re.sub(_MONTH, lambda found: found[0].capitalize(), words)


def _without(question: str, found: re.Match[str]) -> str:
    return f"{question[: found.start()]} {question[found.end() :]}"

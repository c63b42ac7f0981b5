"""An audit as one page of HTML in which nothing runs and nothing is fetched."""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from markupsafe import Markup

from assist.audit import certainty, wording
from assist.audit.figures import Figure
from assist.audit.triggers import TRIGGERS
from assist.reports.audit import changes, charts, context, names
from assist.reports.audit.sheet import Sheet

HEADLINES = (
    "first-contact-resolution", "escalations", "first-response-median", "apologies", "won-back", "promises-kept",
    "clean-replies", "unanswered", "csat",
)  # fmt: skip
"""The figures that stand at the head of the page."""
GROUPED = (
    "contacts", "first-contact-resolution", "apologies", "promises-kept", "clean-replies", "unanswered",
    "first-response-median", "csat",
)  # fmt: skip
"""The figures that are told of a team and of a person."""
TRENDS = (
    "contacts", "first-contact-resolution", "apologies", "clean-replies", "promises-kept", "first-response-median",
)  # fmt: skip
CATEGORIES, CATEGORIES_EACH, ACTS_EACH = 12, 4, 6
"""How many categories are shown of the whole and of a person, and how many acts of a person."""
REASONS = 20
"""How many doubts, and reasons why something was set aside, are shown."""


class Trend(NamedTuple):
    """A figure week by week."""

    figure: Figure
    drawing: Markup
    latest: str
    week: str
    untold: int


class Bar(NamedTuple):
    """A part of a figure: its length is out of the longest, in per cent."""

    figure: Figure
    length: float


def page(sheet: Sheet) -> str:
    """The page. Whatever customers and agents wrote is escaped; a bounded number of conversations is quoted in full."""
    pages = context.shown(sheet, GROUPED)
    return (
        names.templates()
        .get_template("audit/page.html.j2")
        .render(
            sheet=sheet,
            tables=sheet.tables,
            pages=pages,
            people=context.people(sheet),
            headlines=[sheet.tables.figure(name) for name in HEADLINES],
            grouped=[sheet.tables.figure(name) for name in GROUPED],
            trends=list(_trends(sheet)),
            changed=changes.changes(sheet),
            praised=_bars(sheet.tables.parts("praise")),
            found=_bars(sheet.tables.parts("findings")),
            triggers=TRIGGERS,
            few=certainty.FEW,
            categories=CATEGORIES,
            categories_each=CATEGORIES_EACH,
            acts_each=ACTS_EACH,
            reasons=REASONS,
            wording=wording,
            certainty=certainty,
            names=names,
            gauge=_gauge,
            evidence=lambda figure: context.anchors(figure, pages),
            day=day,
            clock=lambda moment: _clock(moment, sheet.zone),
            hour=lambda moment: f"{moment.astimezone(sheet.zone):%H:%M}",
            monday=_monday,
        )
    )


def day(moment: datetime | date | None) -> str:
    """A day as people write it."""
    return f"{moment.day} {moment:%B %Y}" if moment else ""


def _clock(moment: datetime | None, zone: tzinfo) -> str:
    if moment is None:
        return ""
    there = moment.astimezone(zone)
    return f"{there.day} {there:%b, %H:%M}"


def _monday(week: str) -> str:
    start = date.fromisocalendar(int(week[:4]), int(week[-2:]), 1)
    return f"{start.day} {start:%b}"


def _gauge(figure: Figure) -> Markup:
    """A bar for a share; nothing for anything else."""
    if figure.definition.unit != "share" or figure.value is None:
        return Markup()
    target = figure.definition.target
    return charts.gauge(figure.value, target.value if target else None, f"{wording.value(figure)} of all")


def _bars(parts: list[Figure]) -> list[Bar]:
    longest = max((part.numerator for part in parts), default=0)
    return [Bar(part, 100 * part.numerator / longest) for part in parts if part.numerator]


def _trends(sheet: Sheet) -> Iterator[Trend]:
    weeks = sheet.weeks
    if len(weeks) < 2:
        return
    told = set(sheet.tables.groups("week"))
    for name in TRENDS:
        figures = [sheet.tables.figure(name, "week", week) if week in told else None for week in weeks]
        values = [(week, one) for week, one in zip(weeks, figures, strict=True) if one and one.value is not None]
        if len(values) < 2:
            continue
        week, latest = values[-1]
        target = latest.definition.target
        top = 1.0 if latest.definition.unit == "share" else 1.1 * max(one.value or 0 for _, one in values)
        points = [charts.Point(one.value if one else None, few=one is not None and _thin(one)) for one in figures]
        drawing = charts.line(
            points,
            f"{latest.definition.title}, {len(values)} weeks",
            top=top,
            target=target.value if target else None,
        )
        yield Trend(sheet.tables.figure(name), drawing, wording.value(latest), _monday(week), len(weeks) - len(values))


def _thin(figure: Figure) -> bool:
    return figure.definition.unit != "count" and certainty.few(figure)

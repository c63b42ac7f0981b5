"""What has changed of late: the last weeks beside those before them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from assist.audit import certainty
from assist.audit.certainty import Standing
from assist.audit.figures import DEFINITIONS, Figure
from assist.reports.audit.sheet import Sheet, Tables

WEEKS = 4
_SAID_ELSEWHERE = "findings-by-rule"
"""As a whole it is the same as `findings`."""


class Change(NamedTuple):
    """A figure of the weeks before and of the last ones, and how it has moved."""

    before: Figure
    after: Figure
    standing: Standing


def changes(sheet: Sheet) -> list[Change] | None:
    """The figures that have moved by more than chance would have it; None where there are not twice `WEEKS` weeks.

    Medians are left out: of two of them alone nobody can tell.
    """
    weeks = sheet.weeks[-2 * WEEKS :]
    if len(weeks) < 2 * WEEKS:
        return None
    told = (one for one in DEFINITIONS if one.middle == "ratio" and one.unit != "count")
    names = [one.id for one in told if one.id != _SAID_ELSEWHERE]
    pairs = [[_sum(sheet.tables, name, part) for part in (weeks[:WEEKS], weeks[WEEKS:])] for name in names]
    found = (Change(before, after, certainty.changed(before, after)) for before, after in pairs)
    return [change for change in found if change.standing]


def _sum(tables: Tables, name: str, weeks: Sequence[str]) -> Figure:
    """A figure of several weeks."""
    told = set(tables.groups("week"))
    parts = [tables.figure(name, "week", week) for week in weeks if week in told]
    numerator, denominator = sum(one.numerator for one in parts), sum(one.denominator for one in parts)
    of = tables.figure(name)
    scale = 100 if of.definition.unit == "per 100 replies" else 1
    value = scale * numerator / denominator if denominator else None
    return replace(of, value=value, numerator=numerator, denominator=denominator)

"""Every figure of every group as a table, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterator
from io import StringIO

from assist.audit import wording
from assist.audit.figures import Figure
from assist.reports.audit.sheet import Sheet
from assist.reports.clean import clean

COLUMNS = (
    "figure", "title", "split", "group", "part", "value", "unit", "counted", "out_of", "conversations", "left_out",
    "inferred", "target", "on_target", "not_told_because", "clock", "evidence",
)  # fmt: skip
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")  # the wide ones count where Japanese is the language of the spreadsheet


def rows(sheet: Sheet) -> str:
    """One row a figure and group; the whole first. Cells that a spreadsheet would take for a formula get a `'`."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for split, figures in [("", sheet.tables.whole), *sheet.tables.by.items()]:
        for one in figures:
            table.writerow([safe(cell) for cell in _row(split, one)])
    return out.getvalue()


def safe(cell: str) -> str:
    """The cell as text, whatever it begins with, and nothing in it that drives a terminal."""
    words = clean(cell, keep="\t\r\n")
    return f"'{words}" if words.lstrip(" ").startswith(_FORMULA) else words


def _row(split: str, one: Figure) -> Iterator[str]:
    definition = one.definition
    yield from (definition.id, definition.title, split, " · ".join(one.group), one.label)
    yield "" if one.value is None else f"{one.value:.6g}"
    yield from (definition.unit, f"{one.numerator:.10g}", f"{one.denominator:.10g}")
    yield from (str(one.conversations), str(one.left_out), str(one.inferred), wording.target(definition))
    yield "" if one.on_target is None else str(one.on_target).lower()
    yield from (one.unsupported, one.clock, " ".join(one.evidence))

"""CSV as spreadsheets write it: commas, semicolons or tabs between the cells, with a byte order mark or without."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from assist.errors import DataError
from assist.yamlfile import read_text

SEPARATORS = ",;\t"


def rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every row, blank ones too, with the line that it ends on.

    The first row tells what stands between cells. Raises DataError, with the line, for what is not CSV.
    """
    text = read_text(path).removeprefix("\ufeff")
    head = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=head.count), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise DataError(path, reader.line_num, f"not CSV: {error}") from None

"""CSV with a message a row: commas, semicolons or tabs between the cells, columns in any order."""

import csv
from collections.abc import Iterator
from dataclasses import replace

from assist.csvfile import SEPARATORS
from assist.errors import AssistError
from assist.transcripts.columns import Table, found
from assist.transcripts.gathering import Row, gathered
from assist.transcripts.origin import Origin, Unreadable
from assist.transcripts.packing import Found
from assist.transcripts.textlines import TextLines
from assist.transcripts.transcript import Transcript

_NAMES = frozenset({"role", "name", "id"})


def looks_like(text: str) -> bool:
    """Whether the first line names a column with texts, and one that says who speaks, or in which conversation."""
    line = text.partition("\n")[0]
    if not any(separator in line for separator in SEPARATORS):
        return False
    try:
        cells = _cells(line)
    except AssistError:
        return False
    places = found(cells, {})
    return "text" in places and bool(_NAMES & places.keys()) and all(len(cell) < 60 for cell in cells)


def separator(head: str) -> str:
    """What stands between the cells, by the first line."""
    return max(SEPARATORS, key=head.count)


def read(file: Found, origin: Origin) -> Iterator[Transcript | Unreadable]:
    """The conversations of the rows. Raises AssistError where no column has the text of a message."""
    lines = TextLines(file.stream.buffered(), file.name)
    head = next((line for line in lines if line.strip()), "")
    table = Table(_cells(head), origin)
    for told in gathered(_rows(lines, separator(head), table), table.begun):
        yield from lines.taken_aside()
        yield (
            replace(told, doubts=(*told.doubts, *lines.doubts))
            if isinstance(told, Transcript) and lines.doubts
            else told
        )
    yield from lines.taken_aside()


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader([line.rstrip("\r\n")], delimiter=separator(line)), [])
    except csv.Error as error:
        raise AssistError(_problem(str(error))) from None


def _rows(lines: TextLines, between: str, table: Table) -> Iterator[Row | Unreadable]:
    reader = csv.reader(lines, delimiter=between, strict=True)
    while True:
        number = lines.number + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Unreadable(f"{lines.name}:{number}", _problem(str(error)))
            continue
        if cells is None:
            return
        if cells and (row := table.row(cells, f"{lines.name}:{number}")):
            yield row


def _problem(error: str) -> str:
    """What is wrong with a row, in plain words."""
    if error == "unexpected end of data":
        return "a quotation mark is opened and never closed; what comes after it is left out"
    if error.startswith("field larger"):
        return f"a cell of more than {csv.field_size_limit()} characters; is a quotation mark not closed?"
    return f"not CSV: {error}"

"""Parquet with a message a row, or with a conversation a row and its turns in a column. Needs the extra `parquet`."""

import io
import math
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from assist.errors import AssistError
from assist.transcripts.columns import Table
from assist.transcripts.formats import turns
from assist.transcripts.gathering import Row, gathered
from assist.transcripts.origin import Origin, Unreadable
from assist.transcripts.packing import Found
from assist.transcripts.sources import BESIDE_LIMIT
from assist.transcripts.transcript import Transcript
from assist.transcripts.values import WRONG, problem

ROWS = 10_000
"""How many rows are held at once."""
_TURNS = ("turns", "conversation", "messages")


def looks_like(head: bytes) -> bool:
    """Whether it begins as Parquet does."""
    return head.startswith(b"PAR1")


def read(file: Found, origin: Origin) -> Iterator[Transcript | Unreadable]:
    """The conversations of the rows. Raises AssistError for a file that is damaged, or without pyarrow."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with _seekable(file) as data:
            table = parquet.ParquetFile(data)
            header = table.schema_arrow.names
            listed = next((name for name in _TURNS if _is_list(table.schema_arrow, name)), None)
            batches = table.iter_batches(batch_size=ROWS)
            if listed:
                yield from _conversations((batch.to_pydict() for batch in batches), file.name, origin)
            else:
                columns = Table(header, origin)
                yield from gathered(_messages(map(_columns, batches), columns, file.name), columns.begun)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise AssistError(_damaged(error)) from None
    except (OverflowError, ValueError):
        raise AssistError("a time in it is in no calendar; is it in another unit?") from None


def _damaged(error: Exception) -> str:
    return f"damaged Parquet: {str(error).splitlines()[0]:.120}"


def _columns(batch: Any) -> dict[str, list[Any]]:  # noqa: ANN401
    """The columns of a batch, with times as millionths of a second: some are in no calendar."""
    import pyarrow as pa

    columns = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if pa.types.is_timestamp(column.type):
            column = column.cast(pa.timestamp("us", column.type.tz), safe=False).cast(pa.int64())
        columns[name] = column.to_pylist()
    return columns


def _is_list(schema: Any, name: str) -> bool:  # noqa: ANN401
    from pyarrow import types

    return name in schema.names and types.is_list(schema.field(name).type)


def _seekable(file: Found) -> BinaryIO:
    if file.path:
        return file.path.open("rb")
    data = file.stream.buffered().read(BESIDE_LIMIT + 1)
    if len(data) > BESIDE_LIMIT:
        raise AssistError(f"packed, and larger than {BESIDE_LIMIT >> 20} MB; unpack it first")
    return io.BytesIO(data)


def _conversations(
    batches: Iterator[dict[str, list[Any]]], name: str, origin: Origin
) -> Iterator[Transcript | Unreadable]:
    number = 0
    for batch in batches:
        for values in zip(*batch.values(), strict=True):
            number += 1
            source = f"{name}: row {number}"
            row = {key: _plain(value) for key, value in zip(batch, values, strict=True)}
            try:
                yield turns.transcript(row, source, origin.roles)
            except WRONG as error:
                yield Unreadable(source, problem(error))
            except AssistError as error:
                yield Unreadable(source, str(error))


def _plain(value: Any) -> Any:  # noqa: ANN401
    """A value as JSON has it: times as text, and none where there is no number."""
    if isinstance(value, datetime):
        return value.isoformat()
    return None if isinstance(value, float) and math.isnan(value) else value


def _messages(batches: Iterator[dict[str, list[Any]]], table: Table, name: str) -> Iterator[Row | Unreadable]:
    number = 0
    for batch in batches:
        for cells in zip(*batch.values(), strict=True):
            number += 1
            row = table.row(cells, f"{name}: row {number}")
            if row:
                yield row

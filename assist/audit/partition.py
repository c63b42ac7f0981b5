"""The unit of work of an audit: a batch of transcripts in, a batch of examinations out, both as Arrow.

`examined` needs nothing but its arguments, and answers the same for the same batch, so a job of any engine can call it.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from hashlib import blake2b
from pathlib import Path
from traceback import extract_tb
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from assist.audit.examine import examine
from assist.audit.moments import Judge
from assist.audit.records import Audited, Examination, Noted
from assist.audit.schemas import made, schema, shaped
from assist.errors import DataError
from assist.transcripts import Message, Transcript

CONVERSATIONS = 250
MESSAGES = 2500
"""A partition is full with so many conversations, or with this many messages."""

TRANSCRIPTS = schema(Transcript)
"""The columns of a batch of transcripts."""
FAULT = "fault"
EXAMINED = (
    schema(Audited)
    .append(
        pa.field("noted", pa.list_(pa.field("item", pa.struct(list(schema(Noted))), nullable=False)), nullable=False)
    )
    .append(pa.field(FAULT, pa.string()))
)
"""The columns of what comes out: those of a conversation, the list of what was noted in it, and its fault.

A conversation that could not be examined has its id, its source, and in `fault` what failed and where; it counts in no
figure.
"""
_PACKAGE = Path(__file__).parents[1]


def examined(batch: pa.RecordBatch, judge: Judge, zone: tzinfo = UTC) -> pa.RecordBatch:
    """The examinations of a batch of transcripts, row for row: `TRANSCRIPTS` in, `EXAMINED` out.

    `judge` opens a session, as `Workbench.session` does; `zone` is where the agents' clocks hang. One that cannot be
    examined has a `fault`, and keeps no other from being. Raises AssistError for a batch with other columns, and
    DataError for a damaged file of what it is judged by.
    """
    rows = [_row(transcript, judge, zone) for transcript in transcripts(shaped(batch, TRANSCRIPTS))]
    return pa.RecordBatch.from_pylist(rows, schema=EXAMINED)


def _row(transcript: Transcript, judge: Judge, zone: tzinfo) -> dict[str, Any]:
    fault = None
    try:
        one = examine(transcript, judge, zone)
    except DataError:  # a file of the lexicon or the models is damaged, which no conversation can help
        raise
    # Hours of work must not end with the one conversation of a million on which our own code fails, in whatever way. It
    # is named and counted, never passed over.
    except Exception as error:  # noqa: BLE001
        one, fault = Examination(Audited(id=transcript.id, source=transcript.source)), _fault(error)
    row, notes = (msgspec.to_builtins(part, builtin_types=[datetime]) for part in (one.audited, one.noted))
    return dict(row, noted=notes, fault=fault)


def _fault(error: Exception) -> str:
    """What failed and where, and not in its own words: they may quote what people wrote."""
    places = (frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(_PACKAGE))
    last = list(places)[-1]
    place = Path(last.filename).relative_to(_PACKAGE.parent).as_posix()
    return f"cannot be examined: {type(error).__name__} in {place}:{last.lineno}"


def batches(told: Iterable[Transcript]) -> Iterator[pa.RecordBatch]:
    """The transcripts in batches of one partition each, always cut at the same places."""
    held: list[Transcript] = []
    messages = 0
    for transcript in told:
        held.append(transcript)
        messages += len(transcript.messages)
        if len(held) >= CONVERSATIONS or messages >= MESSAGES:
            yield batch(held)
            held, messages = [], 0
    if held:
        yield batch(held)


def batch(told: Iterable[Transcript]) -> pa.RecordBatch:
    """Transcripts as a batch with the columns `TRANSCRIPTS`."""
    rows = [
        {name: getattr(one, name) for name in TRANSCRIPTS.names}
        | {"messages": [{name: getattr(said, name) for name in Message.__struct_fields__} for said in one.messages]}
        for one in told
    ]
    return pa.RecordBatch.from_pylist(rows, schema=TRANSCRIPTS)


def transcripts(rows: pa.RecordBatch) -> Iterator[Transcript]:
    """The transcripts of a batch."""
    return (made(Transcript, row) for row in rows.to_pylist())


def name(rows: pa.RecordBatch, number: int, fingerprint: str) -> str:
    """What the partition of a batch is called: its number, and a digest of what is in it and of what it is judged by.

    It is the same in every run over the same input, and another one as soon as anything in it changes.
    """
    digest = blake2b(fingerprint.encode(), digest_size=8)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_batch(rows)
    digest.update(sink.getvalue())
    return f"{number:06}-{digest.hexdigest()}"


def examinations(rows: pa.Table) -> Iterator[Examination]:
    """The examinations of a table with the columns `EXAMINED`, without those that have a fault."""
    for row in rows.filter(pc.is_null(rows[FAULT])).to_pylist():
        yield Examination(made(Audited, row), tuple(made(Noted, note) for note in row["noted"]))

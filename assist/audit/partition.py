"""The unit of work of an audit: a batch of transcripts in, a batch of examinations out, both as Arrow.

`examined` needs nothing but its arguments, and answers the same for the same batch, so a job of any engine can call it.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, tzinfo
from hashlib import blake2b

import msgspec
import pyarrow as pa

from assist.audit.examine import examine
from assist.audit.moments import Judge
from assist.audit.records import Audited, Examination, Noted
from assist.audit.schemas import made, schema, shaped
from assist.transcripts import Message, Transcript

CONVERSATIONS = 250
MESSAGES = 2500
"""A partition is full with so many conversations, or with this many messages."""

_TIME = pa.timestamp("us", tz="UTC")
_MESSAGE = pa.struct(
    [
        pa.field("role", pa.string(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("at", _TIME),
        pa.field("by", pa.string(), nullable=False),
        pa.field("note", pa.bool_(), nullable=False),
        pa.field("offset", pa.float64()),
    ]
)
TRANSCRIPTS = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("messages", pa.list_(pa.field("item", _MESSAGE, nullable=False)), nullable=False),
        pa.field("medium", pa.string(), nullable=False),
        pa.field("customer", pa.string(), nullable=False),
        pa.field("team", pa.string(), nullable=False),
        pa.field("topic", pa.string(), nullable=False),
        pa.field("opened", _TIME),
        pa.field("closed", _TIME),
        pa.field("solved", pa.bool_()),
        pa.field("handed_on", pa.int64()),
        pa.field("rating", pa.float64()),
        pa.field("source", pa.string(), nullable=False),
        pa.field("doubts", pa.list_(pa.field("item", pa.string(), nullable=False)), nullable=False),
    ]
)
"""The columns of a batch of transcripts."""
EXAMINED = schema(Audited).append(
    pa.field("noted", pa.list_(pa.field("item", pa.struct(list(schema(Noted))), nullable=False)), nullable=False)
)
"""The columns of what comes out: those of a conversation, and the list of what was noted in it."""


def examined(batch: pa.RecordBatch, judge: Judge, zone: tzinfo = UTC) -> pa.RecordBatch:
    """The examinations of a batch of transcripts, row for row: `TRANSCRIPTS` in, `EXAMINED` out.

    `judge` opens a session, as `Workbench.session` does; `zone` is where the agents' clocks hang. Raises AssistError
    for a batch with other columns.
    """
    rows = []
    for transcript in transcripts(shaped(batch, TRANSCRIPTS)):
        one = examine(transcript, judge, zone)
        row, notes = (msgspec.to_builtins(part, builtin_types=[datetime]) for part in (one.audited, one.noted))
        rows.append(row | {"noted": notes})
    return pa.RecordBatch.from_pylist(rows, schema=EXAMINED)


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
    for row in rows.to_pylist():
        said = tuple(Message(**one) for one in row["messages"])
        yield Transcript(**row | {"messages": said, "doubts": tuple(row["doubts"])})


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
    """The examinations of a table with the columns `EXAMINED`."""
    for row in rows.to_pylist():
        yield Examination(made(Audited, row), tuple(made(Noted, note) for note in row["noted"]))

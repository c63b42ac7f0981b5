"""What Spark and Ray make of the unit of work: their batches are understood, and what they wrote is an audit."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assist.audit import partition
from assist.audit.adoption import adopt
from assist.audit.audit import Audit
from assist.audit.engine import Judging
from assist.audit.examine import examine
from assist.audit.partition import EXAMINED, TRANSCRIPTS, examined
from assist.audit.sieve import Aside
from assist.errors import AssistError, DataError
from assist.transcripts import Unreadable
from assist.workbench import Workbench
from tests.audit.talks import ten


def loose(field: pa.Field) -> pa.Field:
    """The column as other engines have it: long texts, another zone, anything may be null."""
    kind = field.type
    if pa.types.is_struct(kind):
        kind = pa.struct([loose(inner) for inner in kind])
    elif pa.types.is_list(kind):
        kind = pa.list_(loose(kind.value_field).with_name("element"))
    elif pa.types.is_timestamp(kind):
        kind = pa.timestamp("us", tz="America/New_York")
    elif pa.types.is_string(kind):
        kind = pa.large_string()
    return pa.field(field.name, kind)


def loosened(rows: pa.RecordBatch) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(rows.to_pylist(), schema=pa.schema([loose(field) for field in rows.schema]))


@pytest.fixture
def judging(bench: Workbench) -> Judging:
    return Judging.by(lambda: bench)


def test_batches_and_files_of_another_engine_give_the_audit_of_a_run(
    bench: Workbench, judging: Judging, tmp_path: Path
) -> None:
    told, theirs = ten(), tmp_path / "theirs"
    theirs.mkdir()
    for number, part in enumerate((told[:4], told[4:])):
        rows = examined(loosened(partition.batch(part)), judging.shared(), judging.zone)
        pq.write_table(pa.Table.from_batches([loosened(rows)]), theirs / f"part-{number}.snappy.parquet")
    lost = [Unreadable("chats.jsonl:11", "no turns")]
    adopt(theirs.glob("*.parquet"), judging, tmp_path / "ours", inputs=["chats.jsonl"], unreadable=lost)
    audit = Audit.load(tmp_path / "ours")
    assert list(audit.examinations()) == [examine(one, bench.session) for one in told]
    assert (audit.made.conversations, audit.made.lexicon) == (10, bench.fingerprint)
    assert audit.set_aside == (Aside("chats.jsonl:11", "no turns"),)
    assert pq.read_schema(next(audit.paths())).equals(EXAMINED)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"customer": None}, "a null in its column 'customer'"),
        ({"messages": [None]}, "a null in its column 'messages'"),
        ({"messages": [{"role": "agent", "text": None, "by": "", "note": False}]}, "in its column 'messages.text'"),
    ],
)
def test_a_batch_with_a_null_where_none_may_be_names_the_column(
    judging: Judging, change: dict[str, Any], problem: str
) -> None:
    (row,) = partition.batch(ten()[:1]).to_pylist()
    schema = pa.schema([loose(field) for field in TRANSCRIPTS])
    with pytest.raises(AssistError, match=problem):
        examined(pa.RecordBatch.from_pylist([row | change], schema=schema), judging.shared())


def test_a_batch_with_other_columns_is_told_the_nearest(judging: Judging) -> None:
    rows = partition.batch(ten()[:1])
    renamed = rows.rename_columns([name.replace("customer", "custmer") for name in rows.schema.names])
    with pytest.raises(AssistError, match=r"no column 'customer'; did you mean 'custmer'\?"):
        examined(renamed, judging.shared())


def test_files_that_hold_something_else_are_named_and_leave_an_audit_alone(judging: Judging, tmp_path: Path) -> None:
    rows = pa.Table.from_batches([examined(partition.batch(ten()), judging.shared())])
    pq.write_table(rows, tmp_path / "a.parquet")
    before = adopt([tmp_path / "a.parquet"], judging, tmp_path / "audit")
    pq.write_table(rows.select(["id"]), tmp_path / "b.parquet")
    (tmp_path / "c.parquet").write_bytes(b"PAR1")
    for path in (tmp_path / "b.parquet", tmp_path / "c.parquet"):
        with pytest.raises(DataError, match="not written by an audit's workers") as raised:
            adopt([path], judging, tmp_path / "audit")
        assert raised.value.path == path
    with pytest.raises(AssistError, match="no conversation was found"):
        adopt([], judging, tmp_path / "audit")
    assert len(list(Audit.load(before.folder).conversations())) == 10

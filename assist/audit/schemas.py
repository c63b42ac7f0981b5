"""The records as tables: Arrow schemas made from the records themselves, and the way to a table and back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

from assist.errors import AssistError, did_you_mean

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")

_PLAIN: Mapping[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int32(),
    float: pa.float64(),
    bool: pa.bool_(),
    datetime: pa.timestamp("us", tz="UTC"),
}


def schema(record: type[Record]) -> pa.Schema:
    """The columns of a record, in its order; a tuple is a list, a record within it a struct."""
    return pa.schema(_columns(record))


def table(records: Iterable[Record], record: type[Record]) -> pa.Table:
    """The records as a table with the schema of `record`."""
    return pa.Table.from_pylist([asdict(one) for one in records], schema=schema(record))


def records(rows: pa.Table, record: type[Record]) -> Iterator[Record]:
    """The records that a table holds; columns that the record does not know are left aside."""
    for row in rows.to_pylist():
        yield made(record, row)


def shaped(rows: pa.RecordBatch, columns: pa.Schema) -> pa.RecordBatch:
    """The rows with just these columns, in their order and types.

    Other engines keep texts in types of their own, times by another clock, and do not say what may be null. Raises
    AssistError for a column that is missing or holds something else.
    """
    if rows.schema.equals(columns):
        return rows
    lacking = [name for name in columns.names if name not in rows.schema.names]
    if lacking:
        raise AssistError(f"a batch has no column {lacking[0]!r}{did_you_mean(lacking[0], rows.schema.names)}")
    try:
        # by way of Python: not every release of pyarrow casts what is nested
        made = pa.RecordBatch.from_pylist(rows.select(columns.names).to_pylist(), schema=columns)
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise AssistError(f"a batch has a column of another type: {error}") from None
    for field, column in zip(columns, made.columns, strict=True):
        for name in _holes(field, column):
            raise AssistError(f"a batch has a null in its column {name!r}, which must not have any")
    return made


def _holes(field: pa.Field, column: pa.Array) -> Iterator[str]:
    """The columns that hold a null and may not, this one or within it."""
    if not field.nullable and column.null_count:
        yield field.name
    elif pa.types.is_list(field.type):
        for name in _holes(field.type.value_field, column.flatten()):
            yield field.name if name == "item" else f"{field.name}.{name.removeprefix('item.')}"
    elif pa.types.is_struct(field.type):
        for inner, values in zip(field.type, column.flatten(), strict=True):
            yield from (f"{field.name}.{name}" for name in _holes(inner, values))


def _columns(record: type[Record]) -> list[pa.Field]:
    return [_column(name, hint) for name, hint in _hints(record).items()]


def _column(name: str, hint: Any) -> pa.Field:  # noqa: ANN401
    alternatives = [one for one in get_args(hint) if one is not NoneType] if _is_union(hint) else [hint]
    return pa.field(name, _arrow(alternatives[0]), nullable=_is_union(hint) and NoneType in get_args(hint))


def _is_union(hint: Any) -> bool:  # noqa: ANN401
    return get_origin(hint) in (Union, UnionType)


def _arrow(hint: Any) -> pa.DataType:  # noqa: ANN401
    if get_origin(hint) is Literal:
        return pa.string()
    if get_origin(hint) is tuple:
        return pa.list_(pa.field("item", _arrow(get_args(hint)[0]), nullable=False))
    return _PLAIN[hint] if hint in _PLAIN else pa.struct(_columns(hint))


def made(record: type[Record], row: Mapping[str, Any]) -> Record:
    """The record of one row."""
    return record(**{name: _value(hint, row[name]) for name, hint in _hints(record).items()})


@cache
def _hints(record: type[Any]) -> Mapping[str, Any]:
    return get_type_hints(record)


def _value(hint: Any, value: Any) -> Any:  # noqa: ANN401
    if get_origin(hint) is not tuple:
        return value
    inner = get_args(hint)[0]
    return tuple(value) if inner in _PLAIN else tuple(made(inner, one) for one in value)

"""An audit as it lies on disk: what was examined, what was set aside, and how it was made; read as it is needed."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assist.audit.engine import Judging
from assist.audit.figures import Contacts
from assist.audit.files import UNFINISHED, aside, table
from assist.audit.partition import EXAMINED, FAULT, examinations
from assist.audit.records import Audited, Examination, Noted
from assist.audit.schemas import records, schema
from assist.audit.sieve import Aside
from assist.errors import DataError
from assist.transcripts.names import plain

MADE = "audit.json"
ASIDE = "set-aside.parquet"
PARTITIONS = "partitions"
ENDING = ".parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How an audit was made.

    `finished` is in UTC. `inputs` are the paths as they were given, each as a printable line. `lexicon` is the
    fingerprint of everything that the verdicts depend on: two audits with the same one judge alike. `zone` is where
    times of the day were read, and weeks begin. `partitions` are names of files in their order; `set_aside` is how many
    inputs, or parts of one, were not read, and how many conversations could not be examined.
    """

    finished: datetime
    inputs: tuple[str, ...]
    lexicon: str
    zone: str
    conversations: int
    messages: int
    set_aside: int
    partitions: tuple[str, ...]


@dataclass(frozen=True)
class Audit:
    """An audit in a folder; `load` one. Whatever is asked of it is read then, a partition at a time."""

    folder: Path
    made: Made

    @classmethod
    def load(cls, folder: Path | str) -> "Audit":
        """The audit in this folder. Raises DataError where there is none, or one that was not brought to its end."""
        folder = Path(folder)
        path = folder / MADE
        try:
            return cls(folder, msgspec.json.decode(path.read_bytes(), type=Made))
        except FileNotFoundError:
            begun = (folder / PARTITIONS).is_dir()
            problem = "the audit is not finished; run it again, and it goes on" if begun else "no audit in this folder"
            raise DataError(folder, None, problem) from None
        except OSError as error:
            raise DataError(path, None, error.strerror or "cannot be read") from None
        except msgspec.DecodeError as error:
            raise DataError(path, None, f"not written by an audit: {error}") from None

    def examinations(self) -> Iterator[Examination]:
        """Every conversation with what was found in it, in the order of the input. Raises DataError."""
        for name in self.made.partitions:
            yield from self.partition(name)

    def partition(self, name: str) -> list[Examination]:
        """The conversations of one partition. Raises DataError."""
        return list(examinations(_rows(self._path(name))))

    def conversations(self) -> Iterator[Audited]:
        """Every conversation, in the order of the input."""
        return (one.audited for one in self.examinations())

    def notes(self) -> Iterator[Noted]:
        """Every finding and praise, conversation by conversation."""
        return (note for one in self.examinations() for note in one.noted)

    def contacts(self, days: int) -> Contacts:
        """Who came back within so many days; it reads only what it takes to know that."""
        columns = ["id", "customer", "topic", "opened"]
        rows = (row for path in self.paths() for row in _examined(path, columns).to_pylist())
        return Contacts.of((Audited(**row) for row in rows), days)

    def ids(self) -> Iterator[str]:
        """The ids of its conversations, in the order of the input."""
        return (name for path in self.paths() for name in _examined(path, ["id"])["id"].to_pylist())

    def drop(self, which: Callable[[Audited], bool]) -> int:
        """Take conversations out of the records for good, with all that was found in them; how many there were.

        They are still in the exports, from which a later audit would take them again. Raises DataError.
        """
        dropped = 0
        for path in self.paths():
            rows = _rows(path)
            faulty = pc.is_valid(rows[FAULT])
            keep = [not which(one.audited) for one in examinations(rows)]
            if not all(keep):
                dropped += keep.count(False)
                left = rows.filter(pc.invert(faulty)).filter(pa.array(keep, pa.bool_()))
                with aside(path) as file:
                    pq.write_table(pa.concat_tables([left, rows.filter(faulty)]), file, compression="zstd")
        if dropped:
            conversations, messages, _ = counts(self.paths())
            write(self.folder, replace(self.made, conversations=conversations, messages=messages))
        return dropped

    def paths(self) -> Iterator[Path]:
        """The files of its partitions, in order."""
        return map(self._path, self.made.partitions)

    @cached_property
    def set_aside(self) -> tuple[Aside, ...]:
        """What could not be audited: first what could not be read, then what could not be examined, each in order."""
        unread = records(_rows(self.folder / ASIDE, of=schema(Aside)), Aside)
        return (*unread, *(fault for path in self.paths() for fault in _faults(path)))

    def _path(self, name: str) -> Path:
        return self.folder / PARTITIONS / f"{name}{ENDING}"


def write(folder: Path, made: Made) -> None:
    """Say that the audit in a folder is finished, and how it was made. Raises OSError."""
    with aside(folder / MADE) as file:
        file.write(msgspec.json.format(msgspec.json.encode(made)) + b"\n")


def finish(folder: Path, names: Sequence[str], inputs: Sequence[str], judging: Judging, unread: int) -> Audit:
    """Say that the partitions of these names are an audit, and clear away what an earlier one, or a killed run, left.

    `unread` is how many inputs the sieve put aside. Raises OSError.
    """
    conversations, messages, faults = counts(folder / PARTITIONS / f"{name}{ENDING}" for name in names)
    made = Made(
        finished=datetime.now(UTC).replace(microsecond=0),
        inputs=tuple(map(plain, inputs)),
        lexicon=judging.fingerprint,
        zone=str(judging.zone),
        conversations=conversations,
        messages=messages,
        set_aside=unread + faults,
        partitions=tuple(names),
    )
    write(folder, made)
    kept = {f"{name}{ENDING}" for name in made.partitions}
    for path in (folder / PARTITIONS).glob(f"*{ENDING}*"):
        if path.name not in kept:
            path.unlink(missing_ok=True)
    for path in folder.glob(f"*{UNFINISHED}"):
        path.unlink(missing_ok=True)
    return Audit(folder, made)


def counts(paths: Iterable[Path]) -> tuple[int, int, int]:
    """How many conversations and messages are in these partitions, and how many conversations could not be examined."""
    conversations = messages = faults = 0
    for path in paths:
        rows = _rows(path, ["messages.list.element.number", FAULT])
        faults += len(rows) - rows[FAULT].null_count
        conversations += rows[FAULT].null_count
        messages += pc.sum(pc.list_value_length(rows["messages"])).as_py() or 0
    return conversations, messages, faults


def _examined(path: Path, columns: Sequence[str]) -> pa.Table:
    """These columns of a partition, of the conversations that could be examined."""
    rows = _rows(path, [*columns, FAULT])
    return rows.filter(pc.is_null(rows[FAULT])).drop_columns([FAULT])


def _faults(path: Path) -> Iterator[Aside]:
    rows = _rows(path, ["id", "source", FAULT])
    for row in rows.filter(pc.is_valid(rows[FAULT])).to_pylist():
        yield Aside(row["source"], f"the conversation {row['id']!r:.80} {row[FAULT]}")


def _rows(path: Path, columns: Sequence[str] | None = None, *, of: pa.Schema = EXAMINED) -> pa.Table:
    """The rows of a file with the columns `of`, or only some columns of them. Raises DataError."""
    try:
        found, rows = pq.read_schema(path), table(path, columns)
    except (OSError, pa.ArrowException) as error:
        problem = error.strerror if isinstance(error, OSError) and error.strerror else "no whole Parquet file"
        raise DataError(path, None, f"{problem}; delete it and audit again") from None
    if not found.equals(of):
        raise DataError(path, None, "made by another release of assist; audit again")
    return rows

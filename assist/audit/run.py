"""A whole audit on one machine: batch after batch, on as many cores as there are, and on from where it was stopped.

Each partition is one file, written aside and renamed, under a name that says what is in it and what it was judged by.
A run leaves out those that are there; so one that was killed goes on, and nothing is counted twice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from assist.audit import partition
from assist.audit.audit import ASIDE, ENDING, PARTITIONS, Audit, Made, counts, write
from assist.audit.files import UNFINISHED, aside
from assist.audit.sieve import Sieve
from assist.audit.workers import Opening, Task, finished
from assist.errors import AssistError, DataError
from assist.transcripts import Transcript, Unreadable, read
from assist.transcripts.names import plain


class Progress(NamedTuple):
    """What was just done: messages and conversations of one partition; `kept` where an earlier run had done it."""

    messages: int
    conversations: int
    kept: bool = False


Say = Callable[[Progress], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What is audited: paths, their format, and who is who in them, as `transcripts.read` takes them."""

    paths: tuple[str, ...]
    form: str = "auto"
    roles: Mapping[str, str] = field(default_factory=dict)

    def told(self) -> Iterator[Transcript | Unreadable]:
        """Everything that is read, and what cannot be. Raises AssistError for a format or role that there is not."""
        return read(self.paths, self.form, roles=self.roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """What it is judged by: `opening` makes a judge in each process, so it must be picklable.

    `fingerprint` stands for everything that its verdicts depend on. `zone` is where the agents' clocks hang.
    """

    opening: Opening
    fingerprint: str
    zone: tzinfo = UTC


def run(source: Source, judging: Judging, folder: Path, *, jobs: int = 1, say: Say | None = None) -> Audit:
    """Audit what `source` holds into a folder, on `jobs` processes; the audit that lies there then.

    Begun again with the same input and judging, it goes on where it stopped. An audit that lay there is replaced when
    the new one is finished. Only one run at a time may write to a folder. Raises AssistError where there is nothing to
    audit, and DataError where it cannot write.
    """
    try:
        return _Run(source, judging, folder).made(jobs, say or (lambda _: None))
    except OSError as error:
        raise DataError(error.filename or folder, None, error.strerror or "cannot be written") from None


class _Run:
    def __init__(self, source: Source, judging: Judging, folder: Path) -> None:
        self._source = source
        self._judging = judging
        self._folder = folder
        self._files = folder / PARTITIONS
        self._names: list[str] = []

    def made(self, jobs: int, say: Say) -> Audit:
        told = self._source.told()
        self._files.mkdir(parents=True, exist_ok=True)
        with aside(self._folder / ASIDE) as file:
            sieve = Sieve(file)
            tasks = self._missing(partition.batches(sieve.sifted(told)), say)
            for task in finished(tasks, self._judging.opening, self._judging.zone, jobs):
                say(Progress(_messages(task.rows), task.rows.num_rows))
            if not self._names:
                first = f"; {sieve.first.source}: {sieve.first.problem}" if sieve.first else ""
                raise AssistError(f"nothing to audit was found{first}")
        conversations, messages, faults = counts(self._files / f"{name}{ENDING}" for name in self._names)
        made = Made(
            finished=datetime.now(UTC).replace(microsecond=0),
            inputs=tuple(map(plain, self._source.paths)),
            lexicon=self._judging.fingerprint,
            zone=str(self._judging.zone),
            conversations=conversations,
            messages=messages,
            set_aside=sieve.number + faults,
            partitions=tuple(self._names),
        )
        self._finish(made)
        return Audit(self._folder, made)

    def _missing(self, batches: Iterable[pa.RecordBatch], say: Say) -> Iterator[Task]:
        """What is not done yet."""
        judged = f"{self._judging.fingerprint} {self._judging.zone}"
        for number, rows in enumerate(batches, start=1):
            name, messages = partition.name(rows, number, judged), _messages(rows)
            self._names.append(name)
            path = self._files / f"{name}{ENDING}"
            if path.exists():
                say(Progress(messages, rows.num_rows, kept=True))
            else:
                yield Task(rows, path)

    def _finish(self, made: Made) -> None:
        """Write down that it is done, then clear away what an earlier audit, or a killed run, left here."""
        write(self._folder, made)
        kept = {f"{name}{ENDING}" for name in made.partitions}
        for path in self._files.glob(f"*{ENDING}*"):
            if path.name not in kept:
                path.unlink(missing_ok=True)
        for path in self._folder.glob(f"*{UNFINISHED}"):
            path.unlink(missing_ok=True)


def _messages(rows: pa.RecordBatch) -> int:
    return pc.sum(pc.list_value_length(rows["messages"])).as_py() or 0

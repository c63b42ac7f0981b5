"""What an engine does for an audit: the tasks that it is handed, and what they are judged by.

`assist.audit.workers` and `assist.audit.cluster` each hold one.
"""

import gc
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from threading import Lock
from typing import NamedTuple, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from assist.audit.files import aside
from assist.audit.moments import Judge
from assist.audit.partition import examined
from assist.errors import AssistError


class Bench(Protocol):
    """What an audit is judged by; a `Workbench` is one."""

    @property
    def session(self) -> Judge:
        """Opens a session on a conversation."""

    @property
    def fingerprint(self) -> str:
        """Stands for everything that its verdicts depend on."""


Opening = Callable[[], Bench]
"""Makes what is judged by; it goes to other processes, so it must be picklable: `partial(Workbench.load, ["core"])`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """What an audit is judged by: `opening` makes it in each process, and must make the one of this `fingerprint`.

    `zone` is where the agents' clocks hang. `Judging.by` finds the fingerprint itself.
    """

    opening: Opening
    fingerprint: str
    zone: tzinfo = UTC

    @classmethod
    def by(cls, opening: Opening, zone: tzinfo = UTC) -> "Judging":
        """Judging by what this makes, here and everywhere. Raises what making it raises."""
        return cls(opening=opening, fingerprint=opening().fingerprint, zone=zone)

    def judge(self) -> Judge:
        """A judge, made and loaded in this process. Raises AssistError where it would judge by something else.

        What is wrong with it is wrong for all conversations, and so is told here, before the first.
        """
        bench = self.opening()
        if bench.fingerprint != self.fingerprint:
            raise AssistError("lexicon, rules, models or the code of assist are not those that the audit began with")
        judge = bench.session
        judge()
        return judge

    def shared(self) -> Judge:
        """The same, made once in this process and kept: for a worker, which is handed batch after batch."""
        with _making:
            if self.fingerprint not in _made:
                judge = self.judge()
                _made.clear()
                _made[self.fingerprint] = judge
                gc.freeze()  # it stays as long as the process: no use searching it, again and again, for what does not
            return _made[self.fingerprint]


_made: dict[str, Judge] = {}
"""The judge that this process shares, by its fingerprint: the latest alone, since each takes hundreds of megabytes."""
_making = Lock()


class Task(NamedTuple):
    """The transcripts of a partition, and the file that their examinations go to."""

    rows: pa.RecordBatch
    path: Path


class Engine(Protocol):
    """Does the tasks of an audit."""

    def finished(self, tasks: Iterable[Task], judging: Judging) -> Generator[Task, None, None]:
        """Does all tasks and gives each once its file is written, in whatever order they are done.

        Only a few are asked for ahead. Raises AssistError where it cannot go on.
        """


def parquet(rows: pa.RecordBatch, judge: Judge, zone: tzinfo) -> bytes:
    """The examinations of a batch of transcripts, as the bytes of a Parquet file."""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_batches([examined(rows, judge, zone)]), sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def save(task: Task, content: bytes) -> None:
    """Write the file of a task, whole or not at all. Raises OSError."""
    with aside(task.path) as file:
        file.write(content)

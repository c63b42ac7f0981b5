"""Partitions examined one after the other, or by several processes at once; one that is killed is replaced."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from datetime import tzinfo
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from assist.audit.files import aside
from assist.audit.moments import Judge
from assist.audit.partition import examined
from assist.errors import AssistError

Opening = Callable[[], Judge]
"""Makes a judge; it goes to other processes, so it must be picklable."""
DEATHS = 3
"""How often in a row workers may be killed without anything getting done."""


class Task(NamedTuple):
    """The transcripts of a partition, and the file that their examinations go to."""

    rows: pa.RecordBatch
    path: Path


def finished(tasks: Iterable[Task], opening: Opening, zone: tzinfo, jobs: int) -> Iterator[Task]:
    """Does all tasks and gives each once its file is written, in whatever order they are done.

    Only a few are asked for ahead. Raises AssistError where workers are killed again and again.
    """
    if jobs > 1:
        yield from _Crew(opening, zone, jobs).finished(iter(tasks))
        return
    judge: Judge | None = None
    for task in tasks:
        judge = judge or opening()
        _examine(task, judge, zone)
        yield task


class _Crew:
    def __init__(self, opening: Opening, zone: tzinfo, jobs: int) -> None:
        self._opening = opening
        self._zone = zone
        self._jobs = jobs
        self._running: dict[Future[None], Task] = {}
        self._next: deque[Task] = deque()
        self._deaths = 0

    def finished(self, tasks: Iterator[Task]) -> Iterator[Task]:
        while self._fill(tasks):
            try:
                with self._pool() as pool:
                    yield from self._done(pool, tasks)
            except BrokenProcessPool:
                self._next.extendleft(self._running.values())
                self._running.clear()
                self._deaths += 1
                if self._deaths > DEATHS:
                    raise AssistError(
                        "the workers are killed again and again, perhaps for want of memory; try fewer with --jobs"
                    ) from None

    def _done(self, pool: ProcessPoolExecutor, tasks: Iterator[Task]) -> Iterator[Task]:
        while self._fill(tasks):
            while self._next:
                self._running[pool.submit(_work, self._next[0])] = self._next[0]
                self._next.popleft()
            done, _ = wait(self._running, return_when=FIRST_COMPLETED)
            for future in done:
                future.result()
                self._deaths = 0
                yield self._running.pop(future)

    def _fill(self, tasks: Iterator[Task]) -> bool:
        """Have as many tasks at hand as the workers may take; whether there are any left."""
        while len(self._running) + len(self._next) < 2 * self._jobs:
            task = next(tasks, None)
            if task is None:
                break
            self._next.append(task)
        return bool(self._running or self._next)

    def _pool(self) -> ProcessPoolExecutor:
        # A fork would copy the threads' locks of whatever the caller runs, but not the threads.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._jobs, context, _begin, (self._opening, self._zone))


_own: dict[str, tuple[Judge, tzinfo]] = {}
"""The judge of this process, where it is a worker."""


def _begin(opening: Opening, zone: tzinfo) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    _own["judge"] = opening(), zone


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(task: Task) -> None:
    _examine(task, *_own["judge"])


def _examine(task: Task, judge: Judge, zone: tzinfo) -> None:
    if not task.path.exists():
        with aside(task.path) as file:
            pq.write_table(pa.Table.from_batches([examined(task.rows, judge, zone)]), file, compression="zstd")

"""Partitions examined one after the other, or by several processes at once; one that is killed is replaced."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import tzinfo
from threading import Thread

from assist.audit.engine import Judging, Task, parquet, save
from assist.audit.moments import Judge
from assist.errors import AssistError

DEATHS = 3
"""How often in a row workers may be killed without anything getting done."""


@dataclass(frozen=True, slots=True)
class Local:
    """The engine of this machine: `jobs` processes, or none beside the caller's own where that is 1.

    Raises AssistError where they are killed again and again.
    """

    jobs: int = 1

    def finished(self, tasks: Iterable[Task], judging: Judging) -> Generator[Task, None, None]:
        """Does all tasks and gives each once its file is written."""
        if self.jobs > 1:
            yield from _Crew(judging, self.jobs).finished(iter(tasks))
            return
        judge: Judge | None = None
        for task in tasks:
            judge = judge or judging.judge()
            _examine(task, judge, judging.zone)
            yield task


class _Crew:
    def __init__(self, judging: Judging, jobs: int) -> None:
        self._judging = judging
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
        return ProcessPoolExecutor(self._jobs, context, _begin, (self._judging,))


_own: dict[str, Judging] = {}
"""What this process judges by, where it is a worker."""


def _begin(judging: Judging) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_end_with_parent, daemon=True).start()
    _own["judging"] = judging


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(task: Task) -> None:
    # made with the first task, not in `_begin`: what goes wrong there reaches nobody
    _examine(task, _own["judging"].shared(), _own["judging"].zone)


def _examine(task: Task, judge: Judge, zone: tzinfo) -> None:
    if not task.path.exists():
        save(task, parquet(task.rows, judge, zone))

"""Partitions examined on a Dask cluster: batches of transcripts go out, Parquet files come back and are written here.

Only this process writes. So workers need no folder in common with it, and what a dying worker makes the scheduler do
twice is written once.
"""

import asyncio
import logging
import pickle
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from queue import Empty, SimpleQueue

import dask
import pyarrow as pa
from distributed import Client, Future, LocalCluster, Security, get_worker
from distributed.comm.core import CommClosedError
from distributed.core import rpc
from distributed.protocol.pickle import dumps, loads
from distributed.scheduler import KilledWorker
from distributed.utils import silence_logging_cmgr
from distributed.versions import VersionMismatchWarning

from assist.audit.engine import Judging, Task, parquet, save
from assist.errors import AssistError

ANSWERS = 5.0
"""Seconds within which a scheduler has to answer at first."""
PATIENCE = 60.0
"""Seconds without a worker after which a run gives up."""
LEAST = 4
"""How many partitions are handed over while no worker is there: a cluster that grows with its work must see some."""
_QUIET = {
    "distributed.admin.large-graph-warning-threshold": "1 TB",
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dask:
    """The engine of a Dask cluster: of the one behind this scheduler, or of `jobs` processes of this machine.

    Workers must have the same assist, and whatever else it judges by, or the run is refused; one that dies is done
    without. Raises AssistError where the scheduler cannot be reached or is lost, and where workers die again and again
    or stay away for `patience` seconds.
    """

    scheduler: str | None = None
    jobs: int = 1
    patience: float = PATIENCE

    def refuse_unreachable(self) -> None:
        """Raise AssistError where nothing that is a scheduler answers at the address."""
        if self.scheduler is None:
            return
        try:
            # on a thread of its own, since the caller's may run a loop already
            with ThreadPoolExecutor(1) as thread:
                known = thread.submit(asyncio.run, _identity(self.scheduler)).result()
        # what else may stand behind a port: a length read from a web server's answer is no memory to be had
        except (OSError, ValueError, TypeError, MemoryError) as error:
            why = _why(self.scheduler, error)
            raise AssistError(f"--scheduler {self.scheduler}: {why}; an address such as tcp://10.0.0.5:8786") from None
        if known != "Scheduler":
            raise AssistError(f"--scheduler {self.scheduler}: that is the address of a {known.lower()}")

    def finished(self, tasks: Iterable[Task], judging: Judging) -> Generator[Task, None, None]:
        """Does all tasks and gives each once its file is written."""
        waiting = iter(tasks)
        first = next(waiting, None)
        if first is None:
            return
        with silence_logging_cmgr(logging.CRITICAL + 1), dask.config.set(_QUIET), self._client() as client:
            yield from _Flow(client, judging, self).finished(chain([first], waiting))

    @contextmanager
    def _client(self) -> Iterator[Client]:
        if self.scheduler is not None:
            self.refuse_unreachable()
            with _connected(self.scheduler) as client:
                yield client
            return
        with (
            LocalCluster(
                n_workers=self.jobs,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                # whoever reaches a scheduler can run code as its user, and others may be logged in here
                security=_secured(),
                # there is always a web server, without routes: its usual port may be taken
                scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
                memory_limit=None,
                silence_logs=logging.CRITICAL + 1,
            ) as cluster,
            Client(cluster, set_as_default=False) as client,
        ):
            yield client


class _Flow:
    """Tasks on their way: a few more than there are workers' threads, whatever is left to do."""

    def __init__(self, client: Client, judging: Judging, engine: Dask) -> None:
        self._client = client
        self._engine = engine
        self._judging = dumps(judging)
        self._running: dict[Future[bytes], Task] = {}
        self._done: SimpleQueue[Future[bytes]] = SimpleQueue()

    def finished(self, tasks: Iterator[Task]) -> Generator[Task, None, None]:
        while self._fill(tasks):
            with self._in_one_line():
                future = self._next()
                content = self._content(future)
            task = self._running.pop(future)
            save(task, content)
            yield task

    def _fill(self, tasks: Iterator[Task]) -> bool:
        """Have as many tasks with the scheduler as its workers may take; whether there are any left."""
        with self._in_one_line():
            room = max(2 * sum(self._client.nthreads().values()), LEAST)
        while len(self._running) < room:
            task = next(tasks, None)
            if task is None:
                break
            with self._in_one_line():
                future = self._client.submit(pickle.loads, pickle.dumps(_Errand(task.rows, self._judging)), pure=False)
                future.add_done_callback(self._done.put)
            self._running[future] = task
        return bool(self._running)

    def _next(self) -> Future[bytes]:
        while True:
            try:
                return self._done.get(timeout=self._engine.patience)
            except Empty:
                self._refuse_deserted()

    def _content(self, future: Future[bytes]) -> bytes:
        while True:
            try:
                content = future.result(timeout=self._engine.patience)
            except TimeoutError:  # the worker that had it has died, and another one does it again
                self._refuse_deserted()
            else:
                return content

    def _refuse_deserted(self) -> None:
        if not self._client.nthreads():
            raise AssistError(f"the scheduler has had no worker for {self._engine.patience:.0f} seconds; {_ON}")

    @contextmanager
    def _in_one_line(self) -> Iterator[None]:
        try:
            yield
        except KilledWorker:
            raise AssistError("the workers are killed again and again, perhaps for want of memory; try fewer") from None
        except (CancelledError, CommClosedError):
            raise AssistError(f"the scheduler is gone; {_ON}") from None
        except ImportError as error:
            raise AssistError(f"workers need the same assist as is here: {error}") from None


_ON = "the same command goes on from here"


async def _identity(address: str) -> str:
    """What kind of server answers there. A client would wait without end for one that is none."""
    server = rpc(address, timeout=ANSWERS, connection_args=Security().get_connection_args("client"))
    try:
        known = await asyncio.wait_for(server.identity(n_workers=0), ANSWERS)
    finally:
        with suppress(OSError):
            await server.close_rpc()
    return str(known["type"])


def _why(address: str, error: Exception) -> str:
    if isinstance(error, ValueError):
        return str(error)
    if isinstance(error, TypeError) and address.startswith("tls:"):
        return "no certificates are set for tls in Dask's settings"
    return "no scheduler answers there"


def _connected(address: str) -> Client:
    with warnings.catch_warnings():
        # of other releases of libraries there; what matters is told by the fingerprint
        warnings.simplefilter("ignore", VersionMismatchWarning)
        return Client(address, timeout=ANSWERS, set_as_default=False)


def _secured() -> Security:
    try:
        security: Security = Security.temporary()
    except ImportError:
        raise AssistError("--engine dask needs cryptography: pip install 'assist[distributed]'") from None
    return security


class _Errand:
    """Work that is done where it is unpickled.

    A task that names a function of assist ends every worker that has none, since Dask cannot read it there; one that
    calls `pickle.loads` fails there as any task may, and the scheduler need not know assist at all.
    """

    def __init__(self, rows: pa.RecordBatch, judging: bytes) -> None:
        self._rows = rows
        self._judging = judging

    def __reduce__(self) -> tuple[Callable[[pa.RecordBatch, bytes], bytes], tuple[pa.RecordBatch, bytes]]:
        return _work, (self._rows, self._judging)


def _work(rows: pa.RecordBatch, judging: bytes) -> bytes:
    """What a worker does: the Parquet file of a batch's examinations."""
    asked: Judging = loads(judging)
    try:
        judge = asked.shared()
    except AssistError as error:
        raise AssistError(f"worker {get_worker().address}: {error}") from None
    return parquet(rows, judge, asked.zone)

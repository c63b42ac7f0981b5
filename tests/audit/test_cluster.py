"""Audits on Dask, on a cluster of its own and on one that runs already: the same as on one machine, whoever dies."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Timer

import dask
import msgspec
import pytest

from assist.audit.audit import MADE, PARTITIONS, Audit
from assist.audit.cluster import Dask
from assist.audit.engine import Judging
from assist.audit.run import Source, run
from assist.errors import AssistError
from tests.audit.exports import written
from tests.audit.runs import Dying, audited, deadly, without_policy

ROOT = Path(__file__).parent.parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@contextmanager
def started(name: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Dask's own command, `scheduler` or `worker`, killed at the end."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{name}", "--no-dashboard", *arguments]
    process = subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def listening(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A scheduler of this machine: its address and its process."""
    file = folder / "scheduler.json"
    with started("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file)) as process:
        while not file.exists() or not file.read_bytes():
            assert process.poll() is None
            time.sleep(0.05)
        yield msgspec.json.decode(file.read_bytes())["address"], process


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with listening(tmp_path_factory.mktemp("scheduler")) as (address, _):
        yield address


@pytest.fixture(scope="module")
def worked(scheduler: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The scheduler, with one worker, which was started elsewhere and shares no folder with who asks."""
    elsewhere = str(tmp_path_factory.mktemp("worker"))
    with started("worker", scheduler, "--nthreads", "1", "--no-nanny", "--local-directory", elsewhere):
        yield scheduler


@pytest.fixture
def begun(whole: Audit, tmp_path: Path) -> Path:
    """A folder where one machine has made the first two of four partitions."""
    folder = tmp_path / "begun"
    shutil.copytree(whole.folder, folder)
    (folder / MADE).unlink()
    for path in list(Audit(folder, whole.made).paths())[2:]:
        path.unlink()
    return folder


def test_a_scheduler_without_workers_is_waited_for_and_then_named(scheduler: str, export: Path, tmp_path: Path) -> None:
    with pytest.raises(AssistError, match="has had no worker for 1 seconds; the same command goes on"):
        audited(export, tmp_path, Dask(scheduler=scheduler, patience=1.0))


def test_a_killed_worker_of_its_own_cluster_is_replaced_without_a_word(
    whole: Audit, export: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    audit, said = audited(export, tmp_path / "out", Dask(jobs=2), partial(Dying, tmp_path / "deaths"))
    assert (tmp_path / "deaths").exists()
    assert audit.made.partitions == whole.made.partitions
    assert list(audit.examinations()) == list(whole.examinations())
    assert sum(one.messages for one in said) == audit.made.messages
    assert capfd.readouterr() == ("", "")


def test_what_one_machine_began_goes_on_behind_a_scheduler(
    whole: Audit, export: Path, worked: str, begun: Path
) -> None:
    kept = [path for path in whole.paths() if (begun / PARTITIONS / path.name).exists()]
    before = {path.name: (begun / PARTITIONS / path.name).stat().st_mtime_ns for path in kept}
    options = ["--packs", "core", "--fast", "--engine", "dask", "--scheduler", worked, "--out", str(begun)]
    command = [sys.executable, "-m", "assist", "audit", str(export), *options]
    ran = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert list(Audit.load(begun).examinations()) == list(whole.examinations())
    assert {name: (begun / PARTITIONS / name).stat().st_mtime_ns for name in before} == before


def test_a_worker_that_judges_by_something_else_is_refused(export: Path, worked: str, tmp_path: Path) -> None:
    judging = Judging(opening=without_policy, fingerprint="that of a lexicon which it has not")
    with pytest.raises(AssistError, match=r"^worker tcp://127.*: lexicon.* are not those that the audit began with"):
        run(Source(paths=(str(export),)), judging, tmp_path, engine=Dask(scheduler=worked))
    assert not list(tmp_path.rglob("*.parquet"))


def test_a_scheduler_that_dies_leaves_an_audit_that_goes_on(export: Path, tmp_path: Path) -> None:
    with listening(tmp_path) as (address, process):
        Timer(2.0, process.kill).start()
        with pytest.raises(AssistError, match="the scheduler is gone; the same command goes on"):
            audited(export, tmp_path / "out", Dask(scheduler=address))


def test_workers_that_always_die_end_the_run_with_one_line(tmp_path: Path) -> None:
    export = written(tmp_path / "one.jsonl", 1)
    judging = Judging(opening=deadly, fingerprint="x")
    with dask.config.set({"distributed.scheduler.allowed-failures": 0}), pytest.raises(AssistError, match="killed aga"):
        run(Source(paths=(str(export),)), judging, tmp_path, engine=Dask(jobs=1))


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("tcp://127.0.0.1:1", "no scheduler answers there"),
        ("nonsense", "missing port number"),
        ("tls://127.0.0.1:8786", "no certificates are set for tls"),
        ("http://127.0.0.1:8786", "unknown address scheme 'http'"),
    ],
)
def test_an_address_where_no_scheduler_is_gets_one_line(address: str, problem: str) -> None:
    with pytest.raises(AssistError) as raised:
        Dask(scheduler=address).refuse_unreachable()
    assert str(raised.value).startswith(f"--scheduler {address}: ")
    assert problem in str(raised.value)

"""Audits for tests: a workbench that is ready in little time, and others whose process dies."""

import os
import signal
from pathlib import Path

from assist.audit.audit import Audit
from assist.audit.engine import Engine, Judging, Opening
from assist.audit.moments import Session
from assist.audit.run import ONE, Progress, Source, run
from assist.workbench import Workbench


def opening() -> Workbench:
    """A workbench that is ready in little time."""
    return Workbench.load(["core"], fast=True)


def without_policy() -> Workbench:
    """The same with one rule less."""
    return Workbench.load(["core"], fast=True, rules={"policy-wall": "off"})


def audited(path: Path, folder: Path, engine: Engine = ONE, opening: Opening = opening) -> tuple[Audit, list[Progress]]:
    """The audit of a file, and what was told meanwhile."""
    said: list[Progress] = []
    audit = run(Source(paths=(str(path),)), Judging.by(opening), folder, engine=engine, say=said.append)
    return audit, said


class Dying:
    """A workbench whose process is killed at its first session, if it is the first of all: then `mark` is not there."""

    def __init__(self, mark: Path) -> None:
        self._bench = opening()
        self._mark = mark
        self.fingerprint = self._bench.fingerprint

    def session(self, *, id: str = "") -> Session:  # noqa: A002
        if not self._mark.exists():
            self._mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return self._bench.session(id=id)


def deadly() -> Workbench:
    """Kills the process that asks for a workbench."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError

"""Where an audit is done: the options that say so, and the engine that they ask for."""

import os
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from assist.errors import AssistError

if TYPE_CHECKING:
    from assist.audit.engine import Engine


class Name(StrEnum):
    """The engines that there are."""

    LOCAL = "local"
    DASK = "dask"


Engines = Annotated[Name, typer.Option("--engine", help="What does the work: processes of this machine, or Dask.")]
Scheduler = Annotated[
    str | None,
    typer.Option(
        "--scheduler", help="Dask's scheduler, such as tcp://10.0.0.5:8786. [default: a cluster on this machine]"
    ),
]
Jobs = Annotated[int | None, typer.Option(min=1, help="How many processes. [default: one a core]")]


def chosen(name: Name, scheduler: str | None, jobs: int | None) -> "Engine":
    """The engine that these options ask for; a scheduler is called at once. Raises AssistError."""
    if name is Name.LOCAL and scheduler is not None:
        raise AssistError("--scheduler goes with --engine dask")
    if scheduler is not None and jobs is not None:
        raise AssistError("--jobs counts processes of this machine; behind --scheduler there are as many as there are")
    number = jobs or os.cpu_count() or 1
    return _dask(scheduler, number) if name is Name.DASK else _local(number)


def _local(jobs: int) -> "Engine":
    from assist.audit.workers import Local  # deferred: help does without

    return Local(jobs)


def _dask(scheduler: str | None, jobs: int) -> "Engine":
    try:
        from assist.audit.cluster import Dask  # deferred: an extra
    except ModuleNotFoundError as error:
        raise AssistError(f"--engine dask needs {error.name}: pip install 'assist[distributed]'") from None
    if scheduler is None:
        return Dask(jobs=jobs)
    engine = Dask(scheduler=scheduler)
    engine.refuse_unreachable()
    return engine

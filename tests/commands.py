"""A command of the command line, run in the process of the test."""

from collections.abc import Callable
from typing import NamedTuple


class Ran(NamedTuple):
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]

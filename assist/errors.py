"""What can go wrong, said in one line: where, what, and the nearest right thing."""

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

LONGEST = 100
"""How much of a word is compared with what it may have been meant to be."""


class AssistError(Exception):
    """Anything that a user of assist can mend; its text is the one line to show them."""


class DataError(AssistError):
    """A file that cannot be used as it is.

    Reads `path:line: problem`; `line` counts from 1 and is left out where it is not known.
    """

    def __init__(self, path: Path | str, line: int | None, problem: str) -> None:
        self.path = path
        self.line = line
        self.problem = problem
        place = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{place}: {problem}")

    def __reduce__(self) -> tuple[type["DataError"], tuple[Path | str, int | None, str]]:
        # Else it could not come back from another process: the text is no place, line and problem.
        return DataError, (self.path, self.line, self.problem)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`"; did you mean 'instead'?"` for the nearest of `known`, or an empty string."""
    near = get_close_matches(word[:LONGEST], list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""

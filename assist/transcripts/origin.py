"""What readers are told beside the words: where these come from, and what the caller knows of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec

from assist.errors import AssistError
from assist.transcripts.roles import Roles

Beside = Callable[[str], bytes | None]
"""The bytes of a file that lies beside the one that is read, by its name; None where it is not there."""


class Unreadable(NamedTuple):
    """A file, or a part of one, that cannot be used: where it stands, and why not.

    `foreign` where it is nothing that looks like a transcript.
    """

    source: str
    problem: str
    foreign: bool = False

    def __str__(self) -> str:
        return f"{self.source}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Origin:
    """A file by its name, the caller's roles and columns, and what lies beside it."""

    name: str
    roles: Roles = field(default_factory=Roles)
    columns: Mapping[str, str] = field(default_factory=dict)
    beside: Beside = lambda _: None

    def companion(self, *names: str) -> Any:  # noqa: ANN401
        """The JSON of the first of these files that lies beside this one; a list of objects where it has one a line.

        None where none is there. Raises AssistError for one that is not JSON.
        """
        return _companion(self.beside, names)


@lru_cache(maxsize=8)
def _companion(beside: Beside, names: tuple[str, ...]) -> Any:  # noqa: ANN401
    for name in names:
        data = beside(name)
        if data is None:
            continue
        try:
            return msgspec.json.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return _of_lines(data, name)
    return None


def _of_lines(data: bytes, name: str) -> list[Any]:
    try:
        return [msgspec.json.decode(line) for line in data.splitlines() if line.strip()]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise AssistError(f"{name}, which lies beside it, is not JSON") from None

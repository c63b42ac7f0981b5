"""From what a caller names to the files that are read: folders, patterns, standard input."""

import glob
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assist.errors import did_you_mean
from assist.transcripts.origin import Unreadable

BESIDE_LIMIT = 256 << 20
"""How large a file may be that is only looked up in."""
_MAGIC = frozenset("*?[")
_LITTER = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder that a file lies in, to look up what lies beside it."""

    path: Path

    def __call__(self, name: str) -> bytes | None:
        """The bytes of a file in it; None where there is none, or one too large to look up in."""
        try:
            path = self.path / name
            return path.read_bytes() if path.stat().st_size <= BESIDE_LIMIT else None
        except OSError:
            return None


def files(paths: Iterable[Path | str]) -> Iterator[Path | Unreadable]:
    """Every file that these name, those of folders and patterns in the order of their names; `-` as it is."""
    for given in paths:
        path = Path(given)
        if str(given) == "-" or path.is_file():
            yield path
        elif path.is_dir():
            under = _under(path, set())
            yield next(under, Unreadable(str(path), "no files in it"))
            yield from under
        elif not os.path.lexists(path) and _MAGIC & set(str(given)):
            yield from _fitting(str(given))
        elif path.exists():
            yield path  # a pipe
        else:
            yield Unreadable(str(path), f"no such file or folder{did_you_mean(path.name, _names(path.parent))}")


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file, or standard input for `-`, as bytes. Raises OSError."""
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    with path.open("rb") as file:
        yield file


def is_litter(name: str) -> bool:
    """Whether a file or folder of this name is nobody's export: hidden, or left behind by the system."""
    return (name.startswith(".") and name != "..") or name in _LITTER


def _fitting(pattern: str) -> Iterator[Path | Unreadable]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  # the pattern may begin anywhere
    if not found:
        yield Unreadable(pattern, "no file fits this pattern")
    whole = "**" in pattern
    for name in found:
        path = Path(name)
        if not path.is_dir():
            yield from _regular(path)
        elif not whole:
            yield from _under(path, set())


def _under(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Unreadable]:
    """The files of a folder and of those in it; one that a link leads back to is read once."""
    try:
        known = folder.stat()
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Unreadable(str(folder), error.strerror or "cannot be read")
        return
    if (known.st_dev, known.st_ino) in seen:
        yield Unreadable(str(folder), "a link to a folder that is read already; left out")
        return
    seen.add((known.st_dev, known.st_ino))
    for path in entries:
        if is_litter(path.name):
            continue
        yield from _under(path, seen) if path.is_dir() else _regular(path)


def _regular(path: Path) -> Iterator[Path | Unreadable]:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        yield Unreadable(str(path), error.strerror or "cannot be read")
        return
    yield path if stat.S_ISREG(mode) else Unreadable(str(path), "no ordinary file; left out")


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []

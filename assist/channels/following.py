"""A file read line by line as it grows, or a FIFO as it is written to; never waits on either."""

import asyncio
import os
import stat
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import NamedTuple

from assist.errors import DataError

LONGEST = 1_000_000
"""Bytes that a line may have."""

POLL = 0.1
"""Seconds between two looks at what has nothing new."""

_CHUNK = 1 << 16
_TAIL = 64


class Line(NamedTuple):
    """A line as it stands: without its end, or None where it was too long to be kept.

    `number` counts from 1. `anew` marks the first line of a file, also of one that was truncated or put in the place
    of another; a FIFO is never begun anew.
    """

    number: int
    raw: bytes | None
    anew: bool = False


class Cutter:
    """Cuts what is read into lines: keeps a half one until its end comes, and passes over one that is too long."""

    def __init__(self) -> None:
        self._number = 0
        self._rest = b""
        self._skipping = False

    def feed(self, chunk: bytes) -> Iterator[Line]:
        """The lines that end in this chunk."""
        *ended, rest = chunk.split(b"\n")
        for part in ended:
            yield self._line(part)
        self._rest += rest
        if len(self._rest) > LONGEST:
            self._rest, self._skipping = b"", True

    def end(self) -> Iterator[Line]:
        """What is left where nothing more can come."""
        if self._rest or self._skipping:
            yield self._line(b"")

    def _line(self, part: bytes) -> Line:
        raw = self._rest + part
        kept = None if self._skipping or len(raw) > LONGEST else raw
        self._number += 1
        self._rest, self._skipping = b"", False
        return Line(self._number, kept, anew=self._number == 1)


class Followed:
    """A path that is followed: whatever stands there now, and whatever will."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._open: _File | _Fifo | None = None
        self._closed = False

    @property
    def fifo(self) -> bool:
        """Whether a FIFO is being read, which tells nothing twice."""
        return isinstance(self._open, _Fifo)

    async def lines(self) -> AsyncGenerator[Line, None]:
        """Every line from the first, as they come, until `close`; raises DataError for what cannot be read."""
        try:
            while not self._closed:
                got = self._look()
                for line in got or ():
                    yield line
                await asyncio.sleep(POLL if got is None else 0)
        except OSError as error:
            raise DataError(self._path, None, error.strerror or "cannot be read") from None
        finally:
            self._let_go()

    def close(self) -> None:
        """End the lines, at their next look."""
        self._closed = True

    def _look(self) -> list[Line] | None:
        """What is new, None where nothing is; of a file that was replaced, first the rest."""
        if self._open is None:
            self._open = self._opened()
        if self._open is None:
            return None
        lines = self._open.read()
        if lines is None and _replaced(self._open.handle, self._path):
            lines = self._open.read()  # what was written between the two looks
            if lines is None:
                lines = list(self._open.cut.end())
                self._let_go()
        return lines

    def _opened(self) -> "_File | _Fifo | None":
        try:
            handle = os.open(self._path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            return None
        mode = os.fstat(handle).st_mode
        if stat.S_ISFIFO(mode):
            return _Fifo(handle)
        if stat.S_ISREG(mode):
            return _File(handle)
        os.close(handle)
        raise DataError(self._path, None, "neither a file nor a FIFO")

    def _let_go(self) -> None:
        if self._open is not None:
            os.close(self._open.handle)
            self._open = None


class _File:
    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.cut = Cutter()
        self._at = 0
        self._tail = b""

    def read(self) -> list[Line] | None:
        size = os.fstat(self.handle).st_size
        if size == self._at:
            return None
        if not self._goes_on(size):
            self.cut, self._at, self._tail = Cutter(), 0, b""
        os.lseek(self.handle, self._at, os.SEEK_SET)
        chunk = os.read(self.handle, _CHUNK)
        self._at += len(chunk)
        self._tail = (self._tail + chunk)[-_TAIL:]
        return list(self.cut.feed(chunk))

    def _goes_on(self, size: int) -> bool:
        """Whether what was read still stands there: a file may be cut short and have grown past the place since."""
        if size < self._at:
            return False
        os.lseek(self.handle, self._at - len(self._tail), os.SEEK_SET)
        return os.read(self.handle, len(self._tail)) == self._tail


class _Fifo:
    def __init__(self, handle: int) -> None:
        self.handle = handle
        self.cut = Cutter()

    def read(self) -> list[Line] | None:
        try:
            chunk = os.read(self.handle, _CHUNK)
        except BlockingIOError:
            return None  # there are writers, with nothing to say yet
        if chunk:
            return list(self.cut.feed(chunk))
        # The last writer has gone, and what it left unfinished is all there will be of it.
        return list(self.cut.end()) or None


def _replaced(handle: int, path: Path) -> bool:
    """Whether something else stands at the path by now; where nothing does, something may be about to."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    own = os.fstat(handle)
    return (found.st_dev, found.st_ino) != (own.st_dev, own.st_ino)

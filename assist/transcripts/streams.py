"""Bytes as they come in: looked at before they are read, unpacked within bounds, and cut into lines."""

import codecs
import io
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from assist.errors import AssistError

HEAD = 1 << 20
"""How many bytes of a file are looked at to tell what it is."""
SLACK = 64 << 20
RATIO = 200
"""What a packed file may unpack to: so many bytes, and so many times its size on top."""


class Readable(Protocol):
    """What `Stream` reads from."""

    def read(self, size: int = ..., /) -> bytes | None:
        """At most `size` bytes; none at the end."""


class Stream(io.RawIOBase):
    """A binary stream with its first bytes in `head`, read as a whole all the same.

    A fault met while the head was read is raised when what comes before it has been read.
    """

    def __init__(self, stream: Readable) -> None:
        super().__init__()
        self._stream = stream
        self._fault: Exception | None = None
        self._taken = 0
        self.count = 0
        pieces: list[bytes] = []
        size = 0
        try:
            while size < HEAD and (piece := _some(stream, HEAD - size)):
                pieces.append(piece)
                size += len(piece)
        except (OSError, EOFError, zlib.error, AssistError, UnicodeError) as error:
            self._fault = error
        self.head = b"".join(pieces)

    @property
    def fault(self) -> Exception | None:
        """What went wrong within the head, if anything."""
        return self._fault

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # narrower, as io calls it
        """Fill some of `buffer`; how many bytes, 0 at the end."""
        piece = self.head[self._taken : self._taken + len(buffer)]
        self._taken += len(piece)
        if not piece:
            if self._fault:
                raise self._fault
            piece = _some(self._stream, len(buffer))
        buffer[: len(piece)] = piece
        self.count += len(piece)
        return len(piece)

    def buffered(self) -> BinaryIO:
        """The whole of it, head and all, to be read once."""
        return io.BufferedReader(self, HEAD)


def _some(stream: Readable, size: int) -> bytes:
    """What there is, so that nothing that could be read is lost to a fault behind it."""
    read = getattr(stream, "read1", stream.read)
    return read(size) or b""


class Budget:
    """How much an archive may unpack to, over all that is in it; `packed` tells its size, or what was read of it."""

    def __init__(self, packed: Callable[[], int]) -> None:
        self._packed = packed
        self._spent = 0

    def spend(self, size: int) -> None:
        """Raise AssistError where it has become more than a transcript could."""
        self._spent += size
        if self._spent > SLACK + RATIO * self._packed():
            raise AssistError(f"unpacks to more than {RATIO} times its size; unpack it by hand if that is right")


class Bounded:
    """A stream whose bytes are paid for from a budget."""

    def __init__(self, stream: Readable, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes."""
        piece = _some(self._stream, size)
        self._budget.spend(len(piece))
        return piece


class Recoded:
    """A stream of text in another encoding, as UTF-8."""

    def __init__(self, stream: Readable, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)()

    def read(self, size: int = -1) -> bytes:
        """Some bytes of UTF-8; none at the end. Raises UnicodeDecodeError."""
        while piece := _some(self._stream, max(size // 2, 1)):
            if text := self._decoder.decode(piece):
                return text.encode()
        return self._decoder.decode(b"", final=True).encode()


class Relined:
    """A stream of text whose lines end as on old Macs, and as some spreadsheets still write them."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, with the usual line breaks."""
        return _some(self._stream, size).replace(b"\r", b"\n")


def lines(stream: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The lines of a stream, with their ends; None in place of one that has more than `limit` bytes."""
    while line := stream.readline(limit + 1):
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit)
            yield None
        else:
            yield line

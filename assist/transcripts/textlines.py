"""The lines of a text file, decoded one by one."""

from collections.abc import Iterator
from typing import BinaryIO

from assist.errors import AssistError
from assist.transcripts.origin import Unreadable
from assist.transcripts.streams import lines

LONGEST = 4 << 20
"""How many bytes a line may have."""


class TextLines:
    """The lines with their ends, as an iterator; `number` is that of the last one given, from 1.

    A line that is no UTF-8 is taken for Windows-1252, of which Latin-1 is a part, and `doubts` says so. One that cannot
    be read is left out, and waits in `aside`. Raises AssistError for a text in which a NUL stands.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._lines = lines(stream, LONGEST)
        self.name = name
        self.number = 0
        self.doubts: tuple[str, ...] = ()
        self.aside: list[Unreadable] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        while True:
            line = next(self._lines)
            self.number += 1
            if line is None:
                self._set_aside(f"longer than {LONGEST >> 20} MB")
            elif (text := self._decoded(line)) is not None:
                return text.removeprefix("\ufeff") if self.number == 1 else text

    @property
    def place(self) -> str:
        """Where the last line stands."""
        return f"{self.name}:{self.number}"

    def taken_aside(self) -> list[Unreadable]:
        """What was left out since this was last asked."""
        taken, self.aside = self.aside, []
        return taken

    def _decoded(self, line: bytes) -> str | None:
        if b"\0" in line:
            raise AssistError(f"not text: a NUL in line {self.number}")
        try:
            return line.decode()
        except UnicodeDecodeError:
            pass
        try:
            text = line.decode("cp1252")
        except UnicodeDecodeError as error:
            self._set_aside(f"neither UTF-8 nor Windows-1252 (byte {error.start + 1}); save it as UTF-8")
            return None
        if not self.doubts:
            self.doubts = (f"not UTF-8; read as Windows-1252 from line {self.number} on",)
        return text

    def _set_aside(self, what: str) -> None:
        self.aside.append(Unreadable(self.place, what))

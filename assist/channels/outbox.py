"""The replies that went out, one JSON object a line, in a file or down a FIFO."""

import contextlib
import errno
import json
import os
import stat
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO

from assist.channels.channel import Reply
from assist.errors import AssistError, DataError

PATIENCE = 3.0
"""Seconds to wait for somebody to read a FIFO."""

_STEP = 0.05


class Outbox:
    """A file or FIFO at `path` that replies are added to, each once. Its methods wait; call them in a thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sent: set[str] = set()
        self._fifo: int | None = None
        self._half = False
        self._at = 0
        self._seen = (0, 0)

    def has(self, reply: str) -> bool:
        """Whether the reply of this id was sent, as far as was looked at."""
        return reply in self._sent

    def look(self) -> None:
        """Take in what was sent before; raises DataError where the file cannot be read."""
        try:
            if self._path.is_file():
                with self._path.open("rb") as file:
                    self._read(file)
        except OSError as error:
            raise DataError(self._path, None, error.strerror or "cannot be read") from None

    def write(self, reply: Reply) -> None:
        """Add a reply, unless it was; raises AssistError where it cannot be."""
        try:
            self._write(reply)
        except OSError as error:
            raise DataError(self._path, None, error.strerror or "cannot be written") from None

    def close(self) -> None:
        """Let go of the FIFO."""
        if self._fifo is not None:
            os.close(self._fifo)
            self._fifo = None

    def _write(self, reply: Reply) -> None:
        if self._fifo is not None or (self._path.exists() and stat.S_ISFIFO(self._path.stat().st_mode)):
            if reply.id not in self._sent:
                self._pass_on(_line(reply))
        else:
            self._append(reply)
        self._sent.add(reply.id)

    def _append(self, reply: Reply) -> None:
        # New for its owner alone: it holds what was said to customers.
        handle = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "ab+") as file:
            unended = self._read(file)
            if unended:
                file.write(b"\n")
            if reply.id not in self._sent:
                file.write(_line(reply))
            file.flush()
            os.fsync(handle)

    def _read(self, file: BinaryIO) -> bool:
        """Take in the ids of what was added since the last look; whether its last line has no end."""
        found = os.fstat(file.fileno())
        same = (found.st_dev, found.st_ino) == self._seen and found.st_size >= self._at
        self._seen = (found.st_dev, found.st_ino)
        file.seek(self._at if same else 0)
        last = b"\n"
        for last in file:
            with contextlib.suppress(ValueError, RecursionError):
                row = json.loads(last)
                if isinstance(row, dict) and isinstance(row.get("id"), str):
                    self._sent.add(row["id"])
        unended = not last.endswith(b"\n")
        self._at = file.tell() - (len(last) if unended else 0)
        return unended

    def _pass_on(self, line: bytes) -> None:
        """Write to the FIFO, which is kept open so that its reader does not take each reply for the last."""
        until = time.monotonic() + PATIENCE
        try:
            self._push(line, until)
        except BrokenPipeError:  # the reader has gone, perhaps to start again
            self.close()
            self._push(line, until)

    def _push(self, line: bytes, until: float) -> None:
        if self._fifo is None:
            self._fifo = self._trying(partial(os.open, self._path, os.O_WRONLY | os.O_NONBLOCK), until)
            self._half = False
        handle = self._fifo
        rest = (b"\n" if self._half else b"") + line
        while rest:
            written = self._trying(partial(os.write, handle, rest), until)
            rest = rest[written:]
            self._half = bool(rest)

    def _trying(self, act: Callable[[], int], until: float) -> int:
        """Do what may have to wait for the reader; raises AssistError where nobody has come by then."""
        while True:
            try:
                return act()
            except OSError as error:
                if error.errno not in {errno.ENXIO, errno.EAGAIN}:
                    raise
                if time.monotonic() > until:
                    problem = "nobody reads this FIFO; start the script that reads it, then send again"
                    raise AssistError(f"{self._path}: {problem}") from None
                time.sleep(_STEP)


def _line(reply: Reply) -> bytes:
    turn = reply.turn
    row = {
        "id": reply.id,
        "conversation": reply.conversation,
        "role": turn.role,
        "text": turn.text,
        "at": (turn.at or datetime.now(UTC)).isoformat(),
        "name": turn.name,
        "verdict": reply.verdict,
        "findings": list(reply.findings),
        "reason": reply.reason or None,
    }
    return json.dumps({key: value for key, value in row.items() if value is not None}).encode() + b"\n"

"""JSON lines in and out of files or FIFOs, so that a script of ten lines can connect any chat tool."""

import asyncio
import json
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from hashlib import blake2b
from pathlib import Path
from typing import Any

from assist.channels.channel import Arrival, Problem, Reply
from assist.channels.following import LONGEST, Followed, Line
from assist.channels.outbox import Outbox
from assist.conversation import refuse_unreadable, turn_of
from assist.errors import AssistError, DataError, did_you_mean

KEYS = ("conversation", "role", "text", "at", "name", "id", "title", "closed")
"""What a line of the inbox may have; further keys are left aside."""

NAME_LONGEST = 200
"""How many characters the name of a conversation or a message, or a title, may have."""


class Lines:
    """A channel of JSON lines: `inbox` is read, `outbox` is written to; either may be left out.

    A line of the inbox has `conversation`, `role` and `text`, and may have `at`, `name`, `id` and `title`; or
    `conversation` and `"closed": true`. The inbox need not exist yet, but its folder must: DataError otherwise.
    """

    def __init__(self, inbox: Path | None, outbox: Path | None) -> None:
        for path in filter(None, (inbox, outbox)):
            if not path.absolute().parent.is_dir():
                raise DataError(path, None, "its folder is not there")
        self._inbox = inbox
        self._followed = Followed(inbox) if inbox else None
        self._outbox = Outbox(outbox) if outbox else None
        self._sending = asyncio.Lock()
        self.name = f"the outbox {outbox}" if outbox else "no outbox"
        self.source = str(inbox or "")
        self.address = f"lines {inbox and inbox.resolve()} {outbox and outbox.resolve()}"

    async def arrivals(self) -> AsyncIterator[Arrival | Problem]:
        """What stands in the inbox and what is added to it, until `close`; a wrong line is told and passed over."""
        if self._inbox is None or self._followed is None:
            return
        if not self._inbox.exists():
            yield Problem(f"{self._inbox}: not there yet; waiting for it")
        if self._outbox:
            async with self._sending:
                await asyncio.to_thread(self._outbox.look)
        keys = _Keys()
        async with aclosing(self._followed.lines()) as lines:
            async for line in lines:
                if line.anew:
                    keys = _Keys(once=self._followed.fifo)
                if line.raw is None or line.raw.strip(b"\xef\xbb\xbf \t\r"):
                    yield self._arrival(line, keys)

    async def send(self, reply: Reply) -> str:
        """Add the reply to the outbox, where it does not stand there yet; its own id is its key.

        Raises AssistError where it cannot be written, or nobody reads the FIFO.
        """
        if self._outbox is None:
            raise AssistError("there is no outbox to send it to; start with --outbox FILE")
        async with self._sending:
            await asyncio.to_thread(self._outbox.write, reply)
        return reply.id

    async def close(self) -> None:
        """End the arrivals, and let go of the outbox."""
        if self._followed:
            self._followed.close()
        async with self._sending:
            if self._outbox:
                self._outbox.close()

    def _arrival(self, line: Line, keys: "_Keys") -> Arrival | Problem:
        try:
            row = _row(line)
            conversation = _name(row, "conversation")
            turn = turn_of(row) if "text" in row or not row.get("closed") else None
            given = _name(row, "id") if row.get("id") is not None else ""
            echo = given if self._outbox and turn and turn.role == "agent" and self._outbox.has(given) else ""
            key = keys.key(conversation, line.raw or b"", given, dated=bool(turn and turn.at))
            return Arrival(conversation, turn, key, _title(row), echo, closed=row.get("closed") is True)
        except AssistError as error:
            return Problem(f"{self._inbox}:{line.number}: {error}")


class _Keys:
    """Names for lines that bring none: the same when a file is read again, never the same for two of its lines.

    A line with a time is named by its words alone, so that it keeps its name in a file that was shortened or
    rewritten. One without is named by what came before it in its conversation as well: "ok" in a new file is another
    "ok". What comes `once`, out of a FIFO, is never named the same again.
    """

    def __init__(self, *, once: bool = False) -> None:
        self._start = uuid.uuid4().bytes if once else b""
        self._times: Counter[str] = Counter()
        self._before: dict[str, str] = {}

    def key(self, conversation: str, raw: bytes, given: str, *, dated: bool) -> str:
        if given:
            return given
        before = "" if dated else self._before.get(conversation, "")
        key = blake2b(b"\n".join((self._start, before.encode(), raw.strip())), digest_size=12).hexdigest()
        self._times[key] += 1
        if self._times[key] > 1:
            key = f"{key}-{self._times[key]}"
        if not dated:
            self._before[conversation] = key
        return key


def _row(line: Line) -> Mapping[str, Any]:
    if line.raw is None:
        raise AssistError(f"longer than {LONGEST:,} bytes")
    try:
        row = json.loads(line.raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise AssistError(f"not UTF-8, at byte {error.start + 1}") from None
    except (ValueError, RecursionError) as error:
        raise AssistError(f"not JSON: {error}") from None
    if not isinstance(row, dict):
        raise AssistError("a line must be an object with conversation, role and text")
    if "closed" in row and not isinstance(row["closed"], bool):
        raise AssistError(f"'closed' must be true or false, not {row['closed']!r:.40}")
    _refuse_missing(row)
    return row


def _refuse_missing(row: Mapping[str, Any]) -> None:
    """Name what is missing, by the key that may have been meant."""
    needed = ["conversation"] if row.get("closed") and "text" not in row else ["conversation", "role", "text"]
    missing = [key for key in needed if key not in row]
    if not missing:
        return
    for key in row:
        if key not in KEYS and (hint := did_you_mean(key, missing)):
            raise AssistError(f"unknown key {key[:NAME_LONGEST]!r}{hint}")
    raise AssistError(f"{missing[0]!r} is missing; a line has conversation, role and text")


def _name(row: Mapping[str, Any], key: str) -> str:
    value = row[key]
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value or len(value) > NAME_LONGEST or not value.isprintable():
        raise AssistError(f"{key!r} must be 1 to {NAME_LONGEST} characters that can be printed, not {value!r:.40}")
    return value


def _title(row: Mapping[str, Any]) -> str:
    title = row.get("title") or ""
    refuse_unreadable(title, "'title'")
    if row.get("name"):
        refuse_unreadable(row["name"], "'name'")
    return " ".join(title.split())[:NAME_LONGEST]

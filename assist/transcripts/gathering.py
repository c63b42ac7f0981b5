"""Messages that stand one by one, gathered into their conversations."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from assist.transcripts.origin import Unreadable
from assist.transcripts.transcript import Message, Transcript

OPEN = 50_000
"""How many messages are held at once; the conversation that was not heard of for longest goes first."""
REMEMBERED = 250_000
LONGEST = 50_000
"""How many messages a conversation may have."""


class Row(NamedTuple):
    """A message, the key of its conversation, and whatever its reader needs to tell the rest."""

    key: str
    message: Message
    source: str
    data: Any = None


class Recent:
    """Which keys have been met, of the last quarter of a million at least."""

    def __init__(self) -> None:
        self._new: set[int] = set()
        self._old: set[int] = set()

    def __contains__(self, key: object) -> bool:
        return hash(key) in self._new or hash(key) in self._old

    def add(self, key: object) -> None:
        """Remember one more."""
        if len(self._new) >= REMEMBERED:
            self._old, self._new = self._new, set()
        self._new.add(hash(key))


def gathered(rows: Iterable[Row | Unreadable], begun: Callable[[Row], Transcript]) -> Iterator[Transcript | Unreadable]:
    """The conversations of rows that need not stand together; `begun` makes an empty one of its first row.

    A row whose conversation was given already, tens of thousands of messages ago, is set aside.
    """
    open_rows: dict[str, list[Row]] = {}
    done = Recent()
    overlong: set[str] = set()
    held = 0
    for row in rows:
        if isinstance(row, Unreadable):
            yield row
            continue
        if row.key in overlong:
            continue
        found = open_rows.pop(row.key, [])
        if not found and row.key in done:
            yield Unreadable(row.source, f"stands too far from the rest of {row.key!r:.60}; sort by conversation")
            continue
        found.append(row)
        held += 1
        if len(found) > LONGEST:
            held -= len(found)
            overlong.add(row.key)
            yield Unreadable(found[0].source, f"{row.key!r:.60} has more than {LONGEST} messages")
            continue
        open_rows[row.key] = found
        if held > OPEN:
            for key in list(islice(open_rows, max(1, len(open_rows) // 4))):
                closed = open_rows.pop(key)
                held -= len(closed)
                done.add(key)
                yield _finished(closed, begun)
    for closed in open_rows.values():
        yield _finished(closed, begun)


def _finished(rows: list[Row], begun: Callable[[Row], Transcript]) -> Transcript:
    """A conversation of its rows, in the order of their times where all have one."""
    messages = [row.message for row in rows]
    if all(message.at for message in messages):
        messages.sort(key=lambda message: message.at.timestamp() if message.at else 0.0)
    return replace(begun(rows[0]), messages=tuple(messages))

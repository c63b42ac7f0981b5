"""The desk on disk: conversations, drafts to the last letter, what was sent and how it stood."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any

from assist.channels import Arrival, Reply
from assist.conversation import Turn
from assist.errors import AssistError, DataError

VERSION = 1
_TABLES = """
create table chats (
  id integer primary key, channel text not null, key text not null, title text not null default '',
  draft text not null default '', place integer not null default 0, read integer not null default 0,
  closed integer not null default 0, unique (channel, key)
);
create table turns (
  id integer primary key, chat integer not null references chats, key text not null,
  role text not null, text text not null, at real, name text, unique (chat, key)
);
create table replies (
  id text primary key, chat integer not null references chats, text text not null, at real not null,
  verdict text not null, reason text not null default '', sent integer not null default 0
);
create table marks (
  reply text not null references replies, kind text not null, name text not null, rule text not null default '',
  words text not null default ''
);
create table settings (name text primary key, value text not null);
create index marks_of on marks (reply);
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation as it was kept: its draft, where the cursor stood in it, and how many turns were read."""

    id: int
    key: str
    title: str
    draft: str
    place: int
    read: int
    closed: bool
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing about a reply: `kind` is left, mended or praised; `name` is the category or the act."""

    kind: str
    name: str
    rule: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply that was sent, and its marks."""

    text: str
    at: datetime
    verdict: str
    reason: str
    marks: tuple[Mark, ...]


class Journal:
    """One agent's file, for one running app at a time; every change is on disk when its method returns.

    The threads of the app may share it.
    It is readable by its owner alone. Raises AssistError where another app has it open, DataError where the file
    cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise DataError(path, None, error.strerror or "cannot be opened") from None
        self._file = sqlite3.connect(path, isolation_level=None, timeout=0.2, check_same_thread=False)
        self._lock = RLock()
        try:
            self._open()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise AssistError(
                    f"{path} is open in another terminal; close it there, or name another --desk"
                ) from None
            raise DataError(path, None, str(error)) from None
        except sqlite3.DatabaseError as error:
            raise DataError(path, None, f"not a desk of this app: {error}") from None

    def _open(self) -> None:
        # A lock that is never let go keeps a second app out, and is gone with the process however that ends.
        self._file.execute("pragma locking_mode = exclusive")
        self._file.execute("pragma journal_mode = wal")
        self._file.execute("pragma synchronous = normal")
        with self._at_once():
            (version,) = self._file.execute("pragma user_version").fetchone()
            if version == 0:
                for statement in filter(str.strip, _TABLES.split(";")):
                    self._file.execute(statement)
                self._file.execute(f"pragma user_version = {VERSION}")
            elif version != VERSION:
                raise DataError(self.path, None, f"made by another version of assist (desk {version}, not {VERSION})")

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        with self._lock:
            self._do("begin immediate")
            try:
                yield
            except BaseException:
                self._do("rollback")
                raise
            self._do("commit")

    def _do(self, statement: str, values: Iterable[Any] = ()) -> sqlite3.Cursor:
        with self._lock:
            return self._file.execute(statement, tuple(values))

    def chats(self, channel: str) -> list[Kept]:
        """The conversations of a channel that are not closed, or have a draft, the oldest first."""
        rows = self._do(
            "select id from chats where channel = ? and (not closed or draft <> '') order by id", (channel,)
        )
        return [self.chat(id_) for (id_,) in rows.fetchall()]

    def chat(self, id_: int) -> Kept:
        """A conversation as it was kept."""
        columns = "id, key, title, draft, place, read, closed"
        chat, key, title, draft, place, read, closed = self._do(
            f"select {columns} from chats where id = ?", (id_,)
        ).fetchone()
        return Kept(chat, key, title, draft, place, read, bool(closed), self._turns(chat))

    def _turns(self, chat: int) -> tuple[Turn, ...]:
        rows = self._do("select role, text, at, name from turns where chat = ? order by id", (chat,))
        return tuple(Turn(role, text, at and datetime.fromtimestamp(at, UTC), name) for role, text, at, name in rows)

    def open(self, channel: str, key: str, title: str = "") -> int:
        """The id of a conversation, which is begun where it is new."""
        row = self._do(
            "insert into chats (channel, key, title) values (?, ?, ?)"
            " on conflict (channel, key) do update set title = coalesce(nullif(excluded.title, ''), title)"
            " returning id",
            (channel, key, title),
        ).fetchone()
        return int(row[0])

    def add(self, chat: int, arrival: Arrival) -> bool:
        """Keep a turn that came in; False where it is known already, be it as our own reply come back."""
        turn = arrival.turn
        if turn is None:
            return False
        if arrival.echo:
            known = self._do("update turns set key = ? where chat = ? and key = ?", (arrival.key, chat, arrival.echo))
            if known.rowcount:
                return False
        return self._add(chat, arrival.key, turn)

    def _add(self, chat: int, key: str, turn: Turn) -> bool:
        row = (chat, key, turn.role, turn.text, turn.at and turn.at.timestamp(), turn.name)
        added = self._do("insert or ignore into turns (chat, key, role, text, at, name) values (?, ?, ?, ?, ?, ?)", row)
        return added.rowcount > 0

    def draft(self, chat: int, text: str, place: int = 0) -> None:
        """Keep a draft as it now stands, and where the cursor is in it."""
        self._do("update chats set draft = ?, place = ? where id = ?", (text, place, chat))

    def read(self, chat: int, turns: int) -> None:
        """Keep it that this many turns of a conversation have been seen."""
        self._do("update chats set read = ? where id = ?", (turns, chat))

    def number(self, channel: str) -> int:
        """How many conversations of a channel were ever begun."""
        (many,) = self._do("select count(*) from chats where channel = ?", (channel,)).fetchone()
        return int(many)

    def finish(self, chat: int, *, closed: bool = True) -> None:
        """Keep it that a conversation is over."""
        self._do("update chats set closed = ? where id = ?", (closed, chat))

    def sending(self, chat: int, reply: Reply, marks: Iterable[Mark]) -> None:
        """Keep a reply before it goes out, so that a crash meanwhile leaves a trace."""
        assert reply.turn.at is not None
        row = (reply.id, chat, reply.turn.text, reply.turn.at.timestamp(), reply.verdict, reply.reason)
        with self._at_once():
            self._do("insert into replies (id, chat, text, at, verdict, reason) values (?, ?, ?, ?, ?, ?)", row)
            for mark in marks:
                self._do(
                    "insert into marks (reply, kind, name, rule, words) values (?, ?, ?, ?, ?)",
                    (reply.id, mark.kind, mark.name, mark.rule, mark.words),
                )

    def sent(self, chat: int, reply: Reply, key: str) -> bool:
        """Keep it that a reply is out, and its draft done with; False where it has come back as a turn already."""
        with self._at_once():
            self._do("update replies set sent = 1 where id = ?", (reply.id,))
            self._do("update chats set draft = '', place = 0 where id = ? and draft = ?", (chat, reply.turn.text))
            return self._add(chat, key or reply.id, reply.turn)

    def failed(self, reply: Reply) -> None:
        """Forget a reply that did not go out; its draft is still there."""
        with self._at_once():
            self._do("delete from marks where reply = ?", (reply.id,))
            self._do("delete from replies where id = ?", (reply.id,))

    def unsure(self, chat: int) -> tuple[str, ...]:
        """Replies of which it is not known whether they went out, because the app ended while they did."""
        rows = self._do("select text from replies where chat = ? and not sent order by at", (chat,))
        return tuple(text for (text,) in rows)

    def settle(self, chat: int) -> None:
        """Forget such replies, once the agent has been told."""
        with self._at_once():
            self._do("delete from marks where reply in (select id from replies where chat = ? and not sent)", (chat,))
            self._do("delete from replies where chat = ? and not sent", (chat,))

    def setting(self, name: str) -> str:
        """What was last set by this name; "" where nothing was."""
        row = self._do("select value from settings where name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set(self, name: str, value: str) -> None:
        """Keep a setting of the app."""
        self._do("insert or replace into settings (name, value) values (?, ?)", (name, value))

    def replies(self, channels: Iterable[str] = ()) -> list[Sent]:
        """Everything that was sent over these channels, or over any, the oldest first."""
        names = json.dumps(list(channels))
        rows = self._do(
            "select replies.id, text, at, verdict, reason from replies join chats on chats.id = chat"
            " where sent and (? = '[]' or channel in (select value from json_each(?))) order by at",
            (names, names),
        ).fetchall()
        marks = self._do("select reply, kind, name, rule, words from marks").fetchall()
        of: dict[str, list[Mark]] = {}
        for reply, *mark in marks:
            of.setdefault(reply, []).append(Mark(*mark))
        return [
            Sent(text, datetime.fromtimestamp(at, UTC), verdict, reason, tuple(of.get(id, ())))
            for id, text, at, verdict, reason in rows  # noqa: A001
        ]

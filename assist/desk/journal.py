"""The desk on disk: conversations, drafts to the last letter, what was sent and how it stood."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from time import time
from typing import Any

from assist.channels import Arrival, Reply
from assist.conversation import Turn
from assist.errors import AssistError, DataError

VERSION = 2
_TABLES = """
create table chats (
  id integer primary key, channel text not null, key text not null, title text not null default '',
  draft text not null default '', place integer not null default 0, read integer not null default 0,
  closed integer not null default 0, touched real not null default 0, unique (channel, key)
);
create table turns (
  id integer primary key, chat integer not null references chats, key text not null,
  role text not null, text text not null, at real, name text, unique (chat, key)
);
create table replies (
  id text primary key, chat integer not null references chats, text text not null, at real not null,
  verdict text not null, reason text not null default '', sent integer not null default 0
);
create table notes (
  reply text not null references replies, kind text not null, name text not null, rule text not null default '',
  words text not null default ''
);
create table settings (name text primary key, value text not null);
create index notes_of on notes (reply);
"""
_FROM_1 = """
alter table chats add column touched real not null default 0;
update chats set touched = strftime('%s', 'now');
alter table marks rename to notes;
"""
"""What makes a desk of version 1 one of this version: its conversations count as touched today."""


@dataclass(frozen=True, slots=True)
class KeptChat:
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
class Note:
    """One thing about a reply: `kind` is left, mended or praised; `name` is the category or the act."""

    kind: str
    name: str
    rule: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class SentReply:
    """A reply that was sent, and its notes."""

    text: str
    at: datetime
    verdict: str
    reason: str
    notes: tuple[Note, ...]


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
        self._file.execute("pragma secure_delete = on")  # what is forgotten is not to be read in the file either
        with self._at_once():
            (version,) = self._file.execute("pragma user_version").fetchone()
            statements = {0: _TABLES, 1: _FROM_1, VERSION: ""}.get(version)
            if statements is None:
                raise DataError(self.path, None, f"made by another version of assist (desk {version}, not {VERSION})")
            for statement in filter(str.strip, statements.split(";")):
                self._file.execute(statement)
            self._file.execute(f"pragma user_version = {VERSION}")

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

    def _do(self, statement: str, values: Iterable[Any] = ()) -> list[Any]:
        """The rows that a statement gives. Raises DataError where the file cannot be read or written."""
        with self._lock:
            try:
                return self._file.execute(statement, tuple(values)).fetchall()
            except sqlite3.Error as error:
                raise DataError(self.path, None, f"cannot be kept: {error}") from None

    def chats(self, channel: str) -> list[KeptChat]:
        """The conversations of a channel that are not closed, or have a draft, the oldest first."""
        rows = self._do(
            "select id from chats where channel = ? and (not closed or draft <> ''"
            " or id in (select chat from replies where not sent)) order by id",
            (channel,),
        )
        return [self.chat(id_) for (id_,) in rows]

    def chat(self, id_: int) -> KeptChat:
        """A conversation as it was kept."""
        columns = "id, key, title, draft, place, read, closed"
        ((chat, key, title, draft, place, read, closed),) = self._do(
            f"select {columns} from chats where id = ?", (id_,)
        )
        return KeptChat(chat, key, title, draft, place, read, bool(closed), self._turns(chat))

    def _turns(self, chat: int) -> tuple[Turn, ...]:
        rows = self._do("select role, text, at, name from turns where chat = ? and role <> '' order by id", (chat,))
        return tuple(
            Turn(role, text, None if at is None else datetime.fromtimestamp(at, UTC), name)
            for role, text, at, name in rows
        )

    def open(self, channel: str, key: str, title: str = "") -> int:
        """The id of a conversation, which is begun where it is new."""
        ((id_,),) = self._do(
            "insert into chats (channel, key, title, touched) values (?, ?, ?, ?)"
            " on conflict (channel, key) do update set title = coalesce(nullif(excluded.title, ''), title)"
            " returning id",
            (channel, key, title, time()),
        )
        return int(id_)

    def add(self, chat: int, arrival: Arrival) -> bool:
        """Keep a turn that came in; False where it is known already, be it as our own reply come back."""
        turn = arrival.turn
        if turn is None:
            return False
        if arrival.echo:
            renamed = "update turns set key = ? where chat = ? and key = ? returning id"
            if self._do(renamed, (arrival.key, chat, arrival.echo)):
                return False
        return self._add(chat, arrival.key, turn)

    def _add(self, chat: int, key: str, turn: Turn) -> bool:
        row = (chat, key, turn.role, turn.text, turn.at and turn.at.timestamp(), turn.name)
        columns = "chat, key, role, text, at, name"
        new = self._do(f"insert or ignore into turns ({columns}) values (?, ?, ?, ?, ?, ?) returning id", row)
        if new:
            self._do("update chats set touched = ? where id = ?", (time(), chat))
        return bool(new)

    def draft(self, chat: int, text: str, place: int = 0) -> None:
        """Keep a draft as it now stands, and where the cursor is in it."""
        self._do("update chats set draft = ?, place = ?, touched = ? where id = ?", (text, place, time(), chat))

    def read(self, chat: int, turns: int) -> None:
        """Keep it that this many turns of a conversation have been seen."""
        self._do("update chats set read = ? where id = ?", (turns, chat))

    def number(self, channel: str) -> int:
        """How many conversations of a channel were ever begun."""
        ((many,),) = self._do("select count(*) from chats where channel = ?", (channel,))
        return int(many)

    def finish(self, chat: int, *, closed: bool = True) -> None:
        """Keep it that a conversation is over."""
        self._do("update chats set closed = ? where id = ?", (closed, chat))

    def sending(self, chat: int, reply: Reply, notes: Iterable[Note]) -> None:
        """Keep a reply before it goes out, in the place of its draft, so that a crash meanwhile leaves a trace."""
        assert reply.turn.at is not None
        row = (reply.id, chat, reply.turn.text, reply.turn.at.timestamp(), reply.verdict, reply.reason)
        with self._at_once():
            self._do("insert into replies (id, chat, text, at, verdict, reason) values (?, ?, ?, ?, ?, ?)", row)
            self._do("update chats set draft = '', place = 0 where id = ?", (chat,))
            for note in notes:
                self._do(
                    "insert into notes (reply, kind, name, rule, words) values (?, ?, ?, ?, ?)",
                    (reply.id, note.kind, note.name, note.rule, note.words),
                )

    def sent(self, chat: int, reply: Reply, key: str) -> bool:
        """Keep it that a reply is out; False where it has come back as a turn already."""
        with self._at_once():
            self._do("update replies set sent = 1 where id = ?", (reply.id,))
            return self._add(chat, key or reply.id, reply.turn)

    def failed(self, reply: Reply) -> None:
        """Forget a reply that did not go out; its draft is still there."""
        with self._at_once():
            self._do("delete from notes where reply = ?", (reply.id,))
            self._do("delete from replies where id = ?", (reply.id,))

    def unsure(self, chat: int) -> tuple[str, Turn] | None:
        """The reply, by its id, of which it is not known whether it went out, because the app ended while it did."""
        rows = self._do("select id, text, at from replies where chat = ? and not sent order by at desc", (chat,))
        if not rows:
            return None
        id_, text, at = rows[0]
        return id_, Turn("agent", text, datetime.fromtimestamp(at, UTC))

    def settle(self, chat: int) -> None:
        """Forget such a reply, once the agent has been told."""
        with self._at_once():
            self._do("delete from notes where reply in (select id from replies where chat = ? and not sent)", (chat,))
            self._do("delete from replies where chat = ? and not sent", (chat,))

    def forget(self, before: datetime) -> int:
        """Close conversations in which nothing was said or typed since a moment, and forget the words in them.

        Of each message its key stays, so that it is not new where a channel tells it again; of each reply what the
        mirror counts. A conversation with a draft, or with a reply of which it is not known whether it went out, is
        left as it is. Gives how many conversations were forgotten.
        """
        old = (
            "select id from chats where touched < ? and draft = ''"
            " and id not in (select chat from replies where not sent)"
            " and id in (select chat from turns where role <> '')"
        )
        with self._at_once():
            chats = self._do(old, (before.timestamp(),))
            for chat in chats:
                self._do("update turns set role = '', text = '', at = null, name = null where chat = ?", chat)
                self._do("update notes set words = '' where reply in (select id from replies where chat = ?)", chat)
                self._do("update replies set text = '', reason = '' where chat = ?", chat)
                self._do("update chats set title = '', read = 0, closed = 1 where id = ?", chat)
        return len(chats)

    def setting(self, name: str) -> str:
        """What was last set by this name; "" where nothing was."""
        rows = self._do("select value from settings where name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    def set(self, name: str, value: str) -> None:
        """Keep a setting of the app."""
        self._do("insert or replace into settings (name, value) values (?, ?)", (name, value))

    def replies(self) -> list[SentReply]:
        """Everything that was sent, the oldest first."""
        notes: dict[str, list[Note]] = {}
        for reply, *note in self._do("select reply, kind, name, rule, words from notes"):
            notes.setdefault(reply, []).append(Note(*note))
        rows = self._do("select id, text, at, verdict, reason from replies where sent order by at")
        return [
            SentReply(text, datetime.fromtimestamp(at, UTC), verdict, reason, tuple(notes.get(reply, ())))
            for reply, text, at, verdict, reason in rows
        ]

"""The desk's file: what it keeps, what it forgets, and a file of an earlier version."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assist import Turn
from assist.channels import Arrival, Reply
from assist.desk import Journal, Note, SentReply
from assist.desk.journal import VERSION

WORDS = "My name is Edda Quarrie and my kettle is broken"
VERSION_1 = """
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
insert into chats (channel, key, draft) values ('clipboard', 't1', 'I am so sor');
insert into replies (id, chat, text, at, verdict, sent) values ('r1', 1, 'Hello Edda.', 1772443800, 'send', 1);
insert into marks (reply, kind, name) values ('r1', 'praised', 'uses-name');
pragma user_version = 1;
"""


def _in_a_minute() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=1)


def _answered(journal: Journal, key: str) -> int:
    """A conversation in which the customer wrote and the agent answered."""
    chat = journal.open("clipboard", key, "Edda Quarrie")
    journal.add(chat, Arrival(key, Turn("customer", WORDS, name="Edda"), "m-1"))
    reply = Reply(f"r-{key}", key, Turn("agent", "So sorry, Edda Quarrie.", datetime.now(UTC)), "send", (), "as agreed")
    journal.sending(chat, reply, [Note("praised", "uses-name", words="Edda Quarrie")])
    journal.sent(chat, reply, "m-2")
    return chat


def test_words_of_a_conversation_that_is_long_over_are_nowhere_in_the_file_and_the_counts_stay(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    journal = Journal(path)
    _answered(journal, "t1")
    assert journal.forget(_in_a_minute()) == 1
    assert journal.chats("clipboard") == []
    (reply,) = journal.replies()
    assert reply == SentReply("", reply.at, "send", "", (Note("praised", "uses-name"),))
    assert journal.forget(_in_a_minute()) == 0
    journal.close()
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"Quarrie" not in left
    assert b"kettle" not in left


def test_a_message_that_was_forgotten_is_not_new_when_it_is_told_again_and_a_later_one_is(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "desk.sqlite")
    chat = _answered(journal, "t1")
    journal.forget(_in_a_minute())
    assert not journal.add(chat, Arrival("t1", Turn("customer", WORDS), "m-1"))
    assert journal.add(chat, Arrival("t1", Turn("customer", "It is broken again"), "m-3"))
    assert [turn.text for turn in journal.chat(chat).turns] == ["It is broken again"]
    journal.close()


def test_what_is_recent_has_a_draft_or_may_not_have_gone_out_is_never_forgotten(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "desk.sqlite")
    recent, drafted, unsure = (_answered(journal, key) for key in ("recent", "drafted", "unsure"))
    assert journal.forget(datetime.now(UTC) - timedelta(days=1)) == 0
    journal.draft(drafted, "I am so sor", 11)
    journal.sending(unsure, Reply("r9", "unsure", Turn("agent", "On its way.", datetime.now(UTC)), "send", (), ""), [])
    assert journal.forget(_in_a_minute()) == 1
    assert [bool(journal.chat(chat).turns) for chat in (recent, drafted, unsure)] == [False, True, True]
    journal.close()


def test_a_desk_of_the_first_version_opens_with_its_drafts_and_counts_and_nothing_in_it_is_old(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    old = sqlite3.connect(path)
    old.executescript(VERSION_1)
    old.close()
    journal = Journal(path)
    (chat,) = journal.chats("clipboard")
    assert chat.draft == "I am so sor"
    (reply,) = journal.replies()
    assert reply.notes == (Note("praised", "uses-name"),)
    assert journal.forget(datetime.now(UTC) - timedelta(days=1)) == 0
    journal.close()
    again = sqlite3.connect(path)
    assert again.execute("pragma user_version").fetchone() == (VERSION,)
    again.close()

"""A database of audits: SQLite, or PostgreSQL by its URL."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from assist.audit.audit import Audit
from assist.audit.difference import Change, Found, changes, found
from assist.audit.masking import digest, key
from assist.audit.records import Examination
from assist.audit.tables import CONVERSATIONS, FORGOTTEN, MESSAGES, NOTES, PARTITIONS, RUNS
from assist.errors import AssistError

Rows = list[dict[str, Any]]
LONGEST = 500
"""How long a key may be; of a longer one, a digest takes the place of the rest."""
_KEYS = frozenset({"id", "conversation", "customer"})
_STEPS = Path(__file__).parent / "migrations"


class Run(NamedTuple):
    """An audit in the store, by its number."""

    number: int
    finished: datetime
    lexicon: str
    conversations: int


class Store:
    """Audits in a database; open one with `opened`."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def load(self, audit: Audit) -> int:
        """Take an audit in; its number. One that is there already is not taken in again, and one half there goes on.

        Customers who were forgotten are left out.
        """
        run = self._run(audit)
        with self._engine.begin() as connection:
            loaded = set(connection.scalars(sa.select(PARTITIONS.c.name).where(PARTITIONS.c.run == run)))
            forgotten = set(connection.scalars(sa.select(FORGOTTEN.c.customer)))
        for name in audit.made.partitions:
            if name not in loaded:
                kept = [
                    one
                    for one in audit.partition(name)
                    if not one.audited.customer or digest(_key(one.audited.customer)) not in forgotten
                ]
                with self._engine.begin() as connection:
                    _insert(connection, run, kept)
                    connection.execute(sa.insert(PARTITIONS).values(run=run, name=name))
        with self._engine.begin() as connection:
            connection.execute(sa.update(RUNS).where(RUNS.c.run == run).values(complete=True))
        return run

    def runs(self) -> list[Run]:
        """The audits that are wholly there, in the order in which they came, with the conversations that are left."""
        left = (
            sa.select(sa.func.count())
            .select_from(CONVERSATIONS)
            .where(CONVERSATIONS.c.run == RUNS.c.run)
            .scalar_subquery()
        )
        query = sa.select(RUNS.c.run, RUNS.c.finished, RUNS.c.lexicon, left).where(RUNS.c.complete).order_by(RUNS.c.run)
        with self._engine.connect() as connection:
            return [Run(*row) for row in connection.execute(query)]

    def difference(self, before: int, after: int) -> list[Change]:
        """What changed from one audit to another, in the conversations that both have.

        Raises AssistError for an audit that is not there.
        """
        known = {run.number for run in self.runs()}
        for number in (before, after):
            if number not in known:
                there = ", ".join(map(str, sorted(known))) or "none"
                raise AssistError(f"no audit {number} in the store; there are: {there}")
        with self._engine.connect() as connection:
            one, other = (_found(connection, *pair) for pair in ((before, after), (after, before)))
        return changes(one, other)

    def forget(self, customer: str) -> int:
        """Delete all that is kept of a customer, in every audit, and never take it in again; how many conversations.

        `customer` is the key as the export has it.
        """
        kept = _key(key(customer))
        with self._engine.begin() as connection:
            known = digest(kept)
            if connection.scalar(sa.select(FORGOTTEN).where(FORGOTTEN.c.customer == known)) is None:
                connection.execute(sa.insert(FORGOTTEN).values(customer=known))
            return _delete(connection, CONVERSATIONS.c.customer == kept)

    def expire(self, before: datetime) -> int:
        """Delete conversations that ended before then, or, without any time, were audited before then; how many."""
        audited = sa.select(RUNS.c.finished).where(RUNS.c.run == CONVERSATIONS.c.run).scalar_subquery()
        ended = sa.func.coalesce(CONVERSATIONS.c.closed, CONVERSATIONS.c.opened, audited)
        with self._engine.begin() as connection:
            return _delete(connection, ended < before)

    def _run(self, audit: Audit) -> int:
        made = audit.made
        known = digest(made.lexicon, made.zone, *made.partitions)
        columns = ("finished", "lexicon", "zone", "inputs", "conversations", "messages", "set_aside")
        with self._engine.begin() as connection:
            run = connection.scalar(sa.select(RUNS.c.run).where(RUNS.c.key == known))
            if run is None:
                told = {name: getattr(made, name) for name in columns}
                row = sa.insert(RUNS).values(key=known, complete=False, **told)
                run = connection.execute(row).inserted_primary_key[0]  # type: ignore[index]  # there is one after an insert
            return int(run)


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """The store behind a URL such as `sqlite:///audit.db` or `postgresql://…`, its tables brought up to date.

    Raises AssistError, without the password, for one that cannot be opened or used.
    """
    try:
        shown = sa.make_url(url).render_as_string(hide_password=True)
        engine = sa.create_engine(url)
    except ModuleNotFoundError as error:
        raise AssistError(f"--db: {error.name} is not installed; pip install 'assist[postgres]'") from None
    except sa.exc.ArgumentError:
        raise AssistError("--db: write a URL such as sqlite:///audit.db or postgresql://user@host/name") from None
    try:
        _bring_up(engine)
        yield Store(engine)
    except sa.exc.DBAPIError as error:
        raise AssistError(f"{shown}: {' '.join(str(error.orig).split())}") from None
    finally:
        engine.dispose()


def _bring_up(engine: sa.Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _insert(connection: sa.Connection, run: int, examined: Sequence[Examination]) -> None:
    conversations: Rows = []
    messages: Rows = []
    notes: Rows = []
    for one in examined:
        row = asdict(one.audited)
        of = {"run": run, "conversation": _key(one.audited.id)}
        messages += (of | _plain(said) for said in row.pop("messages"))
        conversations.append({"run": run} | _plain(row))
        notes += (of | {"place": place} | _plain(asdict(note)) for place, note in enumerate(one.noted))
    for table, rows in ((CONVERSATIONS, conversations), (MESSAGES, messages), (NOTES, notes)):
        if rows:
            connection.execute(sa.insert(table), rows)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """As databases take it: lists of what JSON has, words without NUL, keys no longer than an index takes."""
    return {name: _key(value) if name in _KEYS else _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, tuple):
        return msgspec.to_builtins(value)
    return value.replace("\0", "") if isinstance(value, str) else value


def _key(words: str) -> str:
    plain = words.replace("\0", "")
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}… {digest(plain)}"


def _found(connection: sa.Connection, run: int, other: int) -> Found:
    """What each rule found in one audit, by the ids of the notes, in the conversations that the other has too."""
    both = sa.select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.run == other)
    query = sa.select(NOTES.c.rule, NOTES.c.category, NOTES.c.id).where(
        NOTES.c.run == run, NOTES.c.conversation.in_(both)
    )
    return found((rule, category, name) for rule, category, name in connection.execute(query))


def _delete(connection: sa.Connection, which: sa.ColumnElement[bool]) -> int:
    """Delete conversations, and first all that hangs on them."""
    for table in (MESSAGES, NOTES):
        whose = sa.exists().where(CONVERSATIONS.c.run == table.c.run, CONVERSATIONS.c.id == table.c.conversation, which)
        connection.execute(sa.delete(table).where(whose))
    return connection.execute(sa.delete(CONVERSATIONS).where(which)).rowcount

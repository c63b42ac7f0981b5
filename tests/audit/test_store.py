"""Audits in a database, on SQLite and on a real PostgreSQL."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from assist.audit.audit import Audit
from assist.audit.masking import key
from assist.audit.store import Store, opened
from assist.audit.tables import CONVERSATIONS, MESSAGES, METADATA, NOTES
from assist.errors import AssistError
from tests.audit import postgres
from tests.audit.exports import rows
from tests.audit.runs import audited, without_policy

NUMBER = 20
ANN = "ann.lee@example.com"


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty chats, every other one of Ann's."""
    path = tmp_path_factory.mktemp("export") / "chats.jsonl"
    lines = [row | {"customer": ANN if place % 2 else f"c{place}"} for place, row in enumerate(rows(NUMBER))]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def audit(export: Path, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    return audited(export, tmp_path_factory.mktemp("audit"))[0]


@pytest.fixture(scope="module")
def changed(export: Path, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    return audited(export, tmp_path_factory.mktemp("changed"), opening=without_policy)[0]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if lacking := postgres.lacking():
        pytest.skip(lacking)
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'audit.db'}"
        return
    url = str(request.getfixturevalue("server"))
    yield url
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        METADATA.drop_all(connection)
        connection.execute(sa.text("DROP TABLE alembic_version"))
    engine.dispose()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with opened(url) as store:
        yield store


def count(url: str, table: sa.Table) -> int:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        number = connection.scalar(sa.select(sa.func.count()).select_from(table))
    engine.dispose()
    return number or 0


def test_a_run_loaded_twice_counts_once(store: Store, url: str, audit: Audit) -> None:
    assert store.load(audit) == store.load(audit)
    assert [run.conversations for run in store.runs()] == [NUMBER]
    assert count(url, MESSAGES) == 3 * NUMBER
    assert count(url, NOTES) == len(list(audit.notes()))


def test_what_is_loaded_is_what_was_audited(store: Store, url: str, audit: Audit) -> None:
    store.load(audit)
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        read = connection.execute(sa.select(CONVERSATIONS).where(CONVERSATIONS.c.id == "chat-0")).one()
        said = connection.execute(
            sa.select(MESSAGES).where(MESSAGES.c.conversation == "chat-0").order_by(MESSAGES.c.number)
        ).all()
    engine.dispose()
    one = next(audit.conversations())
    assert (read.opened, read.customer, tuple(read.agents), read.complaint) == (
        one.opened, one.customer, one.agents, one.complaint,
    )  # fmt: skip
    assert [(row.text, row.at, row.waited) for row in said] == [(row.text, row.at, row.waited) for row in one.messages]


def test_hostile_keys_are_kept_and_found_again(store: Store, tmp_path: Path) -> None:
    long = "é" * 9000
    (row,) = rows(1)
    line = json.dumps(row | {"id": long[:1000], "customer": long + "x", "topic": "a\0b", "queue": "\0"})
    (tmp_path / "odd.jsonl").write_text(line, encoding="utf-8")
    store.load(audited(tmp_path / "odd.jsonl", tmp_path / "odd")[0])
    assert store.forget(long + "x") == 1


def test_a_second_lexicon_shows_what_it_changed_rule_by_rule(store: Store, audit: Audit, changed: Audit) -> None:
    before, after = store.load(audit), store.load(changed)
    changes = {change.rule: change for change in store.difference(before, after)}
    walls = {note.rule for note in audit.notes() if note.category == "policy-wall"}
    assert walls
    for rule in walls:
        assert (changes[rule].after, changes[rule].gone) == (0, changes[rule].before)
    assert all(change.gone == change.new == 0 for rule, change in changes.items() if rule not in walls)


def test_an_unknown_run_names_those_there_are(store: Store, audit: Audit) -> None:
    run = store.load(audit)
    with pytest.raises(AssistError, match=f"no audit 99 in the store; there are: {run}"):
        store.difference(run, 99)


def test_a_customer_is_forgotten_in_every_run_and_does_not_come_back(
    store: Store, url: str, audit: Audit, changed: Audit
) -> None:
    store.load(audit)
    assert store.forget(ANN) == NUMBER // 2
    assert store.forget(ANN) == 0
    store.load(audit)
    store.load(changed)
    assert [run.conversations for run in store.runs()] == [NUMBER // 2, NUMBER // 2]
    assert count(url, MESSAGES) == 3 * NUMBER
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        assert key(ANN) not in set(connection.scalars(sa.select(CONVERSATIONS.c.customer)))
        assert not set(connection.scalars(sa.select(NOTES.c.conversation))) & {"chat-1", "chat-3"}
    engine.dispose()


def test_what_is_older_than_the_days_kept_goes(store: Store, url: str, audit: Audit) -> None:
    store.load(audit)
    closed = sorted(one.closed for one in audit.conversations() if one.closed)
    assert store.expire(closed[5]) == 5
    assert store.expire(closed[5]) == 0
    assert count(url, MESSAGES) == 3 * (NUMBER - 5)
    assert store.expire(datetime.now(UTC) + timedelta(days=1)) == NUMBER - 5


@pytest.mark.usefixtures("store")
def test_the_migrations_make_just_the_tables_that_the_store_uses(url: str) -> None:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_a_store_that_cannot_be_opened_says_why_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(AssistError, match="unable to open database file"), opened(f"sqlite:///{tmp_path}/no/a.db"):
        pass
    with pytest.raises(AssistError, match="write a URL such as"), opened("audit.db"):
        pass
    with pytest.raises(AssistError) as raised, opened("postgresql://me:secret@127.0.0.1:1/none"):
        pass
    assert "secret" not in str(raised.value)

"""Every figure against a second computation: SQL over a store, written from the words of the definitions."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import cast

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from assist.audit.audit import ENDING, PARTITIONS, Audit, Made, write
from assist.audit.figures import DEFINITIONS, Figure, Hours, Split, Terms, figures
from assist.audit.figures.hours import WEEKDAYS
from assist.audit.partition import batches, examined
from assist.audit.records import Examination
from assist.audit.store import opened
from assist.transcripts.transcript import Medium, Message, Speaker, Transcript
from assist.workbench import Workbench
from tests.audit import postgres
from tests.audit.house import transcripts
from tests.audit.sums import CASES, CLOSES, OPENS, Sum, Sums
from tests.audit.talks import ten
from tests.audit.test_laws import AGENTS, CUSTOMERS

SPLITS: tuple[tuple[Split, ...], ...] = (
    (), ("agent",), ("week",), ("team",), ("medium",), ("topic",), ("agent", "week"),
)  # fmt: skip
ODD = 300
MEDIA: tuple[Medium, ...] = ("chat", "mail", "voice", "")
CUSTOMERS_TOO = (
    "My order number is 48812 and it never came.",
    "That won't do. I'm furious.",
    "ok, it's all sorted now",
)
AGENTS_TOO = (
    "Could you give me your order number, please?",
    "I will write to you by 9am.",
    "I've just sent a new one.",
)
WEEKDAY_HOURS = Hours.of(dict.fromkeys(WEEKDAYS[:5], f"{OPENS}:00-{CLOSES}:00"), "UTC")


def odd(number: int, dice: Random) -> Transcript:
    """A conversation that lacks something, or has too much of it."""
    at = datetime(2025, 2, 24, 9, 30, tzinfo=UTC) + timedelta(hours=dice.randrange(24 * 28))
    timed, backwards = dice.random() < 0.8, dice.random() < 0.1
    roles = dice.choice(("customer agent", "customer agent agent", "customer", "bot customer agent", "system unknown"))
    names = dice.choice((("Tom",), ("Tom", "Priya"), ("Tom", "Priya", ""), ("",)))
    start, messages = at, []
    for _ in range(dice.randrange(9)):
        role = cast("Speaker", dice.choice(roles.split()))
        note = dice.random() < (0.1 if number % 25 else 1)
        words = dice.choice((*CUSTOMERS, *CUSTOMERS_TOO) if role == "customer" else (*AGENTS, *AGENTS_TOO))
        by = dice.choice(names) if role == "agent" else ""
        messages.append(Message(role, words, at if timed and dice.random() < 0.9 else None, by, note))
        at += timedelta(seconds=dice.choice((5, 30, 31, 120, 121, 900, 40_000, 130_000)) * (-1 if backwards else 1))
    return Transcript(
        f"odd-{number}",
        tuple(messages),
        dice.choice(MEDIA),
        customer=dice.choice(("", f"c-{dice.randrange(30)}")),
        team=dice.choice(("North", "South", "")),
        topic=dice.choice(("parcel", "")),
        opened=dice.choice((None, None, start - timedelta(seconds=20), start + timedelta(seconds=20))),
        closed=dice.choice((None, None, at + timedelta(minutes=5), start - timedelta(days=1))),
        solved=dice.choice((None, None, True, False)),
        handed_on=dice.choice((None, None, 0, 2)),
        rating=dice.choice((None, 0.0, 0.25, 0.5, 0.75, 1.0)),
    )


@pytest.fixture(scope="module")
def told() -> list[Transcript]:
    """The ten, the made-up house, and hundreds that are odd; two of them exactly seven days apart."""
    dice = Random(11)
    start = datetime(2025, 4, 7, 9, tzinfo=UTC)
    week = [
        Transcript(f"week-{days}-{seconds}", (Message("customer", "Hi again"),), customer=f"w-{seconds}", opened=at)
        for seconds in (0, 1)
        for days, at in ((0, start), (7, start + timedelta(days=7, seconds=seconds)))
    ]
    twice = [Transcript(f"twice-{name}", (), customer="t", opened=start) for name in "ab"]
    return [*ten(), *transcripts(), *(odd(number, dice) for number in range(ODD)), *week, *twice]


@pytest.fixture(scope="module")
def audit(told: list[Transcript], bench: Workbench, tmp_path_factory: pytest.TempPathFactory) -> Audit:
    folder = tmp_path_factory.mktemp("sums")
    (folder / PARTITIONS).mkdir()
    names = []
    for number, batch in enumerate(batches(told)):
        names.append(f"{number:06}")
        rows = examined(batch, bench.session)
        pq.write_table(pa.Table.from_batches([rows]), folder / PARTITIONS / f"{names[-1]}{ENDING}")
    made = Made(
        finished=datetime(2025, 5, 1, tzinfo=UTC),
        inputs=("made.jsonl",),
        lexicon="x",
        zone="UTC",
        conversations=len(told),
        messages=sum(len(one.messages) for one in told),
        set_aside=0,
        partitions=tuple(names),
    )
    write(folder, made)
    return Audit.load(folder)


@pytest.fixture(scope="module")
def held(audit: Audit) -> list[Examination]:
    return list(audit.examinations())


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, audit: Audit) -> Iterator[str]:
    """A store of each kind with the audit in it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('store') / 'audit.db'}"
        with opened(url) as store:
            store.load(audit)
        yield url
        return
    if lacking := postgres.lacking():
        pytest.skip(lacking)
    with postgres.server() as url:
        with opened(url) as store:
            store.load(audit)
        yield url


@pytest.fixture
def connection(url: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def sums(connection: sa.Connection, told: list[Transcript]) -> Sums:
    return Sums(connection, stated(told))


def stated(told: list[Transcript]) -> list[tuple[str, datetime | None, datetime | None]]:
    return [(one.id, one.opened, one.closed) for one in told]


def differences(sums: Sums, found: list[Figure], by: tuple[Split, ...]) -> Iterator[str]:
    """Where the two disagree, and what only one of them has."""
    counted = {(one.definition.id, one.group, one.label): one for one in found}
    for name in {one.definition.id: None for one in found}:
        for (group, label), sum_ in sums.figure(name, by).items():
            one = counted.pop((name, group, label), None)
            if one is None:
                yield f"{name} {group} {label}: SQL alone has {sum_}"
            elif not same(one, sum_):
                yield f"{name} {group} {label}: {one} is not {sum_}"
    yield from (f"{key}: SQL has none" for key in counted)


def same(one: Figure, other: Sum) -> bool:
    """Whether they agree, to the microsecond where they are times.

    How many cases were inferred is not compared for marks in replies, which SQL takes one by one.
    """
    read = one.definition.unit == "per 100 replies" or one.inferred == other.inferred
    counts = (one.denominator, one.conversations, one.left_out) == other[2:5]
    return read and counts and (one.value, one.numerator) == pytest.approx(other[:2], abs=1e-6)


@pytest.mark.parametrize("by", SPLITS, ids=lambda by: "-".join(by) or "whole")
def test_every_figure_is_what_sql_makes_of_its_definition(
    sums: Sums, held: list[Examination], by: tuple[Split, ...]
) -> None:
    assert list(CASES) == [one.id for one in DEFINITIONS]
    assert list(differences(sums, figures(held, by=by), by)) == []


def test_times_in_opening_hours_are_what_sql_makes_of_them(
    connection: sa.Connection, told: list[Transcript], held: list[Examination]
) -> None:
    timed = [one.id for one in DEFINITIONS if one.timed]
    open_hours = Sums(connection, stated(told), open_hours=True)
    for by in SPLITS[:3]:
        found = figures(held, Terms(hours=WEEKDAY_HOURS), by, timed)
        assert list(differences(open_hours, found, by)) == []


def test_replies_are_counted_as_the_page_of_figures_defines_them(sums: Sums, held: list[Examination]) -> None:
    assert sums.replies() == {one.audited.id: one.audited.replies for one in held if one.audited.replies}


def test_complaints_are_the_customers_or_admitted_by_an_apology(sums: Sums, held: list[Examination]) -> None:
    """Which apology admits a failure only reading tells."""
    complained, apologised = sums.complaints()
    complaints = {one.audited.id for one in held if one.audited.complaint}
    assert complained <= complaints <= complained | apologised


def test_what_is_compared_holds_what_is_odd(held: list[Examination]) -> None:
    """No times, no agents, clocks that run backwards, several agents, notes alone."""
    doubts = {doubt for one in held for doubt in one.audited.doubts}
    wanted = {
        "no times",
        "the clock goes backwards",
        "several agents",
        "some agents not named",
        "only notes and system lines",
    }
    assert wanted | {"empty", "bots alone replied", "closed before it was opened", "some times missing"} <= doubts
    told = {one.definition.id for one in figures(held) if one.numerator and not one.label}
    assert told >= {one.id for one in DEFINITIONS}

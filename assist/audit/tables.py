"""The tables of a store, in SQLite or PostgreSQL; `migrations` makes them."""

from datetime import UTC, datetime

import sqlalchemy as sa


class Moment(sa.TypeDecorator[datetime]):
    """A time in UTC, also where the database keeps none of the zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """As it is kept."""
        return value if value is None or dialect.name != "sqlite" else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """As it is read."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


METADATA = sa.MetaData()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _yes(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _list(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON, nullable=False)


RUNS = sa.Table(
    "runs",
    METADATA,
    sa.Column("run", sa.Integer, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("finished", Moment, nullable=False),
    _text("lexicon"),
    _text("zone"),
    _list("inputs"),
    _count("conversations"),
    _count("messages"),
    _count("set_aside"),
    _yes("complete"),
)
"""Each audit once, under a key of what was audited and by what; `complete` when all of it is loaded."""
PARTITIONS = sa.Table(
    "partitions",
    METADATA,
    sa.Column("run", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
)
"""What is loaded; written with it."""
CONVERSATIONS = sa.Table(
    "conversations",
    METADATA,
    sa.Column("run", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    *map(_text, ("source", "medium")),
    sa.Column("customer", sa.Text, nullable=False, index=True),
    *map(_text, ("team", "topic")),
    _list("agents"),
    sa.Column("opened", Moment),
    sa.Column("closed", Moment),
    _text("week"),
    *map(
        _count,
        "customer_messages agent_messages bot_messages system_messages unknown_messages notes replies".split(),
    ),
    sa.Column("first_response", sa.Double),
    sa.Column("solved", sa.Boolean),
    sa.Column("inferred_solved", sa.Boolean),
    sa.Column("handed_on", sa.Integer),
    _count("inferred_handovers"),
    _yes("escalated"),
    sa.Column("rating", sa.Double),
    _text("stage"),
    *map(_yes, "complaint upset_at_start upset_at_close leaving at_risk apology_due".split()),
    sa.Column("apology_reply", sa.Integer),
    *map(_yes, ("taken_up", "timeline_given")),
    _count("repeat_requests"),
    *map(_list, "unanswered promises remedies doubts".split()),
)
"""The fields of `Audited`."""
MESSAGES = sa.Table(
    "messages",
    METADATA,
    sa.Column("run", sa.Integer, primary_key=True),
    sa.Column("conversation", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    *map(_text, ("role", "text")),
    sa.Column("at", Moment),
    _text("agent"),
    _yes("note"),
    sa.Column("reply", sa.Integer),
    sa.Column("waited", sa.Double),
    _list("acts"),
)
"""The fields of `Said`."""
NOTES = sa.Table(
    "notes",
    METADATA,
    sa.Column("run", sa.Integer, primary_key=True),
    sa.Column("conversation", sa.Text, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, index=True),
    *map(_count, ("number", "reply")),
    _text("agent"),
    sa.Column("at", Moment),
    *map(_text, "kind category rule severity".split()),
    *map(_count, ("start", "end")),
    _text("words"),
    sa.Column("timing", sa.Text),
    sa.Column("confidence", sa.Double, nullable=False),
    _yes("meant"),
)
"""The fields of `Noted`; `place` counts them in their conversation."""
FORGOTTEN = sa.Table("forgotten", METADATA, sa.Column("customer", sa.Text, primary_key=True))
"""Digests of the customers who are not to be loaded again."""

"""Every figure once more, in SQL over the tables of a store, written from the words of `docs/figures.md` alone.

What only reading can tell, such as whether words apologise, is taken from the store; everything that is counted,
timed, joined or ordered is worked out here again. The queries run on SQLite and on PostgreSQL.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from assist.audit.figures import Split, definition

Group = tuple[str, ...]
Stated = tuple[str, datetime | None, datetime | None]
DAY = 86_400
OPENS, CLOSES = 10, 18
"""When the house is open that some times are counted for, from Monday to Friday, in UTC."""


class Sum(NamedTuple):
    """What SQL makes of a figure in one group: what was counted, out of how much, and how many conversations tell."""

    value: float | None
    numerator: float
    denominator: float
    conversations: int
    left_out: int
    inferred: int


# What the two databases say differently: seconds since 1970, the ISO week, and the items of a JSON list.
_SPEECH: Mapping[str, Mapping[str, str]] = {
    "sqlite": {
        "seconds": "CAST(strftime('%s', {0}) AS REAL) + CAST(substr({0}, 20) AS REAL)",
        "week": "strftime('%Y', {0}, 'unixepoch', '-3 days', 'weekday 4') || '-W' || substr('0' || CAST("
        "(strftime('%j', {0}, 'unixepoch', '-3 days', 'weekday 4') - 1) / 7 + 1 AS INTEGER), -2)",
        "items": "json_each({0}) AS item",
        "words": "CAST(item.value ->> '{0}' AS TEXT)",
        "item": "item.value",
        "moment": "strftime('%s', {0})",
    },
    "postgresql": {
        "seconds": "CAST(EXTRACT(EPOCH FROM {0}) AS DOUBLE PRECISION)",
        "week": "to_char(to_timestamp({0}) AT TIME ZONE 'UTC', 'IYYY-\"W\"IW')",
        "items": "json_array_elements({0}) AS item(value)",
        "words": "item.value ->> '{0}'",
        "item": "item.value #>> '{{}}'",
        "moment": "EXTRACT(EPOCH FROM CAST({0} AS TIMESTAMPTZ))",
    },
}

_TABLES = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


def _talks(value: str, among: str = "1 = 1", inferred: str = "1") -> str:
    """A row for each conversation among those that count, with a value of 0 or 1."""
    return (
        f"SELECT id AS conversation, NULL AS agent, '' AS label, {value} AS value, 1 AS out_of, {inferred} AS inferred "
        f"FROM dated WHERE {among}"
    )


def _times(kind: str, value: str = "seconds", among: str = "1 = 1", inferred: str = "0") -> str:
    return (
        f"SELECT conversation, wait.agent AS agent, '' AS label, {value} AS value, 1 AS out_of, {inferred} AS inferred "
        f"FROM counted AS wait JOIN dated ON id = conversation WHERE kind = '{kind}' AND {among}"
    )


def _promised(value: str, among: str = "1 = 1") -> str:
    return (
        f"SELECT conversation, agent, '' AS label, {value} AS value, 1 AS out_of, 1 AS inferred "
        f"FROM promise WHERE {among}"
    )


def _per_reply(rows: str) -> str:
    """Rows of (conversation, agent, label), each of which counts one, out of all replies."""
    return (
        "SELECT conversation, agent, '' AS label, 0 AS value, 1 AS out_of, 0 AS inferred FROM replied "
        f"UNION ALL SELECT conversation, agent, '', 1, 0, 0 FROM ({rows}) AS whole "
        f"UNION ALL SELECT conversation, agent, label, 1, 0, 0 FROM ({rows}) AS part WHERE label <> ''"
    )


_REPLIED = "id IN (SELECT conversation FROM replied)"
_DUE = "id IN (SELECT conversation FROM due)"
_WROTE = "id IN (SELECT conversation FROM asked)"
_FINDINGS = "SELECT conversation, agent, {} AS label FROM mark WHERE kind = 'finding'"
_LIMITED = "medium IN ('chat', 'voice')"

CASES: Mapping[str, str] = {
    "contacts": _talks("1", inferred="0"),
    "resolution": _talks("solved", "solved IS NOT NULL", "CASE WHEN said_solved IS NULL THEN 1 ELSE 0 END"),
    "first-contact-resolution": _talks(
        "CASE WHEN solved = 1 AND COALESCE(handed_on, inferred_handovers) = 0 AND escalated = 0"
        " AND id NOT IN (SELECT earlier FROM pair) THEN 1 ELSE 0 END",
        "solved IS NOT NULL AND id NOT IN (SELECT later FROM pair)",
    ),
    "escalations": _talks("escalated", _REPLIED),
    "transfers": _talks(
        "COALESCE(handed_on, inferred_handovers)",
        f"({_REPLIED} OR handed_on IS NOT NULL)",
        "CASE WHEN handed_on IS NULL THEN 1 ELSE 0 END",
    ),
    "repeat-contacts": _talks(
        "CASE WHEN id IN (SELECT later FROM pair) THEN 1 ELSE 0 END", "customer <> '' AND opened IS NOT NULL", "0"
    ),
    "first-response-median": _times("first"),
    "first-response-p90": _times("first"),
    "first-response-in-time": _times("first", "CASE WHEN seconds <= 30 THEN 1 ELSE 0 END", _LIMITED),
    "response-median": _times("each"),
    "response-p90": _times("each"),
    "resolution-time-median": _times("end", inferred="CASE WHEN said_solved IS NULL THEN 1 ELSE 0 END"),
    "resolution-time-p90": _times("end", inferred="CASE WHEN said_solved IS NULL THEN 1 ELSE 0 END"),
    "complaints": _talks("complaint", _WROTE),
    "apologies": _talks("CASE WHEN id IN (SELECT conversation FROM due WHERE apology > 0) THEN 1 ELSE 0 END", _DUE),
    "apologies-at-once": _talks(
        "CASE WHEN id IN (SELECT conversation FROM due WHERE apology = 1) THEN 1 ELSE 0 END", _DUE
    ),
    "apologies-taken-up": _talks("taken_up", "id IN (SELECT conversation FROM due WHERE apology > 0)"),
    "dypii-first": _talks(
        "CASE WHEN id IN (SELECT conversation FROM mark WHERE timing = 'before-apology') THEN 1 ELSE 0 END", _DUE
    ),
    "won-back": _talks(
        "CASE WHEN id IN (SELECT conversation FROM upset_last) THEN 0 ELSE 1 END",
        f"id IN (SELECT conversation FROM upset_first) AND {_REPLIED}",
    ),
    "told-twice": _talks(
        "CASE WHEN id IN (SELECT conversation FROM mark WHERE category = 'repeat-request') THEN 1 ELSE 0 END", _REPLIED
    ),
    "timelines": _talks("timeline_given", f"solved = 0 AND {_REPLIED}"),
    "promises": _per_reply("SELECT conversation, agent, '' AS label FROM promise"),
    "promises-timed": _promised("CASE WHEN term <> '' THEN 1 ELSE 0 END"),
    "promises-kept": _promised("CASE WHEN kept IN ('1', 'true') THEN 1 ELSE 0 END"),
    "promises-open": _promised("CASE WHEN kept IN ('1', 'true') THEN 0 ELSE 1 END"),
    "promises-overdue": _promised(
        "CASE WHEN kept NOT IN ('1', 'true') AND due < (SELECT closed FROM talk WHERE id = conversation)"
        " THEN 1 ELSE 0 END",
        "due IS NOT NULL",
    ),
    "remedies": _per_reply("SELECT conversation, agent, kind AS label FROM remedy"),
    "unanswered": _talks("unanswered", _WROTE),
    "praise": _per_reply(
        "SELECT DISTINCT conversation, agent, reply, category AS label FROM mark WHERE kind = 'praise'"
    ),
    "clean-replies": "SELECT conversation, agent, '' AS label, CASE WHEN EXISTS (SELECT 1 FROM mark"
    " WHERE mark.conversation = replied.conversation AND mark.reply = replied.reply"
    " AND severity IN ('error', 'warning')) THEN 0 ELSE 1 END AS value, 1 AS out_of, 1 AS inferred FROM replied",
    "findings": _per_reply(_FINDINGS.format("category")),
    "findings-by-rule": _per_reply(_FINDINGS.format("rule")),
    "csat": _talks("CASE WHEN rating >= 0.75 THEN 1 ELSE 0 END", "rating IS NOT NULL", "0"),
    "rating": _talks("rating", "rating IS NOT NULL", "0"),
}
"""Of each figure a row for each case: whose it is (NULL: of all who replied), the part of it, and value out of."""

_CALENDAR = "SELECT kind, conversation, agent, ended - begun AS seconds FROM wait"
# Day 0, the first of January 1970, was a Thursday. The rest of a division is written out: psycopg wants % for itself.
_OPEN_HOURS = f"""
WITH RECURSIVE day(number) AS (
  SELECT CAST(MIN(begun) AS INTEGER) / {DAY} - 1 FROM wait
  UNION ALL SELECT number + 1 FROM day WHERE number * {DAY} <= (SELECT MAX(ended) FROM wait)
)
SELECT wait.kind, wait.conversation, wait.agent, COALESCE(SUM(
  CASE WHEN ended < number * {DAY} + {CLOSES * 3600} THEN ended ELSE number * {DAY} + {CLOSES * 3600} END
  - CASE WHEN begun > number * {DAY} + {OPENS * 3600} THEN begun ELSE number * {DAY} + {OPENS * 3600} END), 0)
  AS seconds
FROM wait LEFT JOIN day ON number + 3 - (number + 3) / 7 * 7 < 5
  AND ended > number * {DAY} + {OPENS * 3600} AND begun < number * {DAY} + {CLOSES * 3600}
GROUP BY wait.kind, wait.conversation, wait.place, wait.agent
"""
_REPLIES = """
SELECT conversation, SUM(CASE WHEN role = 'agent' AND (
    before IS NULL OR before <> 'agent' OR medium = 'mail' OR agent <> agent_before OR at - at_before > 120
  ) THEN 1 ELSE 0 END)
FROM (
  SELECT conversation, role, agent, at, LAG(role) OVER turns AS before, LAG(agent) OVER turns AS agent_before,
    LAG(at) OVER turns AS at_before
  FROM said WHERE role IN ('customer', 'agent', 'bot') WINDOW turns AS (PARTITION BY conversation ORDER BY number)
) AS turn JOIN talk ON id = conversation
GROUP BY conversation
"""
_WHOSE = "JOIN whose ON whose.conversation = cases.conversation AND (cases.agent IS NULL OR cases.agent = whose.agent)"
_COLUMNS: Mapping[Split, str] = {
    "agent": "whose.agent",
    "team": "team",
    "medium": "medium",
    "week": "week",
    "topic": "topic",
}


class Sums:
    """The one run in a store as SQL counts it; `stated` are ids with what their export says of opening and close.

    With `open_hours`, times are counted from Monday to Friday between 10 and 18.
    """

    def __init__(self, connection: sa.Connection, stated: Iterable[Stated] = (), *, open_hours: bool = False) -> None:
        self._connection = connection
        self._run("CREATE TEMP TABLE stated (id TEXT, opened DOUBLE PRECISION, closed DOUBLE PRECISION)")
        rows = [
            {"id": name, "opened": opened and opened.timestamp(), "closed": closed and closed.timestamp()}
            for name, opened, closed in stated
        ]
        if rows:
            connection.execute(sa.insert(sa.table("stated", *map(sa.column, ("id", "opened", "closed")))), rows)
        for statement in _spoken(_TABLES, _SPEECH[connection.dialect.name]).split(";\n"):
            if statement.strip():
                self._run(statement)
        self._run(f"CREATE TEMP TABLE counted AS {_OPEN_HOURS if open_hours else _CALENDAR}")

    def replies(self) -> dict[str, int]:
        """How many replies each conversation has, by who spoke when."""
        return {name: int(many) for name, many in self._run(_REPLIES) if many}

    def complaints(self) -> tuple[set[str], set[str]]:
        """The conversations whose customer complained, and those in which an agent apologised."""
        complained, sorry = (self._run(f"SELECT conversation FROM {table}") for table in ("complained", "sorry"))
        return {name for (name,) in complained}, {name for (name,) in sorry}

    def figure(self, name: str, by: Sequence[Split] = ()) -> dict[tuple[Group, str], Sum]:
        """A figure by group and part."""
        found = self._rows(CASES[name], by)
        sums: dict[tuple[Group, str], Sum] = {}
        for (group, _), (conversations, *_) in self._rows(CASES["contacts"], by).items():
            whole = found.get((group, ""), [0] * 7)
            for label, row in [(part, row) for (other, part), row in found.items() if other == group] or [("", whole)]:
                sums[group, label] = _sum(name, row, whole, conversations)
        return sums

    def _rows(self, cases: str, by: Sequence[Split]) -> dict[tuple[Group, str], list[float]]:
        """By group and part: conversations, value, out of, inferred, median, nine in ten, mean."""
        names = [f"by_{split}" for split in by]
        keys = ", ".join([*names, "label"])
        columns = "".join(f", {_COLUMNS[split]} AS by_{split}" for split in by)
        whose = _WHOSE if "agent" in by else ""
        placed = f"SELECT cases.*{columns} FROM ({cases}) AS cases JOIN dated ON dated.id = cases.conversation {whose}"
        return {
            (tuple(row[: len(by)]), row[len(by)]): [float(cell) for cell in row[len(by) + 1 :]]
            for row in self._run(
                f"SELECT {keys}, COUNT(DISTINCT conversation), SUM(value), SUM(out_of), SUM(inferred),"
                " AVG(CASE WHEN place IN ((many + 1) / 2, (many + 2) / 2) THEN value END),"
                " MIN(CASE WHEN 10 * place >= 9 * many THEN value END), AVG(value) FROM ("
                f"SELECT placed.*, ROW_NUMBER() OVER (PARTITION BY {keys} ORDER BY value) AS place,"
                f" COUNT(*) OVER (PARTITION BY {keys}) AS many FROM ({placed}) AS placed) AS ranked GROUP BY {keys}"
            )
        }

    def _run(self, statement: str) -> list[Any]:
        found = self._connection.exec_driver_sql(statement)
        return list(found) if found.returns_rows else []


def _sum(name: str, row: Sequence[float], whole: Sequence[float], conversations: float) -> Sum:
    unit, middle = definition(name).unit, definition(name).middle
    told, value, _, inferred, median, nine_in_ten, mean = row
    of = whole[2]
    if not of:
        return Sum(None, value, of, int(told), int(conversations - whole[0]), int(inferred))
    ratio = value if unit == "count" else value / of * (100 if unit == "per 100 replies" else 1)
    shown = {"ratio": ratio, "median": median, "p90": nine_in_ten, "mean": mean}[middle]
    return Sum(shown, value, of, int(told), int(conversations - whole[0]), int(inferred))


def _spoken(statements: str, speech: Mapping[str, str]) -> str:
    """With what is in brackets as the database says it."""
    return re.sub(r"\[(\w+):([^]]*)\]", lambda found: speech[found[1]].format(found[2]), statements)

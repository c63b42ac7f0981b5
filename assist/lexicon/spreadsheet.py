"""A table of wordings, as a spreadsheet writes it (CSV), read into sketches of entries."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from assist import csvfile
from assist.errors import DataError
from assist.lexicon.sketch import (
    LEVELS,
    MARKS,
    Gathered,
    Sketch,
    category_of,
    plain,
    refused,
    sample,
    several_sentences,
)

ROWS = 20_000
WORDING_LENGTH = 1_000

HEADINGS: Mapping[str, str] = {
    "phrase": "phrase phrases wording wordings word words term terms expression sentence text avoid banned bad "
    "flagged do_not_say dont_say never_say not_to_say what_not_to_say say_not banned_phrase bad_phrase forbidden",
    "category": "category categories type kind group class theme topic label",
    "why": "why reason reasons explanation rationale because note notes comment comments description",
    "instead": "instead say_instead do_say say replacement replacements alternative alternatives better suggestion "
    "suggestions preferred use use_instead what_to_say rewrite good better_wording",
    "severity": "severity level priority weight importance",
    "flags": "flags example examples bad_example flagged_example",
    "passes": "passes pass allowed fine near_miss near_misses good_example counter_example",
}
_FIELD = {heading: name for name, headings in HEADINGS.items() for heading in headings.split()}

SEVERITIES: Mapping[str, str] = {
    **{level: level for level in LEVELS},
    **dict.fromkeys("critical severe high major block blocker stop red".split(), "error"),
    **dict.fromkeys("warn medium moderate mid amber yellow".split(), "warning"),
    **dict.fromkeys("info hint low minor notice advice green suggest".split(), "suggestion"),
    **dict.fromkeys("none disabled".split(), "off"),
}

_COLON = re.compile(r":(?=\s|$)")
_QUOTES = re.compile(r"[\"“”„«»]|^['‘](?=.*['’]$)|(?<=\w)['’]$")
_BY_WORDS = re.compile(r"[^A-Z.!?]\S*(?:\s\S+){0,4}(?<![.!?])")


class _Row(NamedTuple):
    """One row: the line that it ends on, and its cells by field."""

    line: int
    cells: Mapping[str, Sequence[str]]

    def first(self, name: str) -> str:
        return plain(next(iter(self.cells.get(name, ())), ""))


@dataclass
class _Group:
    """The rows that become one entry."""

    row: _Row
    severity: str
    phrases: list[str] = field(default_factory=list)
    flags: dict[str, None] = field(default_factory=dict)
    passes: dict[str, None] = field(default_factory=dict)
    instead: dict[str, None] = field(default_factory=dict)
    marked: bool = False


def read(path: Path, default: str) -> Gathered:
    """The wordings of a CSV file: those of one category, one reason and one severity make an entry.

    Columns are known by their headings, in any order. `default` is the category of rows that give none; where that
    is empty, it is to do. Raises DataError for what is no such table.
    """
    gathered = Gathered()
    groups: dict[tuple[str, ...], _Group] = {}
    seen: dict[tuple[str, str], int] = {}
    for row in _rows(path, gathered):
        wording, place = _wording(row.first("phrase")), f"{path}:{row.line}"
        if problem := _problem(wording):
            gathered.leave_out(place, wording, problem)
            continue
        key = (row.first("category").casefold(), wording.casefold())
        if key in seen:
            gathered.leave_out(place, wording, f"it stands in line {seen[key]} already")
            continue
        seen[key] = row.line
        group = groups.setdefault(_key(row), _Group(row, row.first("severity")))
        for problem in _note(group, row, wording):
            gathered.leave_out(place, wording, problem)
    gathered.sketches += [_sketch(group, path, default) for group in groups.values()]
    return gathered


def _rows(path: Path, gathered: Gathered) -> Iterator[_Row]:
    filled = ((line, cells) for line, cells in csvfile.rows(path) if any(map(str.strip, cells)))
    fields: list[str] = []
    for number, (line, cells) in enumerate(filled):
        if number == 0:
            fields = _fields(path, line, cells, gathered)
        elif number > ROWS:
            raise DataError(path, line, f"more than {ROWS:,} rows")
        elif any(map(str.strip, cells[len(fields) :])):
            why = "it has more cells than the heading; a wording with a comma goes in quotation marks"
            gathered.leave_out(f"{path}:{line}", " ".join(cells), why)
        else:
            yield _row(line, fields, cells)
    if not fields:
        raise DataError(path, None, "is empty")


def _fields(path: Path, line: int, headings: Sequence[str], gathered: Gathered) -> list[str]:
    """The field of each column; empty for one that is not known."""
    fields: list[str] = []
    for heading in headings:
        name = _FIELD.get(re.sub(r"[^a-z]+", "_", heading.lower().replace("'", "").replace("’", "")).strip("_"), "")
        if name in {"phrase", "category", "why", "severity"} and name in fields:
            name = ""
        if not name and heading.strip():
            gathered.leave_out(f"{path}:{line}", heading, "no such column is known")
        fields.append(name)
    if "phrase" not in fields:
        found = ", ".join(plain(heading) for heading in headings)
        raise DataError(path, line, f"no column is called 'phrase'; the first row has {found:.200}")
    return fields


def _row(line: int, fields: Sequence[str], cells: Sequence[str]) -> _Row:
    found: dict[str, list[str]] = {}
    for name, cell in zip(fields, cells, strict=False):
        if cell.strip():
            found.setdefault(name, []).append(cell)
    return _Row(line, found)


def _key(row: _Row) -> tuple[str, ...]:
    """What rows of one entry have in common; without a reason, also what to say instead."""
    names = ("category", "why", "severity") if row.first("why") else ("category", "instead", "severity")
    return (*(row.first(name).casefold() for name in names), str(bool(row.first("why"))))


def _wording(cell: str) -> str:
    """A wording without the marks around it that no phrase looks at."""
    bare = _QUOTES.sub("", cell).strip()
    return bare if "<" in bare else _COLON.sub("", bare)


def _problem(wording: str) -> str:
    if not wording:
        return "it has no wording"
    return several_sentences(wording) or refused(wording)


def _note(group: _Group, row: _Row, wording: str) -> Iterator[str]:
    """Take a row into its group; what of it cannot be taken."""
    marked = bool(MARKS.search(wording))
    group.marked |= marked
    group.phrases.append(wording)
    group.flags[sample(wording) if marked else wording] = None
    for name, kept in (("flags", group.flags), ("passes", group.passes), ("instead", group.instead)):
        for words in _several(row.cells.get(name, ())):
            if len(words) > WORDING_LENGTH:
                yield f"under {name!r} it has more than {WORDING_LENGTH:,} characters; the rest was imported"
            else:
                kept[words] = None


def _several(cells: Sequence[str]) -> list[str]:
    """The wordings of cells that may hold several, each on its line or between bars."""
    return [words for cell in cells for part in re.split(r"[\n|]", cell) if (words := plain(part))]


def _sketch(group: _Group, path: Path, default: str) -> Sketch:
    row = group.row
    category, choose = category_of(row.first("category"), default)
    todo = {"category": choose} if choose else {}
    severity = SEVERITIES.get(group.severity.lower(), "")
    if group.severity and not severity:
        todo["category"] = "; ".join(filter(None, [choose, f"no severity is called {group.severity!r:.60}"]))
    if group.marked:
        todo["phrases"] = "marks such as { and … were read as the phrase language; do they say what was meant?"
    words = bool(group.instead) and all(_BY_WORDS.fullmatch(wording) for wording in group.instead)
    return Sketch(
        name=" ".join(next(iter(group.flags)).split()[:6]),
        place=f"{path.name}:{row.line}",
        category=category,
        phrases=tuple(group.phrases),
        flags=tuple(group.flags),
        passes=tuple(group.passes),
        why=row.first("why"),
        instead=tuple(group.instead),
        severity=severity,
        replace="words" if words else "sentence",
        todo=todo,
    )

"""Strict YAML: every value a string, a list or a mapping, with the line it stands on.

Plain YAML reads `no` as False, `12:30` as 750 and keeps the last of two equal keys without a
word, which would be fatal for a list of phrases. Here scalars stay as written, and duplicate keys,
aliases, anchors and tags are refused.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assist.errors import DataError

LIMIT = 8_000_000
DEPTH = 20

Place = tuple[str | int, ...]

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class YamlFile:
    """A YAML file read: `data` is its content, `line(...)` the line of any part of it.

    Raises DataError where the file cannot be read, is larger than 8 MB, or is not the YAML
    described above.
    """

    def __init__(self, path: Path, text: str | None = None) -> None:
        self.path = path
        self._lines: dict[Place, int] = {}
        text = (read_text(path) if text is None else text).removeprefix("\ufeff")
        try:
            events = iter(yaml.parse(text, Loader=_Loader))
            self.data: Any = self._document(events)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else None
            raise DataError(path, line, f"not YAML: {_plainly(error.problem or 'unreadable')}") from None
        except yaml.YAMLError as error:
            raise DataError(path, None, f"not YAML: {str(error).splitlines()[0]}") from None

    def line(self, *place: str | int) -> int:
        """The line of the value at `place` (keys and indices), or of the nearest thing around it."""
        for length in range(len(place), -1, -1):
            if place[:length] in self._lines:
                return self._lines[place[:length]]
        return 1

    def error(self, problem: str, *place: str | int) -> DataError:
        """A DataError that points at `place`."""
        return DataError(self.path, self.line(*place), problem)

    def _document(self, events: Iterator[yaml.Event]) -> Any:  # noqa: ANN401
        data = None
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                data = self._value(event, events, ())
            elif isinstance(event, yaml.DocumentStartEvent) and self._lines:
                raise DataError(self.path, _line(event), "a second document; keep one a file")
        return data

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> Any:  # noqa: ANN401
        line = _line(event)
        self._lines.setdefault(place, line)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise DataError(self.path, line, "YAML anchors and aliases are refused; write it out")
        if tag := getattr(event, "tag", None):
            raise DataError(self.path, line, f"the YAML tag {tag!r} is refused")
        if len(place) > DEPTH:
            raise DataError(self.path, line, f"nested more than {DEPTH} deep")
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, place)
        return self._mapping(events, place)

    def _sequence(self, events: Iterator[yaml.Event], place: Place) -> list[Any]:
        found: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self._value(event, events, (*place, len(found))))
        return found

    def _mapping(self, events: Iterator[yaml.Event], place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                raise DataError(self.path, line, "a key must be a plain word")
            key = event.value
            if key in found:
                raise DataError(self.path, line, f"{key!r} stands here twice")
            self._lines[(*place, key)] = line
            found[key] = self._value(next(events), events, (*place, key))
        return found


def _plainly(problem: str) -> str:
    """What the parser says, with what it mostly comes from."""
    if "start any token" in problem:
        return f"{problem}; a tab? indent with spaces"
    if "mapping values" in problem:
        return f"{problem}; put words with a colon in quotation marks"
    return problem


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def read_text(path: Path) -> str:
    """The text of a file of at most 8 MB in UTF-8, as it stands; raises DataError where it is neither."""
    try:
        if path.stat().st_size > LIMIT:
            raise DataError(path, None, f"larger than {LIMIT // 1_000_000} MB")
        return decoded(path.read_bytes(), path)
    except OSError as error:
        raise DataError(path, None, error.strerror or "cannot be read") from None


def decoded(data: bytes, name: Path | str) -> str:
    """The text of what was read from `name`; raises DataError where it is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DataError(name, None, f"not UTF-8 text (byte {error.start}); save it as UTF-8") from None

"""Transcripts for tests: the ten in `conversations.yaml`, and short ones from lines."""

import re
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, cast

import yaml

from assist.transcripts.transcript import Message, Speaker, Transcript

_LINE = re.compile(r"(?:(\d\d:\d\d:\d\d) )?(\w+)(?: \((.+?)\))?: (.*)", re.DOTALL)


def message(line: str, day: date = date(2025, 3, 3)) -> Message:
    """A message from a line such as `09:00:20 agent (Priya): Good morning!`."""
    match = _LINE.fullmatch(line)
    assert match, line
    at = datetime.combine(day, time.fromisoformat(match[1]), UTC) if match[1] else None
    note = match[2] == "note"
    role = cast("Speaker", "agent" if note else match[2])
    return Message(role, match[4], at, match[3] or "", note)


def talk(*lines: str, id: str = "t", **told: Any) -> Transcript:  # noqa: A002, ANN401
    """A transcript from lines, and what its export tells of it."""
    return Transcript(id, tuple(message(line) for line in lines), **told)


def ten() -> list[Transcript]:
    """The ten conversations, in the order of the file."""
    file = Path(__file__).with_name("conversations.yaml")
    return [_transcript(name, row) for name, row in yaml.safe_load(file.read_text(encoding="utf-8")).items()]


def _transcript(name: str, row: dict[str, Any]) -> Transcript:
    day, opened = row.pop("day"), row.pop("opened", None)
    messages = tuple(message(line, day) for line in row.pop("said"))
    at = datetime.combine(day, time.fromisoformat(opened), UTC) if opened else None
    return Transcript(name, messages, opened=at, **row)

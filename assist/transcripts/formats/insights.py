"""Google's conversational insights: `{"entries": [{"text", "role", "user_id"}]}`, a file each."""

from collections.abc import Iterator
from typing import Any

import msgspec

from assist.transcripts.moments import MICRO, When, moment
from assist.transcripts.origin import Origin
from assist.transcripts.shapes import Id, each
from assist.transcripts.transcript import Message, Transcript


class Entry(msgspec.Struct):
    """A message."""

    text: str = ""
    role: str = ""
    user_id: Id = None
    start_timestamp_usec: When = None


class Category(msgspec.Struct):
    """What it is about."""

    display_name: str | None = None


class About(msgspec.Struct):
    """What is known of the whole."""

    categories: list[Category] = []


class Talk(msgspec.Struct):
    """A conversation."""

    entries: list[Entry]
    conversation_info: About | None = None


def looks_like(value: Any) -> bool:  # noqa: ANN401
    """Whether it has entries with role and text."""
    entries = value.get("entries") if isinstance(value, dict) else None
    if not isinstance(entries, list) or not entries:
        return isinstance(entries, list) and "conversation_info" in value
    return isinstance(entries[0], dict) and (
        not entries[0] or bool({"role", "start_timestamp_usec"} & entries[0].keys())
    )


def _transcripts(talk: Talk, source: str, origin: Origin) -> Iterator[Transcript]:
    about = talk.conversation_info or About()
    yield Transcript(
        id=source,
        messages=tuple(
            Message(
                origin.roles.of(entry.role, _name(entry)),
                entry.text,
                moment(entry.start_timestamp_usec, MICRO),
                _name(entry),
            )
            for entry in talk.entries
            if entry.text
        ),
        topic=", ".join(category.display_name for category in about.categories if category.display_name),
        customer=next((_name(entry) for entry in talk.entries if entry.role in {"CUSTOMER", "END_USER"}), ""),
        source=source,
    )


def _name(entry: Entry) -> str:
    return "" if entry.user_id is None else str(entry.user_id)


read = each(Talk, _transcripts)

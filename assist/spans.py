"""Spans of a text and edits to it."""

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Code points `start` up to but not including `end` of some text."""

    start: int
    end: int


class Edit(NamedTuple):
    """Put `text` in the place of `span`; an empty span inserts."""

    span: Span
    text: str


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in order of place, without those that overlap an earlier one.

    Of two that begin together the longer stays.
    """
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.span.start, -edit.span.end)):
        last = kept[-1].span if kept else None
        if last is None or edit.span.start >= last.end:
            kept.append(edit)
    return kept


def apply(text: str, edits: Iterable[Edit]) -> str:
    """`text` with the edits made; where two overlap, the first to begin is made."""
    pieces: list[str] = []
    at = 0
    for span, words in apart(edits):
        pieces += [text[at : span.start], words]
        at = span.end
    pieces.append(text[at:])
    return "".join(pieces)

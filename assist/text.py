"""A text as it was typed, a plainer form of it, and the way back from one to the other."""

import unicodedata
from array import array
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from typing import TypeVar

Found = TypeVar("Found")

_PLAIN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u02bc": "'",
        "`": "'", "\u00b4": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u00ab": '"', "\u00bb": '"', "\u2033": '"',
        "\u2010": "-", "\u2011": "-", "\u2212": "-", "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u3000": " ",
        "\u2028": "\n", "\u2029": "\n", "\u0085": "\n",
    }
)  # fmt: skip
MESSAGES_REMEMBERED = 4_096
"""Of how many messages it is remembered what they hold: half of what people send has been sent before."""
SHORT, LONG_REMEMBERED = 1_000, 32
"""Longer messages hardly ever come twice, but for what is looked at again at once; so few of them are remembered."""
MARKS = 30
"""How many combining marks are taken with their letter, as in Unicode's stream-safe form; sorting more takes long."""

_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f")


class Text:
    """`original` as typed, and `plain`: straight quotes, composed letters, nothing invisible.

    Every code point of `plain` knows the code points of `original` that it stands for.
    """

    __slots__ = ("_starts", "original", "plain")

    def __init__(self, original: str) -> None:
        self.original = original
        self._starts: array[int] | None = None
        if original.isascii():
            self.plain = original.replace("`", "'")
            return
        plain = original.translate(_PLAIN)
        if _UNSEEN.isdisjoint(plain) and _is_composed(plain):
            self.plain = plain
            return
        pieces: list[str] = []
        starts = array("l")
        for at, piece in _composed(plain):
            pieces.append(piece)
            starts.extend([at] * len(piece))
        self.plain = "".join(pieces)
        starts.append(len(original))
        self._starts = starts

    def start(self, at: int) -> int:
        """Where the code point `at` of the plain form begins in the original."""
        return at if self._starts is None else self._starts[at]

    def end(self, at: int) -> int:
        """Where what comes before `at` of the plain form ends in the original."""
        if self._starts is None:
            return at
        if at == 0:
            return 0
        last = self._starts[at - 1]
        while self._starts[at] == last:
            at += 1
        end = self._starts[at]
        while end > last + 1 and self.original[end - 1] in _UNSEEN:
            end -= 1
        return end


def _is_composed(text: str) -> bool:
    """Whether it is in composed form; one with marks of its own is put there bit by bit."""
    return not any(map(unicodedata.combining, set(text))) and unicodedata.is_normalized("NFKC", text)


def _composed(text: str) -> Iterator[tuple[int, str]]:
    """Each letter with its combining marks, composed and in compatible form; its place in `text`."""
    at = 0
    while at < len(text):
        end = at + 1
        most = min(len(text), end + MARKS)
        while end < most and (unicodedata.combining(text[end]) or text[end] in _UNSEEN):
            end += 1
        cluster = "".join(mark for mark in text[at:end] if mark not in _UNSEEN)
        piece = unicodedata.normalize("NFKC", cluster).translate(_PLAIN)
        if piece:
            yield at, piece
        at = end


def remembered(read: Callable[[str], Found]) -> Callable[[str], Found]:
    """`read`, which makes something of a message, with what it made of the last few thousand of them kept."""
    short, long = lru_cache(MESSAGES_REMEMBERED)(read), lru_cache(LONG_REMEMBERED)(read)

    @wraps(read)
    def recall(message: str) -> Found:
        return short(message) if len(message) <= SHORT else long(message)

    return recall

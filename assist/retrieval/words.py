"""The words of a text as they are compared: stems, and their letters three by three, so that a slip costs little."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from Stemmer import Stemmer

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’`")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
CHUNK = 45
"""How many words are read together."""
MOST = 12
"""How many such pieces are read."""


@cache
def _stemmer() -> "Stemmer":
    from Stemmer import Stemmer  # deferred: help does without

    return Stemmer("english")


def words(text: str) -> list[str]:
    """The words of a text in lower case; "don't" is one word."""
    return _WORD.findall(text.lower().translate(_APOSTROPHES))


def stems(text: str) -> list[str]:
    """The stem of each word."""
    return list(_stemmer().stemWords(words(text)))


def features(text: str) -> list[str]:
    """The stems of a text, and three letters at a time of each, with the ends of the word marked."""
    made: list[str] = []
    for stem in stems(text):
        framed = f"_{stem}_"
        made.append(stem)
        made.extend(f"#{framed[at : at + 3]}" for at in range(len(framed) - 2))
    return made


def chunks(text: str) -> list[str]:
    """A text in whole sentences together, each piece short enough to be read to its end; the first of them."""
    made: list[str] = []
    for part in _SENTENCE_END.split(text.strip()):
        found = part.split()
        for start in range(0, len(found), CHUNK):
            piece = " ".join(found[start : start + CHUNK])
            if made and len(made[-1].split()) + len(piece.split()) <= CHUNK:
                made[-1] = f"{made[-1]} {piece}"
            else:
                made.append(piece)
    return made[:MOST] or [text]

"""Words from outside made safe to print: no draft, id or lexicon can drive the terminal."""

import unicodedata

JOINER = "\u200d"
"""Holds the parts of one emoji together; it moves nothing."""


def clean(words: str, keep: str = "") -> str:
    """The words with a dot for each control character, but for those in `keep`; any kind of space is a space."""
    return "".join(_shown(letter, keep) for letter in words)


def _shown(letter: str, keep: str) -> str:
    if letter.isprintable() or letter in keep or letter == JOINER:
        return letter
    return " " if unicodedata.category(letter) == "Zs" else "·"

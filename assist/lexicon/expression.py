"""Simple regular expressions written out: every wording that one stands for, in plain words."""

import re
from collections.abc import Iterable

from assist.errors import AssistError

MANY = 64
"""How many wordings one expression may stand for."""

LENGTH = 1_200
DEPTH = 8
LETTERS = 6

_MEANS = {
    ".": "any letter",
    "*": "any number of times",
    "+": "once or more often",
    "{": "a number of times",
    "^": "the start of a line",
    "$": "the end of a line",
    ")": "the end of a group that was never opened",
}


def wordings(expression: str) -> tuple[str, ...]:
    """Every wording that an expression finds, where those are few and can be listed.

    Literal words, groups, alternatives, `?`, sets of a few letters, spaces and word edges are understood.
    Raises AssistError, with the reason, for everything beyond.
    """
    if len(expression) > LENGTH:
        raise AssistError(f"it is longer than {LENGTH:,} characters")
    reader = _Reader(expression.removeprefix("(?i)"))
    found = reader.choice(0)
    if reader.at < len(reader.text):
        raise _beyond(reader.text[reader.at])
    return tuple(dict.fromkeys(" ".join(wording.split()) for wording in found))


class _Reader:
    """An expression being read, letter by letter; each method gives the wordings of what it reads."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def take(self, letters: str) -> str:
        """The next letter, gone past, where it is one of these."""
        found = self.peek()
        if not found or found not in letters:
            return ""
        self.at += 1
        return found

    def choice(self, depth: int) -> list[str]:
        """Alternatives, up to the end of the group or of all."""
        if depth > DEPTH:
            raise AssistError(f"its groups are nested more than {DEPTH} deep")
        found = self.sequence(depth)
        while self.take("|"):
            found = _few([*found, *self.sequence(depth)])
        return found

    def sequence(self, depth: int) -> list[str]:
        found = [""]
        while self.peek() and self.peek() not in "|)":
            parts = self.repeated(self.atom(depth))
            if len(found) * len(parts) > MANY:
                raise _too_many()
            found = [before + part for before in found for part in parts]
        return found

    def repeated(self, parts: list[str]) -> list[str]:
        """Parts with the mark after them: any spaces are a space, and `?` makes optional."""
        if parts == [" "] and (mark := self.take("+*")):
            return [" ", ""] if mark == "*" else parts
        if self.take("?"):
            self.take("?")
            parts = _few([*parts, ""])
        if self.peek() and self.peek() in "*+{":
            raise _beyond(self.peek())
        return parts

    def atom(self, depth: int) -> list[str]:
        """The wordings of one letter, one group or one set of letters."""
        letter = self.peek()
        self.at += 1
        if letter == "(":
            return self.group(depth)
        if letter == "[":
            return self.letters()
        if letter == "\\":
            return self.escaped()
        if letter in _MEANS:
            raise _beyond(letter)
        return [letter]

    def group(self, depth: int) -> list[str]:
        if self.take("?") and not self.take(":"):
            raise AssistError(f"'(?{self.peek()}' looks around it, and a phrase names only its own words")
        found = self.choice(depth + 1)
        if not self.take(")"):
            raise AssistError("a group in it is never closed")
        return found

    def letters(self) -> list[str]:
        end = self.text.find("]", self.at + 1)
        inside = self.text[self.at : end] if end > 0 else ""
        if not inside or inside[0] == "^" or re.search(r"\\[A-Za-rt-z0-9]|\w-\w", inside):
            raise AssistError(f"the set {'[' + inside + ']'!r:.40} stands for letters that it does not list")
        self.at = end + 1
        found = list(dict.fromkeys(inside.replace(r"\s", " ").replace("\\", "").lower()))
        if len(found) > LETTERS:
            raise AssistError(f"the set {'[' + inside + ']'!r:.40} lists more than {LETTERS} letters")
        return found

    def escaped(self) -> list[str]:
        letter = self.peek()
        self.at += 1
        if letter == "b":
            return [""]
        if letter == "s":
            return [" "]
        if not letter or letter.isalnum():
            raise AssistError(f"{chr(92) + letter!r} stands for letters that it does not list")
        return [letter]


def _few(parts: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(parts))
    if len(found) > MANY:
        raise _too_many()
    return found


def _too_many() -> AssistError:
    return AssistError(f"it stands for more than {MANY} wordings")


def _beyond(letter: str) -> AssistError:
    return AssistError(f"{letter!r} means {_MEANS[letter]}, and a phrase names its words")

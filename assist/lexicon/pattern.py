"""The phrase language: from a phrase as an author writes it to a tree of parts.

`docs/lexicon.md` describes the language. This module only reads it; `kinds` does the matching.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from assist.errors import AssistError, did_you_mean

GAP = 5
GAP_LIMIT = 12
SLOT_WORDS = 6
DEPTH = 8
SET_DEPTH = 100
SHOWN = 200
"""How much of a phrase an error repeats."""


class WordSetError(AssistError):
    """A word set that makes no sense; `name` is the one to blame."""

    def __init__(self, name: str, problem: str) -> None:
        self.name = name
        super().__init__(problem)


class Words(NamedTuple):
    """Plain text, to be matched word by word."""

    text: str


class Forms(NamedTuple):
    """Any form of one word."""

    word: str


class Number(NamedTuple):
    """A number, in figures or in words."""


class Gap(NamedTuple):
    """Up to `most` words of any kind."""

    most: int


class SetName(NamedTuple):
    """A named word set."""

    name: str


class Either(NamedTuple):
    """One of several sequences of parts; an empty one makes the whole optional.

    `empty` says whether it may match no words, where that has been found out.
    """

    choices: tuple["Parts", ...]
    empty: bool | None = None


class Slot(NamedTuple):
    """Words kept under a name; any words where `inner` is empty."""

    name: str
    inner: "Parts"


class Opening(NamedTuple):
    """The start of a sentence."""


class Closing(NamedTuple):
    """The end of a sentence."""


Part = Opening | Closing | Words | Forms | Number | Gap | SetName | Either | Slot
Parts = tuple[Part, ...]


class Pattern(NamedTuple):
    """A phrase read; `trailing` says that it ends in a gap, which takes the rest of the clause."""

    parts: Parts
    trailing: bool = False


_TOKEN = re.compile(
    r"\s*(?:(?P<gap>(?:…|\.\.\.)\d*)|(?P<mark>[{}\[\]|<>:])|(?P<set>@[\w-]+)|(?P<number>\#)"
    r"|(?P<forms>[\w'’-]+~)|(?P<edge>[$^])|(?P<word>[^\s{}\[\]|<>:@#~$^…]+))"
)


_SIMPLE: dict[str, Callable[[str], Part]] = {
    "word": Words,
    "forms": lambda text: Forms(text[:-1].lower()),
    "number": lambda _: Number(),
    "set": lambda text: SetName(text[1:]),
}


class _Reader:
    """A phrase being read, token by token."""

    def __init__(self, phrase: str) -> None:
        self.phrase = phrase
        self.tokens: list[tuple[str, str, int]] = []
        at = 0
        end = len(phrase.rstrip())
        while at < end:
            match = _TOKEN.match(phrase, at)
            if match is None:
                raise self.error(f"cannot read {phrase[at:].strip()[:1]!r}", at)
            kind = match.lastgroup or ""
            self.tokens.append((kind, match[kind], match.start(kind)))
            at = match.end()
        self.at = 0

    def error(self, problem: str, at: int) -> AssistError:
        return AssistError(f"phrase {self.phrase!r:.{SHOWN}}: {problem} (character {at + 1})")

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def place(self) -> int:
        return self.tokens[self.at][2] if self.at < len(self.tokens) else len(self.phrase)

    def sequence(self, closing: str, depth: int) -> Parts:
        """Parts up to one of the marks in `closing`, or the end of the phrase."""
        if depth > DEPTH:
            raise self.error(f"nested more than {DEPTH} deep", self.place())
        parts: list[Part] = []
        while self.at < len(self.tokens):
            kind, text, place = self.tokens[self.at]
            if kind == "mark" and text in closing:
                break
            self.at += 1
            if kind == "word" and parts and isinstance(parts[-1], Words):
                parts[-1] = Words(f"{parts[-1].text} {text}")
            else:
                parts.append(self.part(kind, text, place, depth))
        return tuple(parts)

    def part(self, kind: str, text: str, place: int, depth: int) -> Part:
        if kind in _SIMPLE:
            return _SIMPLE[kind](text)
        if kind == "gap":
            return self.gap(text, place)
        if kind == "edge":
            return Opening() if text == "^" else Closing()
        if text == "{":
            return self.choices("}", place, depth)
        if text == "[":
            inner = self.choices("]", place, depth)
            return Either((*inner.choices, ()))
        if text == "<":
            return self.slot(place, depth)
        raise self.error(f"{text!r} has no place here", place)

    def gap(self, text: str, place: int) -> Gap:
        most = int(text.lstrip("….") or GAP)
        if not 1 <= most <= GAP_LIMIT:
            raise self.error(f"a gap holds 1 to {GAP_LIMIT} words, not {most}", place)
        return Gap(most)

    def choices(self, closing: str, place: int, depth: int) -> Either:
        found = [self.sequence(closing + "|", depth + 1)]
        while self.peek() == "|":
            self.at += 1
            found.append(self.sequence(closing + "|", depth + 1))
        self.close(closing, place)
        return Either(tuple(found))

    def slot(self, place: int, depth: int) -> Slot:
        name: list[str] = []
        while self.at < len(self.tokens) and self.tokens[self.at][0] == "word":
            name.append(self.tokens[self.at][1])
            self.at += 1
        if not name:
            raise self.error("a slot needs a name", place)
        inner: Parts = ()
        if self.peek() == ":":
            self.at += 1
            inner = self.sequence(">", depth + 1)
        self.close(">", place)
        return Slot(" ".join(name), inner)

    def close(self, mark: str, place: int) -> None:
        if self.peek() != mark:
            raise self.error(f"the {self.phrase[place]!r} is never closed with {mark!r}", place)
        self.at += 1


@cache
def parse(phrase: str) -> Pattern:
    """Read a phrase; raises AssistError, with the character, for one that cannot be read."""
    reader = _Reader(phrase)
    parts = reader.sequence("", 0)
    trailing = bool(parts) and isinstance(parts[-1], Gap)
    if trailing:
        parts = parts[:-1]
    if not parts:
        raise reader.error("it has no words", 0)
    if isinstance(parts[0], Gap) or (isinstance(parts[0], Slot) and not parts[0].inner):
        raise reader.error("it must begin with a word, not with a gap or an open slot", 0)
    return Pattern(parts, trailing)


def word_sets(words: Mapping[str, tuple[str, ...]]) -> dict[str, Either]:
    """Named word sets, read; raises WordSetError for what cannot be followed to its end."""
    sets = {name: Either(tuple(parse(p).parts for p in phrases)) for name, phrases in words.items()}
    depths: dict[str, int] = {}

    def visit(name: str, around: tuple[str, ...]) -> None:
        for inner in set(names((sets[name],))):
            if inner == name or inner in around:
                raise WordSetError(name, f"the word set '@{inner}' stands inside itself")
            if problem := unknown_set(inner, sets):
                raise WordSetError(name, problem)
            if len(around) >= SET_DEPTH:
                raise WordSetError(name, f"word sets nested more than {SET_DEPTH} deep")
            if inner not in depths:
                visit(inner, (*around, name))
        depths[name] = _depth((sets[name],), depths)
        if depths[name] > SET_DEPTH:
            raise WordSetError(name, f"word sets nested more than {SET_DEPTH} deep")
        sets[name] = sets[name]._replace(empty=may_be_empty((sets[name],), sets))

    for name in words:
        if name not in depths:
            visit(name, ())
    return sets


def unknown_set(name: str, sets: Mapping[str, Either]) -> str:
    """What is wrong with the name of a word set; nothing where there is one of this name."""
    return "" if name in sets else f"unknown word set '@{name}'{did_you_mean(name, sets)}"


def _depth(parts: Parts, of_sets: Mapping[str, int]) -> int:
    """How deep alternatives, slots and word sets stand inside one another here."""
    inside = [0]
    for part in parts:
        if isinstance(part, SetName):
            inside.append(of_sets[part.name])
        elif isinstance(part, Either):
            inside += [1 + _depth(choice, of_sets) for choice in part.choices]
        elif isinstance(part, Slot):
            inside.append(1 + _depth(part.inner, of_sets))
    return max(inside)


def names(parts: Parts) -> Iterator[str]:
    """The names of the word sets that these parts use themselves."""
    for part in parts:
        if isinstance(part, SetName):
            yield part.name
        elif isinstance(part, Either):
            for choice in part.choices:
                yield from names(choice)
        elif isinstance(part, Slot):
            yield from names(part.inner)


def may_be_empty(parts: Parts, sets: Mapping[str, Either]) -> bool:
    """Whether these parts could match no word at all."""
    return all(_optional(part, sets) for part in parts)


def _optional(part: Part, sets: Mapping[str, Either]) -> bool:
    if isinstance(part, SetName):
        part = sets[part.name]
    if isinstance(part, Either):
        return any(may_be_empty(choice, sets) for choice in part.choices) if part.empty is None else part.empty
    if isinstance(part, Slot):
        return bool(part.inner) and may_be_empty(part.inner, sets)
    return isinstance(part, Gap | Opening | Closing)

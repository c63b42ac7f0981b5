"""What can be known of phrases beforehand, so that a run need not read every one of them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assist.language.forms import forms
from assist.language.tokens import plain_words
from assist.lexicon.pattern import (
    Either,
    Forms,
    Gap,
    Number,
    Part,
    Parts,
    SetName,
    Slot,
    Words,
    may_be_empty,
    parse,
)

NUMBER = "#"
ANY = "…"


class Index(NamedTuple):
    """`firsts`: the numbers of the phrases that a word may begin; `vocabulary`: all their words.

    Among the first words, `#` stands for a number and `…` for any word.
    """

    firsts: Mapping[str, Sequence[int]]
    vocabulary: frozenset[str]


def index(phrases: Sequence[str], sets: Mapping[str, Either]) -> Index:
    """The index of phrases that use these word sets."""
    firsts: dict[str, list[int]] = {}
    vocabulary: set[str] = set()
    for choices in sets.values():
        _note((choices,), vocabulary)
    of_sets: dict[str, frozenset[str]] = {}
    for number, phrase in enumerate(phrases):
        parts = parse(phrase).parts
        _note(parts, vocabulary)
        for word in _firsts(parts, sets, of_sets):
            firsts.setdefault(word, []).append(number)
    return Index(firsts, frozenset(vocabulary))


def _note(parts: Parts, vocabulary: set[str]) -> None:
    for part in parts:
        if isinstance(part, Words):
            vocabulary.update(plain_words(part.text))
        elif isinstance(part, Forms):
            vocabulary.update(*map(plain_words, forms(part.word)))
        elif isinstance(part, Either):
            for choice in part.choices:
                _note(choice, vocabulary)
        elif isinstance(part, Slot):
            _note(part.inner, vocabulary)


def _firsts(parts: Parts, sets: Mapping[str, Either], of_sets: dict[str, frozenset[str]]) -> set[str]:
    """The words that these parts may begin with; `of_sets` remembers those of the word sets."""
    found: set[str] = set()
    for part in parts:
        found |= _first(part, sets, of_sets)
        if not may_be_empty((part,), sets):
            break
    return found


def _first(part: Part, sets: Mapping[str, Either], of_sets: dict[str, frozenset[str]]) -> frozenset[str] | set[str]:
    if isinstance(part, Words):
        return {*plain_words(part.text)[:1]}
    if isinstance(part, Forms):
        return {word for form in forms(part.word) for word in plain_words(form)[:1]}
    if isinstance(part, Number):
        return {NUMBER, "a", "half"}
    if isinstance(part, Either):
        return {word for choice in part.choices for word in _firsts(choice, sets, of_sets)}
    if isinstance(part, SetName):
        if part.name not in of_sets:
            of_sets[part.name] = frozenset(_first(sets[part.name], sets, of_sets))
        return of_sets[part.name]
    if isinstance(part, Slot) and part.inner:
        return _firsts(part.inner, sets, of_sets)
    return {ANY} if isinstance(part, Gap | Slot) else set()

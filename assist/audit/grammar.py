"""A question in lay words as what it asks for; what is not understood to the last word is not answered."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assist.audit.figures import Definition, Split, definition
from assist.audit.periods import Period, period
from assist.audit.vocabulary import CHANGES, MEDIA, ORDERS, SPLITS, STOP, Order, alternatives, known, stem

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_LONGEST = 300
_MENDED = 5
"""Shorter words are not taken for slips of the keyboard."""


@dataclass(frozen=True)
class Asked:
    """What is asked for: a figure, or everything that changed; by what, in which order, where and when."""

    definition: Definition | None
    split: Split | None
    order: Order
    change: bool
    where: tuple[tuple[Split, str], ...]
    period: Period | None


def read(question: str, names: Mapping[Split, Iterable[str]], last: date) -> Asked | None:
    """What a question asks for; None where a word of it is not understood.

    `names` are the teams, agents and topics that there are, and `last` is the last day of the audit.
    """
    when, words = period(" ".join(question[:_LONGEST].lower().split()), last)
    where, rest = _named(words, names)
    rest = re.sub(r"\bover time\b", "by week", rest)
    tokens = [_mended(word) for word in _WORD.findall(rest.replace("’", "'"))]
    tokens = [word.removesuffix("'s").removesuffix("'") for word in tokens]
    change = any(word in CHANGES for word in tokens) and not {"could", "better"} <= set(tokens)
    stems = {stem(word) for word in tokens} | {stem(ORDERS[word][1]) for word in tokens if word in ORDERS}
    way = _way(tokens, stems, change=change)
    if way is None:
        return None
    name = way[1]
    order: Order = next((ORDERS[word][0] for word in tokens if word in ORDERS), "")
    return Asked(definition(name) if name else None, _split(tokens, name, where), order, change, where, when)


def _way(tokens: list[str], stems: set[str], *, change: bool) -> tuple[frozenset[str], str] | None:
    """The name of a figure that takes in most of the words and leaves none unexplained; change needs no figure."""
    ways = [one for one in alternatives() if one[0] <= stems]
    if change:
        ways.append((frozenset(), ""))
    return next((one for one in ways if not _left(tokens, one[0], change=change)), None)


def _left(tokens: list[str], way: frozenset[str], *, change: bool) -> list[str]:
    """The words that nothing explains."""
    return [
        word
        for word in tokens
        if stem(word) not in way
        and word not in STOP
        and _singular(word) not in SPLITS
        and not (word in ORDERS and (not ORDERS[word][1] or stem(ORDERS[word][1]) in way))
        and not (change and word in CHANGES)
    ]


def _split(tokens: list[str], name: str, where: tuple[tuple[Split, str], ...]) -> Split | None:
    taken = {split for split, _ in where}
    found: list[Split] = [SPLITS[one] for word in tokens if (one := _singular(word)) in SPLITS]
    if free := [split for split in found if split not in taken]:
        return free[0]
    about = "what" in tokens and {"of", "about", "over"} & set(tokens)
    return "topic" if name == "complaints" and about and "topic" not in taken else None


def _named(words: str, names: Mapping[Split, Iterable[str]]) -> tuple[tuple[tuple[Split, str], ...], str]:
    """The groups that a question names, and the question without them; the longest names first."""
    found: dict[Split, str] = {}
    for split, name, said in sorted(_sayings(names), key=lambda one: -len(one[2])):
        place = re.search(rf"(?<!\w){re.escape(said)}(?!\w)", words)
        if place and split not in found:
            found[split] = name
            words = f"{words[: place.start()]} {words[place.end() :]}"
    return tuple(found.items()), words


def _sayings(names: Mapping[Split, Iterable[str]]) -> Iterator[tuple[Split, str, str]]:
    for split, groups in names.items():
        for name in groups:
            said = name.lower()
            if said and said not in known():
                yield split, name, said
            if said and split == "team":
                yield from ((split, name, words) for words in (f"team {said}", f"the {said} team"))
    for said, name in MEDIA.items():
        if name in names.get("medium", ()):
            yield from (("medium", name, f"{link} {said}") for link in ("in", "by", "on the", "over the"))
            yield "medium", name, said


def _mended(word: str) -> str:
    """The word, or the known one that it was meant to be."""
    if len(word) < _MENDED or word in known() or stem(word) in _stems():
        return word
    near = process.extractOne(word, _mendable(), scorer=DamerauLevenshtein.distance, score_cutoff=1)
    return str(near[0]) if near else word


@cache
def _mendable() -> list[str]:
    words = sorted(one for one in known() if len(one) >= _MENDED)
    return [*words, *(f"{one}s" for one in words)]


@cache
def _stems() -> frozenset[str]:
    return frozenset(one for way, _ in alternatives() for one in way)


def _singular(word: str) -> str:
    return word.removesuffix("s") if word.removesuffix("s") in SPLITS else word

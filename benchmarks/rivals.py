"""Other checkers, run on the same drafts in the same process."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from proselint.checks import __register__
from proselint.registry import CheckRegistry
from proselint.tools import LintFile

from assist.lexicon import Lexicon
from assist.lexicon.entry import phrases_of
from assist.lexicon.pattern import Either, Parts, Words, parse

WORDINGS_A_PHRASE = 8


def proselint() -> Callable[[str], object]:
    """proselint with all of its checks, as its command line sets them up."""
    registry = CheckRegistry()
    if not registry.checks:
        registry.register_many(__register__)
    return lambda draft: LintFile("draft", draft).lint()


def alternation(wordings: Sequence[str]) -> Callable[[str], object]:
    """One regular expression of all the wordings, in any case, the longest first."""
    ordered = sorted(wordings, key=len, reverse=True)
    words = "|".join(re.escape(wording) for wording in ordered)
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE).findall


def wordings(lexicon: Lexicon) -> list[str]:
    """The phrases of a lexicon that a plain list can hold, every choice in them written out."""
    found: dict[str, None] = {}
    for entry in lexicon.entries.values():
        for phrase in phrases_of(entry):
            pattern = parse(phrase)
            if not pattern.trailing and 0 < _ways(pattern.parts) <= WORDINGS_A_PHRASE:
                found |= dict.fromkeys(_written_out(pattern.parts))
    return list(found)


def _ways(parts: Parts) -> int:
    """In how many ways these parts can be said; 0 where a list cannot hold them all."""
    ways = 1
    for part in parts:
        if isinstance(part, Either):
            each = [_ways(choice) for choice in part.choices]
            ways *= sum(each) if all(each) else 0
        elif not isinstance(part, Words):
            return 0
    return ways


def _written_out(parts: Parts) -> Iterator[str]:
    choices = [_choices(part) for part in parts if isinstance(part, Words | Either)]
    for words in product(*choices):
        yield " ".join(filter(None, words))


def _choices(part: Words | Either) -> list[str]:
    if isinstance(part, Words):
        return [part.text]
    return [wording for choice in part.choices for wording in _written_out(choice)]

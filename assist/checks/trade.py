"""Which trade a conversation is about, told by the words that are said more in some trades than in others."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import log

from assist.lexicon import Entry, OperationEntry, Pack, PhraseEntry
from assist.lexicon.entry import phrases_of

INDUSTRIES = "industries"
"""The folder whose packs are trades; a house's own pack is of whatever trade the house is."""
MARGIN = 2.0
"""How much less likely than the likeliest a trade may be, as the logarithm of their ratio, and still be meant."""
DOUBT = 2.0
"""So many entries without a word count beside those of each trade, so that a rare word decides nothing alone."""
_WORD = re.compile(r"[a-z]{3,}")


class Trades:
    """The trades whose packs are among these; what tells them apart is worked out when it is first asked for.

    `of` gives the trade of an entry by its id; one that a later pack has made its own is of no trade.
    """

    def __init__(self, packs: Sequence[Pack] = ()) -> None:
        self._packs = [pack for pack in packs if pack.folder.parent.name == INDUSTRIES]
        trades = {pack.name for pack in self._packs}
        decided_by = {name: pack.name for pack in packs for name in pack.entries}
        self.of = {name: pack for name, pack in decided_by.items() if pack in trades}

    @cached_property
    def _told(self) -> dict[str, dict[str, float]]:
        """How far each word speaks for each trade."""
        counts = {pack.name: Counter(_words(entry for entry, _ in pack.entries.values())) for pack in self._packs}
        return _weights(counts, {pack.name: len(pack.entries) for pack in self._packs})

    def likely(self, words: Iterable[str]) -> frozenset[str]:
        """The trades that words of a conversation, in small letters, may be about: all of them where it is not told."""
        said = {_plain(word) for word in words}
        scores = {name: sum(weights.get(word, 0.0) for word in said) for name, weights in self._told.items()}
        best = max(scores.values(), default=0.0)
        return frozenset(name for name, score in scores.items() if score >= best - MARGIN)


def _weights(counts: Mapping[str, Counter[str]], sizes: Mapping[str, int]) -> dict[str, dict[str, float]]:
    """For each trade and word, the logarithm of how much oftener its entries have it than those of all trades."""
    everywhere = sum(counts.values(), Counter[str]())
    entries = sum(sizes.values())
    usual = {word: many / entries for word, many in everywhere.items()}
    return {
        trade: {
            word: log((counted[word] + DOUBT * share) / ((sizes[trade] + DOUBT) * share))
            for word, share in usual.items()
        }
        for trade, counted in counts.items()
    }


def _words(entries: Iterable[Entry]) -> Iterable[str]:
    """The words of each entry, each once: its phrases, its wordings and its examples."""
    for entry in entries:
        said = [*phrases_of(entry), *(example.draft for example in (*entry.examples.flags, *entry.examples.passes))]
        if isinstance(entry, OperationEntry | PhraseEntry):
            said += entry.instead
        yield from {_plain(word) for word in _WORD.findall(" ".join(said).lower())}


def _plain(word: str) -> str:
    """A word without the ending of its plural."""
    return word if word.endswith("ss") else word.removesuffix("s")

"""What a message was found to hold: the entries that it meets, what it means, and what is done in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from assist.language.passage import Passage, Sentence
from assist.lexicon import ActEntry, Entry
from assist.meaning import Meant
from assist.spans import Span


@dataclass(frozen=True, slots=True)
class Match:
    """An entry met in words `first` up to but not including `last` of a passage.

    `tight` is where the words found end, before a closing gap took the rest of the clause.
    `state` says that it was one of an operation's states. `order` is the phrase's place in the
    lexicon; a later layer has a higher one.
    """

    entry: Entry
    first: int
    last: int
    tight: int
    sentence: int
    phrase: str
    slots: Mapping[str, str]
    state: bool = False
    order: int = 0


class Act(NamedTuple):
    """What somebody does with some words of a message."""

    act: str
    span: Span
    entry: ActEntry
    sentence: int


@dataclass(frozen=True)
class Reading:
    """A message, and every entry that it meets, whatever the conversation.

    `wordings` are its sentences in plain words, slips mended: what they are known by. `meant` is what the
    meaning layers make of each sentence, and `inferred` the acts among that which no phrase has seen.
    `taken_back` are the acts, with the number of the sentence, that an `unless` says are not done there.
    """

    passage: Passage
    matches: tuple[Match, ...]
    wordings: tuple[str, ...]
    meant: tuple[tuple[Meant, ...], ...] = ()
    inferred: tuple[Act, ...] = ()
    taken_back: frozenset[tuple[str, int]] = frozenset()

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """The acts done in the message, in order."""
        return tuple(sorted([*self.worded_acts, *self.inferred], key=lambda act: act.span))

    @cached_property
    def worded_acts(self) -> tuple[Act, ...]:
        """Those among the acts that a phrase has seen, as they were met."""
        met = [
            Act(match.entry.act, self.span(match), match.entry, match.sentence)
            for match in self.matches
            if isinstance(match.entry, ActEntry)
        ]
        done = {act.act for act in (*met, *self.inferred)}
        return tuple(act for act in met if not act.entry.beside or not done.isdisjoint(act.entry.beside))

    @cached_property
    def act_names(self) -> frozenset[str]:
        """The names of the acts done."""
        return frozenset(act.act for act in self.acts)

    def acted(self, act: str) -> Iterator[Act]:
        """The places where one act is done."""
        return (done for done in self.acts if done.act == act)

    def meanings(self, label: str) -> Iterator[tuple[int, Meant]]:
        """The sentences that carry a label, by number."""
        for number, meant in enumerate(self.meant):
            yield from ((number, one) for one in meant if one.label == label)

    def says(self, category: str | None, number: int) -> bool:
        """Whether a sentence was found to say what belongs to a category, by phrase or by meaning."""
        by_phrase = (match for match in self.matches if match.sentence == number)
        return any(getattr(match.entry, "category", "") == category for match in by_phrase) or any(
            meant.label == category for at, meanings in enumerate(self.meant) for meant in meanings if at == number
        )

    def span(self, match: Match) -> Span:
        """Where a match stands in the message as typed."""
        return self.passage.span(match.first, match.last)

    def sentence(self, match: Match) -> Sentence:
        """The sentence a match stands in."""
        return self.passage.sentences[match.sentence]

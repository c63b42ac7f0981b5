"""Reads a message and says which entries of a lexicon it meets, and where."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Literal, NamedTuple

from assist.kinds.automaton import Automaton, Hit
from assist.kinds.index import Index
from assist.kinds.spelling import Spelling
from assist.language.passage import Passage, Sentence, read
from assist.lexicon import (
    ActEntry,
    CheckEntry,
    Entry,
    FrameEntry,
    Lexicon,
    OperationEntry,
    PhraseEntry,
)
from assist.spans import Span

REMEMBERED = 4_096
Speaker = Literal["agent", "customer"]


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
    """A message, and every entry that it meets, whatever the conversation."""

    passage: Passage
    matches: tuple[Match, ...]

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """The acts done in the message, in order."""
        found = [
            Act(match.entry.act, self.span(match), match.entry, match.sentence)
            for match in self.matches
            if isinstance(match.entry, ActEntry)
        ]
        return tuple(sorted(found, key=lambda act: act.span))

    @cached_property
    def act_names(self) -> frozenset[str]:
        """The names of the acts done."""
        return frozenset(act.act for act in self.acts)

    def acted(self, act: str) -> Iterator[Act]:
        """The places where one act is done."""
        return (done for done in self.acts if done.act == act)

    def span(self, match: Match) -> Span:
        """Where a match stands in the message as typed."""
        return self.passage.span(match.first, match.last)

    def sentence(self, match: Match) -> Sentence:
        """The sentence a match stands in."""
        return self.passage.sentences[match.sentence]


class _Owner(NamedTuple):
    entry: Entry
    part: Literal["phrases", "unless", "states"]
    text: str


class Recognizer:
    """The entries of a lexicon compiled for one speaker; `read` is remembered by message."""

    def __init__(self, lexicon: Lexicon, speaker: Speaker, index: Index | None = None) -> None:
        self._own = speaker == "agent"
        entries = [entry for entry in lexicon.entries.values() if _spoken_by(entry, speaker)]
        self._owners = [owner for entry in entries for owner in _phrases(entry)]
        phrases = [owner.text for owner in self._owners]
        self._automaton = Automaton(phrases, lexicon.words, index)
        self._spelling = Spelling(self.index.vocabulary)
        self._read: dict[str, Reading] = {}
        self._lock = Lock()

    @property
    def index(self) -> Index:
        """What a later run can be given, so that it need not read every phrase."""
        return self._automaton.index

    def read(self, message: str) -> Reading:
        """Every entry that the message meets."""
        reading = self._read.get(message)
        if reading is None:
            with self._lock:  # the automaton grows as it reads
                if len(self._read) >= REMEMBERED:
                    self._read.clear()
                reading = self._read[message] = self._reading(message)
        return reading

    def _reading(self, message: str) -> Reading:
        passage = read(message, own=self._own)
        found: list[Match] = []
        for number, sentence in enumerate(passage.sentences):
            words = [self._mended(passage, at) for at in range(sentence.first, sentence.last)]
            hits = self._automaton.find(words)
            if hits:
                found += self._matches(passage, number, words, hits)
        return Reading(passage, tuple(found))

    def _mended(self, passage: Passage, at: int) -> str:
        """A word with its slip mended; one that is capitalised inside a sentence may be a name."""
        word = passage.words[at]
        mended = self._spelling.mend(word)
        if mended is not word and at > 0 and passage.text[passage.starts[at]].isupper():
            return mended if passage.text.isupper() else word
        return mended

    def _matches(self, passage: Passage, number: int, words: Sequence[str], hits: Sequence[Hit]) -> Iterator[Match]:
        sentence = passage.sentences[number]
        taken_back = {self._owners[hit.phrase].entry.id for hit in hits if self._owners[hit.phrase].part == "unless"}
        found: dict[str, list[Hit]] = {}
        for hit in hits:
            owner = self._owners[hit.phrase]
            if owner.part == "unless" or owner.entry.id in taken_back:
                continue
            if _fits(owner.entry, sentence):
                found.setdefault(owner.entry.id, []).append(hit)
        for of_entry in found.values():
            for hit in _apart(of_entry):
                yield self._match(passage, number, words, hit)

    def _match(self, passage: Passage, number: int, words: Sequence[str], hit: Hit) -> Match:
        sentence = passage.sentences[number]
        owner = self._owners[hit.phrase]
        first, tight = sentence.first + hit.first, sentence.first + hit.last
        last = passage.clause_end(tight - 1) if self._automaton.trailing(hit.phrase) else tight
        slots = {
            name: passage.text[slice(*passage.span(sentence.first + start, sentence.first + end))]
            for name, (start, end) in self._automaton.slots(hit, words).items()
        }
        return Match(
            owner.entry,
            first,
            last,
            tight,
            number,
            owner.text,
            slots,
            state=owner.part == "states",
            order=hit.phrase,
        )


def _spoken_by(entry: Entry, speaker: Speaker) -> bool:
    if isinstance(entry, CheckEntry):
        return False
    if isinstance(entry, ActEntry):
        return entry.by == speaker
    return speaker == "agent"


def _phrases(entry: Entry) -> Iterator[_Owner]:
    if isinstance(entry, CheckEntry):
        return
    yield from (_Owner(entry, "phrases", text) for text in entry.phrases)
    yield from (_Owner(entry, "unless", text) for text in entry.unless)
    if isinstance(entry, OperationEntry):
        yield from (_Owner(entry, "states", text) for text in entry.states)


def _fits(entry: Entry, sentence: Sentence) -> bool:
    only = entry.only if isinstance(entry, PhraseEntry | ActEntry | FrameEntry) else None
    return only is None or (only == "question") == sentence.question


def _apart(hits: Sequence[Hit]) -> list[Hit]:
    """The hits of one entry that do not overlap: the first to begin, then the longest."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.first, -hit.last)):
        if not kept or hit.first >= kept[-1].last:
            kept.append(hit)
    return kept

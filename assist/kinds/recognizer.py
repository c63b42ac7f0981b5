"""Reads a message and says which entries of a lexicon it meets, and where."""

from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Literal, NamedTuple

from assist.kinds.automaton import Automaton, Hit
from assist.kinds.index import Index
from assist.kinds.reading import Match, Reading
from assist.language.passage import Passage, Sentence, read
from assist.language.slips import Spelling
from assist.lexicon import (
    ActEntry,
    CheckEntry,
    Entry,
    FrameEntry,
    Lexicon,
    OperationEntry,
    PhraseEntry,
)
from assist.meaning import Speaker


class _Owner(NamedTuple):
    entry: Entry
    part: Literal["phrases", "unless", "states"]
    text: str


class Recognizer:
    """The entries of a lexicon compiled for one speaker."""

    def __init__(self, lexicon: Lexicon, speaker: Speaker, index: Index | None = None) -> None:
        self._own = speaker == "agent"
        entries = [entry for entry in lexicon.entries.values() if _spoken_by(entry, speaker)]
        self._owners = [owner for entry in entries for owner in _phrases(entry)]
        phrases = [owner.text for owner in self._owners]
        self._automaton = Automaton(phrases, lexicon.words, index)
        self._spelling = Spelling(self.index.vocabulary)
        self._lock = Lock()

    @property
    def index(self) -> Index:
        """What a later run can be given, so that it need not read every phrase."""
        return self._automaton.index

    def read(self, message: str) -> Reading:
        """Every entry that the message meets."""
        with self._lock:  # the automaton grows as it reads
            return self._reading(message)

    def wordings(self, message: str) -> list[str]:
        """The sentences of a message in plain words, slips mended."""
        passage = read(message, own=self._own)
        return [_wording(self._words(passage, sentence), sentence) for sentence in passage.sentences]

    def _reading(self, message: str) -> Reading:
        passage = read(message, own=self._own)
        found: list[Match] = []
        wordings: list[str] = []
        taken_back: set[tuple[str, int]] = set()
        for number, sentence in enumerate(passage.sentences):
            words = self._words(passage, sentence)
            wordings.append(_wording(words, sentence))
            hits = self._automaton.find(words)
            if hits:
                found += self._matches(passage, number, words, hits)
                taken_back |= {(act, number) for act in self._taken_back(hits, sentence)}
        return Reading(passage, tuple(found), tuple(wordings), taken_back=frozenset(taken_back))

    def _words(self, passage: Passage, sentence: Sentence) -> list[str]:
        return [self._mended(passage, at) for at in range(sentence.first, sentence.last)]

    def _mended(self, passage: Passage, at: int) -> str:
        """A word with its slip mended; one that is capitalised inside a sentence may be a name."""
        word = passage.words[at]
        mended = self._spelling.mend(word)
        if mended is not word and at > 0 and passage.text[passage.starts[at]].isupper():
            return mended if passage.text.isupper() else word
        return mended

    def _taken_back(self, hits: Sequence[Hit], sentence: Sentence) -> set[str]:
        """The acts that some entry's phrases find and its `unless` takes back."""
        parts: dict[str, set[str]] = {}
        acts: dict[str, str] = {}
        for owner in (self._owners[hit.phrase] for hit in hits):
            if isinstance(owner.entry, ActEntry) and _fits(owner.entry, sentence):
                parts.setdefault(owner.entry.id, set()).add(owner.part)
                acts[owner.entry.id] = owner.entry.act
        return {acts[entry] for entry, met in parts.items() if {"phrases", "unless"} <= met}

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


def _wording(words: Sequence[str], sentence: Sentence) -> str:
    return " ".join([*words, "?"] if sentence.question else words)


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

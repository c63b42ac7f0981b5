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


class _Met(NamedTuple):
    """A phrase found, as one of its owners means it; `order` is its place in the lexicon."""

    hit: Hit
    owner: _Owner
    order: int


class Recognizer:
    """The entries of a lexicon compiled for one speaker."""

    def __init__(self, lexicon: Lexicon, speaker: Speaker, index: Index | None = None) -> None:
        self._own = speaker == "agent"
        entries = [entry for entry in lexicon.entries.values() if _spoken_by(entry, speaker)]
        self._owners = [owner for entry in entries for owner in _phrases(entry)]
        # A phrase that many entries share, as what lets them off, is sought once.
        shared: dict[str, list[int]] = {}
        for order, owner in enumerate(self._owners):
            shared.setdefault(owner.text, []).append(order)
        self._of_phrase = list(shared.values())
        self._automaton = Automaton(list(shared), lexicon.words, index)
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
            met = self._met(words, sentence)
            let_off = {one.owner.entry.id for one in met if one.owner.part == "unless"}
            found += self._matches(passage, number, words, [one for one in met if one.owner.entry.id not in let_off])
            taken_back |= {
                (entry.act, number)
                for _, (entry, part, _), _ in met
                if part == "phrases" and entry.id in let_off and isinstance(entry, ActEntry)
            }
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

    def _met(self, words: Sequence[str], sentence: Sentence) -> list[_Met]:
        """The phrases in a sentence, each with all whose phrase it is and whom such a sentence concerns."""
        met = (
            _Met(hit, self._owners[order], order)
            for hit in self._automaton.find(words)
            for order in self._of_phrase[hit.phrase]
        )
        return [one for one in met if _fits(one.owner.entry, sentence)]

    def _matches(self, passage: Passage, number: int, words: Sequence[str], met: Sequence[_Met]) -> Iterator[Match]:
        found: dict[str, list[_Met]] = {}
        for one in met:
            found.setdefault(one.owner.entry.id, []).append(one)
        for of_entry in found.values():
            for one in _apart(of_entry):
                yield self._match(passage, number, words, one)

    def _match(self, passage: Passage, number: int, words: Sequence[str], met: _Met) -> Match:
        sentence = passage.sentences[number]
        hit, owner, order = met
        first, tight = sentence.first + hit.first, sentence.first + hit.last
        last = passage.clause_end(tight - 1) if self._automaton.trailing(hit.phrase) else tight
        slots = {
            name: passage.text[slice(*passage.span(sentence.first + start, sentence.first + end))]
            for name, (start, end) in self._automaton.slots(hit, words).items()
        }
        state = owner.part == "states"
        return Match(owner.entry, first, last, tight, number, owner.text, slots, state=state, order=order)


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


def _apart(met: Sequence[_Met]) -> list[_Met]:
    """Those of one entry that do not overlap: the first to begin, then the longest."""
    kept: list[_Met] = []
    for one in sorted(met, key=lambda one: (one.hit.first, -one.hit.last, one.order)):
        if not kept or one.hit.first >= kept[-1].hit.last:
            kept.append(one)
    return kept

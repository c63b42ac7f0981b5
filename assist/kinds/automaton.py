"""Many phrases sought at once, in time that grows with the text and not with the lexicon.

Every phrase is a small graph of words, and the graphs are walked together from each word of a
sentence. Two things keep that cheap. A graph is laid out only as far as a text has ever led into
it; and the sets of places reached together are remembered as states, so that a step is worked out
once and then only looked up (subset construction on demand). A phrase has a bounded length and no
unbounded repetition, so a walk is bounded too: there is no text and no phrase on which it blows up.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assist.errors import AssistError
from assist.lexicon.pattern import (
    SLOT_WORDS,
    Closing,
    Either,
    Forms,
    Gap,
    Number,
    Opening,
    Part,
    Pattern,
    SetName,
    Slot,
    Words,
    parse,
)
from assist.lexicon.pattern import Sequence as Parts
from assist.language.forms import forms
from assist.language.tokens import plain_words

STATE_LIMIT = 60_000
NODE_LIMIT = 2_000_000
LEAD_INS = frozenset(
    "ok oh well right so and but um uh hi hello hey look listen honestly actually sorry yes no yeah now then hmm ah".split()
)

_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand half "
    "dozen several couple few".split()
)
_WORDY_NUMBERS: Parts = (
    Either(((Words("a couple"),), (Words("a few"),), (Words("half a"),), (Words("a dozen"),))),
)
_NUMBER = "#"
_ANY = "…"


class Hit(NamedTuple):
    """Phrase number `phrase` found in words `first` up to but not including `last`."""

    phrase: int
    first: int
    last: int


class _Node:
    """A place in a phrase, from which `parts` lead on to `end`.

    Its ways out are laid out by `Automaton._lay_out` when a text first comes this far.
    """

    __slots__ = ("accepts", "any", "closing", "empty", "end", "laid", "mark", "number", "opening", "parts", "words")

    def __init__(self, parts: Parts = (), end: "_Node | None" = None) -> None:
        self.parts = parts
        self.end = end
        self.laid = False
        self.accepts = -1
        self.mark = ""
        self.words: dict[str, list[_Node]] = {}
        self.any: list[_Node] = []
        self.number: list[_Node] = []
        self.empty: list[_Node] = []
        self.opening: _Node | None = None
        self.closing: _Node | None = None


class _State:
    """Places reached together: where each word leads from them, and the phrases that end here."""

    __slots__ = ("accepts", "accepts_at_end", "after", "any", "number", "strict", "words")

    def __init__(self, nodes: Iterable[_Node], at_end: Iterable[_Node]) -> None:
        self.after: dict[str, _State | None] = {}
        self.words: dict[str, list[_Node]] = {}
        self.any: list[_Node] = []
        self.number: list[_Node] = []
        for node in nodes:
            for word, targets in node.words.items():
                self.words.setdefault(word, []).extend(targets)
            self.any += node.any
            self.number += node.number
        self.strict = not self.any and not self.number
        self.accepts = tuple(node.accepts for node in nodes if node.accepts >= 0)
        self.accepts_at_end = tuple({node.accepts for node in at_end if node.accepts >= 0})


class Automaton:
    """Phrases compiled together; `find` gives every one that stands in a sentence.

    `sets` are the named word sets that phrases may use. Both come from a lexicon, which has made
    sure that they can be read.
    """

    def __init__(self, phrases: Iterable[str], sets: Mapping[str, Either]) -> None:
        self._sets = sets
        self._plain: dict[str, tuple[str, ...]] = {}
        self._nodes = 0
        self.vocabulary: set[str] = set()
        for choices in sets.values():
            self._note((choices,))
        self.patterns: list[Pattern] = []
        self.slotted: set[int] = set()
        self._starts: list[_Node] = []
        for phrase in phrases:
            self._add(phrase)
        self._states: dict[tuple[int, ...], _State] = {}
        self._anywhere = self._state_of(self._starts)
        self._at_start = self._state_of(self._starts, opening=True)

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Every phrase in the words of one sentence; the longest from each first word."""
        hits: dict[tuple[int, int], int] = {}
        lead = True
        total = len(words)
        for first, word in enumerate(words):
            state = self._step(self._at_start if lead else self._anywhere, word)
            lead = lead and word in LEAD_INS
            last = first + 1
            while state is not None:
                if last == total:
                    for phrase in state.accepts_at_end:
                        hits[phrase, first] = last
                    break
                for phrase in state.accepts:
                    hits[phrase, first] = last
                next_word = words[last]
                if state.strict and next_word not in state.words:
                    break
                state = state.after.get(next_word) or self._step(state, next_word)
                last += 1
        return [Hit(phrase, first, last) for (phrase, first), last in hits.items()]

    def slots(self, hit: Hit, words: Sequence[str]) -> dict[str, tuple[int, int]]:
        """The words that each slot of a found phrase holds, as (first, last)."""
        opened: dict[str, int] = {}
        found: dict[str, tuple[int, int]] = {}
        for mark, at in self._path(hit, words):
            if mark.startswith("<"):
                opened[mark[1:]] = at
            else:
                found[mark[1:]] = (opened.get(mark[1:], at), at)
        return {name: place for name, place in found.items() if place[0] < place[1]}

    def _step(self, state: _State, word: str) -> _State | None:
        numeric = bool(state.number) and _is_number(word)
        key = word if word in state.words else _NUMBER if numeric else _ANY
        if key == _ANY and not state.any:
            return None
        if key in state.after:
            return state.after[key]
        targets = [*state.words.get(word, ()), *state.any, *(state.number if numeric else ())]
        reached = state.after[key] = self._state_of(targets)
        return reached

    def _state_of(self, places: Sequence[_Node], *, opening: bool = False) -> _State:
        nodes = self._closure(places, opening=opening)
        key = (opening, *sorted(map(id, nodes)))
        state = self._states.get(key)
        if state is None:
            if len(self._states) >= STATE_LIMIT:
                self._states.clear()
                self._anywhere.after.clear()
                self._at_start.after.clear()
            ended = self._closure(places, opening=opening, closing=True)
            state = self._states[key] = _State(nodes, ended)
        return state

    def _closure(
        self, places: Iterable[_Node], *, opening: bool = False, closing: bool = False
    ) -> list[_Node]:
        """The places and all they reach without a word, those with nothing to say left out."""
        found: dict[int, _Node] = {}
        waiting = list(places)
        while waiting:
            node = waiting.pop()
            if id(node) in found:
                continue
            found[id(node)] = node
            if not node.laid:
                self._lay_out(node)
            waiting += node.empty
            if opening and node.opening:
                waiting.append(node.opening)
            if closing and node.closing:
                waiting.append(node.closing)
        return [n for n in found.values() if n.words or n.any or n.number or n.accepts >= 0 or n.closing]

    def _path(self, hit: Hit, words: Sequence[str]) -> list[tuple[str, int]]:
        """The slot marks passed on a way through `hit`, each with the word it stood before."""
        tried: set[tuple[int, int]] = set()
        waiting: list[tuple[_Node, int, tuple[tuple[str, int], ...]]] = [
            (self._starts[hit.phrase], hit.first, ())
        ]
        while waiting:
            node, at, marks = waiting.pop()
            if (id(node), at) in tried:
                continue
            tried.add((id(node), at))
            if not node.laid:
                self._lay_out(node)
            if node.mark:
                marks = (*marks, (node.mark, at))
            if node.accepts == hit.phrase and at == hit.last:
                return list(marks)
            free = [*node.empty, *filter(None, (node.opening, node.closing))]
            waiting += [(after, at, marks) for after in free]
            if at < hit.last:
                waiting += [(after, at + 1, marks) for after in _after(node, words[at])]
        return []

    def _add(self, phrase: str) -> None:
        pattern = parse(phrase)
        self._note(pattern.parts)
        if _has_slot(pattern.parts, self._sets):
            self.slotted.add(len(self.patterns))
        final = _Node()
        final.accepts = len(self.patterns)
        self.patterns.append(pattern)
        self._starts.append(_Node(pattern.parts, final))

    def _note(self, parts: Parts) -> None:
        """Take up the words of these parts into the vocabulary."""
        for part in parts:
            if isinstance(part, Words):
                self.vocabulary.update(self._plainly(part.text))
            elif isinstance(part, Forms):
                self.vocabulary.update(*map(self._plainly, forms(part.word)))
            elif isinstance(part, Either):
                for choice in part.choices:
                    self._note(choice)
            elif isinstance(part, Slot):
                self._note(part.inner)

    def _plainly(self, text: str) -> tuple[str, ...]:
        if text not in self._plain:
            self._plain[text] = tuple(plain_words(text))
        return self._plain[text]

    def _lay_out(self, node: _Node) -> None:
        """Make the ways out of a place: those of the first of its parts."""
        node.laid = True
        self._nodes += 1
        if self._nodes > NODE_LIMIT:
            raise AssistError(f"the lexicon has more than {NODE_LIMIT} places; its phrases are too large")
        if node.end is None:
            return
        if not node.parts:
            node.empty.append(node.end)
            return
        part, rest = node.parts[0], node.parts[1:]
        self._lay_part(node, part, _Node(rest, node.end) if rest else node.end)

    def _lay_part(self, node: _Node, part: Part, after: _Node) -> None:
        if isinstance(part, Words):
            self._lay_words(node, self._plainly(part.text), after)
        elif isinstance(part, Forms):
            for form in forms(part.word):
                self._lay_words(node, self._plainly(form), after)
        elif isinstance(part, Either):
            self._lay_choices(node, part, after)
        elif isinstance(part, SetName):
            self._lay_choices(node, self._sets[part.name], after)
        elif isinstance(part, Gap):
            _lay_gap(node, part.most, after)
        elif isinstance(part, Slot):
            _lay_slot(node, part, after)
        elif isinstance(part, Number):
            node.number.append(of := _Node((Either(((Words("of"),), ())),), after))
            node.empty.append(_Node(_WORDY_NUMBERS, of))
        elif isinstance(part, Opening):
            node.opening = after
        else:
            assert isinstance(part, Closing)  # noqa: S101
            node.closing = after

    def _lay_words(self, node: _Node, words: Sequence[str], after: _Node) -> None:
        for word in words[:-1]:
            node.words.setdefault(word, []).append(next_node := _Node())
            next_node.laid = True
            node = next_node
        node.words.setdefault(words[-1], []).append(after) if words else node.empty.append(after)

    def _lay_choices(self, node: _Node, part: Either, after: _Node) -> None:
        for choice in part.choices:
            if len(choice) == 1 and isinstance(choice[0], Words):
                self._lay_words(node, self._plainly(choice[0].text), after)
            elif choice:
                node.empty.append(_Node(choice, after))
            else:
                node.empty.append(after)


def _lay_gap(node: _Node, most: int, after: _Node) -> None:
    for _ in range(most):
        node.empty.append(after)
        node.any.append(next_node := _Node())
        next_node.laid = True
        node = next_node
    node.empty.append(after)


def _lay_slot(node: _Node, slot: Slot, after: _Node) -> None:
    finish = _Node((), after)
    finish.mark = f">{slot.name}"
    if slot.inner:
        begin = _Node(slot.inner, finish)
    else:
        begin, rest = _Node(), _Node()
        begin.laid = rest.laid = True
        begin.any.append(rest)
        _lay_gap(rest, SLOT_WORDS - 1, finish)
    begin.mark = f"<{slot.name}"
    node.empty.append(begin)


def _has_slot(parts: Parts, sets: Mapping[str, Either]) -> bool:
    for part in parts:
        if isinstance(part, Slot):
            return True
        if isinstance(part, SetName):
            part = sets[part.name]
        if isinstance(part, Either) and any(_has_slot(choice, sets) for choice in part.choices):
            return True
    return False


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or word in _NUMBER_WORDS


def _after(node: _Node, word: str) -> Iterator[_Node]:
    yield from node.any
    if _is_number(word):
        yield from node.number
    yield from node.words.get(word, ())

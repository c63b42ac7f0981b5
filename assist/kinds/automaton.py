"""Many phrases sought at once, in time that grows with the text and not with the lexicon.

Every phrase is a small graph of words, and the graphs are walked together from each word of a
sentence. Three things keep that cheap. An index of first words says which phrases a word may begin,
and only those are ever read. A graph is laid out only as far as a text has ever led into it. And the
sets of places reached together are remembered as states, so that a step is worked out once and then
only looked up (subset construction on demand). A phrase has a bounded length and no unbounded
repetition, so a walk is bounded too: there is no text and no phrase on which it blows up.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from assist.kinds.graph import Graph, Node, is_number
from assist.kinds.index import ANY, NUMBER, Index, index
from assist.lexicon.pattern import Either, Part, Parts, SetName, Slot, parse

STATE_LIMIT = 100_000
WORDS_REMEMBERED = 1_000
LEAD_INS = frozenset(
    "ok oh well right so and but um uh hi hello hey look listen honestly actually sorry yes no yeah now "
    "then hmm ah".split()
)
"""Words that may stand before what opens a sentence."""


class Hit(NamedTuple):
    """Phrase number `phrase` found in words `first` up to but not including `last`."""

    phrase: int
    first: int
    last: int


class _State:
    """Places reached together: where each word leads from them, and the phrases that end here."""

    __slots__ = ("accepts", "accepts_at_end", "after", "any", "number", "words")

    def __init__(self, nodes: Iterable[Node], at_end: Iterable[Node]) -> None:
        self.after: dict[str, _State | None] = {}
        self.words = [node.words for node in nodes if node.words]
        self.any = [after for node in nodes for after in node.any]
        self.number = [after for node in nodes for after in node.number]
        self.accepts = tuple(node.accepts for node in nodes if node.accepts >= 0)
        self.accepts_at_end = tuple({node.accepts for node in at_end if node.accepts >= 0})


class Automaton:
    """Phrases compiled together; `find` gives every one that stands in a sentence.

    `sets` are the named word sets that phrases may use. Both come from a lexicon, which has made
    sure that they can be read. `known` is their index, where it is at hand from an earlier run.
    """

    def __init__(self, phrases: Sequence[str], sets: Mapping[str, Either], known: Index | None = None) -> None:
        self.index = known or index(phrases, sets)
        self._phrases = phrases
        self._sets = sets
        self._graph = Graph(sets)
        self._starts: dict[int, Node] = {}
        self._states: dict[frozenset[Node], _State] = {}
        self._begun: dict[tuple[str, bool], _State | None] = {}
        self._slotted: dict[int, bool] = {}
        self._slotted_sets: dict[str, bool] = {}

    def find(self, words: Sequence[str]) -> list[Hit]:
        """Every phrase in the words of one sentence; the longest from each first word."""
        hits: dict[tuple[int, int], int] = {}
        lead = True
        total = len(words)
        for first, word in enumerate(words):
            state = self._begin(word, lead=lead)
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
                after = state.after
                state = after[next_word] if next_word in after else self._step(state, next_word)
                last += 1
        return [Hit(phrase, first, last) for (phrase, first), last in hits.items()]

    def slots(self, hit: Hit, words: Sequence[str]) -> dict[str, tuple[int, int]]:
        """The words that each slot of a found phrase holds, as (first, last)."""
        if not self._has_slots(hit.phrase):
            return {}
        opened: dict[str, int] = {}
        found: dict[str, tuple[int, int]] = {}
        for mark, at in self._graph.marks(self._start(hit.phrase), words, hit.first, hit.last):
            if mark.startswith("<"):
                opened[mark[1:]] = at
            else:
                found[mark[1:]] = (opened.get(mark[1:], at), at)
        return {name: place for name, place in found.items() if place[0] < place[1]}

    def trailing(self, phrase: int) -> bool:
        """Whether a phrase ends in a gap, which takes the rest of the clause."""
        return parse(self._phrases[phrase]).trailing

    def _has_slots(self, phrase: int) -> bool:
        if phrase not in self._slotted:
            self._slotted[phrase] = self._has_slot(parse(self._phrases[phrase]).parts)
        return self._slotted[phrase]

    def _has_slot(self, parts: Parts) -> bool:
        return any(self._is_slotted(part) for part in parts)

    def _is_slotted(self, part: Part) -> bool:
        if isinstance(part, SetName):
            if part.name not in self._slotted_sets:
                self._slotted_sets[part.name] = self._is_slotted(self._sets[part.name])
            return self._slotted_sets[part.name]
        if isinstance(part, Either):
            return any(self._has_slot(choice) for choice in part.choices)
        return isinstance(part, Slot)

    def _begin(self, word: str, *, lead: bool) -> _State | None:
        """The state after the first word of a walk; `lead` says that it opens a sentence."""
        firsts = self.index.firsts
        numeric = NUMBER in firsts and is_number(word)
        key = word if word in firsts else NUMBER if numeric else ANY
        if key not in firsts:
            return None
        if (key, lead) in self._begun:
            return self._begun[key, lead]
        numbers = {
            *firsts.get(word, ()),
            *firsts.get(ANY, ()),
            *(firsts[NUMBER] if numeric else ()),
        }
        starts = [self._start(number) for number in sorted(numbers)]
        nodes = self._graph.at_edge(starts, opening=True) if lead else self._graph.closure(starts)
        targets = [after for node in nodes for after in node.after(word)]
        reached = self._begun[key, lead] = self._state_of(targets) if targets else None
        return reached

    def _start(self, phrase: int) -> Node:
        node = self._starts.get(phrase)
        if node is None:
            final = Node(laid=True)
            final.accepts = phrase
            node = self._starts[phrase] = Node(parse(self._phrases[phrase]).parts, final)
        return node

    def _step(self, state: _State, word: str) -> _State | None:
        """The state that a word leads to, or None; remembered by word while there is room."""
        named = [after for words in state.words if word in words for after in words[word]]
        numeric = bool(state.number) and is_number(word)
        targets = [*named, *state.any, *(state.number if numeric else ())]
        reached = self._state_of(targets) if targets else None
        if len(state.after) < WORDS_REMEMBERED:
            state.after[word] = reached
        return reached

    def _state_of(self, places: Sequence[Node]) -> _State:
        nodes = self._graph.closure(places)
        key = frozenset(nodes)
        state = self._states.get(key)
        if state is None:
            if len(self._states) >= STATE_LIMIT:
                self._states.clear()
                self._begun.clear()
            closes = any(node.closing for node in nodes)
            at_end = self._graph.at_edge(places, closing=True) if closes else nodes
            state = self._states[key] = _State(nodes, at_end)
        return state

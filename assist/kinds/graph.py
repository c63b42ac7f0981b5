"""A phrase as a graph of words, laid out only as far as a text has ever led into it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from assist.errors import AssistError
from assist.language.forms import forms
from assist.language.tokens import plain_words
from assist.lexicon.pattern import (
    SLOT_WORDS,
    Either,
    Forms,
    Gap,
    Number,
    Opening,
    Part,
    Parts,
    SetName,
    Slot,
    Words,
)

NODE_LIMIT = 2_000_000

_NUMBER_WORDS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand half "
    "dozen several couple few".split()
)
_WORDY_NUMBERS: Parts = (Either(((Words("a couple"),), (Words("a few"),), (Words("half a"),), (Words("a dozen"),))),)
_NO_WORDS: dict[str, tuple["Node", ...]] = {}
_OF: Parts = (Either(((Words("of"),), ())),)


def is_number(word: str) -> bool:
    """Whether a plain word is a number, in figures or in letters."""
    return word[:1].isdigit() or word in _NUMBER_WORDS


class Node:
    """A place in a phrase, from which `parts` lead on to `end`.

    The ways out are by a word, by any word, by a number, by nothing at all, or by nothing but only
    at the opening or the closing of a sentence. `accepts` is the phrase that ends here, or -1;
    `mark` says that a slot begins (`<name`) or ends (`>name`) here. `reach` are the places that say
    anything among this one and all that it leads to without a word, once that is known.
    """

    __slots__ = (
        "accepts",
        "any",
        "closing",
        "empty",
        "end",
        "laid",
        "mark",
        "number",
        "opening",
        "parts",
        "reach",
        "words",
    )

    def __init__(self, parts: Parts = (), end: "Node | None" = None, *, laid: bool = False) -> None:
        self.parts = parts
        self.end = end
        self.laid = laid
        self.accepts = -1
        self.mark = ""
        self.words: dict[str, tuple[Node, ...]] = _NO_WORDS
        self.any: tuple[Node, ...] = ()
        self.number: tuple[Node, ...] = ()
        self.empty: tuple[Node, ...] = ()
        self.opening: Node | None = None
        self.closing: Node | None = None
        self.reach: tuple[Node, ...] | None = None

    def lead(self, word: str, after: "Node") -> None:
        """Make `word` lead to `after`."""
        if self.words is _NO_WORDS:
            self.words = {}
        self.words[word] = (*self.words.get(word, ()), after)

    def after(self, word: str) -> Iterator["Node"]:
        """The places that a word leads to."""
        yield from self.any
        if self.number and is_number(word):
            yield from self.number
        yield from self.words.get(word, ())


class Graph:
    """The graphs of phrases that use the word sets `sets`."""

    def __init__(self, sets: Mapping[str, Either]) -> None:
        self._sets = sets
        self._laid = 0

    def closure(self, places: Iterable[Node]) -> dict[Node, None]:
        """The places and all they reach without a word, those with nothing to say left out."""
        return dict.fromkeys(
            chain.from_iterable(self._reach(node) if node.reach is None else node.reach for node in places)
        )

    def at_edge(self, places: Iterable[Node], *, opening: bool = False, closing: bool = False) -> dict[Node, None]:
        """The same where a sentence opens or closes."""
        found: dict[Node, None] = {}
        waiting = list(places)
        while waiting:
            node = waiting.pop()
            if node in found:
                continue
            found[node] = None
            waiting += self.free(node)
            if opening and node.opening:
                waiting.append(node.opening)
            if closing and node.closing:
                waiting.append(node.closing)
        return {node: None for node in found if _says(node)}

    def _reach(self, node: Node) -> tuple[Node, ...]:
        node.reach = tuple(self.at_edge((node,)))
        return node.reach

    def free(self, node: Node) -> tuple[Node, ...]:
        """The places that a node reaches without a word; it is laid out if it is not yet."""
        if not node.laid:
            self._lay_out(node)
        return node.empty

    def marks(self, start: Node, words: Sequence[str], first: int, last: int) -> list[tuple[str, int]]:
        """The slot marks on a way from `start` through words `first` to `last`, each with its word."""
        tried: set[tuple[int, int]] = set()
        waiting: list[tuple[Node, int, tuple[tuple[str, int], ...]]] = [(start, first, ())]
        while waiting:
            node, at, passed = waiting.pop()
            if (id(node), at) in tried:
                continue
            tried.add((id(node), at))
            if node.mark:
                passed = (*passed, (node.mark, at))
            if node.accepts >= 0 and at == last:
                return list(passed)
            free = [*self.free(node), *filter(None, (node.opening, node.closing))]
            waiting += [(after, at, passed) for after in free]
            if at < last:
                waiting += [(after, at + 1, passed) for after in node.after(words[at])]
        return []

    def _lay_out(self, node: Node) -> None:
        """Make the ways out of a place: those of the first of its parts."""
        node.laid = True
        self._laid += 1
        if self._laid > NODE_LIMIT:
            raise AssistError(f"the lexicon has more than {NODE_LIMIT} places; its phrases are too large")
        if node.end is None:
            return
        if not node.parts:
            node.empty += (node.end,)
            return
        part, rest = node.parts[0], node.parts[1:]
        self._lay_part(node, part, Node(rest, node.end) if rest else node.end)

    def _lay_part(self, node: Node, part: Part, after: Node) -> None:
        if isinstance(part, Words):
            _lay_words(node, plain_words(part.text), after)
        elif isinstance(part, Forms):
            for form in forms(part.word):
                _lay_words(node, plain_words(form), after)
        elif isinstance(part, Either | SetName):
            _lay_choices(node, self._sets[part.name] if isinstance(part, SetName) else part, after)
        elif isinstance(part, Gap):
            _lay_gap(node, part.most, after)
        elif isinstance(part, Slot):
            _lay_slot(node, part, after)
        elif isinstance(part, Number):
            of = Node(_OF, after)
            node.number += (of,)
            node.empty += (Node(_WORDY_NUMBERS, of),)
        elif isinstance(part, Opening):
            node.opening = after
        else:
            node.closing = after


def _says(node: Node) -> bool:
    return bool(node.words or node.any or node.number or node.closing) or node.accepts >= 0


def _lay_words(node: Node, words: Sequence[str], after: Node) -> None:
    if not words:
        node.empty += (after,)
        return
    for word in words[:-1]:
        node.lead(word, next_node := Node(laid=True))
        node = next_node
    node.lead(words[-1], after)


def _lay_choices(node: Node, part: Either, after: Node) -> None:
    for choice in part.choices:
        if len(choice) == 1 and isinstance(choice[0], Words):
            _lay_words(node, plain_words(choice[0].text), after)
        elif choice:
            node.empty += (Node(choice, after),)
        else:
            node.empty += (after,)


def _lay_gap(node: Node, most: int, after: Node) -> None:
    for _ in range(most):
        next_node = Node(laid=True)
        node.empty += (after,)
        node.any += (next_node,)
        node = next_node
    node.empty += (after,)


def _lay_slot(node: Node, slot: Slot, after: Node) -> None:
    finish = Node((), after)
    finish.mark = f">{slot.name}"
    if slot.inner:
        begin = Node(slot.inner, finish)
    else:
        begin, rest = Node(laid=True), Node(laid=True)
        begin.any = (rest,)
        _lay_gap(rest, SLOT_WORDS - 1, finish)
    begin.mark = f"<{slot.name}"
    node.empty += (begin,)

"""A message read: its plain words, where each stands, and its sentences."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from assist.language.blanks import BLANK
from assist.language.quotes import in_marks, mailed, signature
from assist.language.tokens import QUOTE, Token, tokens
from assist.spans import Span
from assist.text import Text


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words `first` up to but not including `last`; `span` is the place in the text as typed."""

    first: int
    last: int
    span: Span
    question: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A message as plain words in sentences.

    `starts` and `ends` are places in the text as typed, one for each word. A passage in quotation
    marks counts as one word that nothing can match. `breaks` are the words before which a clause
    begins. `sentence_of` gives the index of each word's sentence.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[Sentence, ...]
    sentence_of: tuple[int, ...]
    breaks: frozenset[int]

    def span(self, first: int, last: int) -> Span:
        """The place in the text of words `first` up to but not including `last`."""
        return Span(self.starts[first], self.ends[last - 1])

    def sentence_at(self, place: int) -> Sentence | None:
        """The sentence around a place in the text."""
        number = self.sentence_number(place)
        return None if number is None else self.sentences[number]

    def sentence_number(self, place: int) -> int | None:
        """The index of the sentence around a place in the text."""
        number = bisect_right(self.sentences, place, key=lambda sentence: sentence.span.start) - 1
        return number if number >= 0 and place < self.sentences[number].span.end else None

    def clause_end(self, word: int) -> int:
        """The first word after the clause that `word` stands in."""
        last = self.sentences[self.sentence_of[word]].last
        return min((cut for cut in self.breaks if word < cut < last), default=last)


def read(message: str, *, own: bool = True) -> Passage:
    """Read a message.

    `own` leaves out what is not the writer's own: earlier mail, quotations, and the signature.
    Otherwise only earlier mail is left out.
    """
    text = Text(message)
    plain = text.plain
    closing = signature(plain) if own else None
    away = [(span, "\n\n") for span in [*mailed(plain), *([closing] if closing else [])]]
    away += [(Span(*blank.span()), QUOTE) for blank in BLANK.finditer(plain)]
    if own:
        away += [(span, QUOTE) for span in in_marks(plain)]
    return _passage(text, _without(tokens(plain), away))


def _without(found: list[Token], away: Sequence[tuple[Span, str]]) -> list[Token]:
    """The tokens with one stand-in for each span that is not the writer's own."""
    if not away:
        return found
    spans = sorted(away, key=lambda item: (item[0].start, -item[0].end))
    kept: list[Token] = []
    at = 0
    for token in found:
        while at < len(spans) and spans[at][0].end <= token.start:
            at += 1
        if at == len(spans) or token.start < spans[at][0].start:
            kept.append(token)
            continue
        span, stand_in = spans[at]
        if not (kept and kept[-1].start == span.start and kept[-1].word == stand_in):
            kept.append(Token(stand_in, span.start, span.end, mark=stand_in != QUOTE))
    return kept


_END = re.compile(r"[.!?]+$|^[?!.]")
_ELLIPSIS = re.compile(r"^(?:\.{2,}|…)$")


class _End(NamedTuple):
    """Where a sentence ends: the word after it, whether it asks, and its end in the plain text."""

    last: int
    asks: bool
    end: int


class _Cut(NamedTuple):
    """A sentence: its words, whether it asks, and its end in the plain text where a mark gives it."""

    first: int
    last: int
    asks: bool
    end: int


def _passage(text: Text, found: list[Token]) -> Passage:
    words = [token for token in found if not token.mark]
    ends, breaks = _marks(text, found)
    plain_words = tuple(token.word for token in words)
    cuts = _sentence_cuts(plain_words, ends, breaks)
    return Passage(
        text=text.original,
        words=plain_words,
        starts=tuple(text.start(token.start) for token in words),
        ends=tuple(text.end(token.end) for token in words),
        sentences=tuple(_sentences(text, words, cuts)),
        sentence_of=tuple(number for number, cut in enumerate(cuts) for _ in range(cut.first, cut.last)),
        breaks=frozenset(breaks | {cut.first for cut in cuts}),
    )


def _marks(text: Text, found: Sequence[Token]) -> tuple[list[_End], set[int]]:
    """What the marks say: where sentences end, and before which words clauses begin."""
    ends: list[_End] = []
    breaks: set[int] = set()
    count = 0
    for index, token in enumerate(found):
        if not token.mark:
            count += 1
            continue
        after = found[index + 1] if index + 1 < len(found) else None
        if _ends(token, after, text.plain):
            before = ends.pop() if ends and ends[-1].last == count else _End(count, asks=False, end=token.start)
            end = before.end if token.word.isspace() else token.end
            ends.append(_End(count, before.asks or "?" in token.word, end))
        elif not token.word.isspace() and not _hyphen(token, text.plain):
            breaks.add(count)
    return ends, breaks


def _hyphen(token: Token, plain: str) -> bool:
    """Whether a dash joins two words rather than parting two clauses."""
    beside = plain[token.start - 1 : token.start] + plain[token.end : token.end + 1]
    return token.word in {"-", "/"} and len(beside) == len(beside.strip()) == 2


def _ends(token: Token, after: Token | None, plain: str) -> bool:
    """Whether a sentence ends at this mark."""
    mark = token.word
    if "\n" in mark:
        if mark.count("\n") > 1 or after is None:
            return True
        return after.mark or not plain[after.start].islower()
    if _ELLIPSIS.match(mark):
        return after is None or plain[after.start].isupper()
    return bool(_END.search(mark))


def _sentence_cuts(words: Sequence[str], ends: Sequence[_End], breaks: set[int]) -> list[_Cut]:
    cuts: list[_Cut] = []
    first = 0
    for last, asks, end in [*ends, _End(len(words), asks=False, end=0)]:
        if last > first:
            inner = [first, *_unmarked(words, first, last, breaks), last]
            for start, stop in pairwise(inner):
                final = stop == last
                cuts.append(_Cut(start, stop, (asks and final) or _asks(words, start), end if final else 0))
            first = last
    return cuts


_LINKS = frozenset("and but so then because um uh ok right anyway also well yeah".split())
_SUBJECTS = frozenset(
    "i we you he she they it there this that can could did have is are what when where how would please".split()
)
_ASKING = frozenset("did have can could would are".split())
_NO_CUT_AFTER = frozenset(
    "what when where how why who which whom and or but so if as than whether because not thing".split()
)
_LONG_RUN = 12
_PIECE = 4
_QUESTION_HEAD = 5


def _unmarked(words: Sequence[str], first: int, last: int, breaks: set[int]) -> list[int]:
    """Where to cut a long run that has no marks in it, as people talk and type."""
    stops = [first, *(word for word in range(first + 1, last) if word in breaks), last]
    cuts: list[int] = []
    for start, stop in pairwise(stops):
        cuts += (index for index in range(start + 2, stop - 2) if _turns_to_ask(words, start, index))
        if stop - start <= _LONG_RUN:
            continue
        at = start
        for index in range(start + _PIECE, stop - 2):
            if index - at < _PIECE:
                continue
            word, after = words[index], words[index + 1]
            if word in _LINKS and after in _SUBJECTS and words[index - 1] not in _LINKS:
                cuts.append(index)
                at = index
    return sorted(set(cuts))


def _turns_to_ask(words: Sequence[str], start: int, index: int) -> bool:
    """Whether a question begins here, in the middle of a run: `sorry about that did you …`.

    In `at what time would you …` it has begun before.
    """
    asks = words[index] in _ASKING and words[index + 1] == "you"
    if not asks or words[index - 1] in _NO_CUT_AFTER:
        return False
    return _WH.isdisjoint(words[max(start, index - _QUESTION_HEAD) : index])


_LEADS = _LINKS | frozenset("hi hello hey sorry yes no now then hmm ah oh look".split())
_MOST_LEADS = 12
"""So many are skipped before a question; a text of nothing else would be read again from each of its words."""
_ALWAYS_ASKS = frozenset("is are was were did does has".split())
_OPENERS = frozenset("do have can could would will may might shall".split())
_WH = frozenset("what when where which who whose why how".split())
_ASKED = frozenset("i you we they he she it the your there that this my our someone anyone any".split())


def _asks(words: Sequence[str], first: int) -> bool:
    """Whether words without a question mark are put as a question."""
    last = min(len(words) - 1, first + _MOST_LEADS)
    while first < last and words[first] in _LEADS:
        first += 1
    if first + 1 >= len(words):
        return False
    word, after = words[first], words[first + 1]
    if word in _ALWAYS_ASKS:
        return True
    if word in _OPENERS:
        return after in _ASKED
    return word in _WH and (after in _OPENERS or word in {"which", "what", "how"}) and after not in {"a", "an"}


def _sentences(text: Text, words: Sequence[Token], cuts: Sequence[_Cut]) -> Iterator[Sentence]:
    for first, last, asks, end in cuts:
        start = text.start(words[first].start)
        stop = text.end(max(end, words[last - 1].end))
        yield Sentence(first, last, Span(start, stop), asks)

"""Examples out of the replies: the best ones of each person, and one of everything that was found."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from assist.audit.acts import OPEN
from assist.audit.records import Examination, Noted, Said

BEST_EACH, BEST = 2, 4
"""How many good replies are kept of a person, and shown of all."""
_ROOM = 420
"""Longer replies are no examples."""
_AROUND = 90
"""How many letters are quoted on either side of what was found."""
_PLAIN = frozenset({"uses-name", "greets"})
"""What makes no reply an example by itself."""


class Piece(NamedTuple):
    """A stretch of a message, and whether it was found or praised."""

    text: str
    kind: Literal["", "finding", "praise"]


class Quote(NamedTuple):
    """Words of a message: `marks` are the categories and acts in it, each once.

    `asked` is what the customer had written, where something is missing from the reply rather than said in it.
    """

    conversation: str
    message: Said
    pieces: tuple[Piece, ...]
    marks: tuple[str, ...]
    asked: str = ""


_Rank = tuple[tuple[float, ...], tuple[str, int]]
_Ranked = tuple[_Rank, Quote]


class Examples:
    """What is worth quoting of the conversations added."""

    def __init__(self) -> None:
        self._best: defaultdict[str, list[_Ranked]] = defaultdict(list)
        self._found: dict[tuple[str, str], _Ranked] = {}

    def add(self, one: Examination) -> None:
        """One more conversation."""
        by_message: defaultdict[int, list[Noted]] = defaultdict(list)
        for noted in one.noted:
            by_message[noted.number].append(noted)
        for number, notes in by_message.items():
            said = one.audited.messages[number - 1]
            self._praise(one, said, notes)
            for noted in notes:
                if noted.kind == "finding":
                    self._find(one, said, noted)

    @property
    def best(self) -> list[Quote]:
        """The best replies, one of a person at most, in the order of their names."""
        ranked = sorted((one for agent, kept in self._best.items() if agent for one in kept), key=lambda one: one[0])
        chosen: dict[str, Quote] = {}
        texts: set[str] = set()
        for _, quote in ranked:
            if quote.message.agent not in chosen and (words := _wordless(quote.message.text)) not in texts:
                chosen[quote.message.agent] = quote
                texts.add(words)
        return sorted(list(chosen.values())[:BEST], key=lambda one: one.message.agent.casefold())

    def best_of(self, agent: str) -> list[Quote]:
        """The best replies of one person."""
        return [quote for _, quote in self._best.get(agent, [])]

    def found(self, category: str, agent: str = "") -> Quote | None:
        """An example of a finding, of one person or of anybody."""
        ranked = self._found.get((category, agent))
        return ranked[1] if ranked else None

    def _praise(self, one: Examination, said: Said, notes: Sequence[Noted]) -> None:
        acts = {noted.category for noted in notes if noted.kind == "praise"}
        flawed = any(noted.kind == "finding" for noted in notes)
        if flawed or not acts - _PLAIN or len(said.text) > _ROOM:
            return
        well = one.audited.resolved is True or one.audited.taken_up
        rank = (-len(acts), float(not well)), (one.audited.id, said.number)
        kept = self._best[said.agent]
        if len(kept) < BEST_EACH or rank < kept[-1][0]:
            kept.append((rank, quote(one.audited.id, said, notes)))
            kept.sort(key=lambda ranked: ranked[0])
            first = {_wordless(quoted.message.text): (rank, quoted) for rank, quoted in reversed(kept)}
            kept[:] = sorted(first.values(), key=lambda ranked: ranked[0])[:BEST_EACH]

    def _find(self, one: Examination, said: Said, noted: Noted) -> None:
        asked = None if noted.words else _asked(one, said)
        rank = (-noted.confidence, _untold(asked), abs(len(said.text) - _AROUND)), (one.audited.id, said.number)
        for agent in {"", said.agent}:
            key = noted.category, agent
            if key not in self._found or rank < self._found[key][0]:
                shown = excerpt(quote(one.audited.id, said, [noted]))
                self._found[key] = rank, shown._replace(asked=_head(asked.text) if asked else "")


def _asked(one: Examination, reply: Said) -> Said | None:
    """What the customer had written last before a reply."""
    before = reversed(one.audited.messages[: reply.number - 1])
    return next((said for said in before if said.role == "customer" and not said.note), None)


def _untold(asked: Said | None) -> int:
    """How little a customer's message tells why something should have been said, from 0; 0 as well without any."""
    if asked is None or not OPEN.isdisjoint(asked.acts):
        return 0
    return 1 if "?" in asked.text else 2


def quote(conversation: str, said: Said, notes: Iterable[Noted]) -> Quote:
    """A whole message with what was noted in it."""
    notes = list(notes)
    return Quote(
        conversation, said, tuple(pieces(said.text, notes)), tuple(dict.fromkeys(one.category for one in notes))
    )


def pieces(text: str, notes: Sequence[Noted]) -> Iterator[Piece]:
    """A text cut where something noted begins or ends; where both stand, it counts as found."""
    places = sorted({0, len(text), *(place for one in notes for place in (one.start, one.end) if place < len(text))})
    for start, end in pairwise(places):
        kinds = {one.kind for one in notes if one.start <= start and end <= one.end}
        yield Piece(text[start:end], "finding" if "finding" in kinds else "praise" if kinds else "")


def excerpt(of: Quote) -> Quote:
    """The quote with what stands far from the marked words left out."""
    marked = [number for number, piece in enumerate(of.pieces) if piece.kind]
    if not marked:
        return of._replace(pieces=(Piece(_head(of.message.text), ""),))
    first, last = marked[0], marked[-1]
    before = "".join(piece.text for piece in of.pieces[:first])
    after = "".join(piece.text for piece in of.pieces[last + 1 :])
    return of._replace(pieces=(Piece(_tail(before), ""), *of.pieces[first : last + 1], Piece(_head(after), "")))


def _wordless(text: str) -> str:
    """What a text is apart from names, numbers and case, so that the same template is quoted once."""
    return " ".join(word for word in text.split() if word[:1].islower())


def _head(words: str) -> str:
    return words if len(words) <= _AROUND else words[:_AROUND].rsplit(" ", 1)[0] + " …"


def _tail(words: str) -> str:
    return words if len(words) <= _AROUND else "… " + words[-_AROUND:].split(" ", 1)[-1]

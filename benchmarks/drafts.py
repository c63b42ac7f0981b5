"""Drafts and conversations to measure with, made from the lexicon's own examples.

Everything here is drawn with a fixed seed: the same lexicon gives the same drafts.
"""

from collections.abc import Iterator, Sequence
from itertools import count
from random import Random
from typing import NamedTuple

from assist.conversation import Conversation, Turn
from assist.lexicon import ActEntry, Lexicon

WORDS = 60
SLACK = 3

CONVERSATION = (
    Turn("customer", "Hi, my broadband has been down since Tuesday and I work from home."),
    Turn("agent", "Hello Priya, thanks for getting in touch. Let me look at the line for you."),
    Turn("customer", "I've called three times already. My account number is 40718822."),
    Turn("agent", "I'm so sorry that you had to chase us. I can see the fault from here."),
    Turn("customer", "Thanks, but when will it be fixed? I have a deadline on Friday."),
    Turn("customer", "And I'd like to know what happens to the bill for this week."),
)
"""Six turns of a complaint, still open."""


class Pool(NamedTuple):
    """What agents say in the examples, and what customers say."""

    passes: tuple[str, ...]
    flags: tuple[str, ...]
    customer: tuple[str, ...] = ()


def pool(lexicon: Lexicon) -> Pool:
    """Every example of a lexicon, as a sentence with a mark at its end."""
    passes: list[str] = []
    flags: list[str] = []
    customer: list[str] = []
    for entry in lexicon.entries.values():
        good = [_closed(example.draft) for example in entry.examples.passes]
        bad = [_closed(example.draft) for example in entry.examples.flags]
        if isinstance(entry, ActEntry) and entry.by == "customer":
            customer += [*bad, *good]
        else:
            passes += good
            flags += bad
    return Pool(tuple(passes), tuple(flags), tuple(customer))


def part(whole: Pool, start: int, step: int) -> Pool:
    """Every so many-th example of a pool, from the one at `start` on."""
    return Pool(*(sentences[start::step] for sentences in whole))


def drafts(pool: Pool, number: int, *, seed: int = 0) -> list[str]:
    """Drafts of about sixty words, one flagged sentence to two that pass."""
    dealt = _mixed(pool, Random(seed))
    return [_draft(dealt) for _ in range(number)]


def conversations(pool: Pool, *, seed: int = 0) -> Iterator[Conversation]:
    """Conversations without end, each of eight to fourteen short turns, customer first."""
    chance = Random(seed)
    asked, answered = _dealt(pool.customer, chance), _mixed(pool, chance)
    for number in count(1):
        turns = [
            turn
            for _ in range(chance.randint(4, 7))
            for turn in (Turn("customer", next(asked)), Turn("agent", next(answered)))
        ]
        yield Conversation(tuple(turns), f"made-{number}")


def _closed(text: str) -> str:
    return text if text[-1] in ".!?…" else f"{text}."


def _dealt(sentences: Sequence[str], chance: Random) -> Iterator[str]:
    """All the sentences in a random order, then again in another."""
    while True:
        yield from chance.sample(sentences, len(sentences))


def _mixed(pool: Pool, chance: Random) -> Iterator[str]:
    passes, flags = _dealt(pool.passes, chance), _dealt(pool.flags, chance)
    while True:
        yield next(passes)
        yield next(passes)
        yield next(flags)


def _draft(dealt: Iterator[str]) -> str:
    """Sentences as dealt, those left out that would make the draft too long."""
    chosen: list[str] = []
    words = 0
    while words < WORDS - SLACK:
        sentence = next(dealt)
        length = len(sentence.split())
        if words + length <= WORDS + SLACK:
            chosen.append(sentence)
            words += length
    return " ".join(chosen)

"""Plays rehearsed: each answer checked as the reply that it would be, to every one of its own asks."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple

from rapidfuzz import fuzz, process

from assist.conversation import Turn
from assist.findings import Finding
from assist.language.blanks import BLANK, asks_time
from assist.playbooks import Play
from assist.retrieval import Said
from assist.workbench import Workbench

SAMPLES = {
    "name": "Sam", "item": "kettle", "order_number": "48213", "booking_reference": "QX7T2L",
    "account_number": "7741902", "serial_number": "KX-2210", "flight": "BA142", "room": "214", "date": "12 March",
    "amount": "£24.99", "email": "sam@example.com", "phone": "020 7946 0018", "postcode": "LS1 4DY",
    "address": "12 Mill Lane",
}  # fmt: skip
"""What the slots are filled with."""
NEAR_COPY = 88
"""How alike two answers may be, of 100."""
TAKEN_UP = (
    Turn("agent", "Hello, I'm so sorry about this. I'm looking into it right now and stay with you."),
    Turn("customer", "Thank you, no worries, what can we do?"),
)
"""An apology that is taken up: from here on a rudimentary question may be asked, gently."""


class Fault(NamedTuple):
    """Something in a play that should be mended; `words` are those it is about."""

    play: Play
    problem: str
    words: str = ""


def faults(bench: Workbench, plays: Sequence[Play], today: date) -> Iterator[Fault]:
    """What should be mended: in each play by itself, in how it is found, and in answers that say the same."""
    for play in plays:
        if not play.body.strip():
            yield Fault(play, "the answer is empty")
        if play.sheet.review and play.sheet.review < today:
            yield Fault(play, f"was to be reviewed by {play.sheet.review}")
        yield from said(bench, play)
    yield from _lost(bench, plays)
    yield from _copies(plays)


def said(bench: Workbench, play: Play) -> Iterator[Fault]:
    """What the checker dislikes in a play: each finding once for the same words."""
    seen: set[tuple[str, str]] = set()
    for finding, words, where in chain(_answered(bench, play), _asked(bench, play)):
        if (finding.category, words) not in seen:
            seen.add((finding.category, words))
            yield Fault(play, f"{finding.category}, {where}: {finding.message}", words)


def _lost(bench: Workbench, plays: Sequence[Play]) -> Iterator[Fault]:
    """Asks by which another play is found before their own."""
    if index := bench.index(play.path for play in plays):
        for play in plays:
            for ask in play.asks:
                first = index.search([Said(ask)], 1, least=0.0)[0].play
                if first.id != play.id:
                    yield Fault(play, f"{first.id} is found before it by", ask)


def _copies(plays: Sequence[Play]) -> Iterator[Fault]:
    """Answers that say nearly the same, letter by letter."""
    texts = [play.text for play in plays]
    for place, text in enumerate(texts):
        found = process.extractOne(text, texts[:place], scorer=fuzz.ratio, score_cutoff=NEAR_COPY)
        if found is not None:
            yield Fault(plays[place], f"nearly the same answer as {plays[found[2]].id}")


def _answered(bench: Workbench, play: Play) -> Iterator[tuple[Finding, str, str]]:
    """What the checker finds in the answer: as a first reply with every slot filled, as a later one with none."""
    own = _samples(play)
    for ask in play.asks:
        for rest, values in (((), {**SAMPLES, **own}), (TAKEN_UP, own)):
            answering = bench.session([Turn("customer", ask), *rest])
            draft = play.answer.fill(values, answering.conditions)
            for finding in answering.check(draft).findings:
                words = draft[finding.start : finding.end]
                if not BLANK.search(words) or finding.category != "placeholder":
                    yield finding, words, f"to {ask!r}"


def _asked(bench: Workbench, play: Play) -> Iterator[tuple[Finding, str, str]]:
    """What the checker finds in the gentle questions, once an apology was taken up."""
    taken_up = bench.session([Turn("customer", play.asks[0]), *TAKEN_UP])
    for question in play.sheet.questions:
        for finding in taken_up.check(question).findings:
            yield finding, question[finding.start : finding.end], "in a question"


def _samples(play: Play) -> dict[str, str]:
    """Something that could stand in each blank of the play's own: a time for "by when?", plain words for the rest."""
    return {slot: "tomorrow at 5 pm" if asks_time(asks) else asks[:-1] for slot, asks in play.sheet.slots.items()}

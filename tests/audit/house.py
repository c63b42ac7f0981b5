"""A made-up house: three teams, six people and twelve weeks, the same each time."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple, cast

from assist.audit.examine import examine
from assist.audit.figures import Contacts
from assist.audit.moments import Judge
from assist.audit.records import Audited, Examination
from assist.transcripts.transcript import Message, Speaker, Transcript

PEOPLE = {  # team, and how often they do well
    "Priya": ("North", 0.95),
    "Tom": ("North", 0.35),
    "Ines": ("South", 0.8),
    "Dermot": ("South", 0.6),
    "Wen": ("Orders", 0.85),
    "Sofia": ("Orders", 0.5),
}
TROUBLES = {
    "broadband": "My broadband is down again, that's the third time this month!",
    "parcel": "Where is my parcel? It never came and I'm furious.",
    "billing": "You have charged me twice and nobody answers my mails. This is ridiculous.",
    "broken on arrival": "the lamp i ordered arrived broken",
}
QUESTIONS = {"opening hours": "Hi, what time do you open on Sunday?", "account": "How do I change my address, please?"}
WELL = (
    "Hi {who}, I'm so sorry about that. Let me look into it right away, and I'll come back to you by 4pm.",
    "Hello {who}, I apologise, that should not have happened. I'll sort this out and write again within an hour.",
    "Good morning {who}. I'm really sorry, I can see how frustrating that must be. I'll check the line now myself.",
)
BADLY = (
    "Did you restart it?",
    "It's our policy to wait ten days before we look into anything.",
    "You must have entered the wrong details.",
    "I'm sorry if you feel that way, but there is nothing I can do.",
)
ENDS_WELL = (
    "I've sorted it just now, and I've credited you 10 pounds for the trouble. Thank you for your patience, {who}.",
    "That is done now, {who}. Thank you for telling us, and I'll look in again tomorrow to see that all is well.",
)
ENDS_BADLY = ("You'd need to call our other department.", "I can't help you with that.", "It will be done soon.")
CONTENT = ("perfect, that's all working now. thank you so much!", "Great, all sorted, thanks.")
CROSS = (
    "Unbelievable. I'm taking my business elsewhere.",
    "This is a joke, I want to speak to a lawyer.",
    "so nothing happens then? I'm really angry now",
)
CUSTOMERS = ("Ann", "Lukas", "Mary", "Oleg", "Chidi", "Rosa", "Pat", "Yuki")


class Aside(NamedTuple):
    """A file that could not be read."""

    source: str
    problem: str


class Made(NamedTuple):
    """How an audit was made."""

    finished: datetime = datetime(2025, 12, 1, 8, tzinfo=UTC)
    inputs: tuple[str, ...] = ("autumn.jsonl",)
    lexicon: str = "5f2a9c"
    zone: str = "UTC"


@dataclass
class House:
    """An audit held in memory."""

    examined: list[Examination]
    set_aside: list[Aside] = field(default_factory=list)
    made: Made = field(default_factory=Made)

    def examinations(self) -> list[Examination]:
        return self.examined

    def conversations(self) -> list[Audited]:
        return [one.audited for one in self.examined]

    def contacts(self, days: int) -> Contacts:
        return Contacts.of(self.conversations(), days)


def house_of(judge: Judge, many: int = 160) -> House:
    """So many conversations, examined."""
    aside = [Aside("autumn.jsonl:12", "not JSON"), Aside("autumn.jsonl:80", "not JSON")]
    return House([examine(one, judge) for one in transcripts(many)], aside)


def transcripts(many: int = 160) -> list[Transcript]:
    """So many conversations, from September to November 2025."""
    dice = Random(7)
    return [_talk(number, dice) for number in range(many)]


def _talk(number: int, dice: Random) -> Transcript:
    agent = dice.choice(list(PEOPLE))
    team, well = PEOPLE[agent]
    at = datetime(2025, 9, 1, 9, tzinfo=UTC) + timedelta(days=dice.randrange(84), minutes=dice.randrange(480))
    well += 0.1 if at.month > 9 else -0.1
    who = dice.choice(CUSTOMERS)
    trouble = dice.random() < 0.75
    topic, opening = dice.choice(list((TROUBLES if trouble else QUESTIONS).items()))
    turns = [("customer", opening)]
    if not trouble:
        turns += [("agent", f"Hello {who}! We open at ten on Sundays, and I've changed it for you just now.")]
    else:
        turns += [("agent", dice.choice(WELL if dice.random() < well else BADLY).format(who=who))]
        turns += [("customer", dice.choice(("ok thanks", "well, I have waited for days")))]
        turns += [("agent", dice.choice(ENDS_WELL if dice.random() < well else ENDS_BADLY).format(who=who))]
    fine = not trouble or turns[-1][1].startswith(("I've", "That is done"))
    turns += [("customer", dice.choice(CONTENT if fine else CROSS))]
    messages = []
    for role, words in turns:
        messages.append(Message(cast("Speaker", role), words, at, agent if role == "agent" else who))
        at += timedelta(seconds=dice.randrange(8, 60 if well > 0.6 else 150))
    rating = dice.choice((0.75, 1.0) if fine else (0.0, 0.25)) if dice.random() < 0.4 else None
    customer = f"c-{dice.randrange(70)}"
    return Transcript(f"n{number:03}", tuple(messages), "chat", customer, team, topic, rating=rating)

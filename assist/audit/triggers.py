"""Signs that a customer is not content, conversation by conversation, for somebody to read first."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple

from assist.audit.acts import UPSET
from assist.audit.figures import Contacts, Terms
from assist.audit.records import Audited, Said

_SAME = re.compile(r"(.)\1+")
"""A letter that is drawn out, as in `Helloooo`."""
_GREETING = frozenset(
    _SAME.sub(r"\1", word)
    for word in (
        "hello hallo hi hiya hey heya yo dear greetings good morning afternoon evening day sir madam team everyone all "
        "is are you there anyone anybody someone somebody again please ok okay yes no test thanks thank thx bye goodbye"
    ).split()
)
"""Of these alone no request is made; each letter stands once for however often it is drawn out."""


class Sign(NamedTuple):
    """One sign: what it is, how much it weighs, and the message that shows it, masked; None where no message does."""

    name: str
    weight: int
    message: Said | None


@dataclass(frozen=True, slots=True)
class Worry:
    """A conversation with its signs, the heaviest first; `weight` is their sum."""

    audited: Audited
    signs: tuple[Sign, ...]

    @property
    def weight(self) -> int:
        """How soon it should be read."""
        return sum(sign.weight for sign in self.signs)

    @property
    def place(self) -> tuple[int, float, str]:
        """What to sort by: the heaviest first; of those that weigh alike, the latest."""
        return -self.weight, -self.audited.opened.timestamp() if self.audited.opened else 0, self.audited.id


class _Trigger(NamedTuple):
    weight: int
    meaning: str
    shown: Callable[[Audited, Terms, Contacts], bool]
    message: Callable[[Audited], Said | None]


def _last(audited: Audited, role: str) -> Said | None:
    return next((said for said in reversed(audited.messages) if said.role == role and not said.note), None)


def _first(audited: Audited) -> Said | None:
    return next((said for said in audited.messages if said.role == "customer"), None)


def _doing(acts: frozenset[str], *, latest: bool = False) -> Callable[[Audited], Said | None]:
    """The customer's first, or latest, message in which one of these acts is done."""

    def find(audited: Audited) -> Said | None:
        messages = reversed(audited.messages) if latest else iter(audited.messages)
        return next((said for said in messages if said.role == "customer" and acts.intersection(said.acts)), None)

    return find


def _wants(audited: Audited) -> bool:
    """Whether the customer says more than hello: a greeting asks for nothing, and no timeline is missing."""
    said = (one.text for one in audited.messages if one.role == "customer" and not one.note)
    words = (word for text in said for word in re.findall(r"[^\W\d_]+", text.casefold()))
    return audited.complaint or any(_SAME.sub(r"\1", word) not in _GREETING for word in words)


def _overdue(audited: Audited) -> Said | None:
    number = next((promise.number for promise in audited.promises if promise.overdue), None)
    return audited.messages[number - 1] if number else None


TRIGGERS: Mapping[str, _Trigger] = {
    "legal or safety words": _Trigger(
        5,
        "The customer speaks of lawyers, authorities, harm or danger.",
        lambda one, *_: one.at_risk,
        _doing(frozenset({"legal-or-safety"})),
    ),
    "intent to leave": _Trigger(
        4,
        "The customer says that they will go elsewhere.",
        lambda one, *_: one.leaving,
        _doing(frozenset({"leaving"})),
    ),
    "promise overdue": _Trigger(
        4,
        "The time of a promise passed while the conversation went on, and nobody said that it was done.",
        lambda one, *_: any(promise.overdue for promise in one.promises),
        _overdue,
    ),
    "upset at close": _Trigger(
        3,
        "The customer was upset or leaving when they last spoke, and did not say that it was solved.",
        lambda one, *_: one.upset_at_close,
        _doing(UPSET | {"leaving"}, latest=True),
    ),
    "low rating": _Trigger(
        3,
        "The customer gave a rating in the lower half.",
        lambda one, terms, _: one.rating is not None and one.rating < terms.poor,
        lambda one: _last(one, "customer"),
    ),
    "unresolved without a timeline": _Trigger(
        2,
        "The customer asked for something or reported a problem, it did not end solved, and no agent said by when.",
        lambda one, *_: one.resolved is False and not one.timeline_given and _wants(one),
        lambda one: _last(one, "agent") or _last(one, "customer"),
    ),
    "repeat contact": _Trigger(
        2,
        "The customer had been in touch on the same topic a few days before.",
        lambda one, _, contacts: one.id in contacts.repeats,
        _first,
    ),
}
"""Every sign with its weight: 5 for danger, 4 for a customer about to go or let down, down to 2 for what may be one."""


def signs(audited: Audited, terms: Terms, contacts: Contacts) -> Iterator[Sign]:
    """The signs that a conversation shows, the heaviest first; each once."""
    for name, trigger in TRIGGERS.items():
        if trigger.shown(audited, terms, contacts):
            yield Sign(name, trigger.weight, trigger.message(audited))


def worries(audited: Iterable[Audited], terms: Terms, contacts: Contacts, most: int = 50) -> list[Worry]:
    """The conversations to read first, at most `most`: by the sum of what their signs weigh, then the latest."""
    shown = (Worry(one, tuple(signs(one, terms, contacts))) for one in audited)
    return nsmallest(most, (worry for worry in shown if worry.signs), key=lambda worry: worry.place)

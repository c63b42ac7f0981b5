"""Masking a message: what is found is put out of the text, kind by kind."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain

from assist.redaction import cards, contacts, identity, secrets
from assist.redaction.mask import BARRIER, Kind, Mask
from assist.spans import Edit, Span, apply
from assist.text import Text

PLACEHOLDERS: dict[Kind, str] = {
    "card": "[card]",
    "iban": "[IBAN]",
    "bank-account": "[bank account]",
    "identity": "[ID number]",
    "password": "[password]",
    "code": "[security code]",
    "answer": "[security answer]",
    "email": "[e-mail]",
    "phone": "[phone]",
    "date-of-birth": "[date of birth]",
}
"""What stands in place of each kind."""

_RULES: tuple[tuple[bool, Callable[[str, str], Iterator[Mask]]], ...] = (
    (False, lambda text, _: secrets.passwords(text)),
    (False, lambda text, _: secrets.plain_passwords(text)),
    (False, lambda text, _: contacts.emails(text)),
    (True, lambda text, _: cards.ibans(text)),
    (True, lambda text, _: cards.cards(text)),
    (False, lambda text, _: secrets.codes(text)),
    (False, lambda text, _: secrets.answers(text)),
    (True, lambda text, _: identity.identities(text)),
    (True, lambda text, _: cards.bank_accounts(text)),
    (False, contacts.births),
    (True, contacts.phones),
    (False, secrets.told),
)
"""Whether a rule needs four digits together, and the rule. The first to claim a part of the text has it."""

_FOUR_DIGITS = re.compile(r"\d(?:[ ().\-/]{0,3}\d){3}")
_PLACEHOLDER = re.compile("|".join(map(re.escape, PLACEHOLDERS.values())))
_MARKS = re.compile(r"[\d@]")
_WORDS = ("pass", "pwd", "pw", "maiden", " pet", " dot ", "pin", "otp", "cvv", "cvc", " code")
_ASKED = ("maiden", " pet")


@dataclass(frozen=True, slots=True)
class Redacted:
    """A message without what was masked; `masks` are in order of place and give code points of the original."""

    text: str
    masks: tuple[Mask, ...] = ()

    @property
    def kinds(self) -> Counter[Kind]:
        """How many of each kind were masked."""
        return Counter(mask.kind for mask in self.masks)


def redact(text: str, *, asked: str = "") -> Redacted:
    """`text` with a placeholder for each thing in it that should not be stored.

    `asked` is what the other side said last: a bare number that answers "and your PIN?" is masked, and so is a bare
    date or phone number. Names and street addresses stay, as do numbers of orders, tickets, parcels and bookings.

    To redact again changes nothing. Check first and redact what is stored: the recovery of a redacted conversation
    still knows that a phone number, an e-mail address or a date of birth was given, but an agent's turn with a
    placeholder in it looks like one with a blank left open.
    """
    if not may_hold(text, asked):
        return Redacted(text)
    source = Text(text)
    view = _PLACEHOLDER.sub(lambda match: BARRIER * len(match.group()), source.plain)
    masks: list[Mask] = []
    while found := _find(view, asked):
        masks += found
        view = apply(view, [Edit(span, BARRIER * (span.end - span.start)) for _, span in found])
    if not masks:
        return Redacted(text)
    placed = tuple(
        Mask(kind, Span(source.start(span.start), source.end(span.end)))
        for kind, span in sorted(masks, key=lambda mask: mask.span)
    )
    return Redacted(apply(text, [Edit(span, PLACEHOLDERS[kind]) for kind, span in placed]), placed)


def may_hold(text: str, asked: str = "") -> bool:
    """Whether `redact` may find anything: most messages have no digit, no sign and no word for a secret."""
    if _MARKS.search(text) or not text.isascii():
        return True
    lower = text.lower()
    return any(word in lower for word in _WORDS) or (bool(asked) and any(word in asked.lower() for word in _ASKED))


def _find(view: str, asked: str) -> list[Mask]:
    """What the rules find in a text whose masked parts are barriers, none of it twice."""
    taken = bytearray(len(view))
    found: list[Mask] = []
    numbered = bool(_FOUR_DIGITS.search(view))
    for mask in chain.from_iterable(rule(view, asked) for needs, rule in _RULES if numbered or not needs):
        start, end = mask.span
        if BARRIER not in view[start:end] and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append(mask)
    return found

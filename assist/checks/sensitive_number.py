"""A number that should not stand in a chat: a whole card, a social security number, a code."""

import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.us import ssn

from assist.checks.situation import Situation
from assist.kinds import Sighting
from assist.lexicon import CheckEntry
from assist.spans import Span

_CARD = re.compile(r"(?<![\d-])(?:\d[ -]?){12,18}\d(?![\d-])")
CARD = "a card number"
_CARD_WORDS = re.compile(r"\b(?:card|expiry|expires|exp|visa|mastercard|amex)\b", re.IGNORECASE)
_GROUPED = re.compile(r"\d{4}([ -])\d{4}\1\d{4}\1\d{4}")
_SSN = re.compile(r"(?<![\d-])\d{3}[- ]\d{2}[- ]\d{4}(?![\d-])")
_NINO = re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_SECRET = re.compile(
    r"\b(?:cvv2?|cvc2?|security code|pin|passcode|one[- ]time code|otp)\b(?:\s{1,3}(?:is|was|of|number|code)){0,4}"
    r"\s{0,3}[:=]?\s{0,3}\d{3,8}\b"
    r"|\b(?:password|passcode)(?:\s{1,3}(?:is|was|we have|on file)\b){1,4}\s{0,3}[:=]?\s{0,3}"
    r"[\"']?(?=\S{0,60}[\d!@#$%&*_])[^\s\"',.]{4,}",
    re.IGNORECASE,
)


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """Every number in the draft that should be masked.

    Beside words for a card four groups of four are one, mistyped though they may be.
    """
    draft = situation.draft
    of_card = bool(_CARD_WORDS.search(draft))
    for pattern, valid, what in (
        (_CARD, _is_card, CARD),
        (_SSN, ssn.is_valid, "a social security number"),
        (_NINO, bool, "a national insurance number"),
        (_SECRET, bool, "a secret code"),
    ):
        for match in pattern.finditer(draft):
            if valid(match.group()) or (of_card and what == CARD and _GROUPED.fullmatch(match.group())):
                masked = f"•••• {_last(match.group())}" if what == CARD else "••••"
                yield Sighting(entry, Span(*match.span()), "words", instead=(masked,), evidence=what)


def _is_card(number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    return 13 <= len(digits) <= 19 and luhn.is_valid(digits)


def _last(number: str) -> str:
    return re.sub(r"\D", "", number)[-4:]

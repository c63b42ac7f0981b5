"""A number that should not stand in a chat: a whole card, a social security number, a code."""

from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Sighting
from assist.lexicon import CheckEntry
from assist.redaction import may_hold
from assist.redaction.cards import cards
from assist.redaction.identity import identities
from assist.redaction.mask import Kind
from assist.redaction.secrets import codes, passwords
from assist.spans import Edit, apart

_CALLED: dict[Kind, str] = {
    "card": "a card number",
    "identity": "a social security number or the like",
    "code": "a secret code",
    "password": "a password",
}


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """Every number in the draft that should be masked."""
    draft = situation.draft
    if not may_hold(draft):
        return
    found = {
        Edit(mask.span, _CALLED[mask.kind]) for rule in (cards, identities, codes, passwords) for mask in rule(draft)
    }
    for span, what in apart(found):
        number = draft[slice(*span)]
        masked = f"•••• {_last(number)}" if what == _CALLED["card"] else "••••"
        yield Sighting(entry, span, "words", instead=(masked,), evidence=what)


def _last(number: str) -> str:
    return "".join(digit for digit in number if digit.isdigit())[-4:]

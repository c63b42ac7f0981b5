"""What a reply offers or gives to put things right."""

import re
from collections.abc import Mapping

from assist.kinds import Reading

_KINDS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(rf"\b(?:{words})\b")
    for kind, words in {
        "refund": r"refund(?:s|ed|ing)?|money back|reimburse\w*",
        "credit": r"credit(?:ed|ing)|(?:store|account|bill|service|goodwill|courtesy) credits?"
        r"|an? (?:\S+ )?credit(?! (?:card|check|score|limit))|credit (?:you|your|it|that|the|back)",
        "replacement": r"replacements?|replac(?:e|ed|ing)|brand new one|re ?send(?:ing)?|re ?sent",
        "voucher": r"vouchers?|gift cards?|coupons?",
        "discount": r"discount(?:s|ed)?|(?:per ?cent|money|pounds?|dollars?|euros?) off",
        "free of charge": r"free of charge|for free|complimentary|on the house|(?:no|without) charge|waiv(?:e|ed|ing)",
        "upgrade": r"upgrad(?:e|ed|ing)",
        "compensation": r"compensat(?:e|ed|ion)|goodwill",
    }.items()
}
_GIVES = frozenset({"something-extra", "done-now", "promises-action", "asks-remedy", "offers-alternative"})
_ANY = re.compile("|".join(kind.pattern for kind in _KINDS.values()))
_WITHHELD = ("refusal", "policy-wall", "deflection")


def remedies(reading: Reading) -> set[str]:
    """The kinds of remedy that a reply offers or gives, such as `refund`; none from a sentence that refuses."""
    numbers = {act.sentence for act in reading.acts if act.act in _GIVES}
    offers = [
        reading.wordings[number]
        for number in numbers
        if _ANY.search(reading.wordings[number]) and not any(reading.says(what, number) for what in _WITHHELD)
    ]
    return {kind for kind, words in _KINDS.items() if any(words.search(offer) for offer in offers)}

"""The particulars of a message, which nobody could guess again once they are gone: figures, times, amounts, names."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assist.language.dictionary import english_words
from assist.recovery.name_lists import NOT_NAMES
from assist.redaction.contacts import EMAIL
from assist.spans import Span

_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_UNIT = (
    r"(?:%|(?:percent|am|pm|o'?clock|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|(?:working |business )?days?|weeks?"
    rf"|months?|years?|pounds?|dollars?|euros?|quid|{_MONTH})\b)"
)
_COUNT = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundred|thousand)"
)
_BY = r"(?:(?<=\bat )|(?<=\bby )|(?<=\bbefore )|(?<=\buntil )|(?<=\btill ))"
_WRITTEN = (
    EMAIL,
    re.compile(r"\b(?:https?://|www\.)[^\s<>]*[\w/]", re.IGNORECASE),
    # A figure, but not the one of "100% sure".
    re.compile(rf"(?<!\w)(?!100\s?%)[£$€+#]?\w*\d(?:[\w.,:/-]*\w)?(?:\s{{0,2}}{_UNIT})?", re.IGNORECASE),
    # In letters only with what is counted: "all four steps" can be said anew.
    re.compile(rf"\b{_COUNT}(?:[ -]{_COUNT})* {_UNIT}", re.IGNORECASE),
    re.compile(rf"{_BY}{_COUNT}(?: {_COUNT})?(?=[.,;!?]|$| (?:on|in the|tomorrow|today|tonight)\b)", re.IGNORECASE),
    re.compile(
        r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:tomorrow|tonight|yesterday|noon|midday|midnight"
        r"|january|february|april|june|july|august|september|october|november|december)\b",
        re.IGNORECASE,
    ),
    re.compile(r"(?<=[a-z,] )(?:March|May)\b"),
)
_CAPITAL = r"(?=[\w'’-]{3})(?!I(?:ve|ll)\b)(?:[ODL]['’])?[A-Z][\w-]*[a-z][\w-]*"
_UNKNOWN = (
    re.compile(rf"(?<=[\w,;:)] ){_CAPITAL}"),
    re.compile(rf"(?<!\S){_CAPITAL}(?=(?:['’]ll| will| has| can| said| told)\b)"),
    re.compile(r"(?<=\bask for )[a-z]{4,20}\b|(?<=\bnamed )[a-z]{4,20}\b|(?<=\b(?:speak|write) to )[a-z]{4,20}\b"),
)
"""Where a word that no dictionary has is a name; at the start of a sentence it is as often a slip."""
_NAMED = re.compile(
    r"\b(?i:ask(?:ed|ing)? for|(?:speak|talk|write|spoke|talked|wrote) (?:to|with)|tell|called|named|colleague"
    r"|manager|mr|mrs|ms|dr)\.? ([A-Z][a-z]+)\b"
)
"""Where even a word that a dictionary has is one, such as Mark."""
_TITLES = frozenset("mr mrs ms mx miss dr prof sir madam monsieur".split())


class Particular(NamedTuple):
    """One of them: its words in small letters, with single spaces, and where it stands."""

    words: str
    span: Span


def particulars(text: str) -> list[Particular]:
    """The figures, amounts, dates and times, references, addresses and names of others in a text, in order.

    None is part of another. Numbers in letters count with a unit or as a time of day; a word with a capital
    that no dictionary has counts as a name.
    """
    found: list[Particular] = []
    for start, end in sorted({*_written(text), *_names(text)}, key=lambda span: (span.start, -span.end)):
        if not found or start >= found[-1].span.end:
            found.append(Particular(" ".join(text[start:end].lower().split()), Span(start, end)))
    return found


def _written(text: str) -> Iterator[Span]:
    return (Span(*match.span()) for pattern in _WRITTEN for match in pattern.finditer(text))


def _names(text: str) -> Iterator[Span]:
    for pattern in _UNKNOWN:
        for match in pattern.finditer(text):
            word = match.group().lower()
            if not (word in NOT_NAMES or word in _TITLES or word in english_words()):
                yield Span(*match.span())
    for match in _NAMED.finditer(text):
        if match[1].lower() not in NOT_NAMES:
            yield Span(*match.span(1))

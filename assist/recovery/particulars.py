"""The particulars of a message, which cannot be guessed again once they are gone: numbers, times, amounts, names."""

import re
from collections.abc import Iterator

from assist.language.dictionary import english_words
from assist.language.passage import read
from assist.recovery.name_lists import NOT_NAMES
from assist.redaction.contacts import EMAIL

_MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_UNIT = (
    r"(?:%|(?:percent|am|pm|o'?clock|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|(?:working |business )?days?|weeks?"
    rf"|months?|years?|pounds?|dollars?|euros?|quid|{_MONTH})\b)"
)
_COUNTED = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand|dozen"
)
_WRITTEN = (
    EMAIL,
    re.compile(r"\b(?:https?://|www\.)[^\s<>]*[\w/]", re.IGNORECASE),
    re.compile(rf"[£$€+#]?\w*\d(?:[\w.,:/-]*\w)?(?:\s?{_UNIT})?", re.IGNORECASE),
    re.compile(rf"\b(?:{_COUNTED})(?:[ -](?:{_COUNTED}))*(?: {_UNIT}|\b)", re.IGNORECASE),
    re.compile(
        r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:tomorrow|tonight|yesterday|noon|midday|midnight"
        r"|january|february|april|june|july|august|september|october|november|december)\b",
        re.IGNORECASE,
    ),
    re.compile(r"(?<=[a-z,] )(?:March|May)\b"),
)
_NAMED = re.compile(
    r"\b(?i:for|with|from|to|by|and|ask|tell|call|contact|named|called|mr|mrs|ms|dr)\.? ([A-Z][a-z]+)\b(?! [A-Z])"
)
_NAMED_SMALL = re.compile(
    r"\b(?:ask(?:ed|ing)? for|(?:speak|talk|spoke|talked|write) (?:to|with)|named|called|colleague|manager|contact)"
    r" ([a-z]{3,20})\b"
)
_TITLES = frozenset("mr mrs ms mx miss dr prof sir madam monsieur".split())
_GENITIVE = re.compile(r"['’]s?\b")


def particulars(text: str) -> frozenset[str]:
    """The numbers, amounts, dates and times, names, references and addresses in a text, in small letters.

    Taken generously: a word with a capital that no dictionary has counts as a name.
    """
    written = (match.group() for pattern in _WRITTEN for match in pattern.finditer(text))
    return frozenset(" ".join(part.lower().split()) for part in (*written, *_names(text)))


def _names(text: str) -> Iterator[str]:
    passage = read(text, own=False)
    at = -1
    for start, end, word in zip(passage.starts, passage.ends, passage.words, strict=True):
        if start > at and text[start].isupper() and not _usual(word):
            yield _GENITIVE.split(text[start:end])[0]
        at = start
    yield from (match[1] for match in _NAMED.finditer(text) if match[1].lower() not in NOT_NAMES)
    yield from (match[1] for match in _NAMED_SMALL.finditer(text) if not _usual(match[1]))


def _usual(word: str) -> bool:
    """Whether it is a word rather than a name."""
    return word in NOT_NAMES or word in _TITLES or word in english_words()

"""A blank of a template that nobody has filled."""

import re
from collections.abc import Iterator

from assist.checks.situation import Situation
from assist.kinds import Sighting
from assist.lexicon import CheckEntry
from assist.recovery import as_written
from assist.spans import Span

_FIELD = (
    r"name|first name|last name|surname|date|time|day|order|number|no\.?|id|ref|reference|amount|price|"
    r"total|e-?mail|phone|address|link|url|"
    r"agent|customer|guest|client|passenger|patient|tenant|recipient|user|company|product|item|model|account|"
    r"booking|ticket|case|insert|enter|your|add|tbc|tbd|xx+|city|hotel|flight|room|"
    r"store|branch|department|reason|policy|claim|member|title|signature|details|plan|invoice|tracking|"
    r"code|year|month|percent|currency|value"
)
_PLACEHOLDER = re.compile(
    r"\{\{[^{}\n]{0,60}\}\}|\{%[^%\n]{0,60}%\}|\$\{[^{}\n]{1,60}\}|\{[A-Za-z_][^{}\n]{0,60}\}|\{ ?\}"
    rf"|\[(?=[^\]\n]{{1,100}}\])(?:[^\]\n]{{0,40}}[\s_-])?(?:{_FIELD})(?:[\s_-][^\]\n]{{0,40}})?\]"
    r"|\[[A-Z][A-Z _/#-]{2,40}\]"
    rf"|<(?=[^<>\n@/]{{1,100}}>)(?:[^<>\n@/]{{0,40}}[\s_-])?(?:{_FIELD})(?:[\s_-][^<>\n@/]{{0,40}})?>"
    rf"|%(?:{_FIELD})(?:_\w+)?%|(?<!\w)_{{3,}}(?!\w)"
    r"|(?<![\w*•-])[Xx]{4,}+(?![\w-]{0,30}\d)(?!\s?\d)\b|(?<![A-Za-z0-9])X{3}(?![\w-]{0,30}\d)(?!\s?\d)\b"
    r"|\b(?:INSERT|ENTER|ADD) [A-Z]{3,}(?: [A-Z]+)*\b|\b[A-Z]+_(?:NAME|DATE|ID|NUMBER|AMOUNT|LINK)\b",
    re.IGNORECASE,
)
_CASED = re.compile(r"^(?:\[[A-Z][A-Z _/#-]+\]|X{3}|INSERT .*|ENTER .*|ADD .*|[A-Z]+_[A-Z]+)$", re.DOTALL)
_LOOSE = re.compile(r"^(?:\[[A-Z][A-Z _/#-]{2,40}\]|x{3}|(?:insert|enter|add) .*|[a-z]+_[a-z]+)$", re.IGNORECASE)
_BEFORE_BLANK = re.compile(
    r"(?:\b(?:dear|hi|hello|hey|mr|mrs|ms|your|number|no|order|ref|reference|on|at|by|until|from|is|am|name|date"
    r"|with)\b\.?|[£$€:#])\s*$",
    re.IGNORECASE,
)
BEFORE = 20
"""How many characters before a blank tell whether it is one."""

_KNOWN_FIELD = re.compile(rf"\b(?:{_FIELD})\b", re.IGNORECASE)
_HTML = re.compile(r"^</?(?:a|b|i|u|p|br|em|li|ul|ol|strong|span|div|td|tr|code|title|address|time)\b[^>]*>$")
_NAME = re.compile(r"name|guest|customer|client|passenger|patient", re.IGNORECASE)
_ORDER = re.compile(r"order|booking|reference|ref\b", re.IGNORECASE)


def find(situation: Situation, entry: CheckEntry) -> Iterator[Sighting]:
    """Every unfilled blank; one that the conversation can fill comes with its filling."""
    draft = situation.draft
    for match in _PLACEHOLDER.finditer(draft):
        if _ordinary(match.group(), draft[max(0, match.start() - BEFORE) : match.start()]):
            continue
        filling = _filling(situation, match.group())
        yield Sighting(
            entry,
            Span(*match.span()),
            "words",
            instead=(filling,) if filling else (),
            evidence=f"unfilled: {match.group()}",
        )


def _ordinary(words: str, before: str) -> bool:
    """Whether brackets or capitals are plain text after all."""
    if _HTML.match(words):
        return True
    if before.endswith(("/", "`", "=")):
        return True
    if words.startswith("__"):
        return not _BEFORE_BLANK.search(before)
    if not _LOOSE.match(words) or _CASED.match(words):
        return False
    return not (words[0] in "[<" and _KNOWN_FIELD.search(words))


def _filling(situation: Situation, words: str) -> str:
    recovery = situation.recovery
    if _NAME.search(words) and recovery.names and "agent" not in words.lower():
        return as_written(recovery.names[0])
    if _ORDER.search(words) and (fact := recovery.given("order-number", "booking-reference")):
        return fact.value
    return ""

"""Numbers that states give to persons, by checksum and context."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from stdnum.au import tfn
from stdnum.ca import sin
from stdnum.de import idnr
from stdnum.gb import nhs
from stdnum.in_ import aadhaar, pan
from stdnum.us import ssn

from assist.redaction.mask import Mask, of_thing
from assist.spans import Span


class _Number(NamedTuple):
    """What a message must say (anywhere), what the number looks like, and whether it is one."""

    said: re.Pattern[str] | None
    shape: re.Pattern[str]
    valid: Callable[[str], bool]


def _said(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def _shape(shape: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.$£€+-])(?:{shape})(?![\w-])", re.IGNORECASE)


def _is_ssn(number: str) -> bool:
    return ssn.is_valid(re.sub("[ .]", "-", number))


def _is_insurance(number: str) -> bool:
    return number[:2].upper() not in {"BG", "GB", "NK", "KN", "TN", "NT", "ZZ"}


_INSURANCE = r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d\d){3} ?[A-D]"
_NINE = r"\d{3}[ -]?\d{3}[ -]?\d{3}"
_NUMBERS = (
    _Number(None, _shape(r"\d{3}-\d\d-\d{4}"), ssn.is_valid),
    _Number(_said(r"ssn|social security|social"), _shape(r"\d{3}[ .]?\d\d[ .]?\d{4}"), _is_ssn),
    _Number(None, _shape(_INSURANCE), _is_insurance),
    _Number(_said(r"(?-i:SIN)|social insurance"), _shape(_NINE), sin.is_valid),
    _Number(_said(r"tfn|tax file"), _shape(_NINE), tfn.is_valid),
    _Number(_said(r"nhs"), _shape(r"\d{3}[ -]?\d{3}[ -]?\d{4}"), nhs.is_valid),
    _Number(_said(r"aadh?aa?r|adhaa?r|uidai"), _shape(r"\d{4}[ -]?\d{4}[ -]?\d{4}"), aadhaar.is_valid),
    _Number(_said(r"pan|income tax"), _shape(r"[A-Z]{5}\d{4}[A-Z]"), pan.is_valid),
    _Number(_said(r"steuer\w{0,30}|tax id\w{0,20}|idnr"), _shape(r"\d{2}(?: ?\d{3}){3}"), idnr.is_valid),
)
_CALLED = re.compile(
    r"\b(?:passport|driv(?:er'?s?|ing) licen[cs]e)(?:[ :=#.-]{1,2}(?:number|no|num|is|was)\b){1,3}[ :=#.-]{0,3}"
    r"((?=[A-Z\d]{0,16}\d{3})[A-Z\d]{6,18})(?!\w)"
    r"|\b(?:ssn|social(?: security)?)(?:[ :=#.-]{1,2}(?:number|no|num|is|was|are|ends?|ending|in|with)\b){0,4}"
    r"[ :=#.-]{0,3}(\d{4})(?![\w-]|\.\d)",
    re.IGNORECASE,
)


def identities(text: str) -> Iterator[Mask]:
    """Numbers of persons: American and British by their form alone, others where the message says what they are.

    Passports and driving licences have no checksum: only where the number follows the word. So do the last four digits
    of a social security number.
    """
    for said, shape, valid in _NUMBERS:
        if said is None or said.search(text):
            for match in shape.finditer(text):
                if valid(match.group()) and not of_thing(text, *match.span()):
                    yield Mask("identity", Span(*match.span()))
    for match in _CALLED.finditer(text):
        yield Mask("identity", Span(*match.span(match.lastindex or 0)))

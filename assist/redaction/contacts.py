"""E-mail addresses, phone numbers and dates of birth."""

import re
from collections.abc import Iterator
from itertools import chain

import phonenumbers

from assist.redaction.mask import MONTH, Mask, of_account, of_thing
from assist.spans import Span

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{0,62}\w")
"""An e-mail address."""
_SPOKEN_EMAIL = re.compile(
    r"\b\w{1,40}(?: (?:dot|underscore|dash) \w{1,40}){0,4} at (?!the |an? )(\w{1,40})(?: dot \w{1,20}){0,2} dot"
    r" (?:com|net|org|edu|co|uk|in|de|ie|au|ca|us|io)\b",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\be-?mail\b|\baddress\b", re.IGNORECASE)
_HOSTS = frozenset("gmail googlemail hotmail outlook live yahoo ymail icloud aol msn gmx web proton protonmail".split())
_ABROAD = ("GB", "US", "IN", "DE", "AU", "IE", "FR", "NL")
"""Where numbers without a country code may be from, once they are called a phone number."""
_TRUNK = ("GB", "DE", "IN", "AU", "IE", "FR", "NL")
"""Where numbers begin with a nought, and have ten digits at least when written with it in full."""
_FULL_LENGTH = 10
_RUN = re.compile(r"(?<![\w.,:/$£€#@-])(?:\+ ?|\(\+?)?\d(?:[ ().\-/]{0,3}\d){6,}+")
_NO_END = re.compile(r"\w|:\d")
_LONGEST_RUN = 60
"""Characters; longer runs of digits are data of some kind."""
IN_VAIN = 1_000
"""How many parts of a message are tried as phone numbers and are none; no message of a person has so many."""
_BLANKS = re.compile(" +|/")
_AMERICAN = re.compile(r"(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}")
_INDIAN = re.compile(r"[6-9]\d{4} \d{5}")
_MORE_BEFORE = re.compile(r"\d[ -]\Z")
_MORE_AFTER = re.compile(r"[ -]\d")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[/.-]\d\d[/.-]\d\d")
_CALLED = re.compile(
    r"\b(?:phone|mobile|cell|telephone|tel|landline|handy|whatsapp|call|ring|text|reach|contact|dial|my number)\b"
    r"[^.!?;\d\0\n]{0,25}\.?[ :]{0,2}\Z",
    re.IGNORECASE,
)
_THEN_CALLED = re.compile(
    r",? {0,2}(?:is|was) (?:my|the|our|his|her)(?: \w{1,12})? (?:phone|mobile|cell|telephone|tel)\b", re.I
)
_ASKED_PHONE = re.compile(
    r"\b(?:phone|mobile|cell|telephone|contact) ?(?:number|no)\b|\bnumber to (?:call|reach)\b", re.I
)
_FULL = (
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]{MONTH}\.?,?[ -]\d{{2,4}}\b"
    rf"|{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b"
    rf"|\d{{1,2}}(?P<mark>[/. -])\d{{1,2}}(?P=mark)\d{{2,4}}(?![\w-])|\d{{4}}-\d\d-\d\d(?![\w-])"
)
_BIRTH = re.compile(
    r"\b(?:dob|d\.o\.b\.?|date of birth|birth ?date|birthday|born)\b[^\d\n\0]{0,20}?(?<!\w)"
    rf"({_FULL})",
    re.IGNORECASE,
)
_BIRTH_LABEL = re.compile(
    r"\b(?:dob|date of birth|birth ?date)\b[ :=-]{1,3}(?:is |was )?(\d{8}|\d{6})(?![\w-])", re.IGNORECASE
)
_THEN_BIRTH = re.compile(
    rf"(?<![\w/.-])({_FULL}) (?:is|was) (?:my|the|his|her) (?:dob|date of birth|birth ?date|birthday)\b", re.IGNORECASE
)
_OF_BIRTH = re.compile(r"\b(?:dob|d\.o\.b|date of birth|birth ?date|birthday|born)\b", re.IGNORECASE)
_DATE_ALONE = re.compile(rf"(?<![\w/.-])({_FULL})", re.IGNORECASE)


def emails(text: str) -> Iterator[Mask]:
    """E-mail addresses, typed or spelled out ("ann at mail dot com")."""
    if "@" in text:
        yield from (Mask("email", Span(*match.span())) for match in EMAIL.finditer(text))
    if " dot " in text.lower():
        spoken_of = bool(_MAIL.search(text))
        for match in _SPOKEN_EMAIL.finditer(text):
            if spoken_of or match[1].lower() in _HOSTS:
                yield Mask("email", Span(*match.span()))


def phones(text: str, asked: str = "") -> Iterator[Mask]:
    """Phone numbers that exist in form, and that are not called an order number or the like.

    Bare digits without a country code or a leading nought are one only where they are called so or were asked for.
    """
    wanted = bool(_ASKED_PHONE.search(asked))
    parts = chain.from_iterable(_parts(text, *run.span()) for run in _RUN.finditer(text))
    in_vain = 0
    for start, ends in parts:
        end = _phone_end(text, start, ends, wanted=wanted)
        if end:
            yield Mask("phone", Span(start, end))
        elif (in_vain := in_vain + 1) > IN_VAIN:
            return


def births(text: str, asked: str = "") -> Iterator[Mask]:
    """Full dates that are called a date of birth or answer a question for one."""
    if _OF_BIRTH.search(text):
        for pattern in (_BIRTH, _BIRTH_LABEL, _THEN_BIRTH):
            yield from (Mask("date-of-birth", Span(*match.span(1))) for match in pattern.finditer(text))
    if _OF_BIRTH.search(asked):
        yield from (Mask("date-of-birth", Span(*match.span(1))) for match in _DATE_ALONE.finditer(text))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, list[int]]]:
    """Where a phone number may begin in a run of digits with blanks, and where it may end, the last place first."""
    if end - start > _LONGEST_RUN:
        return
    blanks = [match.span() for match in _BLANKS.finditer(text, start, end)]
    ends = [] if _NO_END.match(text, end) else [end]
    ends += [blank for blank, _ in reversed(blanks)]
    for first in (start, *(blank for _, blank in blanks)):
        fit = [last for last in ends if first < last and 7 <= sum(map(str.isdigit, text[first:last])) <= 15]
        if fit:
            yield first, fit


def _phone_end(text: str, start: int, ends: list[int], *, wanted: bool) -> int | None:
    """Where the phone number that begins there ends, if one does; each country's longest is tried in turn."""
    regions = {
        end: _regions(text, start, end, wanted=wanted)
        for end in ends
        if not (_DATE.search(text[start:end]) or of_thing(text, start, end) or of_account(text, start))
    }
    for region in (None, *_ABROAD):
        for end, possible in regions.items():
            if region in possible and _is_valid(text[start:end], region):
                return end
    return None


def _regions(text: str, start: int, end: int, *, wanted: bool) -> tuple[str | None, ...]:
    """Where a number may be from; None where it has a country code."""
    number = text[start:end].lstrip("(")
    if number.startswith(("+", "00")):
        return (None,)
    if wanted or _CALLED.search(text[max(0, start - 50) : start]) or _THEN_CALLED.match(text, end):
        return _ABROAD
    if _MORE_BEFORE.search(text[max(0, start - 2) : start]) or _MORE_AFTER.match(text, end):
        return ("GB",) if number.startswith("0") else ()
    if _AMERICAN.fullmatch(text[start:end]):
        return ("US",)
    if number.startswith("0"):
        return ("GB",) if number.isdigit() or sum(map(str.isdigit, number)) < _FULL_LENGTH else _TRUNK
    return ("IN",) if _INDIAN.fullmatch(number) else ()


def _is_valid(number: str, region: str | None) -> bool:
    written = "+" + number.lstrip("(+")[2:] if region is None and number.lstrip("(").startswith("00") else number
    try:
        parsed = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(parsed) and phonenumbers.is_valid_number(parsed)

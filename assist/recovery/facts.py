"""Facts that a customer has given: numbers, addresses, names, dates, what happened."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from phonenumbers import Leniency, PhoneNumberMatcher

from assist.redaction import PLACEHOLDERS
from assist.redaction.contacts import EMAIL
from assist.redaction.mask import MONTH
from assist.text import remembered

READ = 20_000
"""How many characters of a message are read for facts; nobody types more of them by hand."""
PHONES = 20
"""How many runs of digits in a message are read as phone numbers."""

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_NO_CODE = re.compile(
    r"(?:(?:from|for|at|on|in|of|last|this|was|is|and|with|by|has|the|to|a|my|only|over|came|about)\s.*"
    r"|\d{1,4}(?:[.:]\d\d)?\s?(?:am|pm|h|hrs?|mins?|days?|weeks?|months?|years?|st|nd|rd|th|gb|mb|kgs?|g|cm|mm|m|inch|p|k|x)"
    r"|(?:EU|UK|EC|UE)[- ]?261(?:[/-]2004)?)",
    re.IGNORECASE,
)
"""What looks like a code and is a time, a measure, a law or a stray word: "4pm", "12kg", "EU261", "from 4"."""


class Fact(NamedTuple):
    """One thing a customer has told: its kind, as an entry of kind `fact` names it, and its words."""

    kind: str
    value: str


_LABELS = {
    "order": "order-number", "purchase": "order-number", "parcel": "order-number", "tracking": "order-number",
    "booking": "booking-reference", "reservation": "booking-reference", "confirmation": "booking-reference",
    "reference": "booking-reference", "ref": "booking-reference", "pnr": "booking-reference",
    "ticket": "booking-reference", "case": "booking-reference",
    "account": "account-number", "acct": "account-number", "customer": "account-number",
    "member": "account-number", "membership": "account-number", "policy": "account-number", "claim": "account-number",
    "meter": "serial-number", "serial": "serial-number", "model": "serial-number", "imei": "serial-number",
    "room": "room", "flight": "flight", "invoice": "order-number", "return": "order-number",
}  # fmt: skip
_CODE = (
    r"[A-Za-z]{0,4}[-/ ]?\d[\dA-Za-z]*(?:[-/.]\d[\dA-Za-z]*)*|(?=[A-Z0-9]{0,10}[A-Z])(?=[A-Z0-9]{0,10}\d)[A-Z0-9]{5,10}"
)
_LABELLED = re.compile(
    rf"\b({'|'.join(_LABELS)})s?\.?\s{{0,3}}(?:(?:of|with)\s{{1,3}}(?:an?\s{{1,3}}|the\s{{1,3}})?)?"
    r"(?:(?:id|no|nr|num|number|reference|ref|code|ending|ends)\b\.?(?:\s{1,3}in\b)?)?\s{0,3}(?:is|was|of|with|:|=|#|-){0,3}\s{0,3}"
    rf"#?({_CODE}|(?-i:[A-Z]{{5,6}})\b)",
    re.IGNORECASE,
)
_LOOSE_CODE = re.compile(r"(?<![\w@.£$€-])(?:#?\d{5,12}|[A-Z]{1,4}[-#]?\d{3,10}(?:-\d+)*|\d{3,6}-\d{2,6})(?![\w@])")
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s{{1,3}}of)?\s{{1,3}}{MONTH}|{MONTH}\.?\s{{1,3}}\d{{1,2}}(?:st|nd|rd|th)?\b"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b|(?!24/7\b){_DAY}/{_DAY}\b|(?:on|dated)\s{{1,3}}{_DAY}[.-]{_DAY}\b|\d{{4}}-\d\d-\d\d"
    r"|(?:on|last|this|since|from)\s{1,3}(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|the\s{1,3}\d{1,2}(?:st|nd|rd|th))",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"[£$€]\s?\d(?:[\d.,]{0,14}\d)?|(?<!\d[.,])\b\d[\d.,]{0,14}\s?(?:pounds?|dollars?|euros?|quid|bucks|usd|gbp|eur|p)\b",
    re.IGNORECASE,
)
_BRITISH = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"
_POSTCODE = re.compile(
    rf"\b(?:({_BRITISH})|(?:zip|(?:zip|post|postal) ?codes?)\b\W{{0,3}}(?:(?:is|was)\W{{1,3}})?"
    rf"({_BRITISH}|[A-Z]\d[A-Z\d] ?(?=[A-Z]{{0,3}}\d)[A-Z\d]{{3,4}}|\d{{4}} ?(?-i:[A-Z]{{2}})|\d{{2,7}}(?:-\d{{3,4}})?"
    r"|[A-Z]{1,2}\d[A-Z\d]?))\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b\d{1,5}[a-z]?,? (?:[A-Z][\w']{1,30} ){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|way"
    r"|place|pl|terrace|boulevard|blvd|gardens|crescent)\b",
    re.IGNORECASE,
)
_MODEL = re.compile(
    r"\b(?:it'?s|i have|have|got|using|model|the)\s{1,3}(?:an?\s{1,3}|the\s{1,3})?(?:\w{1,30}\s{1,3})?"
    r"([A-Z]{1,4}-?\d{2,5}[A-Z]?\w{0,20})\b"
)
_BIRTH = re.compile(
    r"\b(?:dob|date of birth|birthday|born)\b[^\d\n]{0,20}?"
    rf"(\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH},?(?: \d{{2,4}}\b)?"
    rf"|\b{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?"
    r"|\d{1,2} \d{1,2} \d{2,4}\b|\d(?:[\d/.-]{0,9}\d)?)",
    re.IGNORECASE,
)
_CUES = re.compile(r"[\d@[]|[A-Z]{5}|(?i:day)")
"""Without one of these there is no fact in a message: a figure, an address, a mask, letters as in a code, a day."""
_MASKED = {
    PLACEHOLDERS["email"]: "email",
    PLACEHOLDERS["phone"]: "phone",
    PLACEHOLDERS["date-of-birth"]: "date-of-birth",
}
_DIGITS = re.compile(r"\+?\(?(?:\d[\s().-]{0,3}){9,60}|\+(?:\d[\s().-]{0,3}){7,8}")


@remembered
def facts_in(message: str) -> tuple[Fact, ...]:
    """The facts that the first 20,000 characters of a customer's message give, names and events apart.

    What redaction has masked was given too: its value is the placeholder.
    """
    return tuple(_facts(message[:READ])) if _CUES.search(message) else ()


def _facts(message: str) -> Iterator[Fact]:
    taken: set[str] = set()
    for match in _LABELLED.finditer(message):
        if _is_code(match[2]):
            taken.add(match[2])
            yield Fact(_LABELS[match[1].lower()], match[2].strip())
    for pattern, kind in (
        (EMAIL, "email"), (_DATE, "date"), (_AMOUNT, "amount"), (_POSTCODE, "postcode"),
        (_ADDRESS, "address"), (_BIRTH, "date-of-birth"),
    ):  # fmt: skip
        yield from (Fact(kind, match[match.lastindex or 0].strip()) for match in pattern.finditer(message))
    yield from (Fact("serial-number", match[1]) for match in _MODEL.finditer(message) if _is_code(match[1]))
    yield from (Fact("phone", phone) for phone in _phones(message))
    yield from (Fact(kind, masked) for masked, kind in _MASKED.items() if masked in message)
    for match in _LOOSE_CODE.finditer(message):
        value = match.group().lstrip("#")
        if value not in taken and _is_code(value):
            yield Fact("code", value)


def _is_code(value: str) -> bool:
    """Whether something that stands where a number would is one."""
    numbered = any(letter.isdigit() for letter in value) or value.isupper()
    return numbered and not _NO_CODE.fullmatch(value.strip())


def _phones(message: str) -> Iterator[str]:
    for digits in islice(_DIGITS.finditer(message), PHONES):
        for region in ("GB", "US"):
            found = [match.raw_string for match in PhoneNumberMatcher(digits.group(), region, Leniency.POSSIBLE)]
            yield from found
            if found:
                break

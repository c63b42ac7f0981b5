"""Facts that a customer has given: numbers, addresses, names, dates, what happened."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from phonenumbers import Leniency, PhoneNumberMatcher

MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec"


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
_CODE = r"[A-Za-z]{0,4}[-/ ]?\d[\dA-Za-z]*(?:[-/.]\d[\dA-Za-z]*)*|(?=[A-Z0-9]*[A-Z])(?=[A-Z0-9]*\d)[A-Z0-9]{5,10}"
_LABELLED = re.compile(
    rf"\b({'|'.join(_LABELS)})s?\.?\s*"
    r"(?:(?:id|no|nr|num|number|reference|ref|code|ending|ends)\b\.?(?:\s+in\b)?)?\s*(?:is|was|:|=|#|-)*\s*"
    rf"#?({_CODE}|[A-Z]{{5,6}}\b)",
    re.IGNORECASE,
)
_LOOSE_CODE = re.compile(r"(?<![\w@.£$€-])(?:#?\d{5,12}|[A-Z]{1,4}[-#]?\d{3,10}(?:-\d+)*|\d{3,6}-\d{2,6})(?![\w@])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{MONTHS})[a-z]*|(?:{MONTHS})[a-z]*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b"
    r"|\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b|\d{4}-\d\d-\d\d"
    r"|(?:on|last|this|since|from)\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|the\s+\d{1,2}(?:st|nd|rd|th))",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"[£$€]\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:pounds?|dollars?|euros?|quid|bucks|usd|gbp|eur|p)\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|(?:zip|postcode|post code)\W+\w[\w -]{2,8})\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b\d{1,5}[a-z]?,? (?:[A-Z][\w']+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|way"
    r"|place|pl|terrace|boulevard|blvd|gardens|crescent)\b",
    re.IGNORECASE,
)
_MODEL = re.compile(
    r"\b(?:it'?s|i have|have|got|using|model|the)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?([A-Z]{1,4}-?\d{2,5}[A-Z]?\w*)\b"
)
_BIRTH = re.compile(r"\b(?:dob|date of birth|born(?: on)?)\b(?=.{0,20}\d)", re.IGNORECASE)
_DIGITS = re.compile(r"(?:\d[\s().-]?){9,}|\+\d")


def facts_in(message: str) -> Iterator[Fact]:
    """The facts that a customer's message gives, names and events apart."""
    taken: set[str] = set()
    for match in _LABELLED.finditer(message):
        if any(letter.isdigit() for letter in match[2]) or match[2].isupper():
            taken.add(match[2])
            yield Fact(_LABELS[match[1].lower()], match[2].strip())
    for pattern, kind in (
        (_EMAIL, "email"), (_DATE, "date"), (_AMOUNT, "amount"), (_POSTCODE, "postcode"),
        (_ADDRESS, "address"), (_BIRTH, "date-of-birth"),
    ):  # fmt: skip
        yield from (Fact(kind, match.group().strip()) for match in pattern.finditer(message))
    yield from (Fact("serial-number", match[1]) for match in _MODEL.finditer(message))
    yield from (Fact("phone", phone) for phone in _phones(message))
    for match in _LOOSE_CODE.finditer(message):
        value = match.group().lstrip("#")
        if value not in taken:
            yield Fact("code", value)


def _phones(message: str) -> Iterator[str]:
    if not _DIGITS.search(message):
        return
    for region in ("GB", "US"):
        found = [match.raw_string for match in PhoneNumberMatcher(message, region, Leniency.POSSIBLE)]
        if found:
            yield from found
            return

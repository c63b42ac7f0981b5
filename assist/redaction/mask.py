"""A part of a message to mask, and what tells an order number from it."""

import re
from typing import Literal, NamedTuple

from assist.spans import Span

Kind = Literal[
    "card", "iban", "bank-account", "identity", "password", "code", "answer", "email", "phone", "date-of-birth"
]

BARRIER = "\0"
"""Stands for what is masked already; no pattern may reach across one."""

MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,9}"
"""A month, written out or cut short, in a pattern that ignores case."""

_BACK = 80
_JOIN = (
    r"(?:[ ,:=#.-]{0,3}\b(?:number|numbers|no|nr|num|id|code|ref|reference|is|was|are|of|it'?s|that'?s|called)\b){0,4}"
)
_THINGS = (
    "order|purchase|parcel|package|shipment|consignment|delivery|tracking|waybill|booking|reservation|confirmation"
    "|reference|ref|pnr|ticket|case|incident|complaint|claim|policy|invoice|receipt|return|rma|transaction|serial|imei"
    "|iccid|sim|sim card|meter|model|sku|item|product|article|isbn|ean|barcode|upc|voucher|coupon|promo|quote|job"
    "|request|flight|conversation|e-?ticket|customer|member|membership|member(?:ship)? card|loyalty|loyalty card"
    "|library card|licen[cs]e key|activation"
)
_THING = re.compile(rf"\b(?:{_THINGS})s?{_JOIN}[ ,:=#.-]{{0,3}}\Z", re.IGNORECASE)
_ACCOUNT = re.compile(rf"\b(?:account|acct|a/c|ac|an){_JOIN}[ ,:=#.-]{{0,3}}\Z", re.IGNORECASE)
_THEN_THING = re.compile(
    rf",? {{0,2}}(?:is|was|=)(?: (?:my|the|your|our|an?|its))?(?: \w{{1,20}})? (?:{_THINGS})\b", re.IGNORECASE
)


class Mask(NamedTuple):
    """Code points to mask, and as what."""

    kind: Kind
    span: Span


def of_thing(text: str, start: int, end: int) -> bool:
    """Whether the number there is called an order, a ticket, a parcel or the like, just before it or just after."""
    before = text[max(0, start - _BACK) : start].rstrip("0123456789 .-()+")
    return bool(_THING.search(before) or _THEN_THING.match(text, end))


def of_account(text: str, start: int) -> bool:
    """Whether the number that begins there is called an account number."""
    return bool(_ACCOUNT.search(text[max(0, start - _BACK) : start]))

"""Payment cards, IBANs and bank accounts."""

import re
from collections.abc import Iterator

from stdnum import iban, luhn
from stdnum.us import rtn

from assist.redaction.mask import Mask, of_account, of_thing
from assist.spans import Span

_NETWORK = re.compile(
    r"4\d{15}(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[689]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|(?:50|5[6-9]|6\d|8[12])\d{14}|62\d{15,17}"
)
"""How the networks' numbers begin, by length: Visa, Mastercard, American Express, Diners, JCB, Discover, Maestro,
RuPay, UnionPay. IMEIs, SIM numbers and bar codes, which have the same checksum or a like one, begin otherwise."""
_CANDIDATES = (
    # in fours, or as on an American Express; whatever follows, such as a security code, is not part of it
    re.compile(r"(?<!\w)(?=(\d{4}([ .-]{1,2})(?:\d{4}\2\d{4}\2\d{4}|\d{6}\2\d{4,5})(?!\w)))"),
    re.compile(r"(?<![\w+.-])(?=(\d{14,19}(?![\w-]|\.\d)))"),
    re.compile(r"(?<![\w+.-])(?<!\d )(?=(\d(?:[ -]{0,2}\d){13,15}(?![ -]{0,2}\d|\w)))"),
)
_FOURS = re.compile(r"\d{4}([ .-]{1,2})\d{4}\1\d{4}\1\d{4}")
_CARD_WORDS = re.compile(r"\b(?:card|expiry|expires|exp|visa|mastercard|amex)\b", re.IGNORECASE)
_CALLED_CARD = re.compile(
    r"(?<!gift )\b(?:card|visa|mastercard|amex)\b(?:[ :=#.-]{1,2}(?:number|no|num|is|was)\b){0,3}[ :=#.-]{0,3}\Z",
    re.IGNORECASE,
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d\d(?:[A-Z0-9]{11,30}(?!\w)|(?:[ -][A-Z0-9]{4}){2,7}(?:[ -][A-Z0-9]{1,4})?)", re.I)
_LAST_GROUP = re.compile(r"[ -][A-Z0-9]{1,4}\Z", re.IGNORECASE)
_SORT_CODE = re.compile(
    r"\b(sort ?code|routing(?: number)?|aba)\b(?:[ :=#.-]{1,2}(?:number|no|is|was)\b){0,3}[ :=#.-]{0,3}"
    r"(\d{9}|\d\d[ -]?\d\d[ -]?\d\d)(?![\w-])",
    re.IGNORECASE,
)
_OF_BANK = re.compile(
    r"\b(?:sort ?code|routing|ifsc|bank (?:account|acct|balance)|(?:current|checking|savings) account)", re.I
)
_ACCOUNT = re.compile(r"(?<![\w.$£€-])\d(?:[ -]?\d){5,16}(?![\w-])")


def is_card(number: str) -> bool:
    """Whether the digits are those of a card that some network gives, with its checksum; all else is passed over."""
    digits = _digits(number)
    return bool(_NETWORK.fullmatch(digits)) and luhn.is_valid(digits)


def cards(text: str) -> Iterator[Mask]:
    """Card numbers that are not called an order number or the like.

    Beside words for a card four groups of four are one, mistyped though they may be.
    """
    of_card = bool(_CARD_WORDS.search(text))
    for pattern in _CANDIDATES:
        for match in pattern.finditer(text):
            start, end = match.span(1)
            known = is_card(match[1]) or (of_card and _mistyped(text, start, match[1]))
            if known and not of_thing(text, start, end):
                yield Mask("card", Span(start, end))


def ibans(text: str) -> Iterator[Mask]:
    """IBANs, by country, length and checksum."""
    for match in _IBAN.finditer(text):
        number = match.group()
        while number and not iban.is_valid(number, check_country=False):
            shorter = _LAST_GROUP.sub("", number)
            number = shorter if shorter != number else ""
        if number:
            yield Mask("iban", Span(match.start(), match.start() + len(number)))


def bank_accounts(text: str) -> Iterator[Mask]:
    """Sort codes and routing numbers that are called so; account numbers where the message speaks of a bank account."""
    if not _OF_BANK.search(text):
        return
    for match in _SORT_CODE.finditer(text):
        if match[1].lower().startswith("sort") or rtn.is_valid(match[2]):
            yield Mask("bank-account", Span(*match.span(2)))
    for match in _ACCOUNT.finditer(text):
        if of_account(text, match.start()):
            yield Mask("bank-account", Span(*match.span()))


def _mistyped(text: str, start: int, number: str) -> bool:
    if _FOURS.fullmatch(number):
        return True
    called = _CALLED_CARD.search(text[max(0, start - 40) : start])
    return bool(called) and number.isdigit() and len(number) in {15, 16}


def _digits(number: str) -> str:
    return re.sub(r"[^0-9]", "", number)

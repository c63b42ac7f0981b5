"""Passwords, codes and answers to security questions, by what is said around them."""

import re
from collections.abc import Iterator

from assist.redaction.mask import Mask
from assist.spans import Span

_DIGIT = "(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine)"
_SPOKEN = rf"(?:(?:{_DIGIT}|double|triple)[ ,-]{{1,2}}){{2,9}}{_DIGIT}\b"
_LABEL = (
    r"(?:cvv2?|cvc2?|security code|(?:access|verification|clearance|one[- ]time|log-?in|2fa) (?:code|passcode|password)"
    r"|passcode|pin ?code|pin|otp)"
)
_END = r"(?!\w|[.,:/-]\d|%| ?(?:times|digits?|characters|hours?|minutes|days|weeks)\b)"
_JOIN = r"(?:[ ,:=#(-]{1,3}(?:number|code|no|is|was|are|of|too|if you need it|it'?s|that'?s)\b){0,5}[ ,:=#(-]{0,3}"
_CODE = re.compile(
    rf"(?<![\w-])({_LABEL}){_JOIN}(?:(\d{{3,8}}){_END}|(\d(?:[ -]\d){{2,7}}){_END}|({_SPOKEN}))", re.IGNORECASE
)
_THEN_LABEL = re.compile(
    rf"(?<![\w.$£€-])(\d{{3,8}})(?: is| was| as| =|,) (?:my|the|your|our) (?:\w{{1,20}} )?{_LABEL}(?![\w-])", re.IGNORECASE
)
_ON_THE_BACK = re.compile(
    r"\b(?:three|3|four|4) (?:digits?|numbers?) (?:on|at) the (?:back|front)(?: (?:of (?:it|the card|my card)|are|is))*"
    r"[ :]{1,2}(\d{3,4})(?![\w.-])",
    re.IGNORECASE,
)
_PASSWORD = r"\b(?:password|passcode|passwd|pass ?phrase|pwd|pw)\b"
_STRONG = r"(?!https?:)(?=[^\s\0]{0,60}?(?:\d|[!@#$%&*_][^\s\0!?.,]))(?!\d{1,3}%)[^\s\0\"',.]{4,200}"
"""A word with a digit in it, or a sign that does not end it."""
_STRONG_PASSWORD = re.compile(
    rf"{_PASSWORD}(?:(?: {{1,3}}(?:is|was|to|as|we have|on file|now)\b| ?[:=]){{1,4}} {{0,3}}| {{1,3}}(?=[^\s\0]{{0,60}}?[A-Za-z])"
    rf"(?=[^\s\0]{{6}}))[\"']?({_STRONG})"
    rf"|(?<![^\s\"'])(?=[^\s\0]{{0,60}}?[A-Za-z])({_STRONG})[\"']? (?:is|was) (?:my|the|your|our) (?:\w{{1,20}} )?{_PASSWORD}",
    re.IGNORECASE,
)
_PLAIN_PASSWORD = re.compile(
    rf"(?:\b(?:my|the|his|her|our|your) (?:\w{{1,20}} )?{_PASSWORD} (?:is|was)|{_PASSWORD} ?[:=]) {{0,3}}"
    r"(?:[\"']([^\"'\n\0]{3,60})[\"']|([A-Za-z]{3,40})(?= {0,3}(?:[.!?,;\n]|\Z)| and\b))",
    re.IGNORECASE,
)
_STATUS = frozenset(
    "wrong incorrect invalid correct right okay fine good bad weak strong secure insecure safe unsafe unknown lost gone "
    "forgotten mistaken missing blank empty old new same different unique temporary permanent default case short long "
    "simple hard easy compulsory mandatory optional necessary private secret public not never there here this that what "
    "too very still also yes none nothing unclear broken stolen written hidden shown sent set reset out".split()
)
"""What is said of passwords and is none."""
_ANSWER = re.compile(
    r"\b(?:(?:mother|mum|mom)'?s? maiden (?:sur)?name|maiden (?:sur)?name|(?:childhood|first) pet(?:'?s? name)?)"
    r"(?:(?: {1,2}(?:is|was)(?: called| named)?\b| ?[:=,]) {0,2}([A-Za-z][A-Za-z'-]{1,30})\b| {1,2}((?-i:[A-Z])[a-z'-]{1,30})\b)",
    re.IGNORECASE,
)
_NO_ANSWER = frozenset(
    "the my your his her our an in on at and or but not no what which who why how please called named required needed "
    "wrong incorrect correct missing different used also then if it that this is was for to as so do can could i'm i "
    "childhood mother's mothers date first".split()
)
_ASKING = re.compile(r"\?|\b(?:please|provide|enter|confirm|tell|give|need|what|verify|type)\b", re.IGNORECASE)
_ASKED_CODE = re.compile(rf"(?<![\w-])(?:{_LABEL})s?\b", re.IGNORECASE)
_ASKED_NUMBER = re.compile(r"\b(?:account|order|booking|reference|ticket|customer|phone|card|room|policy)\b", re.IGNORECASE)
_ASKED_ANSWER = re.compile(r"\bmaiden (?:sur)?name\b|\b(?:childhood|first) pet\b", re.IGNORECASE)
_LONE = re.compile(rf"(?<![\w.,:/$£€#+-])(?<!\d )(\d{{3,8}}){_END}(?! \d)")
_LONE_NAME = re.compile(r"\s*(?:it'?s |it is |it was )?([A-Z][a-z'-]{1,30})[\s.!]*", re.ASCII)
_NO_NAME = frozenset("yes no sure okay ok hello hi hey thanks sorry why what yep nope none never fine great well".split())


def codes(text: str) -> Iterator[Mask]:
    """PINs, card security codes and one-time codes that are called so, in figures or spoken digit by digit.

    Six digits after "PIN code" are left: in India that is a postcode.
    """
    for match in _CODE.finditer(text):
        at = match.lastindex or 0
        postcode = match[1].lower().replace(" ", "") == "pincode" or "code" in text[match.end(1) : match.end(1) + 5]
        if not (postcode and match[1].lower().startswith("pin") and len(match[at]) == 6):
            yield Mask("code", Span(*match.span(at)))
    for pattern in (_THEN_LABEL, _ON_THE_BACK):
        yield from (Mask("code", Span(*match.span(1))) for match in pattern.finditer(text))


def passwords(text: str) -> Iterator[Mask]:
    """Passwords that look like one: with a digit, or a sign inside."""
    for match in _STRONG_PASSWORD.finditer(text):
        yield Mask("password", Span(*match.span(match.lastindex or 0)))


def plain_passwords(text: str) -> Iterator[Mask]:
    """Single plain words that a sentence gives as the password and that say nothing about it, as "wrong" would."""
    for match in _PLAIN_PASSWORD.finditer(text):
        word = (match[2] or "").lower()
        if word not in _STATUS and not word.endswith(("ed", "ing")):
            yield Mask("password", Span(*match.span(match.lastindex or 0)))


def answers(text: str) -> Iterator[Mask]:
    """A mother's maiden name and the first pet."""
    for match in _ANSWER.finditer(text):
        at = match.lastindex or 0
        if match[at].lower() not in _NO_ANSWER:
            yield Mask("answer", Span(*match.span(at)))


def told(text: str, asked: str) -> Iterator[Mask]:
    """What answers a question for a code or for a security answer without naming it again.

    A code has three to eight digits; three or four where the question asks for another number too.
    """
    if not _ASKING.search(asked):
        return
    if _ASKED_CODE.search(asked):
        most = 4 if _ASKED_NUMBER.search(asked) else 8
        for match in _LONE.finditer(text):
            if len(match[1]) <= most:
                yield Mask("code", Span(*match.span(1)))
    if _ASKED_ANSWER.search(asked):
        name = _LONE_NAME.fullmatch(text)
        if name and name[1].lower() not in _NO_NAME:
            yield Mask("answer", Span(*name.span(1)))

"""Passwords, codes and answers to security questions, by what is said around them."""

import re
from collections.abc import Iterator

from assist.redaction.mask import Mask, of_account, of_thing
from assist.spans import Span

_DIGIT = "(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine)"
_SPOKEN = rf"(?:(?:{_DIGIT}|double|triple)[ ,-]{{1,2}}){{2,9}}{_DIGIT}\b"
_LABEL = (
    r"(?:cvv2?|cvc2?|security code|(?:access|verification|clearance|one[- ]time|log-?in|2fa) (?:code|passcode|password)"
    r"|passcode|pin ?code|pin|otp)"
)
_END = (
    r"(?!\w|[.,:/-]\d|%| ?(?:times|digits?|characters|hours?|minutes|days|weeks|credits?|dollars|pounds|euros|quid"
    r"|miles|points)\b)"
)
_SAYS = r"number|code|no|is|was|are|of|too|either|maybe|could be|might be|may be|if you need it|it'?s|that'?s"
_JOIN = (
    rf"(?:[ ,:=#(-]{{1,3}}(?:{_SAYS})\b){{0,5}}(?:\.{{1,3}} {{1,2}}it(?:'?s| is| was)(?: either)?\b)?[ ,:=#(-]{{0,3}}"
)
_CODE = re.compile(
    rf"(?<![\w-])({_LABEL}){_JOIN}(?:(?P<figures>\d{{3,8}}){_END}"
    rf"(?:,? or (?:maybe |it was ){{0,2}}(?P<other>\d{{3,8}}){_END})?"
    rf"|(?P<apart>\d(?:[ -]\d){{2,7}}){_END}|(?P<spoken>{_SPOKEN}))",
    re.IGNORECASE,
)
_THEN_LABEL = re.compile(
    rf"(?<![\w.$£€-])(\d{{3,8}})(?: is| was| as| =|,) (?:my|the|your|our) (?:\w{{1,20}} )?{_LABEL}(?![\w-])",
    re.IGNORECASE,
)
_ON_THE_BACK = re.compile(
    r"\b(?:three|3|four|4) (?:digits?|numbers?) (?:on|at) the (?:back|front)(?: (?:of (?:it|the card|my card)|are|is))*"
    r"[ :]{1,2}(\d{3,4})(?![\w.-])",
    re.IGNORECASE,
)
_PASSWORD = r"\b(?:password|passcode|passwd|pass ?phrase|pwd|pw)\b"
_STRONG = r"(?!https?:)(?=[^\s\0]{0,60}?(?:\d|[!@#$%&*_][^\s\0!?.,]))(?!\d{1,3}%)[^\s\0\"',.]{4,200}"
"""A word with a digit in it, or a sign that does not end it."""
_LETTER = r"(?=[^\s\0]{0,60}?[A-Za-z])"
_STRONG_PASSWORD = re.compile(
    rf"{_PASSWORD}(?:(?: {{1,3}}(?:is|was|to|as|we have|on file|now)\b| ?[:=]){{1,4}} {{0,3}}"
    rf"| {{1,3}}{_LETTER}(?=[^\s\0]{{6}}))[\"']?({_STRONG})"
    rf"|(?<![^\s\"']){_LETTER}({_STRONG})[\"']? (?:is|was) (?:my|the|your|our) (?:\w{{1,20}} )?{_PASSWORD}",
    re.IGNORECASE,
)
_PLAIN_PASSWORD = re.compile(
    rf"(?:\b(?:my|the|his|her|our|your) (?:\w{{1,20}} )?{_PASSWORD} (?:is|was)|{_PASSWORD} ?[:=]) {{0,3}}"
    r"(?:[\"']([^\"'\n\0]{3,60})[\"']|([A-Za-z]{3,40})(?= {0,3}(?:[.!?,;\n]|\Z)| and\b))",
    re.IGNORECASE,
)
_STATUS = frozenset(
    "wrong incorrect invalid correct right okay fine good bad weak strong secure insecure safe unsafe unknown "
    "lost gone forgotten mistaken missing blank empty old new same different unique temporary permanent "
    "default case short long simple hard easy compulsory mandatory optional necessary private secret public "
    "not never there here this that what too very still also yes none nothing unclear broken stolen written "
    "hidden shown sent set reset out".split()
)
"""What is said of passwords and is none."""
_ANSWER = re.compile(
    r"\b(?:(?:mother|mum|mom)'?s? maiden(?: (?:sur)?name)?|maiden (?:sur)?name|(?:childhood|first) pet(?:'?s? name)?)"
    r"(?:(?: {1,2}(?:is|was)(?: called| named)?\b| ?[:=,]) {0,2}([A-Za-z][A-Za-z'-]{1,30})\b"
    r"| {1,2}((?-i:[A-Z])[a-z'-]{1,30})\b)",
    re.IGNORECASE,
)
_NO_ANSWER = frozenset(
    "the my your his her our an in on at and or but not no what which who why how please called named "
    "required needed wrong incorrect correct missing different used also then if it that this is was for to "
    "as so do can could i'm i childhood mother's mothers date first name number hello".split()
)
_ASKING = re.compile(r"\?|\b(?:please|provide|enter|confirm|tell|give|need|what|verify|type|specify)\b", re.IGNORECASE)
_SHORT = 40
"""What is shorter asks without a word for it: "Account number and PIN"."""
_ASKED_CODE = re.compile(rf"(?<![\w-])(?<!my )(?:{_LABEL})\b", re.IGNORECASE)
_ASKED_THE_CODE = re.compile(
    r"\b(?:enter|provide|specify|give me|tell me|read me|type in) (?:the|your) code\b", re.IGNORECASE
)
_ASKED_NUMBER = re.compile(
    r"\b(?:account|order|booking|reference|ticket|customer|phone|card|room|policy)\b", re.IGNORECASE
)
_ASKED_PIN = re.compile(r"\bpin\b", re.IGNORECASE)
_OF_PIN = re.compile(r"\b(?:my|the|your|a) pin(?:'?s)?\b(?! ?code)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ASKED_ANSWER = re.compile(r"\bmaiden (?:sur)?name\b|\b(?:childhood|first) pet\b|\bpet you had\b", re.IGNORECASE)
_LONE = re.compile(rf"(?<![\w.,:/$£€#+-])(?<!\d )(?<!year )(?<!in )(\d{{3,8}}){_END}(?! \d)")
_LONE_NAME = re.compile(
    r"\s*(?i:(?:i (?:think|believe) )?(?:it'?s|it is|it was|(?:his|her|its|the|my pet'?s|pet'?s) name (?:is|was)) )?"
    r"(?:([A-Z][a-z'-]{1,30})(?:\s*[.!,](?!\w)|\s*\Z| -)|([a-z][a-z'-]{2,30})[\s.!]*\Z)",
    re.ASCII,
)
_THEN_ANSWER = re.compile(
    r"\b([A-Z][a-z'-]{1,30}) (?:is|was) my (?:(?:childhood|first) pet|(?:mother|mum|mom)'?s maiden)\b"
)
_PET = re.compile(r"\bpets?(?:'?s? name)? (?:is|was|named|called|was named|was called) ([A-Z][a-z'-]{1,30})\b")
_NO_NAME = frozenset(
    "yes yeah yep no nope ah aah umm hmmm none never not sure okay ok oh well um uh hmm wait actually hello "
    "hi hey thanks sorry please why what who when that this fine great good wonderful nothing maybe "
    "unfortunately i it".split()
)


def codes(text: str) -> Iterator[Mask]:
    """PINs, card security codes and one-time codes that are called so, in figures or spoken digit by digit.

    Six digits after "PIN code" are left: in India that is a postcode.
    """
    for match in _CODE.finditer(text):
        if not _is_postcode(match):
            named = ("figures", "other", "apart", "spoken")
            yield from (Mask("code", Span(*match.span(name))) for name in named if match[name])
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
    for match in _THEN_ANSWER.finditer(text):
        if match[1].lower() not in _NO_ANSWER:
            yield Mask("answer", Span(*match.span(1)))


def told(text: str, asked: str) -> Iterator[Mask]:
    """What answers a question for a code or for a security answer without naming it again.

    A PIN has three to six digits and another code up to eight; where the question asks for another number too, four.
    In a message that speaks of a PIN every four digits that stand alone are one, unless they are a year.
    """
    asks = bool(asked) and (len(asked) < _SHORT or bool(_ASKING.search(asked)))
    most = _longest_code(asked) if asks else 0
    if most or _OF_PIN.search(text):
        for match in _LONE.finditer(text):
            told_alone = len(match[1]) <= most or (len(match[1]) == 4 and not _YEAR.fullmatch(match[1]))
            if told_alone and not of_account(text, match.start()) and not of_thing(text, *match.span()):
                yield Mask("code", Span(*match.span(1)))
    if asks and _ASKED_ANSWER.search(asked):
        found = [*_PET.finditer(text), _LONE_NAME.match(text)]
        for name in filter(None, found):
            at = name.lastindex or 0
            if name[at].lower() not in _NO_NAME:
                yield Mask("answer", Span(*name.span(at)))


def _longest_code(asked: str) -> int:
    """How many digits a code may have that answers this; 0 where it asks for none, as what tells one does not."""
    if re.search(r"\d{3}", asked) or not (_ASKED_CODE.search(asked) or _ASKED_THE_CODE.search(asked)):
        return 0
    if _ASKED_NUMBER.search(asked):
        return 4
    return 6 if _ASKED_PIN.search(asked) else 8


def _is_postcode(match: re.Match[str]) -> bool:
    label = match.string[match.start(1) : match.start(1) + 8].lower().replace(" ", "")
    return label.startswith("pincode") and len(match["figures"] or "") == 6

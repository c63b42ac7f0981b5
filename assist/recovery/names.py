"""What people are called: the names a message gives, and the name it calls somebody by."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from assist.language.dictionary import english_words
from assist.language.quotes import signature
from assist.recovery.name_lists import NICKNAMES, NOT_NAMES
from assist.spans import Span
from assist.text import remembered

SHORT_MESSAGE = 4
_MIXED = r"[A-Z](?:[^\Wa-z]|-){0,15}[a-z’'][\w'’-]{0,30}"
_NAME = rf"{_MIXED}|[A-Z]{{3,20}}"
_FULL = rf"(?:{_NAME})(?: (?:{_NAME})){{0,2}}"
_TITLE = r"(?:[Mm]rs?|[Mm]s|[Mm]iss|[Mm]x|[Dd]r|[Pp]rof|[Ss]ir|[Mm]adam|MR|MRS|MS)\.?"
_OWN = r"(?<!'s )(?<!\bher )(?<!\bhis )(?<!\btheir )(?<!\bhosts )(?<!\bhost )(?<!\bits )"
_GIVEN = re.compile(
    rf"(?i:\b(?:my name is|my name's|{_OWN}name is|{_OWN}name's|name:|i am called|under the name(?: of)?|booked under"
    rf"|(?:it'?s |it is )?under(?: the name)?|i'?m called))\s{{1,5}}"
    rf"(?:{_TITLE} (?:and {_TITLE} )?)?({_FULL})"
)
_THIS_IS = re.compile(rf"(?i:\b(?:this is|it'?s))\s{{1,5}}(?:{_TITLE} (?:and {_TITLE} )?)?({_FULL})")
_LOWER_GIVEN = re.compile(
    rf"\b(?:my name is|my name's|{_OWN}name is|{_OWN}name's)\s{{1,5}}([a-z]{{3,15}}(?: [a-z]{{3,15}})?)\b"
)
_I_AM = re.compile(
    r"(?:^|(?i:\b(?:hi|hello|hey|there|morning|afternoon|evening))[,!. ]{1,5}|[,.] )"
    rf"(?:I'?m|I am) ((?:{_NAME}) (?:{_NAME}))\b"
)
_HERE = re.compile(rf"(?:^|[.,!]\s)({_FULL}) here\b")
_LINE = re.compile(rf"^[\s—–-]*(?:{_TITLE} )?({_FULL})[.,!]?\s*$")
_LABELLED = re.compile(rf"(?i:\bname\b[^.:\n]{{0,20}}:)\s{{0,5}}(?:{_TITLE} )?({_FULL})")
_SHORTENED = re.compile(r"\b(?:[DMS]r|M[sx]|Mrs|St)$")
_WHOLE = re.compile(rf"\s*(?:{_TITLE} (?:and {_TITLE} )?)?({_FULL})\s*")
_TITLED = re.compile(rf"\b(?:I'?m|it'?s|this is|name is)\s({_TITLE})(?: and {_TITLE})? ({_NAME})(?=\W|$)")
_GREETING = re.compile(
    r"^[^\S\n]*(?i:hi|hello|hey|hiya|dear|good morning|good afternoon|good evening|morning|afternoon|evening|thanks"
    r"|thank you|sorry|ok|okay|thank you so much|thanks so much|buongiorno|bonjour|hola)(?: there)?,?\s{1,5}"
    rf"(?:{_TITLE} (?:and {_TITLE} )?)?({_FULL}|[a-z]{{3,14}}(?=\s{{0,5}}(?:[,!.–\n-]|$)))",
    re.MULTILINE,
)
_COMMA_NAME = re.compile(
    r"(?i:\b(?:thanks|thank you|sorry|apologies|understand|see|course|welcome|morning|afternoon|evening|hello|hi"
    rf"|that|you|right|it|point)),\s{{1,5}}(?:{_TITLE} )?({_NAME})(?=\s{{0,5}}(?:[.,!?–:;\n-]|$))"
)
_THIRD = (
    r"my|our|their|his|her|its|me|name|in|at|to|from|with|by|near|is|called|named|manager|colleague|engineer|driver|technician"
    r"|supervisor|agent|advis[eo]r|host|courier|team|partner|specialist|representative"
)
_CLOSING = "regards|wishes|soon|care|best|cheers|sincerely|faithfully|truly|yours"
_LAST_NAME = re.compile(
    rf"\b(?!(?:{_THIRD})\b)(?<!\bin )(?<!\bat )(?<!\bnear )[a-z'’]{{1,20}} "
    rf"(?!(?:{_THIRD}|{_CLOSING})\b)[a-z'’]{{2,20}}, (?:{_TITLE} )?({_MIXED})(?=\s{{0,5}}(?:[.!?]|\n|$))"
)
_LATER_GREETING = re.compile(
    r"(?<=[,.!?] )(?i:hi|hello|hey|good morning|good afternoon|good evening|thanks|thank you) "
    rf"(?:{_TITLE} )?({_MIXED})(?=\s{{0,5}}(?:[,.!?–\n-]|$))"
)
_LEADING = re.compile(rf"(?:^|[.!?]\s{{1,5}}|\n[^\S\n]{{0,5}})(?:{_TITLE} )?({_NAME}),\s{{1,5}}(?=[a-zA-Z])")
_TITLE_END = re.compile(rf"\b{_TITLE} $")
_SPOKEN = re.compile(
    rf"^[^\S\n]*(?i:(?:okay|ok|so|right|well|um|uh|oh)[, ]{{1,4}}){{1,5}}(?:{_TITLE} )?({_NAME})\b",
    re.MULTILINE,
)
_TITLED_HERE = re.compile(
    r"(?:^|(?i:\b(?:right|okay|ok|so|yes|no|well|hello|hi|thanks|you|sorry|morning|afternoon|evening|that|it)\s{1,5}))"
    rf"{_TITLE} ({_NAME})"
    r"(?=\s{0,5}(?:[,.!?]|so\b|i\b|I\b|and\b|what\b|that\b|$))"
)
_AGENT = re.compile(
    r"(?i:\b(?:my name is|my name's|this is|you're through to|you are through to|chatting with|speaking with"
    rf"|speaking to|you're with|i'?m|i am))\s{{1,5}}({_NAME})\b|\b({_NAME}) here\b"
)


class Address(NamedTuple):
    """A name that somebody is called by, where it stands, and whether a title goes before it."""

    name: str
    span: Span
    titled: bool


@remembered
def names_given(message: str) -> tuple[str, ...]:
    """The names, in lower case and in order, that a customer's message gives as their own."""
    told = [_I_AM, _GIVEN, _LOWER_GIVEN, _LABELLED]
    found = [part for pattern in told for match in pattern.finditer(message) for part in _parts(match[1])]
    found += [part for match in _THIS_IS.finditer(message) if not _shouted(match[1]) for part in _parts(match[1])]
    likely = [tuple(_parts(match[1])) for match in _HERE.finditer(message)]
    closing = signature(message)
    lines = message[closing.start :].splitlines() if closing else message.strip().splitlines()[-2:]
    if len(message.split()) > SHORT_MESSAGE or closing:
        likely += [tuple(_parts(match[1])) for line in lines if (match := _LINE.match(line))]
        likely.append(_signed(_last_words(message)))
    for name in likely:
        if closing or not english_words().issuperset(name):
            found += name
    found += (part for match in _TITLED.finditer(message) for part in _parts(match[2]))
    return tuple(dict.fromkeys(found))


def _shouted(words: str) -> bool:
    """Whether these are plain words in capitals, as in "this is RIDICULOUS"."""
    return words.isupper() and english_words().issuperset(words.lower().split())


def _last_words(message: str) -> str:
    """What stands after the last full stop or line end, unless that is all there is; nothing after "Dr." alone."""
    said = message.strip()
    said = said[:-1] if said.endswith((".", "!")) else said
    at = max(said.rfind(mark) for mark in ".!?\n")
    return said[at + 1 :] if at >= 0 and not _SHORTENED.search(said[max(0, at - 4) : at]) else ""


def _signed(words: str) -> tuple[str, ...]:
    """The name among the last words of a message: "Jo Bell, Acme Pottery" or "order 12, Jo Bell"."""
    pieces = words.split(",")
    for piece in (pieces[0], pieces[-1]):
        if (match := _WHOLE.fullmatch(piece)) and (parts := tuple(_parts(match[1]))):
            return parts
    return ()


def name_told(message: str) -> tuple[str, ...]:
    """The names in a short answer to the question what somebody is called."""
    words = re.findall(r"[\w'’-]+", message)
    if not 0 < len(words) <= 4:
        return ()
    return tuple(_parts(" ".join(word.capitalize() for word in words)))


def as_written(name: str) -> str:
    """A name in lower case as one writes it."""
    return re.sub(r"\b[a-z]", lambda letter: letter[0].upper(), name)


@remembered
def own_names(message: str) -> frozenset[str]:
    """The names by which an agent introduces or signs themselves."""
    found = {part for match in _AGENT.finditer(message) for part in _parts(match[1] or match[2])}
    if closing := signature(message):
        found |= {
            part
            for line in message[closing.start :].splitlines()
            for word in re.findall(_NAME, line)
            for part in _parts(word)
        }
    return frozenset(found)


@remembered
def addressed(draft: str) -> tuple[Address, ...]:
    """The names that a draft calls the reader by, each once for each place."""
    return tuple(_addressed(draft))


def _addressed(draft: str) -> Iterator[Address]:
    closing = signature(draft)
    body = draft[: closing.start] if closing else draft
    seen: set[int] = set()
    for pattern in (_GREETING, _LATER_GREETING, _COMMA_NAME, _LAST_NAME, _LEADING, _SPOKEN, _TITLED_HERE):
        for match in pattern.finditer(body):
            name = match[1]
            if match.start(1) in seen or not all(_is_name(part) for part in name.split()):
                continue
            if "'" in name or "’" in name or _is_plain(name, pattern):
                continue
            seen.add(match.start(1))
            titled = bool(_TITLE_END.search(body, match.start(), match.start(1)))
            yield Address(name, Span(*match.span(1)), titled)


def _is_plain(name: str, pattern: re.Pattern[str]) -> bool:
    """Whether it is a plain word rather than a name; after a greeting only if it is not capitalised."""
    return (pattern is not _GREETING or name.islower()) and name.lower() in english_words()


def same_person(address: Address, known: Collection[str]) -> bool:
    """Whether a name could be one of those known: the same, or a short form of a first name."""
    for part in _parts(address.name):
        if part in known:
            return True
        if address.titled:
            continue
        for other in known:
            if any({part, other} <= group for group in NICKNAMES):
                return True
            if min(len(part), len(other)) >= 3 and (part.startswith(other) or other.startswith(part)):
                return True
    return False


def _parts(name: str) -> Iterator[str]:
    for part in name.split():
        if _is_name(part):
            yield part.strip("'’.-").lower()


def _is_name(word: str) -> bool:
    plain = word.lower().replace("’", "'").strip("'.-")
    contracted = plain.rpartition("'")[2] in {"ve", "m", "ll", "d", "re", "s", "t"} and "'" in plain
    return not contracted and plain not in NOT_NAMES and not plain[:1].isdigit()

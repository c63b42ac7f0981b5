"""Which parts of a message are not the writer's own words."""

import re
from collections.abc import Iterator

from assist.spans import Span

_MAIL_QUOTE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_FORWARDED = re.compile(
    r"^[ \t]*(?:on\b[^\n]{4,120}\bwrote:|-{2,}\s*(?:original|forwarded) message\s*-{2,}"
    r"|from:[^\n]+\n(?:sent|to|date|subject):).*",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_SIGNATURE = re.compile(r"^--[ \t]*\r?\n.*", re.MULTILINE | re.DOTALL)
_SIGN_OFF = re.compile(
    r"(?:(?:with |many )?(?:(?:kind|kindest|warm|warmest|best|all good) (?:regards|wishes)"
    r"|(?:best|regards|wishes|sincerely|thanks|thank you|cheers|yours|respectfully))"
    r"(?: (?:sincerely|faithfully|truly|regards|wishes|again|so much|and regards))?)[ \t]{0,3}[,!]?",
    re.IGNORECASE,
)
_UNDER_SIGN_OFF = re.compile(r"[^.?!]{1,40}")
LINES_UNDER = 6
"""How many lines, blank ones apart, may stand under a sign-off."""
_DOUBLE = re.compile(r'"[^"\n]{2,300}"')
_SINGLE = re.compile(r"(?<![\w'])'(?=\S)[^'\n]*(?:(?<=\w)'(?=\w)[^'\n]*)*(?<=[\w.,!?])'(?!\w)")


def mailed(plain: str) -> list[Span]:
    """Spans of earlier mail alone: `>` lines and what follows `On … wrote:`."""
    spans: list[Span] = []
    if ">" in plain:
        spans += (Span(*match.span()) for match in _MAIL_QUOTE.finditer(plain))
    if ":" in plain or "--" in plain:
        spans += (Span(*match.span()) for match in _FORWARDED.finditer(plain))
    return spans


def signature(plain: str) -> Span | None:
    """The closing lines of a letter: the sign-off and the names under it."""
    if (match := _SIGNATURE.search(plain)) and match.start() > 0:
        return Span(*match.span())
    start = _sign_off(plain)
    return Span(start, len(plain)) if start else None


def _sign_off(plain: str) -> int | None:
    """Where the first line begins that is a sign-off with nothing but short lines under it."""
    start: int | None = None
    under = 0
    at = len(plain)
    for line in reversed(plain.splitlines(keepends=True)):
        at -= len(line)
        words = line.strip()
        if not words:
            continue
        if under and _SIGN_OFF.fullmatch(words):
            start = at
        under += 1
        if under > LINES_UNDER or not _UNDER_SIGN_OFF.fullmatch(words):
            break
    return start


def in_marks(plain: str) -> Iterator[Span]:
    """Spans of words in quotation marks, the marks among them; an apostrophe is none."""
    if '"' in plain:
        yield from (Span(*match.span()) for match in _DOUBLE.finditer(plain))
    if "'" in plain:
        yield from (Span(*match.span()) for match in _SINGLE.finditer(plain) if " " in match.group())

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
    r"^[ \t]*(?:(?:with |many )?(?:(?:kind|kindest|warm|warmest|best|all good) (?:regards|wishes)"
    r"|(?:best|regards|wishes|sincerely|thanks|thank you|cheers|yours|respectfully))"
    r"(?: (?:sincerely|faithfully|truly|regards|wishes|again|so much|and regards))?)[ \t]*[,!]?[ \t]*\r?\n"
    r"(?=(?:\s*[^\n.?!]{1,40}(?:\r?\n|\Z)){1,6}\s*\Z).*",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
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
    for pattern in (_SIGNATURE, _SIGN_OFF):
        if (match := pattern.search(plain)) and match.start() > 0:
            return Span(*match.span())
    return None


def in_marks(plain: str) -> Iterator[Span]:
    """Spans of words in quotation marks, the marks among them; an apostrophe is none."""
    if '"' in plain:
        yield from (Span(*match.span()) for match in _DOUBLE.finditer(plain))
    if "'" in plain:
        yield from (Span(*match.span()) for match in _SINGLE.finditer(plain) if " " in match.group())

"""Plain text: `Agent: …`, `[12:03] Jane: …`, and lines that go on with the message before."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from assist.errors import AssistError
from assist.transcripts.moments import any_moment
from assist.transcripts.origin import Origin, Unreadable
from assist.transcripts.packing import Found
from assist.transcripts.roles import Roles, named
from assist.transcripts.textlines import TextLines
from assist.transcripts.transcript import Message, Transcript

MESSAGES = 50_000
"""How many messages a conversation may have."""
TITLE_LONGEST = 200
_DATE = r"\d{4}-\d\d?-\d\d?|\d\d?[/.]\d\d?[/.]\d{2,4}"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,6})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_STAMP = re.compile(rf"\s{{0,20}}[\[(]?\s{{0,5}}((?:(?:{_DATE})[T,\s]\s?)?{_CLOCK})(?:Z|\s?UTC)?\s*[\])]?\s*[-–]?\s*")
_LABEL = re.compile(r"\s*(?:\*\*|\[)?([^\W_][^:*\[\]\n<>]{0,38}?)(?:\*\*|\])?\s*:(?:\*\*)?(?=\s|$)\s*")
_PERSON = re.compile(r"(.{1,30}?)\s*\(([^()]{1,20})\)")
_RULE = re.compile(r"\s*[-=*_#~]{3,}\s*(?:(.{1,80}?)\s*[-=*_#~]{3,}\s*)?$")
_HEADER = re.compile(
    r"\s*#{0,3}\s*(?:conversation|chat|ticket|case|call|transcript|session)(?:\s+id)?\s*[:#]?\s*#?([\w-]*\d[\w-]*)\s*$",
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    "note notes order total subject re ps nb address email e-mail phone tel mobile date name ref reference to sent cc "
    "bcc http https ticket case chat account time invoice price quantity status tracking update edit ok warning error "
    "example step tip important question answer reason result item product model serial postcode contact lead member "
    "team info event log notification auto api".split()
)


class Line(NamedTuple):
    """A line that begins a message: who, at what time, and the first words."""

    who: str
    at: str
    words: str


def looks_like(text: str) -> bool:
    """Whether a line near the beginning says who speaks."""
    return _labels(text.splitlines()[:400]).any


def read(file: Found, origin: Origin) -> Iterator[Transcript | Unreadable]:
    """The conversations of a file: one, or several with rules or headings between them."""
    labels = _labels(file.stream.head.decode("utf-8", "replace").removeprefix("\ufeff").splitlines(), origin.roles)
    if not labels.any:
        raise AssistError("no line says who speaks; begin with 'customer:' or 'agent:'")
    lines = TextLines(file.stream.buffered(), file.name)
    for number, talk in enumerate(_talks(lines, labels), start=1):
        yield from lines.taken_aside()
        if len(talk.lines) > MESSAGES:
            yield Unreadable(talk.source, f"more than {MESSAGES} messages")
        elif talk.lines:
            messages = tuple(_message(begun, said, origin.roles) for begun, said in talk.lines)
            key = talk.title or (file.name if number == 1 else talk.source)
            yield Transcript(key, messages, source=talk.source, doubts=lines.doubts)
    yield from lines.taken_aside()


class _Talk:
    """A conversation while it is read: where it begins, what it is called, and its messages."""

    def __init__(self, source: str, title: str = "") -> None:
        self.source = source
        self.title = title
        self.lines: list[tuple[Line, list[str]]] = []


class _Labels:
    """What a line of this file begins with where it is a message: a time and a name, a role, or a name."""

    def __init__(self, timed: bool, names: frozenset[str]) -> None:
        self._timed = timed
        self._names = names
        self.any = timed or bool(names)

    def line(self, line: str) -> Line | None:
        """The beginning of a message; None for a line that goes on."""
        begun = _begun(line)
        if begun is None:
            return None
        return begun if begun.at or (not self._timed and begun.who.lower() in self._names) else None


def _labels(lines: list[str], roles: Roles | None = None) -> _Labels:
    begun = [found for line in lines if (found := _begun(line))]
    timed = [found for found in begun if found.at]
    if len(timed) * 2 > len(begun):
        return _Labels(timed=True, names=frozenset())
    counted = Counter(found.who.lower() for found in begun if found.who.lower() not in _NO_NAMES)
    spoken = {who for who in counted if any(map(named, _parts(who)))}
    told = {who for who in counted if roles and roles.told(who, *_parts(who))}
    often = {who for who, times in counted.items() if times > 1}
    alone = not spoken and len(often) < 2 and len(counted) > 1 and bool(lines) and _begun(lines[0]) is not None
    spoken |= told | often | set(counted if alone else ())
    return _Labels(timed=False, names=frozenset(spoken))


def _begun(line: str) -> Line | None:
    stamp = _STAMP.match(line)
    rest = line[stamp.end() :] if stamp else line
    label = _LABEL.match(rest)
    if label is None or line[:1] == ">":
        return None
    return Line(label[1].strip(), stamp[1] if stamp else "", rest[label.end() :])


def _talks(lines: TextLines, labels: _Labels) -> Iterator[_Talk]:
    """The conversations; a rule ends one where a message, or a heading, comes after it."""
    talk = _Talk(f"{lines.name}:1")
    ruled: list[str] = []
    blank = True
    for line in lines:
        line = line.rstrip("\r\n")
        if (ruled and not line.strip()) or _ends(line, blank=blank or bool(ruled)):
            ruled.append(line)
            continue
        begun = labels.line(line)
        if ruled and begun:
            if talk.lines:
                yield talk
            talk = _Talk(lines.place, next(filter(None, map(_title, ruled)), ""))
        elif ruled and talk.lines:
            talk.lines[-1][1].extend(ruled)
        ruled, blank = [], not line.strip()
        _take(line, begun, talk, lines)
    yield talk


def _take(line: str, begun: Line | None, talk: _Talk, lines: TextLines) -> None:
    """Put a line where it belongs: a message begun, one gone on with, or aside."""
    if begun:
        talk.lines.append((begun, [begun.words]))
    elif talk.lines:
        talk.lines[-1][1].append(line)
    elif line.strip():
        lines.aside.append(Unreadable(lines.place, "nobody speaks yet; begin with 'customer:' or 'agent:'"))


def _ends(line: str, *, blank: bool) -> bool:
    """Whether a conversation may end with this line: a rule or heading after a blank line, or a heading in a rule."""
    title = _title(line)
    return title is not None and (blank or (bool(title) and _RULE.match(line) is not None))


def _title(line: str) -> str | None:
    """What a heading calls the conversation, empty for a rule; None for any other line."""
    if len(line) > TITLE_LONGEST:
        return None
    header = _HEADER.match(line)
    if header:
        return header[1]
    rule = _RULE.match(line)
    if not rule:
        return None
    inner = _HEADER.match(rule[1]) if rule[1] else None
    return inner[1] if inner else rule[1] or ""


def _message(begun: Line, said: list[str], roles: Roles) -> Message:
    name, word = _parts(begun.who)
    if named(name) and not named(word):
        name, word = word, name
    role = roles.told(begun.who, name) or named(word) or "unknown"
    return Message(role, "\n".join(said).strip(), _at(begun.at), name)


def _parts(who: str) -> tuple[str, str]:
    """Name and role of `Jane (Agent)`; of a label without brackets, twice the same."""
    person = _PERSON.fullmatch(who)
    return (person[1], person[2]) if person else (who, who)


def _at(stamp: str) -> datetime | None:
    """The time of a message, where the day is told with it."""
    try:
        return any_moment(stamp) if len(stamp) > 12 else None
    except AssistError:
        return None

"""Tables with a message a row: which column is what, and what a row says."""

from collections.abc import Mapping, Sequence
from typing import Any

from assist.errors import AssistError, did_you_mean
from assist.markup import plain
from assist.transcripts.gathering import Row
from assist.transcripts.moments import any_moment
from assist.transcripts.origin import Origin
from assist.transcripts.roles import named
from assist.transcripts.transcript import Medium, Message, Speaker, Transcript

COLUMNS = {
    "text": "text message body content messagetext messagebody utterance plainbody comment msg messagecontent",
    "role": "role sendertype authortype speakerrole participantrole usertype senderrole authorrole party direction",
    "name": "name sender from author speaker displayname sendername authorname fromname speakername nick",
    "at": "at time date timestamp createdat sentat datetime created sent messagetime messagedate datecreated",
    "id": "conversationid conversation ticketid ticket chatid chat caseid case callid sessionid threadid dialogueid "
    "dialogid contactid interactionid conversationsid transcriptid",
    "note": "note internal isinternal private isprivate internalnote",
    "public": "public ispublic",
    "customer": "customer customerid customerkey requesterid visitorid contact customeremail",
    "team": "team queue group department queuename groupname teamname",
    "topic": "topic subject category reason title",
    "medium": "medium channel source mediatype",
    "solved": "solved resolved issolved isresolved",
}
"""What the columns of a table are called, in small letters and nothing else."""

KNOWN = 1_000
"""How many of those who speak are remembered with their roles."""
_MEDIA: dict[str, Medium] = {
    "chat": "chat", "messaging": "chat", "sms": "chat", "whatsapp": "chat", "web": "chat", "livechat": "chat",
    "mail": "mail", "email": "mail", "voice": "voice", "phone": "voice", "call": "voice",
}  # fmt: skip
_YES = frozenset({"true", "yes", "1", "y", "t"})
_NO = frozenset({"false", "no", "0", "n", "f"})


def refuse_unknown_columns(given: Mapping[str, str]) -> None:
    """Raise AssistError for what is no part of a message that a column could hold."""
    for name in given:
        if name not in COLUMNS:
            hint = did_you_mean(name, COLUMNS) or f"; one of {', '.join(COLUMNS)}"
            raise AssistError(f"unknown column {name!r:.60}{hint}")


def found(header: Sequence[str], given: Mapping[str, str]) -> dict[str, int]:
    """Where each column stands; those that the caller names first. Raises AssistError for one named and not there."""
    plainly = [plainest(cell) for cell in header]
    places: dict[str, int] = {}
    for name in COLUMNS:
        if name in given:
            if plainest(given[name]) not in plainly:
                hint = did_you_mean(given[name], header) or f"; there are {', '.join(header)}"
                raise AssistError(f"no column {given[name]!r:.60}{hint:.200}")
            places[name] = plainly.index(plainest(given[name]))
    taken = set(places.values())
    for name, words in COLUMNS.items():
        at = next((plainly.index(word) for word in words.split() if word in plainly), None)
        if name not in places and at is not None and at not in taken:
            places[name] = at
            taken.add(at)
    return places


def plainest(cell: str) -> str:
    """The name of a column in small letters, with nothing between them."""
    return "".join(filter(str.isalnum, cell.lower()))


class Table:
    """The columns of a table, and the messages and conversations of its rows."""

    def __init__(self, header: Sequence[str], origin: Origin) -> None:
        self._places = found(header, origin.columns)
        if "text" not in self._places:
            known = ", ".join(COLUMNS["text"].split()[:3])
            raise AssistError(f"no column with the text of a message; call it {known} or content")
        self._has_notes = bool({"note", "public"} & self._places.keys())
        self._roles = origin.roles
        self._whole = origin.name
        self._doubts: dict[str, str] = {}
        self._who: dict[tuple[str, str], Speaker] = {}
        if not {"role", "name"} & self._places.keys():
            self._doubts["role"] = "no column says who speaks"

    def row(self, cells: Sequence[Any], source: str) -> Row | None:
        """The message of a row; None where it has no text."""
        text = plain(self._cell(cells, "text"))
        if not text:
            return None
        note = self._has_notes and self._is_note(cells)
        name = self._cell(cells, "name")
        word = self._cell(cells, "role")
        role = self._role(word, name)
        message = Message(role, text, self._at(cells), name or (word if role == "unknown" else ""), note)
        return Row(self._cell(cells, "id") or self._whole, message, source, cells)

    def begun(self, first: Row) -> Transcript:
        """What the first row of a conversation says of the whole."""
        cells = first.data
        solved = self._cell(cells, "solved").lower()
        return Transcript(
            id=first.key,
            messages=(),
            medium=_MEDIA.get(plainest(self._cell(cells, "medium")), ""),
            customer=self._cell(cells, "customer"),
            team=self._cell(cells, "team"),
            topic=self._cell(cells, "topic"),
            solved=True if solved in _YES else False if solved in _NO else None,
            source=first.source,
            doubts=tuple(self._doubts.values()),
        )

    def _is_note(self, cells: Sequence[Any]) -> bool:
        return self._cell(cells, "note").lower() in _YES or self._cell(cells, "public").lower() in _NO

    def _cell(self, cells: Sequence[Any], name: str) -> str:
        at = self._places.get(name)
        if at is None or at >= len(cells) or cells[at] is None:
            return ""
        return str(cells[at]).strip()

    def _role(self, word: str, name: str) -> Speaker:
        role = self._who.get((word, name))
        if role is None:
            role = self._roles.told(name, word) or named(word) or named(name) or "unknown"
            if len(self._who) < KNOWN:
                self._who[word, name] = role
        return role

    def _at(self, cells: Sequence[Any]) -> Any:  # noqa: ANN401
        at = self._places.get("at")
        cell = cells[at] if at is not None and at < len(cells) else None
        try:
            return any_moment(cell if isinstance(cell, int | float) or cell is None else str(cell))
        except AssistError as error:
            self._doubts.setdefault("at", f"some times are left out: {error}")
            return None

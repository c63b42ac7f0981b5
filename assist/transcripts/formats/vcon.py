"""vCon: parties, and a dialog of text between them; or what a vendor's analysis made of a recording."""

import base64
import binascii
from collections.abc import Iterator
from typing import Any

import msgspec

from assist.errors import AssistError
from assist.markup import of_html
from assist.transcripts.moments import When, moment
from assist.transcripts.origin import Origin
from assist.transcripts.roles import Roles
from assist.transcripts.shapes import each, joined
from assist.transcripts.transcript import Medium, Message, Speaker, Transcript

_LISTS = ("segments", "utterances", "turns", "transcript", "messages", "entries")
_TEXTS = ("text", "message", "content", "transcript", "body")
_SPEAKERS = ("party", "speaker", "role", "channel")


class Party(msgspec.Struct):
    """Somebody who took part."""

    name: str | None = None
    role: str | None = None
    tel: str | None = None
    mailto: str | None = None


class Dialog(msgspec.Struct):
    """A message, a recording, a transfer, or a call that came to nothing."""

    type: str = ""
    start: When = None
    parties: Any = None
    originator: int | None = None
    mediatype: str | None = None
    body: Any = None
    encoding: str | None = None


class Analysis(msgspec.Struct):
    """What somebody made of a dialog."""

    type: str = ""
    body: Any = None
    encoding: str | None = None
    dialog: Any = None
    vendor: str | None = None


class Container(msgspec.Struct):
    """A vCon, neither signed nor encrypted."""

    vcon: str | None = None
    uuid: str | None = None
    created_at: When = None
    subject: str | None = None
    parties: list[Party] = []
    dialog: list[Dialog] = []
    analysis: list[Analysis] = []


def looks_like(value: Any) -> bool:  # noqa: ANN401
    """Whether it has a vCon's version, or its parties and dialog."""
    return isinstance(value, dict) and ("vcon" in value or {"parties", "dialog"} <= value.keys())


def _transcripts(container: Container, source: str, origin: Origin) -> Iterator[Transcript]:
    parties = _Parties(container.parties, origin.roles)
    messages = [
        parties.message(_index(dialog), _text(dialog), moment(dialog.start))
        for dialog in container.dialog
        if dialog.type == "text"
    ]
    medium: Medium = _medium(container.dialog)
    if not any(message.text for message in messages):
        messages = list(joined(_analysed(container.analysis, parties)))
        medium = "voice"
    customer = next((one for one in container.parties if parties.role(one) == "customer"), Party())
    yield Transcript(
        id=container.uuid or source,
        messages=tuple(message for message in messages if message.text),
        medium=medium,
        customer=customer.tel or customer.mailto or "",
        topic=container.subject or "",
        opened=moment(next((one.start for one in container.dialog if one.start), container.created_at)),
        handed_on=sum(1 for one in container.dialog if one.type == "transfer"),
        source=source,
    )


class _Parties:
    """Who is who, by their place in the list."""

    def __init__(self, parties: list[Party], roles: Roles) -> None:
        self._parties = parties
        self._roles = roles

    def role(self, party: Party) -> Speaker:
        """The role of a party, by what the caller says or what its role is called."""
        return self._roles.of(party.role or "", party.name or "", party.tel or "", party.mailto or "")

    def message(self, index: object, text: str, at: Any = None, offset: float | None = None) -> Message:  # noqa: ANN401
        """A message of the party at this place, or of whoever is called so where there is no such place."""
        if isinstance(index, int) and 0 <= index < len(self._parties):
            party = self._parties[index]
            name = party.name or party.tel or party.mailto or str(index)
            return Message(self.role(party), text, at, name, offset=offset)
        who = "" if index is None else str(index)[:100]
        return Message(self._roles.of(who, who), text, at, who, offset=offset)


def _index(dialog: Dialog) -> object:
    """Who wrote: the originator, or else the first of the parties."""
    if dialog.originator is not None:
        return dialog.originator
    parties = dialog.parties
    first = parties[0] if isinstance(parties, list) and parties else parties
    return first[0] if isinstance(first, list) and first else first


def _text(dialog: Dialog) -> str:
    body = _decoded(dialog.body, dialog.encoding)
    if not isinstance(body, str):
        return ""
    return of_html(body) if "html" in (dialog.mediatype or "") else body.strip()


def _decoded(body: Any, encoding: str | None) -> Any:  # noqa: ANN401
    if not isinstance(body, str):
        return body
    try:
        if encoding == "base64url":
            return base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)).decode()
        return msgspec.json.decode(body) if encoding == "json" else body
    except (binascii.Error, UnicodeDecodeError, msgspec.DecodeError, RecursionError):
        raise AssistError(f"a body that is not in {encoding}, as it says") from None


def _medium(dialogs: list[Dialog]) -> Medium:
    types = {(dialog.mediatype or "").partition("/")[0] for dialog in dialogs}
    return "voice" if types & {"audio", "video"} else "mail" if "message" in types else "chat"


def _analysed(analyses: list[Analysis], parties: _Parties) -> Iterator[Message]:
    """What the transcripts among the analyses say, in the shapes that vendors commonly have."""
    for analysis in analyses:
        if "transcript" in analysis.type:
            body = _decoded(analysis.body, analysis.encoding)
            if isinstance(body, str) and body.lstrip().startswith(("{", "[")):
                body = _decoded(body, "json")
            pieces = _pieces(body)
            if pieces is None:
                raise AssistError(f"a transcript in a shape of {analysis.vendor or 'its vendor'} that is not known")
            for piece in pieces:
                yield _piece(piece, parties)


def _pieces(body: Any) -> list[Any] | None:  # noqa: ANN401
    if isinstance(body, dict):
        return next((body[key] for key in _LISTS if isinstance(body.get(key), list)), None)
    return body if isinstance(body, list) else None


def _piece(piece: Any, parties: _Parties) -> Message:  # noqa: ANN401
    if not isinstance(piece, dict):
        raise AssistError(f"a piece of a transcript must be an object, not {piece!r:.60}")
    text = next((piece[key] for key in _TEXTS if isinstance(piece.get(key), str)), "")
    who = next((piece[key] for key in _SPEAKERS if piece.get(key) is not None), None)
    start = piece.get("start")
    offset = float(start) if isinstance(start, int | float) else None
    at = moment(start) if isinstance(start, str) else None
    return parties.message(who, text.strip(), at, offset)


read = each(Container, _transcripts)

"""ConvoKit: utterances, one a line, with `speakers.json` and `conversations.json` beside them."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import msgspec

from assist.errors import AssistError
from assist.transcripts.gathering import Row, gathered
from assist.transcripts.moments import When, any_moment
from assist.transcripts.origin import Origin, Unreadable
from assist.transcripts.roles import named
from assist.transcripts.shapes import Id
from assist.transcripts.transcript import Message, Speaker, Transcript
from assist.transcripts.values import WRONG, Value, problem

_ROLE_KEYS = ("role", "type", "speaker_type", "speaker_role", "user_type")


class Utterance(msgspec.Struct):
    """A message; older corpora say `user` and `root`."""

    text: str | None = None
    id: Id = None
    speaker: Any = None
    user: Any = None
    conversation_id: Id = None
    root: Id = None
    timestamp: When = None
    meta: dict[str, Any] | None = None


def looks_like(value: Any) -> bool:  # noqa: ANN401
    """Whether it is an utterance of a speaker in a conversation."""
    if not isinstance(value, dict) or "text" not in value:
        return False
    return bool({"speaker", "user"} & value.keys()) and bool({"conversation_id", "root"} & value.keys())


def read(found: Iterable[Value | Unreadable], origin: Origin) -> Iterator[Transcript | Unreadable]:
    """The conversations of the utterances."""
    speakers = _Speakers(origin)
    talks = origin.companion("conversations.json")
    begun = partial(_begun, talks if isinstance(talks, dict) else {})
    return gathered(_rows(found, speakers), begun)


class _Speakers:
    """Who is who, by what the corpus says of its speakers."""

    def __init__(self, origin: Origin) -> None:
        found = origin.companion("speakers.json", "users.json")
        self._known: dict[str, Any] = found if isinstance(found, dict) else {}
        self._roles = origin.roles

    def role(self, name: str, meta: dict[str, Any]) -> Speaker:
        """The role of a speaker, by the caller, the utterance, the speaker, or the name itself."""
        told = self._roles.told(name)
        if told:
            return told
        about = self._known.get(name)
        about = about.get("meta", about) if isinstance(about, dict) else {}
        for known in (meta, about if isinstance(about, dict) else {}):
            for key in _ROLE_KEYS:
                word = known.get(key)
                if isinstance(word, str) and (role := self._roles.of(word)) != "unknown":
                    return role
            for role in ("agent", "customer", "bot"):
                if known.get(f"is_{role}") is True or known.get(f"is-{role}") is True:
                    return role
        return named(name) or "unknown"


def _rows(found: Iterable[Value | Unreadable], speakers: _Speakers) -> Iterator[Row | Unreadable]:
    decoder = msgspec.json.Decoder(Utterance, strict=False)
    for value in found:
        if isinstance(value, Unreadable):
            yield value
            continue
        try:
            one = decoder.decode(value.data)
            key = one.conversation_id if one.conversation_id is not None else one.root
        except WRONG as error:
            yield Unreadable(value.source, problem(error))
        else:
            if key is None:
                yield Unreadable(value.source, "an utterance lacks 'conversation_id'")
            elif one.text:
                name = _name(one.speaker if one.speaker is not None else one.user)
                message = Message(speakers.role(name, one.meta or {}), one.text, _at(one.timestamp), name)
                yield Row(str(key), message, value.source)


def _at(timestamp: When) -> datetime | None:
    """The time of an utterance; corpora may have anything there, such as its place in line."""
    try:
        return any_moment(timestamp)
    except AssistError:
        return None


def _name(speaker: Any) -> str:  # noqa: ANN401
    """The id of a speaker, which some dumps write out as an object."""
    return str(speaker.get("id", "") if isinstance(speaker, dict) else speaker)[:200]


def _begun(talks: dict[str, Any], first: Row) -> Transcript:
    about = talks.get(first.key)
    meta = about.get("meta", about) if isinstance(about, dict) else {}
    topic = meta.get("topic") or meta.get("title") if isinstance(meta, dict) else ""
    customer = first.message.by if first.message.role == "customer" else ""
    return Transcript(
        first.key, (), customer=customer, topic=topic if isinstance(topic, str) else "", source=first.source
    )

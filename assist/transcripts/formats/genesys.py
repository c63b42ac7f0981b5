"""Genesys Cloud: `{"conversationId", "transcripts": [{"phrases": […]}], "participants"}`."""

from collections.abc import Iterator
from typing import Any

import msgspec

from assist.transcripts.moments import MILLI, When, moment
from assist.transcripts.origin import Origin
from assist.transcripts.roles import Roles
from assist.transcripts.shapes import each, joined
from assist.transcripts.transcript import Medium, Message, Transcript

MEDIA: dict[str, Medium] = {"call": "voice", "voice": "voice", "callback": "voice", "email": "mail"}


class Phrase(msgspec.Struct, rename="camel"):
    """A piece of speech; `text` has neither case nor punctuation, `decorated_text` both."""

    text: str = ""
    decorated_text: str | None = None
    start_time_ms: When = None
    participant_purpose: str = ""


class Topic(msgspec.Struct):
    """What was spoken of."""

    name: str | None = None


class Analytics(msgspec.Struct):
    """What Genesys made of it."""

    topics: list[Topic] | None = None


class Recording(msgspec.Struct):
    """One recording's transcript."""

    phrases: list[Phrase] = []
    analytics: Analytics | None = None


class Participant(msgspec.Struct, rename="camel"):
    """A leg of the conversation."""

    participant_purpose: str | None = None
    user_id: str | None = None
    queue_id: str | None = None
    external_contact_id: str | None = None


class Talk(msgspec.Struct, rename="camel"):
    """A conversation, or one communication of it."""

    transcripts: list[Recording]
    conversation_id: str = ""
    communication_id: str = ""
    media_type: str | None = None
    conversation_start_time: When = None
    participants: list[Participant] = []


def looks_like(value: Any) -> bool:  # noqa: ANN401
    """Whether it has a conversation's id and transcripts."""
    return isinstance(value, dict) and "conversationId" in value and "transcripts" in value


def _transcripts(talk: Talk, source: str, origin: Origin) -> Iterator[Transcript]:
    phrases = [phrase for recording in talk.transcripts for phrase in recording.phrases]
    messages = [_message(phrase, origin.roles) for phrase in phrases if phrase.decorated_text or phrase.text]
    voice = MEDIA.get((talk.media_type or "call").lower(), "chat")
    kept = [one for one in talk.transcripts if one.analytics]
    topics = [topic.name for one in kept if one.analytics for topic in one.analytics.topics or [] if topic.name]
    agents = {one.user_id for one in talk.participants if one.user_id}
    yield Transcript(
        id="/".join(filter(None, (talk.conversation_id, talk.communication_id))) or source,
        messages=joined(messages) if voice == "voice" else tuple(messages),
        medium=voice,
        customer=next((one.external_contact_id for one in talk.participants if one.external_contact_id), ""),
        team=next((one.queue_id for one in talk.participants if one.queue_id), ""),
        topic=", ".join(dict.fromkeys(topics)),
        opened=moment(talk.conversation_start_time, MILLI),
        handed_on=max(len(agents) - 1, 0) if agents else None,
        source=source,
    )


def _message(phrase: Phrase, roles: Roles) -> Message:
    purpose = phrase.participant_purpose
    at = moment(phrase.start_time_ms, MILLI)
    return Message(roles.of(purpose), phrase.decorated_text or phrase.text, at, purpose)


read = each(Talk, _transcripts)

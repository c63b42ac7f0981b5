"""Twilio Conversations: `{"messages": […], "meta"}`, with `participants.json` beside it or the participants in it."""

from collections.abc import Iterator
from typing import Any

import msgspec

from assist.transcripts.moments import moment
from assist.transcripts.origin import Origin
from assist.transcripts.shapes import companions, each
from assist.transcripts.transcript import Message, Speaker, Transcript

_ADDRESSES = ("+", "whatsapp:", "messenger:", "sms:")


class Posted(msgspec.Struct):
    """A message; the body is none where only a picture came."""

    conversation_sid: str = ""
    index: int | None = None
    author: str | None = None
    participant_sid: str | None = None
    body: str | None = None
    date_created: str | None = None


class Binding(msgspec.Struct):
    """By which number somebody is reached."""

    address: str | None = None


class Participant(msgspec.Struct):
    """Who takes part: by a binding from a phone, or as a user of the chat, with an identity."""

    sid: str = ""
    conversation_sid: str = ""
    identity: str | None = None
    messaging_binding: Binding | None = None


class Page(msgspec.Struct):
    """The messages of a conversation."""

    messages: list[Posted]
    participants: list[Participant] = []


def looks_like(value: Any) -> bool:  # noqa: ANN401
    """Whether it has messages of a conversation with a sid."""
    messages = value.get("messages") if isinstance(value, dict) else None
    if not isinstance(messages, list):
        return False
    if not messages:
        return "meta" in value
    return isinstance(messages[0], dict) and (
        not messages[0] or "conversation_sid" in messages[0] or "sid" in messages[0]
    )


def _transcripts(page: Page, source: str, origin: Origin) -> Iterator[Transcript]:
    people = {one.sid: one for one in (*companions(origin, "participants", Participant), *page.participants)}
    by_sid: dict[str, list[Posted]] = {}
    for posted in page.messages:
        by_sid.setdefault(posted.conversation_sid, []).append(posted)
    for sid, messages in by_sid.items():
        yield _transcript(sid, messages, people, source, origin)


def _transcript(
    sid: str, posted: list[Posted], people: dict[str, Participant], source: str, origin: Origin
) -> Transcript:
    if all(one.index is not None for one in posted):
        posted = sorted(posted, key=lambda one: one.index or 0)
    messages, guessed = [], False
    customer = next(
        (_address(one) for one in people.values() if one.conversation_sid in {"", sid} and _address(one)), ""
    )
    for one in posted:
        known = _known(one, people, origin)
        role = known or _by_address(one)
        guessed = guessed or (known != role and role == "customer")
        customer = customer or (one.author or "" if role == "customer" else "")
        if one.body:
            messages.append(Message(role, one.body, moment(one.date_created), one.author or ""))
    return Transcript(
        id=sid or source,
        messages=tuple(messages),
        medium="chat",
        customer=customer,
        source=source,
        doubts=("no participants beside it: who writes from a number is taken for the customer",) if guessed else (),
    )


def _known(posted: Posted, people: dict[str, Participant], origin: Origin) -> Speaker | None:
    """The role of an author whom the caller or the participants name; None where neither does."""
    who = people.get(posted.participant_sid or "")
    told = origin.roles.told(posted.author or "", posted.participant_sid or "")
    if told or posted.author == "system":
        return told or "system"
    if who is None:
        return None
    return "customer" if who.messaging_binding else "agent" if who.identity else "unknown"


def _address(who: Participant) -> str:
    return (who.messaging_binding.address or "") if who.messaging_binding else ""


def _by_address(posted: Posted) -> Speaker:
    return "customer" if (posted.author or "").startswith(_ADDRESSES) else "unknown"


read = each(Page, _transcripts)

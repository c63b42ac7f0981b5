"""What Chatwoot sends, as far as it is used: profile, conversations, messages, and events of its websocket."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, TypeVar

from markdown_it import MarkdownIt
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from assist.conversation import TEXT_LIMIT, Role, Turn
from assist.errors import AssistError
from assist.markup import plain

INCOMING, OUTGOING, ACTIVITY, TEMPLATE = range(4)
_SAID = (INCOMING, OUTGOING, TEMPLATE)
_TYPES = {"incoming": INCOMING, "outgoing": OUTGOING, "activity": ACTIVITY, "template": TEMPLATE}
_BOTS = frozenset({"agent_bot", "captain_assistant"})
_MARKDOWN = MarkdownIt("commonmark", {"breaks": True, "html": False})
_TIGHT = re.compile(r"(<br />|</li>|<[uo]l>)\n")
"""Ends of lines of the HTML that are none of the text."""
TITLE_LONGEST = 200

S = TypeVar("S", bound="_Shape")
_LENIENT = BeforeValidator(lambda found: found if isinstance(found, dict) else None)
"""What integrations write there is not always an object, and says nothing then."""


class MisshapenError(AssistError):
    """What came has a shape that is not known here."""


class _Shape(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Account(_Shape):
    """An account that the agent has a part in."""

    id: int
    name: str = ""


class Profile(_Shape):
    """Who the token belongs to; `pubsub_token` opens the websocket."""

    id: int
    name: str = ""
    available_name: str | None = None
    pubsub_token: str
    accounts: tuple[Account, ...] = ()


class Person(_Shape):
    """A contact, an agent or a bot: whoever sent a message, or has a conversation."""

    id: int | None = None
    type: str | None = None
    name: str | None = None
    available_name: str | None = None
    email: str | None = None
    phone_number: str | None = None


class Meta(_Shape):
    """Whose conversation it is: `sender` is the contact."""

    sender: Person = Person()
    assignee: Person | None = None
    assignee_type: str | None = None


class Conversation(_Shape):
    """A conversation, by the number that its account knows it by."""

    id: int
    status: str
    meta: Meta = Meta()

    @property
    def title(self) -> str:
        """Who the customer is."""
        who = self.meta.sender
        return " ".join((who.name or who.email or who.phone_number or f"conversation {self.id}").split())[
            :TITLE_LONGEST
        ]

    def open_for(self, agent: int) -> bool:
        """Whether it is open and assigned to this agent."""
        assignee = self.meta.assignee
        bot = (self.meta.assignee_type or "User") != "User"
        return self.status == "open" and assignee is not None and assignee.id == agent and not bot


class Attachment(_Shape):
    """A file, place or contact that was sent along."""

    file_type: str | None = None
    fallback_title: str | None = None


class Said(_Shape):
    """A mail's text, or its HTML, without what it quotes."""

    reply: str | None = None


class Mail(_Shape):
    """A message that came by mail."""

    text_content: Said | None = None
    html_content: Said | None = None


class ContentAttributes(_Shape):
    """What else is known of a message."""

    email: Mail | None = None
    deleted: bool | None = None
    automation_rule_id: Any = None
    external_error: str | None = None


class Where(_Shape):
    """What a message's event tells of its conversation."""

    assignee_id: int | None = None


_LATEST = 253_402_300_799
"""The last second of the year 9999, past which there are no dates."""


class Message(_Shape):
    """A message, as the list of a conversation and the events of the websocket tell it."""

    id: int
    content: str | None = None
    message_type: int | Literal["incoming", "outgoing", "activity", "template"]
    private: bool = False
    status: str | None = None
    created_at: int | float | datetime
    conversation_id: int
    conversation: Where | None = None
    echo_id: str | int | None = None
    content_attributes: Annotated[ContentAttributes | None, _LENIENT] = None
    additional_attributes: Annotated[dict[str, Any] | None, _LENIENT] = None
    attachments: tuple[Attachment, ...] | None = None
    sender: Person | None = None

    @property
    def kind(self) -> int:
        """Incoming, outgoing, activity or template."""
        return self.message_type if isinstance(self.message_type, int) else _TYPES[self.message_type]

    @property
    def at(self) -> datetime:
        """When it was said, in UTC."""
        if isinstance(self.created_at, datetime):
            return self.created_at.astimezone(UTC)
        return datetime.fromtimestamp(min(max(self.created_at, 0), _LATEST), UTC)

    @property
    def failed(self) -> bool:
        """Whether it never reached the customer."""
        return self.kind == OUTGOING and self.status == "failed"

    def by(self, agent: int) -> bool:
        """Whether this agent said it to the customer."""
        sender = self.sender
        user = sender is not None and sender.type in {None, "user"} and sender.id == agent
        return self.kind == OUTGOING and not self.private and user

    @property
    def turn(self) -> Turn | None:
        """What was said between customer and agents: no private note, no activity, nothing deleted or undelivered."""
        more = self.content_attributes or ContentAttributes()
        if self.private or self.kind not in _SAID or more.deleted or self.failed:
            return None
        text = self._text(more)
        name = self.sender and (self.sender.available_name or self.sender.name)
        return Turn(self._role(more), text, self.at, name or None) if text else None

    def _role(self, more: ContentAttributes) -> Role:
        if self.kind == INCOMING:
            return "customer"
        campaign = (self.additional_attributes or {}).get("campaign_id")
        machine = self.kind == TEMPLATE or more.automation_rule_id or campaign
        return "bot" if machine or (self.sender and self.sender.type in _BOTS) else "agent"

    def _text(self, more: ContentAttributes) -> str:
        parts = [self._words(more).strip()]
        for attachment in self.attachments or ():
            kind = (attachment.file_type or "file").replace("_", " ")
            title = f": {attachment.fallback_title}" if attachment.fallback_title else ""
            parts.append(f"[{kind}{title}]")
        text = "\n".join(filter(None, parts))[:TEXT_LIMIT]
        return text.encode(errors="replace").decode()

    def _words(self, more: ContentAttributes) -> str:
        """Plain words: of a mail its newest part; of what agents and machines wrote in Markdown, what it reads as."""
        if more.email and more.email.text_content and more.email.text_content.reply:
            return more.email.text_content.reply
        if more.email and more.email.html_content and more.email.html_content.reply:
            return plain(f"<div>{more.email.html_content.reply}</div>")
        if self.kind == INCOMING:
            return plain(self.content or "") if more.email else self.content or ""
        return plain(_TIGHT.sub(r"\1", _MARKDOWN.render(self.content or "")))


class Messages(_Shape):
    """A page of messages, oldest first."""

    payload: tuple[Message, ...]


class Listed(_Shape):
    """A page of conversations."""

    payload: tuple[Conversation, ...]


class Conversations(_Shape):
    """A page of conversations, as it is wrapped."""

    data: Listed


class Event(_Shape):
    """What the websocket tells: `data` is a message or a conversation, by the name of the event."""

    event: str
    data: dict[str, Any] = Field(default_factory=dict)


def shaped(shape: type[S], found: object) -> S:
    """What was sent, in its shape; raises MisshapenError, with the place, where it has another."""
    try:
        return shape.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the answer"
        raise MisshapenError(f"Chatwoot answers in a shape that is not known here ({place}: {first['msg']})") from None

"""Zendesk tickets: `{"comments": […]}` of one, with users and tickets beside it, or tickets with their comments."""

from collections.abc import Iterator
from typing import Any

import msgspec

from assist.markup import of_html
from assist.transcripts.moments import moment
from assist.transcripts.origin import Origin
from assist.transcripts.shapes import Id, companions, each
from assist.transcripts.transcript import Medium, Message, Speaker, Transcript

MEDIA: dict[str, Medium] = {
    "email": "mail", "web": "mail", "chat": "chat", "native_messaging": "chat", "whatsapp": "chat", "sms": "chat",
    "facebook": "chat", "voice": "voice", "phone": "voice",
}  # fmt: skip
_SYSTEM = {"system", "rule", "trigger", "automation"}


class Via(msgspec.Struct):
    """How a comment came in."""

    channel: str | int | None = None


class Comment(msgspec.Struct):
    """A comment; who wrote it is a number."""

    author_id: Id = None
    plain_body: str | None = None
    body: str | None = None
    html_body: str | None = None
    public: bool = True
    created_at: str | None = None
    via: Via = msgspec.field(default_factory=Via)
    ticket_id: Id = None


class User(msgspec.Struct):
    """Somebody of the help desk; `role` is end-user, agent or admin."""

    id: Id = None
    role: str | None = None
    name: str | None = None


class Score(msgspec.Struct):
    """What the customer made of it: good or bad, and more."""

    score: str = ""


class Ticket(msgspec.Struct):
    """A ticket, as the API or a JSON export gives it; all of it may be missing."""

    id: Id = None
    subject: str | None = None
    status: str | None = None
    created_at: str | None = None
    requester_id: Id = None
    group_id: Id = None
    satisfaction_rating: Score | str | None = None
    via: Via = msgspec.field(default_factory=Via)
    requester: User | None = None
    submitter: User | None = None
    assignee: User | None = None


class Page(Ticket, kw_only=True):
    """Comments, with a ticket around them or beside them, and users beside them."""

    comments: list[Comment]
    ticket: Ticket | None = None
    users: list[User] = []


def looks_like(value: Any) -> bool:  # noqa: ANN401
    """Whether it has comments with an author's id."""
    comments = value.get("comments") if isinstance(value, dict) else None
    if not isinstance(comments, list):
        return False
    return not comments or (isinstance(comments[0], dict) and (not comments[0] or "author_id" in comments[0]))


def _transcripts(page: Page, source: str, origin: Origin) -> Iterator[Transcript]:
    number = next((comment.ticket_id for comment in page.comments if comment.ticket_id), None)
    ticket = page.ticket or (page if page.id is not None else _beside(number, origin))
    people = {str(user.id): user for user in (*companions(origin, "users", User), *page.users)}
    for user in (ticket.requester, ticket.submitter, ticket.assignee):
        if user and str(user.id) not in people:
            people[str(user.id)] = user
    requester = ticket.requester_id or (ticket.requester.id if ticket.requester else None)
    authors = _Authors(people, requester, origin, page.comments)
    key = ticket.id or number
    yield Transcript(
        id=source if key is None else str(key),
        messages=tuple(_messages(page.comments, authors)),
        medium=MEDIA.get(str(ticket.via.channel or (page.comments[0].via.channel if page.comments else "")), ""),
        customer="" if requester is None else str(requester),
        team="" if ticket.group_id is None else str(ticket.group_id),
        topic=ticket.subject or "",
        opened=moment(ticket.created_at),
        solved=None if ticket.status is None else ticket.status in {"solved", "closed"},
        rating=_rating(ticket.satisfaction_rating),
        source=source,
        doubts=authors.doubts,
    )


class _Authors:
    """Who wrote a comment, by what is known of the users, or else by who asked."""

    def __init__(self, people: dict[str, User], requester: Id, origin: Origin, comments: list[Comment]) -> None:
        self._people = people
        self._roles = origin.roles
        self._requester = None if requester is None else str(requester)
        self.doubts: tuple[str, ...] = ()
        strange = [one for one in comments if not (people.get(str(one.author_id)) or User()).role]
        told = any(origin.roles.told(str(one.author_id)) for one in strange)
        if strange and not told and self._requester is None and not people:
            self._requester = str(next((one.author_id for one in comments if one.public), None))
            self.doubts = ("no users beside it: the first to write is taken for the customer, the rest for agents",)

    def of(self, comment: Comment) -> tuple[Speaker, str]:
        """The role of a comment's author, and the name."""
        key = str(comment.author_id)
        user = self._people.get(key) or User()
        told = self._roles.told(key, user.name or "")
        if told:
            return told, user.name or key
        if str(comment.via.channel) in _SYSTEM or key == "-1":
            return "system", user.name or ""
        if key == self._requester:
            return "customer", user.name or key
        role = self._roles.of(user.role or "")
        return (role if role != "unknown" or self._requester is None else "agent"), user.name or key


def _messages(comments: list[Comment], authors: _Authors) -> Iterator[Message]:
    for comment in comments:
        body = comment.plain_body or comment.body
        text = _unspaced(body) if body else of_html(comment.html_body or "")
        if text:
            role, name = authors.of(comment)
            yield Message(role, text, moment(comment.created_at), name, not comment.public)


def _unspaced(text: str) -> str:
    """The plain body, which has entities of HTML for its spaces."""
    return text.replace("&nbsp;", " ").replace("\r\n", "\n").strip()


def _beside(number: Id, origin: Origin) -> Ticket:
    """The ticket that the comments are of, where it lies beside them."""
    tickets = companions(origin, "tickets", Ticket) if number is not None else []
    return next((ticket for ticket in tickets if str(ticket.id) == str(number)), Ticket())


def _rating(score: Score | str | None) -> float | None:
    word = score.score if isinstance(score, Score) else score or ""
    return {"good": 1.0, "bad": 0.0}.get(word.split("_")[0])


read = each(Page, _transcripts)

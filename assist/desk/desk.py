"""The desk: all conversations of one channel, kept as they change."""

from collections.abc import Iterable
from datetime import datetime

from assist.channels import Arrival, Channel, Reply
from assist.desk.chat import Chat
from assist.desk.journal import Journal
from assist.dismissals import Dismissal, Scope
from assist.errors import AssistError
from assist.findings import Finding
from assist.workbench import Workbench

UNSURE = "The app ended while a reply was going out. Look whether it arrived before you send it again."


class Desk:
    """The conversations of one channel; `agent` is the name that replies go out under."""

    def __init__(self, bench: Workbench, journal: Journal, channel: Channel, agent: str | None = None) -> None:
        self.bench = bench
        self.journal = journal
        self.channel = channel
        self.agent = agent
        self.chats: dict[str, Chat] = {}

    def restore(self) -> None:
        """Bring back what was on the desk when the app was last open."""
        for kept in self.journal.chats(self.channel.name):
            chat = Chat.of(kept, self.bench)
            if self.journal.unsure(chat.id):
                chat.problem = UNSURE
                self.journal.settle(chat.id)
            self.chats[chat.key] = chat

    def take(self, arrival: Arrival) -> Chat | None:
        """Take in what came; the conversation that it changed, or None where it is known already."""
        if arrival.closed:
            return self._finish(arrival.conversation)
        id_ = self.journal.open(self.channel.name, arrival.conversation, arrival.title)
        new = self.journal.add(id_, arrival)
        chat = self.chats.get(arrival.conversation)
        if chat is None:
            kept = self.journal.chat(id_)
            if kept.closed and not new:
                return None
            chat = self.chats[kept.key] = Chat.of(kept, self.bench)
        elif new and arrival.turn:
            chat.add(arrival.turn, self.bench)
        elif not chat.closed or arrival.turn:
            return None
        if chat.closed:
            chat.closed = False
            self.journal.finish(id_, closed=False)
        return chat

    def _finish(self, key: str) -> Chat | None:
        chat = self.chats.get(key)
        if chat is None or chat.closed:
            return None
        chat.closed = True
        self.journal.finish(chat.id)
        return chat

    def put_away(self, chat: Chat) -> None:
        """Close a conversation at this end; it comes back if the customer writes again."""
        self.journal.finish(chat.id)
        del self.chats[chat.key]

    def type(self, chat: Chat, draft: str, place: int) -> None:
        """The draft now reads so; it is on disk when this returns."""
        chat.draft, chat.place = draft, place
        self.journal.draft(chat.id, draft, place)

    def read(self, chat: Chat) -> None:
        """The agent has seen everything in this conversation."""
        if chat.read != len(chat.said):
            chat.read = len(chat.said)
            self.journal.read(chat.id, chat.read)

    def set_aside(self, chat: Chat, finding: Finding, scope: Scope, reason: str) -> None:
        """Set a finding in the draft aside from now on. Raises AssistError where that cannot be kept."""
        draft = chat.review.draft
        aside = Dismissal(
            rule=finding.rule,
            scope=scope,
            reason=reason,
            words=draft[finding.start : finding.end],
            draft=draft if scope == "draft" else "",
            conversation=chat.key if scope == "conversation" else "",
            by=self.agent or "",
            at=datetime.now().astimezone().strftime("%Y-%m-%d"),
        )
        self.bench.dismissals.add(aside)
        chat.flagged = {key: one for key, one in chat.flagged.items() if one.rule != finding.rule}

    async def send(self, chat: Chat, reason: str = "") -> Reply:
        """Send the draft. Raises AssistError where it did not go out: the draft then stays as it is."""
        review = chat.session.check(chat.draft)
        chat.look(review)
        reply = chat.reply(self.agent, reason)
        self.journal.sending(chat.id, reply, chat.marks())
        try:
            key = await self.channel.send(reply)
        except AssistError:
            self.journal.failed(reply)
            raise
        if self.journal.sent(chat.id, reply, key):
            chat.add(reply.turn, self.bench)
        if chat.draft == reply.turn.text:
            chat.draft, chat.place = "", 0
        chat.flagged.clear()
        chat.problem = ""
        return reply

    @property
    def open(self) -> Iterable[Chat]:
        """The conversations on the desk, in the order they came."""
        return self.chats.values()

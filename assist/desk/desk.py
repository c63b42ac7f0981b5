"""The desk: all conversations of one channel, kept as they change."""

from dataclasses import replace
from datetime import datetime

from assist.channels import Arrival, Channel, Reply
from assist.desk.chat import Chat
from assist.desk.journal import Journal
from assist.dismissals import Dismissal, Scope
from assist.errors import AssistError
from assist.findings import Finding
from assist.workbench import Workbench

UNSURE = "The app ended while this reply was going out. Look whether it arrived before you send it again."


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
        for kept in self.journal.chats(self.channel.address):
            chat = self.chats[kept.key] = Chat.of(kept, self.bench)
            if unsure := self.journal.unsure(chat.id):
                id_, turn = unsure
                chat.tried = Reply(id_, chat.key, replace(turn, name=self.agent))
                chat.problem = UNSURE
                if turn.text not in chat.draft:
                    self._bring_back(chat, turn.text)

    def opened(self, chat: Chat) -> None:
        """The agent has a conversation before them."""
        self.journal.set(f"opened {self.channel.address}", chat.key)

    @property
    def opened_last(self) -> Chat | None:
        """The conversation that was before the agent last, while it is there; else one with a draft, else the first."""
        chats = list(self.chats.values())
        last = self.chats.get(self.journal.setting(f"opened {self.channel.address}"))
        return last or next((chat for chat in chats if chat.draft), chats[0] if chats else None)

    def told(self, chat: Chat) -> None:
        """The agent has read what the problem was."""
        chat.problem = ""
        self.journal.settle(chat.id)

    def take(self, arrival: Arrival) -> Chat | None:
        """Take in what came; the conversation that it changed, or None where it is known already."""
        if arrival.closed:
            return self._finish(arrival.conversation)
        id_ = self.journal.open(self.channel.address, arrival.conversation, arrival.title)
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
        self.chats.pop(chat.key, None)

    def give_up(self, chat: Chat) -> None:
        """Close a conversation for good: its draft goes with it."""
        self.type(chat, "", 0)
        self.put_away(chat)

    def type(self, chat: Chat, draft: str, place: int) -> None:
        """The draft now reads so; it is on disk when this returns."""
        chat.draft, chat.place = draft, place
        self.journal.draft(chat.id, draft, place)

    def read(self, chat: Chat) -> None:
        """The agent has seen everything in this conversation."""
        if chat.read != len(chat.messages):
            chat.read = len(chat.messages)
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
        chat.flagged.discard(finding.category)

    def begin(self, chat: Chat, reason: str = "") -> Reply:
        """Take the draft off the desk as a reply to deliver; it is kept until it is known to be out."""
        if chat.review.draft != chat.draft:
            chat.look(chat.session.check(chat.draft))
        reply = chat.reply(self.agent, reason)
        self.told(chat)
        self.journal.sending(chat.id, reply, chat.notes())
        chat.flagged.clear()
        chat.draft, chat.place = "", 0
        return reply

    async def deliver(self, chat: Chat, reply: Reply) -> None:
        """Send a reply.

        Raises AssistError where it did not go out; it is then the draft again, before what was typed since.
        """
        try:
            key = await self.channel.send(reply)
        except AssistError:
            chat.tried = reply
            self._bring_back(chat, reply.turn.text)
            self.journal.failed(reply)
            raise
        chat.tried = None
        if self.journal.sent(chat.id, reply, key):
            chat.add(reply.turn, self.bench)

    def _bring_back(self, chat: Chat, text: str) -> None:
        draft = "\n".join(filter(None, [text, chat.draft]))
        self.type(chat, draft, len(draft))

"""The conversation so far, with what each of the customer's messages tells."""

from asyncio import Lock
from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assist.desk import NAME_LENGTH, SIGNALS, Message
from assist.desk.signals import GRAVE
from assist.reports.clean import clean

BY_HAND = "F5 puts in what a customer says."
WHO = {"customer": "Customer", "agent": "You", "bot": "Bot", "system": ""}


class Talk(VerticalScroll):
    """The conversation, the latest message in sight; `source` is where messages come from, "" where from the agent."""

    def __init__(self, source: str) -> None:
        self._coming = f"What customers write comes in from {source}." if source else BY_HAND
        super().__init__(self._hint(), id="talk")
        self._messages: list[Message] = []
        self._key = ""
        self._showing = Lock()

    async def show(self, key: str, messages: Sequence[Message]) -> None:
        """Show a conversation; what is on screen already stays as it is."""
        async with self._showing:
            await self._show(key, list(messages))

    async def _show(self, key: str, messages: list[Message]) -> None:
        same = bool(messages) and key == self._key and messages[: len(self._messages)] == self._messages
        new = messages[len(self._messages) :] if same else messages
        if same and not new:
            return
        self._key, self._messages = key, messages
        with self.app.batch_update():
            if not same:
                await self.remove_children()
            await self.mount_all([_message(one) for one in new] or [self._hint()])
        self.anchor()

    def _hint(self) -> Static:
        hint = f"Nobody has written yet. {self._coming} F2 has customers to practise with."
        return Static(Content(clean(hint)), classes="message system")


def _message(message: Message) -> Static:
    turn = message.turn
    who = (turn.role != "system" and clean((turn.name or "")[:NAME_LENGTH])) or WHO[turn.role]
    head = [(who, f"bold {'$primary' if turn.role == 'customer' else '$secondary'}")]
    if turn.at:
        head.append((f"  {turn.at.astimezone():%H:%M}", "$quiet"))
    for act in message.signals:
        style = "bold $error" if act in GRAVE else "$warning"
        head.append((f"  {'▲' if act in GRAVE else '·'} {SIGNALS[act]}", style if act not in _GOOD else "$success"))
    lines = [Content.assemble(*head)] if any(words for words, _ in head) else []
    words = clean(turn.text.replace("\r\n", "\n").expandtabs(4), keep="\n")
    return Static(Content("\n").join([*lines, Content(words)]), classes=f"message {turn.role}")


_GOOD = frozenset({"solved", "takes-it-up", "praises"})

"""The conversation so far, with what each of the customer's messages tells."""

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assist.desk import SIGNALS, Said
from assist.desk.signals import GRAVE
from assist.reports.clean import clean

WHO = {"customer": "Customer", "agent": "You", "bot": "Bot", "system": ""}


class Talk(VerticalScroll):
    """The conversation, the latest message in sight."""

    def __init__(self) -> None:
        super().__init__(id="talk")
        self._said: list[Said] = []
        self._key = ""

    async def show(self, key: str, said: Sequence[Said]) -> None:
        """Show a conversation; what is on screen already stays as it is."""
        same = key == self._key and list(said[: len(self._said)]) == self._said
        new = said[len(self._said) :] if same else said
        if same and not new:
            return
        self._key, self._said = key, list(said)
        with self.app.batch_update():
            if not same:
                await self.remove_children()
            await self.mount_all(_message(one) for one in new)
        self.anchor()


def _message(said: Said) -> Static:
    turn = said.turn
    who = (turn.role != "system" and clean(turn.name or "")) or WHO[turn.role]
    head = [(who, f"bold {'$primary' if turn.role == 'customer' else '$secondary'}")]
    if turn.at:
        head.append((f"  {turn.at.astimezone():%H:%M}", "$quiet"))
    for act in said.signals:
        style = "bold $error" if act in GRAVE else "$warning"
        head.append((f"  {'▲' if act in GRAVE else '·'} {SIGNALS[act]}", style if act not in _GOOD else "$success"))
    lines = [Content.assemble(*head)] if any(words for words, _ in head) else []
    return Static(Content("\n").join([*lines, Content(clean(turn.text, keep="\n"))]), classes=f"said {turn.role}")


_GOOD = frozenset({"solved", "takes-it-up", "praises"})

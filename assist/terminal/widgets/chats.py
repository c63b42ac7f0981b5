"""The conversations on the desk, as tabs with mood and unread."""

from textual.content import Content
from textual.widgets import Tab, Tabs

from assist.desk import Chat
from assist.reports.clean import clean
from assist.terminal.marks import MOODS


class Chats(Tabs):
    """A tab a conversation; out of the way while there is but one."""

    def __init__(self) -> None:
        super().__init__(id="chats", classes="-alone")

    async def show_chat(self, chat: Chat, *, is_open: bool) -> None:
        """Show how a conversation stands."""
        unread = f" ({chat.unread})" if chat.unread and not is_open else ""
        over = " · closed" if chat.closed else ""
        label = Content(clean(f"{MOODS[chat.mood]} {chat.name}{unread}{over}"))
        tab = next((tab for tab in self.query(Tab) if tab.id == _name(chat)), None)
        if tab is None:
            await self.add_tab(Tab(label, id=_name(chat)))  # which chooses it once it is there, if it is the first
        elif tab.label_text != label.plain:
            tab.label = label
        self.set_class(self.tab_count < 2, "-alone")

    def choose(self, chat: Chat) -> None:
        """Mark the tab of the open conversation."""
        self.active = _name(chat)

    def put_away(self, chat: Chat) -> None:
        """Take a tab away."""
        self.remove_tab(_name(chat))
        self.set_class(self.tab_count < 3, "-alone")

    @staticmethod
    def of(tab: Tab) -> int:
        """The id of the conversation that a tab is for."""
        return int((tab.id or "").removeprefix("chat-"))


def _name(chat: Chat) -> str:
    return f"chat-{chat.id}"

"""Putting in what the customer says, where no chat tool brings it."""

from datetime import UTC, datetime

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Footer, Static, TextArea

from assist.conversation import Turn
from assist.errors import AssistError
from assist.terminal.screens.dialog import Dialog


class Heard(Dialog[Turn]):
    """Gives the customer's message as a turn, or None."""

    BINDINGS = [
        Binding("enter,ctrl+s", "take", "Put it in", key_display="⏎", priority=True),
        Binding("ctrl+j", "newline", "New line", priority=True),
    ]

    def compose(self) -> ComposeResult:
        """A box to type or paste into."""
        with Vertical(classes="box") as box:
            box.border_title = "What the customer says"
            yield Static("Type it or paste it. Ctrl+J begins a new line.")
            yield TextArea(id="heard")
            yield Footer(compact=True, show_command_palette=False)

    def action_newline(self) -> None:
        """Begin a new line."""
        self.in_turn(lambda: self.query_one("#heard", TextArea).insert("\n"))

    def action_take(self) -> None:
        """Give what was put in."""
        self.in_turn(self._take)

    def _take(self) -> None:
        text = self.query_one("#heard", TextArea).text.strip()
        try:
            self.dismiss(Turn("customer", text, datetime.now(UTC)) if text else None)
        except AssistError as error:
            self.notify(str(error), severity="warning")

"""What a first run sees."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from assist.terminal.screens.dialog import Dialog

WORDS = """\
Write your reply as ever. What would make things worse is underlined as you type; beside it stands why, and what to \
say instead. One key takes the better wording, one sends.

It all stays on this machine. Nobody else sees your drafts, or what was flagged in them.

A customer whose router has died is waiting to practise with you. It takes five minutes, and nobody can be lost.\
"""


class Welcome(Dialog[bool]):
    """Gives True where the tour is wanted."""

    BINDINGS = [
        Binding("enter", "tour", "Take the tour", key_display="⏎"),
        Binding("escape", "leave", "Begin to work"),
    ]

    def compose(self) -> ComposeResult:
        """A few words, and two ways on."""
        with Vertical(classes="box") as box:
            box.border_title = "Welcome"
            yield Static(Content(WORDS))
            yield Footer(compact=True, show_command_palette=False)

    def action_tour(self) -> None:
        """Practise first."""
        self.dismiss(True)

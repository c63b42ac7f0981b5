"""Setting a finding aside, with a reason."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Footer, Input, Static

from assist.dismissals import SHORTEST, Scope
from assist.findings import Finding
from assist.reports.clean import clean
from assist.terminal.screens.dialog import Dialog

SCOPES: dict[Scope, str] = {
    "draft": "in this draft",
    "conversation": "in this conversation",
    "me": "always, for me",
    "team": "always, for the team",
}


class Dismiss(Dialog[tuple[Scope, str]]):
    """Gives the scope and the reason, or None."""

    BINDINGS = [
        Binding("enter", "take", "Set aside", key_display="⏎", priority=True),
        Binding("up", "scope(-1)", "Up", show=False, priority=True),
        Binding("down", "scope(1)", "For how long", key_display="↑↓", priority=True),
    ]
    scope: reactive[int] = reactive(0)

    def __init__(self, finding: Finding, words: str) -> None:
        super().__init__()
        self._finding = finding
        self._words = words

    def compose(self) -> ComposeResult:
        """The finding, why it is set aside, and for how long."""
        with Vertical(classes="box") as box:
            box.border_title = "Set aside"
            said = f"  “{clean(self._words)}”" if self._words else ""
            yield Static(Content.assemble((clean(self._finding.message), "bold"), said))
            yield Input(placeholder="why this is right to say; others may read it")
            yield Static(id="scopes")
            yield Footer(compact=True, show_command_palette=False)

    def watch_scope(self, scope: int) -> None:
        """Mark the scope that is chosen."""
        lines = [f"({'•' if number == scope else ' '}) {words}" for number, words in enumerate(SCOPES.values())]
        self.query_one("#scopes", Static).update(Content("\n".join(lines)))

    def action_scope(self, step: int) -> None:
        """Choose another scope."""
        self.scope = (self.scope + step) % len(SCOPES)

    def action_take(self) -> None:
        """Give the scope and the reason."""
        self.in_turn(self._take)

    def _take(self) -> None:
        reason = self.query_one(Input).value.strip()
        if len(reason) < SHORTEST:
            self.notify("A few words, please: why is this right to say?", severity="warning")
            return
        self.dismiss((list(SCOPES)[self.scope], reason))

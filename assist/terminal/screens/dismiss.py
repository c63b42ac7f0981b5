"""Setting a finding aside, with a reason."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Input, RadioButton, RadioSet, Static

from assist.dismissals import Scope
from assist.findings import Finding
from assist.reports.clean import clean
from assist.terminal.screens.dialog import Dialog
from assist.terminal.screens.send_anyway import SHORTEST

SCOPES: dict[Scope, str] = {
    "draft": "in this draft",
    "conversation": "in this conversation",
    "me": "always, for me",
    "team": "always, for the team",
}


class Dismiss(Dialog[tuple[Scope, str]]):
    """Gives the scope and the reason, or None."""

    def __init__(self, finding: Finding, words: str) -> None:
        super().__init__()
        self._finding = finding
        self._words = words

    def compose(self) -> ComposeResult:
        """The finding, for how long it is set aside, and why."""
        with Vertical(classes="box") as box:
            box.border_title = "Set aside"
            said = f"  “{clean(self._words)}”" if self._words else ""
            yield Static(Content.assemble((clean(self._finding.message), "bold"), said))
            yield Input(placeholder="why this is right to say; others may read it")
            with RadioSet():
                for scope, words in SCOPES.items():
                    yield RadioButton(words, value=scope == "draft", name=scope)
            yield Footer(compact=True, show_command_palette=False)

    @on(Input.Submitted)
    def _said(self, event: Input.Submitted) -> None:
        reason = event.value.strip()
        if len(reason) < SHORTEST:
            self.notify("A few words, please: why is this right to say?", severity="warning")
            return
        chosen = self.query_one(RadioSet).pressed_index
        self.dismiss((list(SCOPES)[max(chosen, 0)], reason))

"""Asked once before a reply with an error goes out."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Input, Static

from assist.dismissals import SHORTEST
from assist.findings import Finding
from assist.reports.clean import clean
from assist.terminal.marks import MARKS, STYLES
from assist.terminal.screens.dialog import Dialog


class SendAnyway(Dialog[str]):
    """Names the errors; gives the reason to send in spite of them, or None."""

    BINDINGS = [Binding("enter,ctrl+s", "take", "Send it as it is", key_display="⏎", priority=True)]

    def __init__(self, errors: Sequence[Finding], draft: str) -> None:
        super().__init__()
        self._errors = errors
        self._draft = draft

    def compose(self) -> ComposeResult:
        """The errors, and a line for the reason."""
        with Vertical(classes="box") as box:
            box.border_title = "Not like this?"
            for finding in self._errors:
                words = clean(self._draft[finding.start : finding.end])
                style = STYLES[finding.severity]
                said = f"  “{words}”" if words else ""
                yield Static(
                    Content.assemble((f"{MARKS[finding.severity]} {clean(finding.message)}", "bold"), (said, style))
                )
            yield Static("Escape goes back to mend it. To send it as it is, say why; it is kept with the reply.")
            yield Input(placeholder="why it is right to send this")
            yield Footer(compact=True, show_command_palette=False)

    def action_take(self) -> None:
        """Give the reason."""
        self.in_turn(self._take)

    def _take(self) -> None:
        reason = self.query_one(Input).value.strip()
        if len(reason) >= SHORTEST:
            self.dismiss(reason)
        else:
            self.notify("A few words, please: why is it right to send this?", severity="warning")

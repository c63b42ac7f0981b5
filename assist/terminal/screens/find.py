"""Looking for a playbook answer by words."""

from collections.abc import Awaitable, Callable

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Footer, Input, OptionList

from assist.terminal.screens.dialog import Dialog
from assist.terminal.widgets.answers import Answers
from assist.workbench import PlayAnswer


class Find(Dialog[PlayAnswer]):
    """Searches as it is typed; gives the answer that is chosen, or None."""

    BINDINGS = [
        Binding("down", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Last", show=False, priority=True),
        Binding("enter", "take", "Insert", key_display="⏎", priority=True),
    ]

    def __init__(self, find: Callable[[str], Awaitable[list[PlayAnswer]]]) -> None:
        super().__init__()
        self._find = find

    def compose(self) -> ComposeResult:
        """The words looked for, and the answers found."""
        with Vertical(classes="box tall") as box:
            box.border_title = "Find an answer"
            yield Input(placeholder="what it is about, in any words")
            found = Answers(id="found")
            found.can_focus = False  # what is typed is always looked for
            yield found
            yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Show what fits the conversation, before anything is typed."""
        self._search("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._search(event.value)

    @work(exclusive=True, group="finding")
    async def _search(self, typed: str) -> None:
        self.query_one(Answers).show(await self._find(typed), anew=True)

    def action_move(self, step: int) -> None:
        """Choose another answer."""
        self.query_one(Answers).move(step)

    @on(OptionList.OptionSelected)
    def action_take(self) -> None:
        """Give the chosen answer."""
        chosen = self.query_one(Answers).chosen
        if chosen:
            self.dismiss(chosen)

"""Practice on the screen: choosing a scenario, the desk with its customer, and the debrief."""

from collections.abc import Mapping, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, OptionList
from textual.widgets.option_list import Option

from assist.desk import Desk
from assist.practice import Scenario, told
from assist.reports.clean import clean
from assist.terminal.practising import Practising
from assist.terminal.screens.desk import DeskScreen
from assist.terminal.screens.dialog import Dialog
from assist.terminal.screens.page import Page

HARDEST = 3


class Choose(Dialog[Scenario]):
    """Gives the scenario that is chosen, or None. `begun` are the ids of those that were left off."""

    BINDINGS = [Binding("enter", "take", "Begin", key_display="⏎", priority=True)]

    def __init__(self, scenarios: Mapping[str, Scenario], begun: Sequence[str]) -> None:
        super().__init__()
        self._scenarios = list(scenarios.values())
        self._begun = begun

    def compose(self) -> ComposeResult:
        """The scenarios, the easiest first."""
        with Vertical(classes="box tall") as box:
            box.border_title = "Practise with"
            yield OptionList(*(Option(self._line(one)) for one in self._scenarios), id="scenarios")
            yield Footer(compact=True, show_command_palette=False)

    def _line(self, scenario: Scenario) -> Content:
        sheet = scenario.sheet
        hard = "●" * sheet.hard + "○" * (HARDEST - sheet.hard)
        begun = "  left off" if scenario.id in self._begun else ""
        return Content.assemble(
            (f"{hard}  ", "$warning"),
            (clean(sheet.title), "bold"),
            (clean(f"  {sheet.trade}, {sheet.channel}"), "$quiet"),
            (begun, "$success"),
        )

    def action_take(self) -> None:
        """Give the scenario that is chosen."""
        self.query_one(OptionList).action_select()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._scenarios[event.option_index])


class PracticeScreen(DeskScreen):
    """A desk with one customer, who is practised with."""

    BINDINGS = [
        Binding("f2", "leave", "Leave", show=False, tooltip="Leave the practice; it can be gone on with"),
        Binding("f10", "debrief", "Debrief", show=False, tooltip="How it has gone so far"),
    ]

    def __init__(self, desk: Desk, practising: Practising) -> None:
        super().__init__(desk)
        self._practising = practising

    def listened(self) -> None:
        """Once the customer has said the last word, the debrief."""
        if self._practising.practice.ended:
            self._give_up()
            self.action_debrief()

    def _give_up(self) -> None:
        """Close the conversation for good; what stands in the composer is nobody's draft any more."""
        if self.chat:
            self.desk.give_up(self.chat)
            self.chat = None

    @work
    async def action_debrief(self) -> None:
        """How it has gone; at the end, the practice is left with it."""
        practice = self._practising.practice
        if not self.is_current:
            return
        await self.app.push_screen_wait(Page("Debrief", told(practice.debrief)))
        if practice.ended:
            self.dismiss()

    def action_leave(self) -> None:
        """Leave it as it is."""
        self.dismiss()

    async def action_put_away(self) -> None:
        """Give it up, so that it begins anew the next time."""
        self._give_up()
        self.dismiss()

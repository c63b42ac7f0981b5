"""The app: a desk on the screen, and everything that opens over it."""

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from pathlib import Path

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from assist import practice
from assist.analyzer import praises
from assist.desk import Desk, Journal
from assist.errors import AssistError
from assist.terminal.practising import Practising, address
from assist.terminal.screens.desk import DeskScreen
from assist.terminal.screens.help import help_page
from assist.terminal.screens.mirror import mirror_page
from assist.terminal.screens.practice import Choose, PracticeScreen
from assist.terminal.screens.welcome import Welcome
from assist.terminal.themes import DARK, THEMES
from assist.terminal.words import shown


class AssistApp(App[None]):
    """The agent's app.

    `desk` makes the desk once the app is there, since a desk may need its clipboard. `scenarios` is a folder of
    scenarios to practise with; those that ship where left out.
    """

    TITLE = "assist"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = [
        Binding("f1", "help", "Help", tooltip="What the keys do"),
        Binding("f2", "practise", "Practise", show=False, tooltip="Practise with a customer from a scenario"),
        Binding("f3", "mirror", "Mirror", show=False, tooltip="How your own replies went this week"),
        Binding("f4", "look", "Look", show=False, tooltip="Dark, light or high contrast"),
        Binding("ctrl+p", "command_palette", "More", priority=True, tooltip="Everything that can be done, by name"),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, tooltip="Close the app; drafts are kept"),
    ]

    def __init__(self, desk: Callable[["AssistApp"], Desk], scenarios: Path | None = None) -> None:
        super().__init__()
        self.scenarios = scenarios
        for theme in THEMES:
            self.register_theme(theme)
        self.desk = desk(self)
        self.theme = next(
            (theme.name for theme in THEMES if theme.name == self.desk.journal.setting("look")), DARK.name
        )

    def get_default_screen(self) -> Screen[None]:
        """The desk."""
        return DeskScreen(self.desk)

    async def on_unmount(self) -> None:
        """Let go of channel and journal."""
        await self.desk.channel.close()
        self.desk.journal.close()
        if "_practised" in self.__dict__:  # made when it was first needed
            self._practised.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that has a key here, by its name."""
        known = {active.binding.action: active for active in reversed(screen.active_bindings.values())}
        for node, binding, enabled, _ in known.values():
            if enabled and binding.tooltip and binding.action != "command_palette":
                name = f"{binding.description}  {self.get_key_display(binding)}"
                yield SystemCommand(name, binding.tooltip, partial(self.run_action, binding.action, node))

    def on_mount(self) -> None:
        """Welcome who is here for the first time."""
        if not self.desk.journal.setting("welcomed"):
            self._welcome()

    @work
    async def _welcome(self) -> None:
        tour = await self.push_screen_wait(Welcome())
        self.desk.journal.set("welcomed", "yes")
        if tour:
            self._practise(practice.scenario(practice.FIRST))

    def action_help(self) -> None:
        """What the keys do."""
        known = (*self.screen.BINDINGS, *DeskScreen.BINDINGS, *self.BINDINGS)
        bindings = dict.fromkeys(binding for binding in known if isinstance(binding, Binding))
        self.push_screen(help_page(bindings, self.get_key_display))

    def action_mirror(self) -> None:
        """How the agent's own replies went."""
        self.push_screen(mirror_page(self.desk.journal.replies(), praises(self.desk.bench.lexicon)))

    @work
    async def action_practise(self) -> None:
        """Choose whom to practise with."""
        try:
            scenarios = practice.load(self.scenarios)
            begun = [name for name in scenarios if self._practised.chats(address(name))]
        except AssistError as error:
            self.notify(shown(str(error)), severity="error", timeout=20)
            return
        chosen = await self.push_screen_wait(Choose(scenarios, begun))
        if chosen:
            self._practise(chosen)

    def _practise(self, scenario: practice.Scenario) -> None:
        practising = Practising(self.desk.bench, scenario, self._practised)
        desk = Desk(self.desk.bench, self._practised, practising, self.desk.agent)
        self.push_screen(PracticeScreen(desk, practising))

    @cached_property
    def _practised(self) -> Journal:
        """Practice has a journal of its own, so that it never counts as work."""
        return Journal(self.desk.journal.path.with_name("practice.sqlite"))

    def action_look(self) -> None:
        """The next look, kept for the next time."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]
        self.desk.journal.set("look", self.theme)

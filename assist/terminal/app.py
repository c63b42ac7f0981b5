"""The app: a desk on the screen, and everything that opens over it."""

from collections.abc import Callable, Iterable
from functools import partial

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from assist.desk import Desk
from assist.terminal.screens.desk import DeskScreen
from assist.terminal.screens.help import Help
from assist.terminal.screens.mirror import MirrorScreen
from assist.terminal.themes import THEMES


class AssistApp(App[None]):
    """The agent's app. `desk` makes the desk once the app is there, since a desk may need its clipboard."""

    TITLE = "assist"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = [
        Binding("f1", "help", "Help", tooltip="What the keys do"),
        Binding("f3", "mirror", "Mirror", show=False, tooltip="How your own replies went this week"),
        Binding("f4", "look", "Look", show=False, tooltip="Dark, light or high contrast"),
        Binding("ctrl+p", "command_palette", "More", priority=True, tooltip="Everything that can be done, by name"),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, tooltip="Close the app; drafts are kept"),
    ]

    def __init__(self, desk: Callable[["AssistApp"], Desk]) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.desk = desk(self)
        self.theme = self.desk.journal.setting("look") or THEMES[0].name

    def get_default_screen(self) -> Screen[None]:
        """The desk."""
        return DeskScreen(self.desk)

    async def on_unmount(self) -> None:
        """Let go of channel and journal."""
        await self.desk.channel.close()
        self.desk.journal.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything that has a key here, by its name."""
        for node, binding, enabled, _ in screen.active_bindings.values():
            if enabled and binding.tooltip and binding.action != "command_palette":
                name = f"{binding.description}  {self.get_key_display(binding)}"
                yield SystemCommand(name, binding.tooltip, partial(self.run_action, binding.action, node))

    def action_help(self) -> None:
        """What the keys do."""
        self.push_screen(Help(self.screen))

    def action_mirror(self) -> None:
        """How the agent's own replies went."""
        self.push_screen(MirrorScreen(self.desk.journal.replies()))

    def action_look(self) -> None:
        """The next look, kept for the next time."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)] if self.theme in names else names[0]
        self.desk.journal.set("look", self.theme)

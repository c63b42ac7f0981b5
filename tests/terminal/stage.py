"""The app on a stage: opened on a conversation, driven by keys, read as plain text."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from textual.events import Key
from textual.pilot import Pilot
from textual.screen import Screen

from assist import Turn, Workbench
from assist.channels import Arrival, Channel
from assist.desk import Chat, Desk, Journal
from assist.terminal.app import AssistApp
from assist.terminal.clipboard import Clipboard
from assist.terminal.screens.board import PAUSE
from assist.terminal.screens.desk import DeskScreen
from assist.terminal.widgets.composer import Composer
from assist.terminal.widgets.findings import Findings

AWAITED = {"checking", "finding", "mending", "settling", "asking"}
ANGRY = Turn("customer", "My router is dead AGAIN, third time this month. This is ridiculous!", name="Priya Nair")


class Stage(NamedTuple):
    """The running app and the hands on its keyboard."""

    app: AssistApp
    pilot: Pilot[None]

    async def type(self, words: str) -> None:
        """Type as an agent does, and rest."""
        await self.pilot.press(*map(_key, words))
        await self.rest()

    async def press(self, *keys: str) -> None:
        """Press keys, and rest."""
        await self.pilot.press(*keys)
        await self.rest()

    async def burst(self, *typed: str) -> None:
        """Words, and keys by name in angle brackets, all at once, as over a slow line or while the app is busy."""
        for part in typed:
            keys = [Key(part[1:-1], None)] if part.startswith("<") else [Key(_key(letter), letter) for letter in part]
            for key in keys:
                self.app.post_message(key)
        await self.rest()

    async def rest(self) -> None:
        """Until everything that was begun is done."""
        for _ in range(3):
            await self.pilot.pause(PAUSE * 1.5)
            while any(worker.group in AWAITED and worker.is_running for worker in self.app.workers):
                await self.pilot.pause(0.01)
        await self.pilot.pause()

    async def until(self, true: Callable[[], bool]) -> None:
        """Until something is so; a test fails that waits for more than some seconds."""
        for _ in range(200):
            if true():
                return
            await self.pilot.pause(0.05)
        raise AssertionError(f"still not so:\n{self.text}")

    @property
    def desk(self) -> DeskScreen:
        """The screen that the desk is on."""
        return next(screen for screen in reversed(self.app.screen_stack) if isinstance(screen, DeskScreen))

    @property
    def chat(self) -> Chat:
        """The open conversation."""
        assert self.desk.chat
        return self.desk.chat

    @property
    def draft(self) -> str:
        """What stands in the composer."""
        return self.desk.query_one(Composer).text

    @property
    def found(self) -> list[str]:
        """The categories of the findings on screen, in their order."""
        return [finding.category for finding in self.desk.query_one(Findings).findings]

    def line(self, words: str) -> int:
        """The line of the screen on which these words stand first, from 0."""
        return next(number for number, line in enumerate(self.text.splitlines()) if words in line)

    @property
    def text(self) -> str:
        """The screen as it would be read aloud."""
        return "\n".join(_lines(self.app.screen))


def _key(letter: str) -> str:
    return "space" if letter == " " else letter


def _lines(screen: Screen[object]) -> list[str]:
    """The lines of a screen. Textual gives them to nobody but as a picture, so this looks inside; nothing else does."""
    return [strip.text.rstrip() for strip in screen._compositor.render_strips()]


Story = Callable[[Stage], Awaitable[None]]


@asynccontextmanager
async def opened(
    bench: Workbench,
    folder: Path,
    *turns: Turn,
    size: tuple[int, int] = (100, 30),
    channel: Channel | None = None,
    first: bool = False,
) -> AsyncIterator[Stage]:
    """The app, opened with a desk in this folder: on these turns, or on a channel; `first` for the first time."""
    given = [Arrival("talk", turn, str(number), "Priya Nair") for number, turn in enumerate(turns)]

    def desk(app: AssistApp) -> Desk:
        journal = Journal(folder / "desk.sqlite")
        if not first:
            journal.set("welcomed", "yes")
        return Desk(bench, journal, channel or Clipboard(app.copy_to_clipboard, given), "Alex")

    app = AssistApp(desk)
    async with app.run_test(size=size, notifications=True) as pilot:
        stage = Stage(app, pilot)
        await stage.rest()
        try:
            yield stage
        finally:
            bench.dismissals.items.clear()


def play(
    story: Story,
    bench: Workbench,
    folder: Path,
    *turns: Turn,
    size: tuple[int, int] = (100, 30),
    channel: Channel | None = None,
    first: bool = False,
) -> None:
    """Open the app, and play a story."""

    async def played() -> None:
        async with opened(bench, folder, *turns, size=size, channel=channel, first=first) as stage:
            await story(stage)

    asyncio.run(played())


def said(*lines: str) -> Sequence[Turn]:
    """Turns of a customer and an agent, by turns."""
    return [Turn("customer" if number % 2 == 0 else "agent", line) for number, line in enumerate(lines)]

"""Draws check.svg, the review of the draft in `examples` as a terminal shows it, and app-*.svg, the app at work.

Run it from the root of the repository, with assist installed: `python docs/images/make.py`.
"""

import asyncio
import os
import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from assist.channels import Arrival
from assist.conversation import Turn, conversation_of_text
from assist.desk import Desk, Journal
from assist.reports import terminal
from assist.terminal.app import AssistApp
from assist.terminal.clipboard import Clipboard
from assist.workbench import Workbench

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
WIDTH = 96
TYPED = "did u try turning it off and on"
SETTLES = 3.0
"""Seconds that the app is given to load, and to check what was typed."""
COMMAND = "assist check examples/draft.txt --conversation examples/conversation.txt --packs core,telecom"
THEME = TerminalTheme(
    (253, 252, 249),
    (43, 45, 49),
    [
        (43, 45, 49),
        (176, 42, 48),
        (34, 112, 66),
        (150, 96, 8),
        (45, 91, 158),
        (128, 66, 140),
        (20, 112, 122),
        (120, 122, 126),
    ],
)


def main() -> None:
    """Draw them all."""
    draw_check()
    for size in ((80, 24), (140, 40)):
        asyncio.run(draw_app(size))


def draw_check() -> None:
    """Check the example as the command does, and draw what it prints."""
    draft = (EXAMPLES / "draft.txt").read_text(encoding="utf-8").rstrip("\n")
    talk = conversation_of_text((EXAMPLES / "conversation.txt").read_text(encoding="utf-8"))
    review = Workbench.load(["core", "telecom"]).check(draft, talk)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True, highlight=False)
        console.print(Text(f"$ {COMMAND}\n", "dim"))
        terminal.show(review, console, "examples/draft.txt")
        console.print()
        picture = console.export_svg(title="assist check", theme=THEME, unique_id="assist")
    (HERE / "check.svg").write_text(_own_fonts(picture), encoding="utf-8")


async def draw_app(size: tuple[int, int]) -> None:
    """Type the DYPII question to the angry customer of the example, in an app of this size."""
    talk = conversation_of_text((EXAMPLES / "conversation.txt").read_text(encoding="utf-8"))
    talks = {
        "Priya Nair": talk.turns,
        "Sam O'Neill": [Turn("customer", "I want to cancel. You've lied to me twice.", name="Sam O'Neill")],
    }
    arrivals = [
        Arrival(title, replace(turn, name=title if turn.role == "customer" else "Ben"), str(number), title)
        for title, turns in talks.items()
        for number, turn in enumerate(turns)
    ]
    with TemporaryDirectory() as folder:
        journal = Journal(Path(folder) / "desk.sqlite")
        journal.set("welcomed", "yes")
        bench = Workbench.load(["core", "telecom"])
        app = AssistApp(lambda app: Desk(bench, journal, Clipboard(app.copy_to_clipboard, arrivals), "Ben"))
        async with app.run_test(size=size) as pilot:
            await pilot.pause(SETTLES)
            await pilot.press(*("space" if letter == " " else letter for letter in TYPED))
            await pilot.pause(SETTLES)
            picture = app.export_screenshot(title="assist app")
    (HERE / f"app-{size[0]}x{size[1]}.svg").write_text(_own_fonts(picture), encoding="utf-8")


def _own_fonts(picture: str) -> str:
    """The picture with the reader's own fonts, so that it fetches nothing."""
    return re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.DOTALL).replace(
        "Fira Code, monospace", "Fira Code, DejaVu Sans Mono, Menlo, Consolas, monospace"
    )


if __name__ == "__main__":
    main()

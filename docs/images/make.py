"""Draws check.svg: the review of the draft in `examples`, as a terminal shows it.

Run it from the root of the repository, with assist installed: `python docs/images/make.py`.
"""

import os
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from assist.conversation import conversation_of_text
from assist.reports import terminal
from assist.workbench import Workbench

HERE = Path(__file__).parent
EXAMPLES = HERE.parent.parent / "examples"
WIDTH = 96
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


def _own_fonts(picture: str) -> str:
    """The picture with the reader's own fonts, so that it fetches nothing."""
    return re.sub(r"\s*@font-face \{.*?\}", "", picture, flags=re.DOTALL).replace(
        "Fira Code, monospace", "Fira Code, DejaVu Sans Mono, Menlo, Consolas, monospace"
    )


if __name__ == "__main__":
    main()

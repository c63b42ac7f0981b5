"""What the keys do, and how the screen is read."""

from collections.abc import Callable, Iterable

from textual.binding import Binding
from textual.content import Content

from assist.findings import Severity
from assist.terminal.marks import MARKS, MOODS
from assist.terminal.screens.page import Page

WIDTH = 14
SHAPES = {
    Severity.ERROR: "an error, doubly underlined: do not send it like this",
    Severity.WARNING: "a warning, underlined: better mended first",
    Severity.SUGGESTION: "a suggestion, underlined in italics: it holds nothing back",
}
WRITING = {
    "⏎": "Send; with an error in it, you are asked once",
    "^j": "Begin a new line",
    "tab": "To the next blank, such as {by when?}",
    "^z ^y": "Undo, redo; a rewrite is one step",
    "pgup pgdn": "Scroll the conversation",
}


def help_page(bindings: Iterable[Binding], display: Callable[[Binding], str]) -> Page:
    """The keys of a screen, and the signs; `display` is how the app writes a key."""
    keys = [
        _line(display(binding), binding.tooltip)
        for binding in bindings
        if binding.tooltip and binding.action not in {"send", "composer"}
    ]
    sections = (
        ("Writing", [_line(key, words) for key, words in WRITING.items()]),
        ("Keys", keys),
        ("In the reply", [_line(MARKS[severity], SHAPES[severity]) for severity in Severity]),
        ("How a customer stands", [_line(sign, mood) for mood, sign in MOODS.items()]),
    )
    return Page("Help", sections)


def _line(sign: str, words: str) -> Content:
    return Content.assemble((f"{sign:<{WIDTH}}", "bold"), words)

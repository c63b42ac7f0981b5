"""What the keys do, and how the screen is read."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from assist.findings import Severity
from assist.terminal.marks import MARKS, MOODS
from assist.terminal.screens.dialog import Dialog

WIDTH = 14
SHAPES = {
    Severity.ERROR: "an error, doubly underlined: do not send it like this",
    Severity.WARNING: "a warning, underlined: better mended first",
    Severity.SUGGESTION: "a suggestion, underlined in italics: it holds nothing back",
}


class Help(Dialog[None]):
    """The keys of the screen below, and the signs."""

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        bindings = [active.binding for active in below.active_bindings.values() if active.binding.tooltip]
        self._keys = list(dict.fromkeys(bindings))

    def compose(self) -> ComposeResult:
        """One page, to be scrolled."""
        with VerticalScroll(classes="page") as page:
            page.border_title = "Help"
            page.border_subtitle = "Escape goes back"
            yield Static(Content("\n").join([_head("Keys"), *map(self._key, self._keys), _line("Tab", BLANKS)]))
            signs = [_line(MARKS[severity], SHAPES[severity]) for severity in Severity]
            yield Static(Content("\n").join([Content(""), _head("In the reply"), *signs]))
            moods = [_line(sign, mood) for mood, sign in MOODS.items()]
            yield Static(Content("\n").join([Content(""), _head("How a customer stands"), *moods]))

    def _key(self, binding: Binding) -> Content:
        return _line(self.app.get_key_display(binding), binding.tooltip)


BLANKS = "From blank to blank, such as {by when?}; without any, to the next part of the screen"


def _head(words: str) -> Content:
    return Content.styled(words, "bold $primary")


def _line(sign: str, words: str) -> Content:
    return Content.assemble((f"{sign:<{WIDTH}}", "bold"), words)

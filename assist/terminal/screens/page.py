"""A page to be read and left again."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assist.reports.clean import clean
from assist.terminal.screens.dialog import Dialog


class Page(Dialog[None]):
    """A title, and sections of a heading and lines each; to be scrolled."""

    def __init__(self, title: str, sections: Iterable[tuple[str, Iterable[str | Content]]], note: str = "") -> None:
        super().__init__()
        self._title = title
        self._sections = [(heading, list(lines)) for heading, lines in sections]
        self._note = note

    def compose(self) -> ComposeResult:
        """One box."""
        with VerticalScroll(classes="page") as page:
            page.border_title = self._title
            page.border_subtitle = " · ".join(filter(None, [self._note, "Escape goes back"]))
            for heading, lines in self._sections:
                yield Static(Content.styled(clean(heading), "bold $primary"), classes="heading")
                for line in lines:
                    yield Static(line if isinstance(line, Content) else Content(clean(line, keep="\n")))

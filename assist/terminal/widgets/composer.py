"""Where the reply is written: what was found is underlined in it as it is typed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.text import Text
from textual.binding import Binding
from textual.events import Key, Paste
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Location, Selection

from assist.findings import Review, Severity
from assist.language.blanks import BLANK
from assist.reports.clean import clean
from assist.spans import Span
from assist.terminal.marks import VERDICTS


class Underline(NamedTuple):
    """Words of the draft that something was found in."""

    span: Span
    severity: Severity


class Composer(TextArea):
    """The draft. Enter sends, by way of the screen; Tab goes from blank to blank, and never out of the draft."""

    COMPONENT_CLASSES = {"composer--error", "composer--warning", "composer--suggestion", "composer--blank"}
    BINDINGS = [
        Binding("enter", "screen.send", "Send", show=False),
        Binding("shift+enter,alt+enter,ctrl+j", "newline", "New line", show=False),
        Binding("tab", "blank(1)", "Next blank", show=False),
        Binding("shift+tab", "blank(-1)", "Last blank", show=False),
        Binding("pageup", "screen.scroll_talk(-1)", "Scroll up", show=False),
        Binding("pagedown", "screen.scroll_talk(1)", "Scroll down", show=False),
    ]

    class Typed(Message):
        """The draft has changed, or the cursor has moved in it."""

    def __init__(self) -> None:
        super().__init__(
            soft_wrap=True, show_line_numbers=False, tab_behavior="focus", highlight_cursor_line=False, id="composer"
        )
        self._underlines: list[Underline] = []
        self._before = ""
        self._verdict = ""

    def load(self, text: str, place: int | None = None) -> None:
        """Begin on another draft, with nothing to undo."""
        self._before = text
        self._underlines = []
        self.load_text(text)
        self.move_cursor(self._location(len(text) if place is None else min(place, len(text))))

    def put(self, text: str) -> None:
        """Make the draft read so, as one step that can be undone; the cursor goes to the first blank, or to the end."""
        self.history.checkpoint()
        self.replace(text, (0, 0), self.document.end)
        self.history.checkpoint()
        if not self._select_blank(0, forwards=True):
            self.move_cursor(self.document.end)

    def insert_answer(self, text: str) -> None:
        """Put a playbook answer where the cursor is, on lines of its own, as one step that can be undone."""
        start, end = sorted(self.selection)
        before, after = self.get_text_range((0, 0), start), self.get_text_range(end, self.document.end)
        lead = "\n" if before.strip() and not before.endswith("\n") else ""
        tail = "\n" if after.strip() and not after.startswith("\n") else ""
        self.history.checkpoint()
        self.replace(f"{lead}{text}{tail}", start, end)
        self.history.checkpoint()
        if not self._select_blank(len(before), forwards=True):
            self.move_cursor(self._location(len(before) + len(lead) + len(text)))

    def type(self, words: str) -> None:
        """Put words where the cursor is, or in the place of what is selected, as if they were typed."""
        self.replace(words, *sorted(self.selection))

    def show(self, review: Review) -> None:
        """Underline what a review of the text as it stands has found, and say what would happen to it."""
        self._verdict = VERDICTS[review.verdict] if review.draft.strip() else ""
        for verdict, words in VERDICTS.items():
            self.set_class(words == self._verdict, f"-{verdict}")
        self._say_below()
        underlines = [Underline(finding.span, finding.severity) for finding in review.findings if not finding.missing]
        if review.draft == self.text and underlines != self._underlines:
            self._underline(underlines)

    def _underline(self, underlines: list[Underline]) -> None:
        self._underlines = underlines
        self.notify_style_update()
        self.refresh()

    def _say_below(self) -> None:
        self.border_subtitle = " · ".join(filter(None, [self._chosen_blank(), self._verdict]))

    def _chosen_blank(self) -> str:
        """Which of how many blanks is selected, so that what is typed fills it."""
        if self.selection.is_empty:
            return ""
        blanks = [match.span() for match in BLANK.finditer(self.text)]
        start, end = (self._offset(location) for location in sorted(self.selection))
        if (start, end) not in blanks:
            return ""
        many = len(blanks)
        return f"blank {blanks.index((start, end)) + 1} of {many}: type to fill it{', Tab for the next' * (many > 1)}"

    @property
    def place(self) -> int:
        """How many code points stand before the cursor."""
        return self._offset(self.cursor_location)

    async def on_key(self, event: Key) -> None:
        """Do what a key does in its turn; left to itself, Textual would take in the letters typed after it first."""
        active = None if event.is_printable else self.screen.active_bindings.get(event.key)
        if active and active.enabled and await self.app.run_action(active.binding.action, active.node):
            event.stop()
        if event.key == "enter":
            event.prevent_default()  # which would begin a new line

    def on_paste(self, event: Paste) -> None:
        """Keep what was pasted here from going on to the screen, which takes what is pasted elsewhere."""
        event.stop()

    def on_text_area_selection_changed(self) -> None:
        """Tell the screen where the cursor is, and the agent which blank they are in."""
        self._say_below()
        if self.text == self._before:
            self.post_message(self.Typed())

    def on_text_area_changed(self) -> None:
        """Tell the screen, and let the underlines keep their words until the next review."""
        text = self.text
        if text == self._before:
            return
        self._underline(list(_moved(self._underlines, self._before, text)))
        self._before = text
        self.post_message(self.Typed())

    def get_line(self, line_index: int) -> Text:
        """A line of the draft with its underlines."""
        line = Text(clean(self.document.get_line(line_index), keep="\t"), end="", no_wrap=True)
        start = self._offset((line_index, 0))
        for span, severity in self._underlines:
            style = self.get_component_rich_style(f"composer--{severity.value}", partial=True)
            line.stylize(style, max(span.start - start, 0), max(span.end - start, 0))
        for blank in BLANK.finditer(line.plain):
            line.stylize(self.get_component_rich_style("composer--blank", partial=True), *blank.span())
        return line

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Bring the cursor into sight; while an undo is under way, it may stand on a line that is gone."""
        if self.cursor_location[0] >= self.document.line_count:
            return Offset()
        return super().scroll_cursor_visible(center, animate)

    def action_newline(self) -> None:
        """Begin a new line."""
        self.insert("\n")

    def action_blank(self, step: int) -> None:
        """Select the next blank, or the one before; where there is none, the cursor stays where it is."""
        start, end = (self._offset(location) for location in sorted(self.selection))
        self._select_blank(end if step > 0 else start, forwards=step > 0)

    def _select_blank(self, place: int, *, forwards: bool) -> bool:
        """Select the nearest blank on that side of a place, or else the furthest on the other."""
        spans = [match.span() for match in BLANK.finditer(self.text)]
        if not spans:
            return False
        if forwards:
            chosen = next((span for span in spans if span[0] >= place), spans[0])
        else:
            chosen = next((span for span in reversed(spans) if span[1] <= place), spans[-1])
        self.selection = Selection(self._location(chosen[0]), self._location(chosen[1]))
        self.scroll_cursor_visible()
        return True

    def _location(self, place: int) -> Location:
        before = self.text[:place]
        return before.count("\n"), place - (before.rfind("\n") + 1)

    def _offset(self, location: Location) -> int:
        row, column = location
        return sum(len(line) + 1 for line in self.document.lines[:row]) + column


def _moved(underlines: Sequence[Underline], before: str, after: str) -> Iterator[Underline]:
    """The underlines where their words now stand; those of words that were touched are gone."""
    shorter = min(len(before), len(after))
    same = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    tail = next((at for at in range(shorter - same) if before[-1 - at] != after[-1 - at]), shorter - same)
    changed_to, by = len(before) - tail, len(after) - len(before)
    for span, severity in underlines:
        if span.end <= same:
            yield Underline(span, severity)
        elif span.start >= changed_to:
            yield Underline(Span(span.start + by, span.end + by), severity)

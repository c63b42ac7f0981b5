"""A list of which one is chosen, and acted on."""

from textual.events import Click
from textual.widgets import OptionList


class Choices(OptionList):
    """A click chooses; only a click on what is chosen takes it, as Enter does."""

    def on_click(self, event: Click) -> None:
        """Choose what was clicked."""
        clicked = event.style.meta.get("option")
        if clicked is None or clicked == self.highlighted:
            return
        event.prevent_default()
        if not self.get_option_at_index(clicked).disabled:
            self.highlighted = clicked

"""What all dialogs share: a box over the screen below, which Escape leaves."""

from collections.abc import Callable
from typing import TypeVar

from textual.binding import Binding
from textual.screen import ModalScreen

Result = TypeVar("Result")


class Dialog(ModalScreen[Result | None]):
    """A box that gives a result, or None where it is left."""

    BINDINGS = [Binding("escape", "leave", "Back")]

    def action_leave(self) -> None:
        """Go back with nothing done."""
        self.dismiss(None)

    def in_turn(self, do: Callable[[], object]) -> None:
        """Do something once the letters typed before are in, which a priority key of the dialog would overtake."""
        (self.focused or self).call_later(do)

"""The channel without a chat tool: replies go to the clipboard, and what customers say is pasted in."""

from collections.abc import AsyncIterator, Callable, Sequence

from assist.channels import Arrival, Reply


class Clipboard:
    """Sends to the clipboard of the terminal (OSC 52), over `copy`; `given` are turns known from the start."""

    name = "the clipboard"
    source = ""
    address = "clipboard"

    def __init__(self, copy: Callable[[str], None], given: Sequence[Arrival] = ()) -> None:
        self._copy = copy
        self._given = given

    async def arrivals(self) -> AsyncIterator[Arrival]:
        """The turns that were given."""
        for arrival in self._given:
            yield arrival

    async def send(self, reply: Reply) -> str:
        """Copy the reply."""
        self._copy(reply.turn.text)
        return ""

    async def close(self) -> None:
        """Nothing is open."""

"""Practice as a channel: the customer of a scenario answers what is sent."""

import asyncio
from collections.abc import AsyncIterator

from assist.channels import Arrival, Reply
from assist.conversation import Turn
from assist.desk import Journal
from assist.errors import AssistError
from assist.practice import Practice, Scenario
from assist.workbench import Workbench

BRIEF = "Practice; F2 leaves it, F10 tells how it goes. What you know:"
THINKS = 1.2
"""Seconds that a customer takes to answer."""


def address(scenario: str) -> str:
    """What the journal calls the practice of a scenario."""
    return f"practice {scenario}"


class Practising:
    """A scenario to be practised; one that was left off is gone on with, from what the journal has of it."""

    def __init__(self, bench: Workbench, scenario: Scenario, journal: Journal, *, thinks: float = THINKS) -> None:
        self.name = self.source = scenario.sheet.customer.name
        self.address = address(scenario.id)
        begun = journal.chats(self.address)
        kept = [turn.text for turn in begun[-1].turns if turn.role == "agent"] if begun else []
        opening = sum(turn.role == "agent" for turn in scenario.opening)
        try:
            self.practice = Practice.replay(bench, scenario, kept[opening:])
        except AssistError:  # the scenario or the lexicon has changed since, and it ended sooner
            begun, self.practice = [], Practice(bench, scenario)
        self._key = begun[-1].key if begun else f"{scenario.id} {journal.number(self.address) + 1}"
        self._coming: asyncio.Queue[Turn | None] = asyncio.Queue()
        self._thinks = thinks

    async def arrivals(self) -> AsyncIterator[Arrival]:
        """The opening, and each answer once the customer has thought; ends with the conversation."""
        sheet, opening = self.practice.scenario.sheet, self.practice.scenario.opening
        yield self._arrival("brief", Turn("system", "\n".join([BRIEF, *(f"· {line}" for line in sheet.brief)])))
        heard = [*opening, *(turn for turn in self.practice.turns[len(opening) :] if turn.role != "agent")]
        for number, turn in enumerate(heard):
            yield self._arrival(str(number), turn)
        number = len(heard)
        while not (self.practice.ended and self._coming.empty()):
            answer = await self._coming.get()
            if answer is None:
                return
            await asyncio.sleep(self._thinks)
            yield self._arrival(str(number), answer)
            number += 1

    def _arrival(self, name: str, turn: Turn) -> Arrival:
        return Arrival(self._key, turn, name, self.practice.scenario.sheet.customer.name)

    async def send(self, reply: Reply) -> str:
        """Let the customer hear the reply."""
        for turn in self.practice.send(reply.turn.text):
            self._coming.put_nowait(turn)
        if self.practice.ended:
            self._coming.put_nowait(None)
        return ""

    async def close(self) -> None:
        """Nothing is open."""

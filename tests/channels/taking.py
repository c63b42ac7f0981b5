"""Taking from a channel what has come, without waiting for ever."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

from assist.channels import Arrival, Problem

PATIENCE = 10


class Source(Protocol):
    def arrivals(self) -> AsyncIterator[Arrival | Problem]: ...
    async def close(self) -> None: ...


class Taking:
    """What a channel yields, gathered in the background as an app would."""

    def __init__(self, channel: Source) -> None:
        self._channel = channel
        self.came: list[Arrival | Problem] = []
        self._new = asyncio.Event()
        self.task = asyncio.create_task(self._gather())

    async def _gather(self) -> None:
        async for item in self._channel.arrivals():
            self.came.append(item)
            self._new.set()

    async def until(self, enough: Callable[[list[Arrival | Problem]], bool]) -> list[Arrival | Problem]:
        """Wait until what came is enough; what came so far, where nothing more does."""
        async with asyncio.timeout(PATIENCE):
            while not enough(self.came):
                waiting = asyncio.create_task(self._new.wait())
                await asyncio.wait({waiting, self.task}, return_when=asyncio.FIRST_COMPLETED)
                waiting.cancel()
                self._new.clear()
                if self.task.done():
                    self.task.result()
                    break
        return self.came

    async def first(self, count: int) -> list[Arrival | Problem]:
        """Wait until so many came."""
        return await self.until(lambda came: len(came) >= count)

    @property
    def said(self) -> list[str]:
        """The texts that came."""
        return texts(self.came)

    @property
    def problems(self) -> list[str]:
        """The problems that came."""
        return [item.text for item in self.came if isinstance(item, Problem)]


def texts(items: list[Arrival | Problem]) -> list[str]:
    """The texts of the turns."""
    return [item.turn.text for item in items if isinstance(item, Arrival) and item.turn]


def keys(items: list[Arrival | Problem]) -> list[str]:
    """The keys of the turns."""
    return [item.key for item in items if isinstance(item, Arrival) and item.turn]


def taking(channel: Source) -> AbstractAsyncContextManager[Taking]:
    """Gather from a channel, and close it at the end."""
    return _taking(channel)


@asynccontextmanager
async def _taking(channel: Source) -> AsyncIterator[Taking]:
    took = Taking(channel)
    try:
        yield took
    finally:
        await channel.close()
        took.task.cancel()
        await asyncio.wait({took.task})


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a test's coroutine."""
    asyncio.run(work)

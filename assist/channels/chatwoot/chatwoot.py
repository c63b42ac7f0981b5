"""The channel: what is said in an agent's open conversations, once each, and the agent's replies."""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

from assist.channels.channel import Arrival, Problem, Reply
from assist.channels.chatwoot.cable import Cable, Subscribed
from assist.channels.chatwoot.rest import (
    PAGES,
    TOKEN,
    Address,
    Rest,
    Timing,
    UnreachableError,
    UnsureError,
    token_from_environment,
)
from assist.channels.chatwoot.shapes import Conversation, Event, Message, MisshapenError, Profile, shaped
from assist.errors import AssistError

__all__ = ["TOKEN", "Chatwoot", "token_from_environment"]

_CHANGES = frozenset({"conversation.created", "conversation.status_changed", "assignee.changed"})
_CLOCKS = timedelta(seconds=60)
"""How far the clocks here and there may be apart."""
_LATE = timedelta(seconds=5)
"""A reply that was written so long ago is likely to be sent for the second time."""


class Chatwoot:
    """The open conversations that are assigned to the agent whose access token it is.

    `url` is where Chatwoot is opened in a browser; with several accounts, as it reads inside one of them. Raises
    AssistError for an address that is none. Nothing is asked before `arrivals` or `send`.
    """

    name = source = "Chatwoot"

    def __init__(self, url: str, token: str, *, timing: Timing | None = None) -> None:
        self._address = Address.of(url)
        self.address = f"chatwoot {url}"
        self._timing = timing or Timing()
        self._rest = Rest(self._address, token, self._timing)
        self._me: Profile | None = None
        self._knowing = asyncio.Lock()
        self._sending = asyncio.Lock()
        self._came: asyncio.Queue[Arrival | Problem | None] = asyncio.Queue()
        self._runner: asyncio.Task[None] | None = None
        self._titles: dict[int, str] = {}
        self._seen: set[int] = set()
        self._undelivered: set[int] = set()
        self._tried: set[str] = set()
        self._sent: dict[str, int] = {}
        self._down = False

    async def arrivals(self) -> AsyncIterator[Arrival | Problem]:
        """Every message that customer or agents said, once, in the order of its conversation, until `close`.

        A lost connection is told and made again, and what was missed is read. Raises AssistError where trying again
        is of no use, and where there is no connection to begin with.
        """
        self._runner = asyncio.create_task(self._run())
        self._runner.add_done_callback(lambda _: self._came.put_nowait(None))
        try:
            while (item := await self._came.get()) is not None:
                yield item
            if not self._runner.cancelled():
                self._runner.result()
        finally:
            self._runner.cancel()

    async def send(self, reply: Reply) -> str:
        """Say it to the customer; the id of the message.

        Raises AssistError where it did not go, or where that cannot be known. A reply that was tried before, or was
        written a while ago, is looked for first, so that it does not go out twice.
        """
        async with self._sending:
            if reply.id not in self._sent:
                await self._send(reply)
            return str(self._sent[reply.id])

    async def close(self) -> None:
        """End the arrivals and let go of the connections."""
        if self._runner:
            self._runner.cancel()
            await asyncio.wait({self._runner})
        await self._rest.close()

    async def _know(self) -> Profile:
        """Who the agent is, asked for once."""
        async with self._knowing:
            if self._me is None:
                profile = await self._rest.profile()
                self._rest.choose(profile)
                self._me = profile
            return self._me

    async def _run(self) -> None:
        await self._know()
        if self._address.open:
            self._tell(f"{self._address.base} is not encrypted: the access token and all that is said can be read")
        pause = self._timing.pause
        while True:
            try:
                await self._live()
            except UnreachableError as error:
                if not self._down:
                    self._down, pause = True, self._timing.pause
                    self._tell(f"Chatwoot: {error}; trying again")
            with contextlib.suppress(UnreachableError):
                await self._catch_up()
            await asyncio.sleep(pause * random.uniform(0.75, 1.25))
            pause = min(2 * pause, self._timing.longest_pause)

    async def _live(self) -> None:
        """One connection, until it is lost: first what was missed, then what happens."""
        profile = self._me = await self._rest.profile()
        events: asyncio.Queue[Event | Subscribed | Problem | None] = asyncio.Queue()
        cable = Cable(self._address, profile, self._rest.account or 0, self._timing)
        listening = asyncio.create_task(cable.listen(events.put_nowait))
        listening.add_done_callback(lambda _: events.put_nowait(None))
        try:
            while (event := await events.get()) is not None:
                await self._on(event)
            await listening
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    async def _on(self, event: Event | Subscribed | Problem) -> None:
        if isinstance(event, Problem):
            self._came.put_nowait(event)
        elif isinstance(event, Subscribed):
            await self._catch_up()
            if self._down:
                self._down = False
                self._came.put_nowait(Problem("Chatwoot is connected again", over=True))
        elif event.data.get("account_id", self._rest.account) == self._rest.account:
            with self._telling():
                await self._on_event(event)

    async def _on_event(self, event: Event) -> None:
        if event.event in _CHANGES:
            conversation = shaped(Conversation, event.data)
            if conversation.id in self._titles or conversation.open_for(self._my_id):
                await self._look_at(conversation.id)
        elif event.event == "message.created":
            message = shaped(Message, event.data)
            if message.conversation_id in self._titles:
                await self._take(message)
            elif message.conversation and message.conversation.assignee_id == self._my_id:
                await self._look_at(message.conversation_id)
        elif event.event == "message.updated":
            message = shaped(Message, event.data)
            title = self._titles.get(message.conversation_id)
            if title is not None and message.failed and message.id not in self._undelivered:
                self._undelivered.add(message.id)
                why = message.content_attributes and message.content_attributes.external_error
                self._tell(
                    f"Chatwoot could not deliver to {title}: {why or 'no reason given'}: {message.content!r:.60}"
                )

    async def _look_at(self, number: int) -> None:
        """Open or close a conversation as it is now, whatever an event that waited has told."""
        conversation = await self._rest.conversation(number)
        if conversation is not None and conversation.open_for(self._my_id):
            await self._open(conversation)
        else:
            self._close(number)

    async def _catch_up(self) -> None:
        """Bring every conversation up to what Chatwoot knows now."""
        mine = await self._rest.mine()
        for conversation in mine:
            await self._open(conversation)
        for number in self._titles.keys() - {one.id for one in mine}:
            await self._look_at(number)  # it may have moved from one page to the other while they were read

    async def _open(self, conversation: Conversation) -> None:
        """Tell what is new in a conversation."""
        number = conversation.id
        if number not in self._titles:
            self._titles[number] = conversation.title
            self._came.put_nowait(Arrival(str(number), None, title=conversation.title))
        with self._telling():
            for message in await self._unseen(number):
                await self._take(message)

    def _close(self, number: int) -> None:
        if self._titles.pop(number, None) is not None:
            self._came.put_nowait(Arrival(str(number), None, closed=True))

    async def _unseen(self, number: int) -> list[Message]:
        """What was not told yet: page by page backwards, until a page has nothing new."""
        found: dict[int, Message] = {}
        before: int | None = None
        for _ in range(PAGES):
            page = await self._rest.messages(number, before)
            new = {one.id: one for one in page if one.id not in self._seen and one.id not in found}
            found |= new
            if all(one.failed for one in new.values()):
                break
            before = min(one.id for one in page)
        return sorted(found.values(), key=lambda one: (one.at, one.id))

    async def _take(self, message: Message) -> None:
        """Tell a message, unless it was, or is nothing that customer or agents said to each other."""
        if message.id in self._seen or message.failed:
            return
        echo = str(message.echo_id or "")
        if message.by(self._my_id) and echo not in self._tried:
            async with self._sending:  # the answer to one that is being sent may tell that it is this
                echo = next((reply for reply, key in self._sent.items() if key == message.id), "")
        self._seen.add(message.id)
        if turn := message.turn:
            number = message.conversation_id
            known = echo if echo in self._tried else ""
            self._came.put_nowait(Arrival(str(number), turn, str(message.id), self._titles.get(number, ""), known))

    async def _send(self, reply: Reply) -> None:
        await self._know()
        if not reply.conversation.isdecimal():
            raise AssistError(f"Chatwoot has no conversation {reply.conversation!r:.80}")
        written = reply.turn.at
        late = written is not None and datetime.now(UTC) - written > _LATE
        if (late or reply.id in self._tried) and await self._found(reply):
            return
        self._tried.add(reply.id)
        try:
            message = await self._rest.say(reply.conversation, reply.turn.text, reply.id)
        except UnsureError as error:
            try:
                found = await self._found(reply)
            except AssistError:
                raise AssistError(f"{error}; it cannot be known whether the reply went: look there first") from None
            if not found:
                raise AssistError(f"{error}; the reply did not arrive: send it again") from None
            return
        self._sent[reply.id] = message.id

    async def _found(self, reply: Reply) -> bool:
        """Whether the reply stands in its conversation, from this attempt or one before."""
        since = (reply.turn.at or datetime.now(UTC)) - _CLOCKS
        others = {key for other, key in self._sent.items() if other != reply.id}
        for message in reversed(await self._rest.messages(int(reply.conversation))):
            same = (message.content or "").strip() == reply.turn.text.strip()
            if same and message.by(self._my_id) and message.at >= since and message.id not in others:
                self._sent[reply.id] = message.id
                self._tried.add(reply.id)
                return True
        return False

    @property
    def _my_id(self) -> int:
        return self._me.id if self._me else 0

    def _tell(self, problem: str) -> None:
        self._came.put_nowait(Problem(" ".join(problem.split())))

    @contextlib.contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell what has an unknown shape, and go on."""
        try:
            yield
        except MisshapenError as error:
            self._tell(str(error))

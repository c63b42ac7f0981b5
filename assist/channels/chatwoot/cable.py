"""Chatwoot's websocket: one subscription to what happens in an account, by the protocol of Action Cable."""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any, NamedTuple

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, WebSocketException
from websockets.typing import Origin, Subprotocol

from assist.channels.channel import Problem
from assist.channels.chatwoot.rest import Address, Timing, UnreachableError
from assist.channels.chatwoot.shapes import Event, MisshapenError, Profile, shaped


class Subscribed(NamedTuple):
    """From here on nothing that happens is missed."""


_FRAME = 8 << 20
_PROTOCOLS = (Subprotocol("actioncable-v1-json"), Subprotocol("actioncable-unsupported"))

# At its lowest level the library's log would hold the token that opens the subscription.
_LOG = logging.getLogger("assist.channels.chatwoot")
_LOG.setLevel(logging.WARNING)


class Cable:
    """A subscription of this agent to what happens in an account; each call of `listen` is one connection."""

    def __init__(self, address: Address, profile: Profile, account: int, timing: Timing) -> None:
        self._url = "ws" + address.base.removeprefix("http") + "/cable"
        self._origin = Origin("/".join(address.base.split("/")[:3]))
        self._timing = timing
        self._identifier = json.dumps(
            {
                "channel": "RoomChannel",
                "pubsub_token": profile.pubsub_token,
                "account_id": account,
                "user_id": profile.id,
            }
        )

    async def listen(self, take: Callable[[Event | Subscribed | Problem], None]) -> None:
        """Hand on `Subscribed` once nothing more can be missed, then what happens.

        Ends in no other way than by raising UnreachableError, where the connection cannot be made or is lost.
        """
        try:
            async with connect(
                self._url,
                origin=self._origin,
                subprotocols=_PROTOCOLS,
                open_timeout=self._timing.answer,
                close_timeout=1,
                max_size=_FRAME,
                logger=_LOG,
            ) as socket:
                await self._subscribe(socket)
                take(Subscribed())
                await self._follow(socket, take)
        except TimeoutError:
            raise UnreachableError("the live connection has gone quiet") from None
        except InvalidHandshake as error:
            raise UnreachableError(f"no live connection at {self._url}: {error}") from None
        except (OSError, WebSocketException) as error:
            raise UnreachableError(f"the live connection is lost: {str(error) or type(error).__name__}") from None

    async def _subscribe(self, socket: ClientConnection) -> None:
        async with asyncio.timeout(self._timing.answer):
            while (frame := await self._frame(socket)).get("type") != "welcome":
                pass
            await self._command(socket, "subscribe")
            while frame.get("type") != "confirm_subscription":
                frame = await self._frame(socket)
                if frame.get("type") == "reject_subscription":
                    raise UnreachableError("Chatwoot refuses the live connection")

    async def _follow(self, socket: ClientConnection, take: Callable[[Event | Subscribed | Problem], None]) -> None:
        """Hand on events, and say from time to time that the agent is here."""
        clock = asyncio.get_running_loop().time
        due = clock() + self._timing.presence
        while True:
            frame = await self._frame(socket)
            if clock() >= due:
                await self._command(socket, "message", data=json.dumps({"action": "update_presence"}))
                due = clock() + self._timing.presence
            message = frame.get("message")
            if isinstance(message, dict):
                try:
                    take(shaped(Event, message))
                except MisshapenError as error:
                    take(Problem(str(error)))

    async def _frame(self, socket: ClientConnection) -> dict[str, Any]:
        """The next frame; raises TimeoutError where none comes, UnreachableError where it is a farewell."""
        text = await asyncio.wait_for(socket.recv(), self._timing.quiet)
        try:
            frame = json.loads(text)
        except (ValueError, RecursionError):
            raise UnreachableError(f"{self._url} does not speak as Chatwoot does") from None
        if not isinstance(frame, dict):
            raise UnreachableError(f"{self._url} does not speak as Chatwoot does")
        if frame.get("type") == "disconnect":
            raise UnreachableError(
                f"Chatwoot ends the live connection ({frame.get('reason', 'no reason given')!s:.80})"
            )
        return frame

    async def _command(self, socket: ClientConnection, command: str, **more: str) -> None:
        await socket.send(json.dumps({"command": command, "identifier": self._identifier} | more))

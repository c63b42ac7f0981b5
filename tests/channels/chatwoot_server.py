"""A small real server that answers in the shapes of Chatwoot's published API, with one account and one agent."""

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

TOKEN = "t0ken-of-ines"
PUBSUB = "pubsub-of-ines"
AGENT = {"id": 7, "name": "Ines Moreau", "available_name": "Ines", "type": "user", "availability_status": "online"}
OTHER = {"id": 8, "name": "Tom Achterberg", "available_name": "Tom", "type": "user", "availability_status": "online"}
BOT = {"id": 3, "name": "Robin", "type": "agent_bot"}
PAGE = 20
LISTED = 25


class Server:
    """Conversations and messages, and everybody who listens; what goes wrong is set by the test."""

    def __init__(self) -> None:
        self.accounts = [{"id": 12, "name": "Brightwater", "role": "agent"}]
        self.conversations: dict[int, dict[str, Any]] = {}
        self.messages: dict[int, list[dict[str, Any]]] = {}
        self.faults: list[tuple[str, int | str]] = []
        self.asked: list[str] = []
        self.heard: list[dict[str, Any]] = []
        self.deaf = False
        self.silent = False
        self.reject = False
        self.echoes = True
        self._sockets: dict[WebSocket, str] = {}
        self._next = 100
        self.url = ""
        self._loop: asyncio.AbstractEventLoop | None = None

    # What a test does there

    def conversation(
        self, number: int, contact: str, assignee: dict[str, Any] | None = AGENT, status: str = "open"
    ) -> int:
        self.conversations[number] = {"id": number, "contact": contact, "assignee": assignee, "status": status}
        self.messages[number] = []
        return number

    def say(self, number: int, text: str | None, kind: int = 0, *, sender: Any = "contact", **more: Any) -> int:  # noqa: ANN401
        """A message, of a contact unless another sender is given; all who listen are told."""
        row = self._row(number, text, kind, sender, more)
        self.push("message.created", row | {"conversation": {"assignee_id": self._assignee(number)}})
        return int(row["id"])

    def change(self, number: int, event: str, **more: Any) -> None:  # noqa: ANN401
        """Assign a conversation, resolve it and so on, and tell it by an event."""
        self.conversations[number] |= more
        self.push(event, self._listed(number))

    def push(self, event: str, data: dict[str, Any]) -> None:
        """Tell everybody who listens."""
        self._do(self._push(event, data))

    def drop(self) -> None:
        """Cut every live connection, as a restart does."""
        self._do(self._drop())

    @property
    def listening(self) -> int:
        return len(self._sockets)

    # What it answers

    def app(self) -> Starlette:
        inside = "/api/v1/accounts/{account:int}/conversations"
        return Starlette(
            routes=[
                Route("/api/v1/profile", self._profile),
                Route(inside, self._list),
                Route(inside + "/{number:int}", self._show),
                Route(inside + "/{number:int}/messages", self._page, methods=["GET"]),
                Route(inside + "/{number:int}/messages", self._create, methods=["POST"]),
                WebSocketRoute("/cable", self._cable),
            ]
        )

    async def _refused(self, request: Request) -> Response | None:
        self.asked.append(f"{request.method} {request.url.path}?{request.url.query}")
        fault = next((one for one in self.faults if one[0] in f"{request.method} {request.url.path}"), None)
        if fault:
            self.faults.remove(fault)
            if fault[1] == "late":
                await asyncio.sleep(3)
            elif isinstance(fault[1], int):
                return JSONResponse({"error": "not now"}, fault[1], {"Retry-After": "0"})
        if request.headers.get("api_access_token") != TOKEN:
            return JSONResponse({"error": "Invalid Access Token"}, 401)
        account = request.path_params.get("account")
        if account not in {None, 12, 13}:
            return JSONResponse({"error": "Resource could not be found"}, 404)
        if request.path_params.get("number", 1) not in {1, *self.conversations}:
            return JSONResponse({"error": "Resource could not be found"}, 404)
        return None

    async def _profile(self, request: Request) -> Response:
        if refused := await self._refused(request):
            return refused
        me = {key: value for key, value in AGENT.items() if key != "type"}
        return JSONResponse(me | {"account_id": 12, "pubsub_token": PUBSUB, "accounts": self.accounts, "type": None})

    async def _list(self, request: Request) -> Response:
        if refused := await self._refused(request):
            return refused
        page = int(request.query_params.get("page", 1))
        status = request.query_params.get("status", "open")
        fitting = [
            self._listed(number)
            for number, one in sorted(self.conversations.items(), reverse=True)
            if one["status"] == status and one["assignee"] == AGENT
        ]
        payload = fitting[(page - 1) * LISTED : page * LISTED]
        return JSONResponse({"data": {"meta": {"mine_count": len(fitting)}, "payload": payload}})

    async def _show(self, request: Request) -> Response:
        return await self._refused(request) or JSONResponse(self._listed(request.path_params["number"]))

    async def _page(self, request: Request) -> Response:
        if refused := await self._refused(request):
            return refused
        before = int(request.query_params.get("before", 1 << 40))
        rows = [row for row in self.messages[request.path_params["number"]] if row["id"] < before][-PAGE:]
        bare = [{key: value for key, value in row.items() if key != "echo_id"} for row in rows]
        return JSONResponse({"meta": {"labels": []}, "payload": bare})

    async def _create(self, request: Request) -> Response:
        told = await request.json()
        lost = ("POST", "lost") in self.faults
        if refused := await self._refused(request):
            return refused
        number = request.path_params["number"]
        more = {"echo_id": told["echo_id"]} if self.echoes else {}
        row = self._row(number, told["content"], 1, AGENT, more)
        await self._push("message.created", row | {"conversation": {"assignee_id": self._assignee(number)}})
        return JSONResponse({"error": "gateway"}, 502) if lost else JSONResponse(row)

    async def _cable(self, socket: WebSocket) -> None:
        if self.deaf:
            await socket.close()
            return
        await socket.accept("actioncable-v1-json")
        await socket.send_json({"type": "welcome"})
        pings = asyncio.create_task(self._ping(socket))
        try:
            while True:
                await self._heard(socket, await socket.receive_json())
        except (WebSocketDisconnect, RuntimeError):
            self._sockets.pop(socket, None)
        finally:
            pings.cancel()

    async def _heard(self, socket: WebSocket, told: dict[str, Any]) -> None:
        self.heard.append(told)
        who = json.loads(told["identifier"])
        if told["command"] != "subscribe" or self.silent:
            return
        known = who == {"channel": "RoomChannel", "pubsub_token": PUBSUB, "account_id": 12, "user_id": 7}
        kind = "confirm_subscription" if known and not self.reject else "reject_subscription"
        await socket.send_json({"identifier": told["identifier"], "type": kind})
        if kind == "confirm_subscription":
            self._sockets[socket] = told["identifier"]

    async def _ping(self, socket: WebSocket) -> None:
        while True:
            await asyncio.sleep(0.1)
            if not self.silent:
                await socket.send_json({"type": "ping", "message": int(time.time())})

    # How it keeps it

    def _row(self, number: int, text: str | None, kind: int, sender: Any, more: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401
        self._next += 1
        if sender == "contact":
            sender = {"id": 500 + number, "name": self.conversations[number]["contact"], "type": "contact"}
        row = {
            "id": self._next,
            "content": text,
            "account_id": 12,
            "inbox_id": 4,
            "conversation_id": number,
            "message_type": kind,
            "content_type": "text",
            "content_attributes": {},
            "private": False,
            "status": "sent",
            "source_id": None,
            "created_at": int(time.time()),
            "sender": sender,
        } | more
        self.messages[number].append(row)
        return row

    def _assignee(self, number: int) -> int | None:
        assignee = self.conversations[number]["assignee"]
        return assignee["id"] if assignee else None

    def _listed(self, number: int) -> dict[str, Any]:
        one = self.conversations[number]
        sender = {"id": 500 + number, "name": one["contact"], "email": "", "type": "contact"}
        meta: dict[str, Any] = {"sender": sender, "channel": "Channel::WebWidget", "hmac_verified": False}
        if one["assignee"]:
            meta["assignee"] = one["assignee"]
        return {"id": number, "account_id": 12, "inbox_id": 4, "status": one["status"], "meta": meta, "messages": []}

    async def _push(self, event: str, data: dict[str, Any]) -> None:
        for socket, identifier in [*self._sockets.items()]:
            message = {"event": event, "data": data | {"account_id": 12}}
            await socket.send_json({"identifier": identifier, "message": message})

    async def _drop(self) -> None:
        for socket in [*self._sockets]:
            self._sockets.pop(socket)
            await socket.close(1012)

    def _do(self, work: Any) -> None:  # noqa: ANN401
        assert self._loop
        asyncio.run_coroutine_threadsafe(work, self._loop).result(5)

    def serve(self, server: uvicorn.Server) -> None:
        async def work() -> None:
            self._loop = asyncio.get_running_loop()
            await server.serve()

        asyncio.run(work())


@contextlib.contextmanager
def served() -> Iterator[Server]:
    """The server, on a free port of this machine, in a thread of its own."""
    kept = Server()
    config = uvicorn.Config(
        kept.app(), port=0, log_level="critical", lifespan="off", ws="websockets-sansio", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=kept.serve, args=(server,))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    kept.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield kept
    finally:
        server.should_exit = True
        thread.join(10)

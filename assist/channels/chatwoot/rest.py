"""Chatwoot's REST API, as far as an agent needs it, with every failure told in one line."""

import asyncio
import os
import re
from dataclasses import dataclass
from typing import Any

import httpx

from assist.channels.chatwoot.shapes import Account, Conversation, Conversations, Message, Messages, Profile, shaped
from assist.errors import AssistError

TOKEN = "ASSIST_CHATWOOT_TOKEN"
"""The environment variable that holds the agent's access token."""

WHERE = "in Chatwoot under Profile settings, Access token"
PAGES = 25
"""How many pages of a conversation are read at most: the last 500 messages."""

_APP = re.compile(r"/app(?:/accounts/(\d+)(?:/.*)?|/.*)?$")
_TRIES = 4
_LONGEST_WAIT = 30.0


class UnreachableError(AssistError):
    """What may be better in a moment: no connection, no answer in time, an overloaded server."""


class UnsureError(AssistError):
    """A request that may have been carried out, though no answer came."""


class GoneError(AssistError):
    """What was asked for is not there."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds: to wait for an answer; between two tries, at first and at most; between two words of being here.

    `quiet` is how long the websocket, which says something every three seconds, may say nothing.
    """

    answer: float = 15.0
    pause: float = 1.0
    longest_pause: float = 30.0
    presence: float = 20.0
    quiet: float = 12.0


def token_from_environment() -> str:
    """The access token; raises AssistError, with where it is found, where ASSIST_CHATWOOT_TOKEN is not set."""
    token = os.environ.get(TOKEN, "").strip()
    if not token:
        raise AssistError(f"{TOKEN} is not set; put your access token in it ({WHERE})")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise AssistError(f"{TOKEN} holds no access token; copy it again ({WHERE})")
    return token


@dataclass(frozen=True, slots=True)
class Address:
    """Where a Chatwoot is: `base` without a slash at its end, and the account that the address names, if any."""

    base: str
    account: int | None

    @classmethod
    def of(cls, url: str) -> "Address":
        """From what was given, also as copied from a browser; raises AssistError where it is no such address."""
        try:
            found = httpx.URL(url.strip())
        except httpx.InvalidURL:
            raise AssistError(f"{url!r:.200} is no address; it looks like https://app.chatwoot.com") from None
        if found.scheme not in {"http", "https"} or not found.host:
            bare = url.strip().rpartition("://")[2].lstrip("/")
            raise AssistError(f"{url!r:.200} is no address; did you mean 'https://{bare:.200}'?")
        if found.userinfo:
            raise AssistError(f"leave the password out of the address; the access token belongs in {TOKEN}")
        path = found.path.rstrip("/")
        inside = _APP.search(path)
        account = int(inside[1]) if inside and inside[1] else None
        base = found.copy_with(path=_APP.sub("", path), query=None, fragment=None)
        return cls(str(base).rstrip("/"), account)

    @property
    def open(self) -> bool:
        """Whether what is sent there can be read on its way."""
        url = httpx.URL(self.base)
        return url.scheme == "http" and url.host not in {"localhost", "127.0.0.1", "::1"}


class Rest:
    """The requests of one agent. `account` is set once it is known; until then only `profile` can be asked for."""

    def __init__(self, address: Address, token: str, timing: Timing) -> None:
        self._base = address.base
        self._timing = timing
        self.account = address.account
        headers = {"api_access_token": token, "Accept": "application/json"}
        self._client = httpx.AsyncClient(headers=headers, timeout=timing.answer)

    async def profile(self) -> Profile:
        """Who the token belongs to."""
        return shaped(Profile, await self._ask("GET", "/api/v1/profile"))

    async def mine(self) -> list[Conversation]:
        """The open conversations that are assigned to the agent, the one longest without news first."""
        found: dict[int, Conversation] = {}
        for page in range(1, 1000):
            params = {"assignee_type": "me", "status": "open", "page": page}
            got = shaped(Conversations, await self._ask("GET", self._path("conversations"), params=params))
            new = [one for one in got.data.payload if one.id not in found]
            found |= {one.id: one for one in new}
            if not new:
                break
        return [*reversed(found.values())]

    async def conversation(self, number: int) -> Conversation | None:
        """A conversation as it is now, or None where it is gone."""
        try:
            return shaped(Conversation, await self._ask("GET", self._path(f"conversations/{number}")))
        except GoneError:
            return None

    async def messages(self, number: int, before: int | None = None) -> tuple[Message, ...]:
        """A page of messages, oldest first: the newest, or those before that id; none where all is gone."""
        params = {"before": before} if before is not None else {}
        try:
            path = self._path(f"conversations/{number}/messages")
            return shaped(Messages, await self._ask("GET", path, params=params)).payload
        except GoneError:
            return ()

    async def say(self, number: str, text: str, echo: str) -> Message:
        """Send a message to the customer; raises UnsureError where it may have gone, AssistError where it has not."""
        body = {"content": text, "message_type": "outgoing", "private": False, "content_type": "text", "echo_id": echo}
        return shaped(Message, await self._ask("POST", self._path(f"conversations/{number}/messages"), json=body))

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.aclose()

    def choose(self, profile: Profile) -> Account:
        """The account to work in; raises AssistError where the agent has none, or it has to be said which."""
        named = "; ".join(f"{self._base}/app/accounts/{one.id} ({one.name})" for one in profile.accounts)
        fitting = [one for one in profile.accounts if self.account in {None, one.id}]
        if not fitting:
            known = f"; it has {named}" if named else ""
            raise AssistError(f"the access token has no part in account {self.account or ''} there{known}")
        if len(fitting) > 1:
            raise AssistError(f"say which account, by its address: {named}")
        self.account = fitting[0].id
        return fitting[0]

    def _path(self, rest: str) -> str:
        return f"/api/v1/accounts/{self.account}/{rest}"

    async def _ask(self, method: str, path: str, **more: Any) -> Any:  # noqa: ANN401
        """The answer; what was refused for now is asked again, a message only where it was surely not taken."""
        for number in range(1, _TRIES + 1):
            answer = await self._once(method, path, **more)
            busy = answer.status_code == httpx.codes.TOO_MANY_REQUESTS
            if number == _TRIES or not (busy or (answer.is_server_error and method == "GET")):
                break
            await asyncio.sleep(self._wait(answer, number))
        return self._judged(method, answer)

    async def _once(self, method: str, path: str, **more: Any) -> httpx.Response:  # noqa: ANN401
        try:
            return await self._client.request(method, self._base + path, **more)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            why = "no answer" if isinstance(error, httpx.TimeoutException) else str(error) or "no connection"
            raise UnreachableError(
                f"cannot reach {self._base}: {why}; is the address right, and are you online?"
            ) from None
        except httpx.HTTPError as error:
            late = isinstance(error, httpx.TimeoutException)
            why = f"no answer within {self._timing.answer:g} seconds" if late else str(error) or type(error).__name__
            kind = UnreachableError if method == "GET" else UnsureError
            raise kind(f"{self._base} broke off: {why}") from None

    def _wait(self, answer: httpx.Response, number: int) -> float:
        asked = answer.headers.get("Retry-After", "")
        return min(float(asked) if asked.isdecimal() else self._timing.pause * 2 ** (number - 1), _LONGEST_WAIT)

    def _judged(self, method: str, answer: httpx.Response) -> Any:  # noqa: ANN401
        """What a good answer holds; every other is raised as what to do about it."""
        told = _told(answer)
        status = answer.status_code
        if status == httpx.codes.UNAUTHORIZED and "account" in told.lower():
            raise AssistError(f"the access token has no part in account {self.account} at {self._base}")
        if status == httpx.codes.UNAUTHORIZED:
            raise AssistError(f"{self._base} does not take the access token; copy it again ({WHERE}) into {TOKEN}")
        if status == httpx.codes.NOT_FOUND and "/accounts/" in answer.request.url.path:
            what = "account" if answer.request.url.path.endswith("/conversations") else "conversation"
            raise GoneError(f"there is no such {what} at {self._base}")
        if status == httpx.codes.TOO_MANY_REQUESTS:
            raise UnreachableError(f"{self._base} asks for fewer requests; try again in a minute")
        if answer.is_server_error:
            kind = UnreachableError if method == "GET" else UnsureError
            raise kind(f"{self._base} has a fault of its own ({status})")
        if answer.is_redirect:
            raise AssistError(f"{self._base} has moved; give the address {answer.headers.get('Location', '')!r:.200}")
        found = _json(answer)
        if answer.is_success and found is not None:
            return found
        if found is None:
            raise AssistError(f"no Chatwoot answers at {self._base} ({status}); is the address right?")
        raise AssistError(f"{self._base} refuses ({status}): {told or 'no reason given'}")


def _json(answer: httpx.Response) -> Any:  # noqa: ANN401
    try:
        return answer.json()
    except ValueError:
        return None


def _told(answer: httpx.Response) -> str:
    """The reason that an error gives, in one line."""
    found = {} if answer.is_success else _json(answer)
    reason = (found.get("error") or found.get("message") or "") if isinstance(found, dict) else ""
    return " ".join(str(reason).split())[:200]

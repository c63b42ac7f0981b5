"""Who speaks: the words that exports have for the roles, and what the caller says of it."""

import re
from collections.abc import Mapping
from typing import get_args

from assist.conversation import ROLES, Role
from assist.errors import AssistError, did_you_mean
from assist.transcripts.transcript import Message, Speaker

WORDS: dict[Role, str] = {
    "customer": "customer client user visitor guest end_user lead contact caller external consumer requester inbound "
    "incoming buyer shopper member passenger traveller patient subscriber enquirer",
    "agent": "agent admin operator staff representative rep advisor adviser support internal teammate csr employee "
    "human_agent associate supervisor outbound outgoing support_agent live_agent team assistant_manager",
    "bot": "bot automated_agent ivr virtual_agent chatbot custom_bot assistant voicebot workflow ai ai_agent "
    "virtual_assistant agentbot operator_bot auto answer_bot",
    "system": "system trigger automation event acd campaign api info log notification",
}
"""What the roles are called elsewhere, in small letters."""

_ROLES: dict[str, Role] = {word: role for role, words in WORDS.items() for word in words.split()}
_SPEAKERS = get_args(Speaker)


class Roles:
    """The roles that the caller gives to names, ids or words of an export, over those that are known.

    Raises AssistError for a role that there is not.
    """

    def __init__(self, given: Mapping[str, str] | None = None) -> None:
        self._given: dict[str, Speaker] = {}
        for name, role in (given or {}).items():
            if role not in (*ROLES, "unknown"):
                hint = did_you_mean(str(role), ROLES) or f"; one of {', '.join(ROLES)}"
                raise AssistError(f"unknown role {role!r:.60} for {name!r:.60}{hint}")
            self._given[name.casefold()] = role  # type: ignore[assignment]  # held against the roles above

    def __bool__(self) -> bool:
        return bool(self._given)

    def told(self, *names: str) -> Speaker | None:
        """What the caller says of any of these; None where that is nothing."""
        if not self._given:
            return None
        return next((self._given[name.casefold()] for name in names if name and name.casefold() in self._given), None)

    def of(self, word: str, *names: str) -> Speaker:
        """The role of somebody whom the export calls `word`, and who has these names; `unknown` where none says."""
        return self.told(*names, word) or named(word) or "unknown"


def named(word: str) -> Role | None:
    """The role that a word of an export names; None for any other word."""
    return _ROLES.get(word) or _ROLES.get(re.sub(r"[\W_]+", "_", word[:40].lower()).strip("_"))


def guessed(messages: tuple[Message, ...]) -> tuple[tuple[Message, ...], str]:
    """The messages with the one that is left over given the side that is left over, and a line that says so.

    Only where one name is unknown and one of customer and agent is there: everybody else stays as they are.
    """
    strangers = {message.by for message in messages if message.role == "unknown" and not message.note}
    sides = {message.role for message in messages} & {"customer", "agent"}
    if not strangers:
        return messages, ""
    called = sorted(filter(None, strangers))[:4]
    names = ", ".join(map(repr, called)) or "nobody named"
    if len(strangers) != 1 or len(sides) != 1:
        hint = f"; say so with roles, such as {f'{called[0]}=agent'!r}" if called else ""
        return messages, f"not known who is who: {names}{hint}"
    (stranger,), side = strangers, "agent" if sides == {"customer"} else "customer"
    role: Role = "agent" if side == "agent" else "customer"
    told = tuple(
        Message(role, one.text, one.at, one.by, one.note, one.offset)
        if one.by == stranger and one.role == "unknown"
        else one
        for one in messages
    )
    return told, f"taken for the {role}, who is the one left over: {names}"

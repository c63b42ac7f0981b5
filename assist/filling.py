"""What a conversation has told that an answer can use: the slots of plays, and where the recovery stands."""

import re
from collections.abc import Iterable

from assist.conversation import Turn
from assist.recovery import Recovery, as_written

LATEST_CODE = ("order_number", "booking_reference", "account_number")
"""Slots that a number without a name may stand for, where no number was named."""
_KINDS = {
    "order_number": "order-number", "booking_reference": "booking-reference", "account_number": "account-number",
    "serial_number": "serial-number", "flight": "flight", "room": "room", "date": "date", "amount": "amount",
    "email": "email", "phone": "phone", "postcode": "postcode", "address": "address",
}  # fmt: skip


def values(recovery: Recovery, turns: Iterable[Turn] = ()) -> dict[str, str]:
    """The slots that the conversation fills, each with the words that were last said."""
    found = {slot: fact.value for slot, kind in _KINDS.items() if (fact := recovery.given(kind))}
    if (code := recovery.given("code")) and not found.keys() & set(LATEST_CODE):
        found |= dict.fromkeys(LATEST_CODE, code.value)
    if recovery.names:
        found["name"] = as_written(recovery.names[0])
    if item := next(filter(None, map(_item, reversed([turn.text for turn in turns if turn.role == "customer"]))), ""):
        found["item"] = item
    return found


def conditions(recovery: Recovery) -> frozenset[str]:
    """Where the conversation stands, as plays may ask for it."""
    state = {
        "complaint": recovery.complaint,
        "upset": recovery.upset,
        "apologised": recovery.apologised,
        "greeted": recovery.agent_turns > 0,
    }
    return frozenset(name for name, holds in state.items() if holds)


_AFTER = (
    r"is|isn'?t|was|wasn'?t|has|hasn'?t|have|haven'?t|had|won'?t|will|wouldn'?t|does|doesn'?t|did|didn'?t|keeps?|kept"
    r"|are|aren'?t|were|weren'?t|say|says|said|saying|sleeps?|go|goes|went|sits?|feels?|looks?|inside|gone|just|never"
    r"|arrived|arrives|came|come|stopped|stops|broke|breaks|died|dies|fell|got|gets|still|can'?t|cannot|that|which|and"
    r"|on|in|at|from|for|with|to|again|yesterday|today|last|this|yet|not|since|after|when|turned|shows|showed|leaks?"
    r"|but|because"
)
"""Words that may follow the name of a thing."""
_THING = r"((?:[a-z][a-z-]{1,20} ){0,2}?[a-z][a-z-]{2,20})"
_ITEM = re.compile(
    rf"\b(?:my|the|our|this) (?:new |brand new |old )?{_THING}(?= (?:{_AFTER})\b)"
    r"|\b(?:bought|ordered|purchased|received|got) (?:an?|the|some|my|this|your) (?:new )?"
    rf"{_THING}(?=\s*[.,!?;]| (?:{_AFTER})\b|$)",
    re.IGNORECASE,
)
_NO_THING = frozenset(
    """order account bill money card parcel package delivery payment refund booking reservation problem issue name
    number email address mail phone-call call one thing things it that this way day week month time service company
    agent person driver courier manager team subscription invoice charge fee status message app website site page line
    room flight first last second same whole other only most reason fact moment rest end wife husband son daughter mum
    dad mother father boss colleague friend neighbour neighbours neighbor dog dogs cat cats pet claim policy complaint
    data hand hands life house home city street kid kids child baby family customer""".split()
)
"""Words that say nothing of what was bought, or whose slot has a name of its own."""


def _item(message: str) -> str:
    """The thing that a message is about: "kettle" in "my kettle stopped working"; empty where none is named."""
    for match in _ITEM.finditer(message[:2_000]):
        thing = (match[1] or match[2]).lower()
        if _NO_THING.isdisjoint(thing.split()):
            return thing
    return ""

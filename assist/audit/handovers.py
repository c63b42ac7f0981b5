"""What the words of a reply tell of passing the customer on, to somebody else or to somebody higher."""

import re

from assist.kinds import Reading

_I_WILL = (
    r"(?:(?:i|we)(?: will| am| are| can| have| would like to| need to| must| shall)?|let me"
    r"|please (?:hold|wait) while i)"
    r"(?: (?:now|just|quickly|then|going to|have to))*"
)
_WHOM = r"(?:you|(?:your|the|this) (?:call|chat|case))"
_WHERE = r"(?:now |straight |right |directly )?(?:on|over|through|to|with|across)"
_PASSES_ON = re.compile(
    rf"\b(?:{_I_WILL} (?:transfer|pass|hand|put|connect|redirect)\w* {_WHOM} {_WHERE}\b"
    rf"|^(?:transferring|connecting|redirecting) {_WHOM}\b|^putting you through\b"
    r"|you are (?:now )?being (?:transferred|put through)\b)"
)
_HIGHER = re.compile(
    r"\b(?:escalat(?:e|es|ed|ing)"
    r"|(?:my|our|a|the|your) (?:\w+ )?(?:manager|supervisor|team lead(?:er)?)"
    r"|(?:second|2nd|third|3rd|next|higher) (?:line|level|tier)|(?:tier|level) (?:2|3|two|three))\b"
)
_TAKES_IT_THERE = frozenset({"promises-action", "done-now", "warm-handover", "finds-out"})


def passes_on(reading: Reading) -> bool:
    """Whether a reply says that the customer is being handed to somebody else."""
    return any(_PASSES_ON.search(words) for words in reading.wordings)


def escalates(reading: Reading) -> bool:
    """Whether a reply says that it is taken to a manager or a higher tier."""
    taken = {act.sentence for act in reading.acts if act.act in _TAKES_IT_THERE}
    return any(_HIGHER.search(reading.wordings[number]) for number in taken)

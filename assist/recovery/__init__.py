"""The state of the service recovery, folded over the turns of a conversation."""

from assist.recovery.due import due
from assist.recovery.facts import Fact, facts_in
from assist.recovery.names import Address, addressed, as_written, own_names, same_person
from assist.recovery.particulars import particulars
from assist.recovery.state import Promise, Recovery, Stage, fold
from assist.recovery.steps import Step, steps

__all__ = [
    "Address",
    "Fact",
    "Promise",
    "Recovery",
    "Stage",
    "Step",
    "addressed",
    "as_written",
    "due",
    "facts_in",
    "fold",
    "own_names",
    "particulars",
    "same_person",
    "steps",
]

"""The steps of a service recovery, as an agent walks them with a customer."""

from typing import NamedTuple

from assist.recovery.state import Recovery


class Step(NamedTuple):
    """One step, and whether it has been reached."""

    name: str
    reached: bool


def steps(recovery: Recovery) -> tuple[Step, ...]:
    """The six steps in their order; none is left out, so that what was skipped can be seen."""
    heard = recovery.failure and (recovery.apologised or recovery.replies_since_complaint > 0)
    return (
        Step("heard", heard),
        Step("apologised", recovery.apologised),
        Step("taken up", recovery.taken_up),
        Step("working together", recovery.together),
        Step("solved", recovery.solved),
        Step("followed up", recovery.followed_up),
    )

"""The walk-throughs of a scenario run as its tests."""

from collections.abc import Iterator
from typing import NamedTuple

from assist.practice.practice import Practice
from assist.practice.scenario import Run, Scenario
from assist.workbench import Workbench


class Difference(NamedTuple):
    """Where a walk-through goes otherwise than its scenario says: the run and the reply, from 1."""

    run: int
    reply: int
    problem: str


def differences(bench: Workbench, scenario: Scenario) -> Iterator[Difference]:
    """Where the walk-throughs of a scenario go differently; the first place in each."""
    for number, run in enumerate(scenario.sheet.runs, start=1):
        if found := _difference(Practice(bench, scenario), run):
            yield Difference(number, *found)


def _difference(practice: Practice, run: Run) -> tuple[int, str] | None:
    last = len(run.agent)
    for number, told in enumerate(run.agent, start=1):
        text = " ".join(turn.text for turn in practice.send(told.says))
        if told.hears.lower() not in text.lower():
            return number, f"the customer does not say {told.hears!r} but: {text}"
        if practice.ended and (number < last or practice.ended != run.ends):
            return number, f"it ends here, {practice.ended}, and not with reply {last}, {run.ends}: {text}"
    if practice.ended is None:
        return last, f"it has not ended, {run.ends}, with the last reply; the customer says: {text}"
    return None

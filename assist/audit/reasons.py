"""What is said of many inputs, gathered: why they were set aside, or what is odd in them."""

import re
from collections import Counter
from typing import NamedTuple

QUOTED = r"""(?<!\w)(?:'[^']*(?:'|$)|"[^"]*(?:"|$))"""
"""What a problem quotes of its input; a long quotation is cut short, and its end with it."""
_PARTICULAR = re.compile(rf"{QUOTED}|\d+")


class Reason(NamedTuple):
    """What is said of some inputs, of how many, and where the first of them is."""

    problem: str
    number: int
    source: str


class Reasons:
    """Counts what it is told; problems that differ in a quotation or a number only are one, shown as it came first."""

    def __init__(self) -> None:
        self._counted: Counter[str] = Counter()
        self._first: dict[str, Reason] = {}

    def add(self, problem: str, source: str) -> None:
        """One more input of which this is said."""
        alike = _PARTICULAR.sub("…", problem)
        self._counted[alike] += 1
        self._first.setdefault(alike, Reason(problem, 1, source))

    def commonest(self) -> list[Reason]:
        """All of them, the commonest first."""
        return [self._first[alike]._replace(number=number) for alike, number in self._counted.most_common()]

"""Cases added up; the tallies of two sets of conversations make that of both."""

from bisect import insort
from math import ceil, fsum
from statistics import median

from assist.audit.figures.definition import Case, Middle

P90 = 0.9


class Tally:
    """What the cases of one figure, in one group, come to; it travels between processes."""

    def __init__(self, middle: Middle, evidence: int) -> None:
        self.conversations = 0
        self.denominator = 0.0
        self.inferred = 0
        self._middle = middle
        self._evidence = evidence
        self._sum = 0.0
        self._values: list[float] = []
        self._worst: list[tuple[float, str]] = []
        self._last = ""

    def add(self, conversation: str, case: Case, shortfall: float) -> None:
        """One more case, and how far it is from the best; those of a conversation come together."""
        self.conversations += conversation != self._last
        self._last = conversation
        self.denominator += case.of
        self.inferred += case.inferred
        if self._middle == "ratio":
            self._sum += case.value
        else:
            self._values.append(case.value)
        if shortfall > 0:
            self._keep(shortfall, conversation)

    def merge(self, other: "Tally") -> None:
        """The cases of other conversations, too."""
        self.conversations += other.conversations
        self.denominator += other.denominator
        self.inferred += other.inferred
        self._sum += other._sum
        self._values += other._values
        for short, conversation in other._worst:
            self._keep(-short, conversation)

    @property
    def numerator(self) -> float:
        """What was counted; of times and ratings, their sum."""
        return self._sum if self._middle == "ratio" else fsum(self._values)

    @property
    def evidence(self) -> tuple[str, ...]:
        """The conversations to look at: those that fall short most, first."""
        return tuple(dict.fromkeys(conversation for _, conversation in self._worst))

    def value(self, of: float) -> float:
        """The figure, as the part of `of`; of times and ratings, the middle."""
        return self._sum / of if self._middle == "ratio" else _of_middle(self._values, self._middle)

    def _keep(self, short: float, conversation: str) -> None:
        if (place := (-short, conversation)) not in self._worst:
            insort(self._worst, place)
            del self._worst[self._evidence :]


def _of_middle(values: list[float], which: Middle) -> float:
    """The median or mean of values, or what nine in ten do not go over."""
    if which == "median":
        return median(values)
    if which == "mean":
        return fsum(values) / len(values)
    return sorted(values)[ceil(P90 * len(values)) - 1]

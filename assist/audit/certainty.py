"""Whether two figures differ by more than chance would have it."""

from math import inf, sqrt
from typing import Literal

from assist.audit.figures import Figure

FEW = 10
"""Below so many cases a figure is shown, and said to rest on few."""
_Z = 1.96

Standing = Literal["better", "worse", "higher", "lower", ""]


def few(figure: Figure) -> bool:
    """Whether there are too few cases to judge by."""
    return figure.value is not None and figure.denominator < FEW


def likely(figure: Figure) -> tuple[float, float] | None:
    """Between which values it lies, 19 times in 20; None where only the middle of many times is known.

    Wilson's interval for shares; for counts, the square-root interval of Poisson's law.
    """
    if figure.value is None or figure.definition.middle != "ratio" or figure.definition.unit == "count":
        return None
    return _wilson(figure) if figure.definition.unit == "share" else _poisson(figure)


def standing(figure: Figure, beside: float | None) -> Standing:
    """How a figure stands beside a value, such as that of the whole; empty where chance alone may tell them apart."""
    between = likely(figure)
    if between is None or beside is None or few(figure) or between[0] <= beside <= between[1]:
        return ""
    return direction(figure, above=between[0] > beside)


def changed(before: Figure, after: Figure) -> Standing:
    """How a figure has moved; empty where what both may well be overlaps."""
    first, second = likely(before), likely(after)
    if first is None or second is None or few(before) or few(after):
        return ""
    if first[0] <= second[1] and second[0] <= first[1]:
        return ""
    return direction(after, above=second[0] > first[1])


def direction(figure: Figure, *, above: bool) -> Standing:
    """What more, or less, of a figure means."""
    better = figure.definition.better
    if not better:
        return "higher" if above else "lower"
    return "better" if above == (better == "more") else "worse"


def _wilson(figure: Figure) -> tuple[float, float]:
    n, share = figure.denominator, figure.numerator / figure.denominator
    middle = (share + _Z * _Z / (2 * n)) / (1 + _Z * _Z / n)
    reach = _Z / (1 + _Z * _Z / n) * sqrt(share * (1 - share) / n + _Z * _Z / (4 * n * n))
    return middle - reach, middle + reach


def _poisson(figure: Figure) -> tuple[float, float]:
    scale = figure.denominator / (100 if figure.definition.unit == "per 100 replies" else 1)
    if not scale:
        return -inf, inf
    least = max(sqrt(figure.numerator) - _Z / 2, 0) ** 2
    return least / scale, (sqrt(figure.numerator + 1) + _Z / 2) ** 2 / scale

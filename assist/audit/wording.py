"""Figures in words: their values, what was counted, and the line that they should hold."""

from assist.audit.figures import Definition, Figure

_TARGETS = {"least": "at least", "most": "at most"}
_STEPS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def value(figure: Figure) -> str:
    """The figure as people read it, such as `87%` or `1 min 20 s`; a dash where it cannot be told."""
    return "–" if figure.value is None else amount(figure.definition, figure.value)


def amount(definition: Definition, number: float) -> str:
    """A number in the unit of the figure."""
    if definition.unit == "share":
        return _share(number)
    if definition.unit == "seconds":
        return duration(number)
    if definition.unit == "count":
        return f"{number:,.0f}"
    digits = 1 if definition.unit == "per 100 replies" else 2
    least = 10**-digits
    return f"under {least}" if 0 < number < least / 2 else f"{number:.{digits}f}"


def duration(seconds: float) -> str:
    """So many seconds in the two largest units that they fill, such as `2 h 5 min`."""
    left = round(seconds)
    parts: list[str] = []
    for size, name in _STEPS:
        many, left = divmod(left, size)
        if many or parts:
            parts.append(f"{many} {name}" if many else "")
        if len(parts) == 2:
            break
    return " ".join(part for part in parts if part) or "0 s"


def counted(figure: Figure) -> str:
    """What was counted, out of how much."""
    definition, many, of = figure.definition, f"{figure.numerator:,.0f}", f"{figure.denominator:,.0f}"
    if definition.middle != "ratio":
        return f"from {of} {'ratings' if definition.unit == 'rating' else 'times'}"
    if definition.unit == "count":
        return ""
    if definition.unit == "share":
        return f"{many} of {of}"
    return f"{many} in {of} {'replies' if definition.unit == 'per 100 replies' else 'conversations'}"


def unit(definition: Definition) -> str:
    """What has to be said beside a value that does not show its unit."""
    return {"per 100 replies": "in 100 replies", "per conversation": "a conversation", "rating": "of 1"}.get(
        definition.unit, ""
    )


def target(definition: Definition) -> str:
    """The line to hold, such as `at least 85%`; empty without one."""
    line = definition.target
    return f"{_TARGETS[line.at]} {amount(definition, line.value)}" if line else ""


def _share(number: float) -> str:
    if 0 < number < 0.005:
        return "under 1%"
    if 0.995 <= number < 1:
        return "over 99%"
    return f"{number:.0%}"

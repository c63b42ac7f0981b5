"""Small drawings that need nothing but the page they stand on."""

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

_WIDE, _HIGH, _EDGE = 320.0, 84.0, 8.0


class Point(NamedTuple):
    """A week: its value, or None where it has none, and whether that rests on few cases."""

    value: float | None
    few: bool


def line(points: Sequence[Point], title: str, *, top: float, target: float | None = None) -> Markup:
    """A line through the weeks, from 0 to `top`; hollow points rest on few cases, the dashes are the target line."""
    places = [(_across(number, len(points)), point) for number, point in enumerate(points)]
    parts = [f'<line class="base" x1="0" y1="{_up(0, top)}" x2="{_WIDE:g}" y2="{_up(0, top)}"/>']
    if target is not None:
        parts.append(f'<line class="target" x1="0" y1="{_up(target, top)}" x2="{_WIDE:g}" y2="{_up(target, top)}"/>')
    parts += [f'<polyline class="line" points="{stretch}"/>' for stretch in _stretches(places, top)]
    for across, point in places:
        if point.value is not None:
            kind = "few" if point.few else "dot"
            parts.append(f'<circle class="{kind}" cx="{across:g}" cy="{_up(point.value, top)}" r="3.2"/>')
    label = escape(title)
    return Markup(f'<svg class="trend" viewBox="0 0 {_WIDE:g} {_HIGH:g}" role="img" aria-label="{label}">') + Markup(
        "".join(parts) + "</svg>"
    )


def gauge(share: float, target: float | None, title: str) -> Markup:
    """A bar from nothing to all, and a tick where the target line is."""
    filled = 100 * min(max(share, 0), 1)
    tick = f'<rect class="tick" x="{100 * target - 0.4:g}" y="0" width="0.8" height="8"/>' if target is not None else ""
    return Markup(
        f'<svg class="gauge" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{escape(title)}">'
        f'<rect class="track" x="0" y="2" width="100" height="4"/>'
        f'<rect class="fill" x="0" y="2" width="{filled:.1f}" height="4"/>{tick}</svg>'
    )


def _across(number: int, of: int) -> float:
    return _WIDE / 2 if of == 1 else round(_EDGE + (_WIDE - 2 * _EDGE) * number / (of - 1), 1)


def _up(value: float, top: float) -> str:
    return f"{_HIGH - _EDGE - (_HIGH - 2 * _EDGE) * min(value / top if top else 0, 1):.1f}"


def _stretches(places: Sequence[tuple[float, Point]], top: float) -> list[str]:
    """The points of each unbroken run of weeks."""
    runs: list[list[str]] = [[]]
    for across, point in places:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(f"{across:g},{_up(point.value, top)}")
    return [" ".join(run) for run in runs if len(run) > 1]

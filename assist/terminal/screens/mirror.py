"""An agent's own mirror: this week's findings, praise and trend, for their eyes alone."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assist.analyzer import TITLES
from assist.desk import Mirror, Sent, Week, mirror
from assist.reports.clean import clean
from assist.terminal.screens.dialog import Dialog

BAR = 20
"""Cells of a bar that is full."""
MOST = 5
"""Lines of a list at most."""


class MirrorScreen(Dialog[None]):
    """The last weeks' own figures, praise first."""

    def __init__(self, replies: Sequence[Sent]) -> None:
        super().__init__()
        self._mirror = mirror(replies, datetime.now().astimezone().date())

    def compose(self) -> ComposeResult:
        """One page, to be scrolled."""
        with VerticalScroll(classes="page") as page:
            page.border_title = "Your own mirror"
            page.border_subtitle = "Nobody else sees this · Escape goes back"
            yield Static(Content("\n").join(_lines(self._mirror)))


def _lines(seen: Mirror) -> list[Content]:
    now = seen.now
    if not any(week.replies for week in seen.weeks):
        return [Content("Nothing sent so far. What you send is counted here, and on this machine alone.")]
    sent = f"{now.replies} {'reply' if now.replies == 1 else 'replies'} this week"
    lines = [Content.assemble((sent, "bold"), f", {now.clean} of them with nothing to mend.")]
    lines += _list("Done well", now.praised, "$success")
    if seen.best:
        lines += [
            Content(""),
            Content.styled("A reply to be glad of", "bold"),
            Content(clean(f"“{seen.best.text}”", keep="\n")),
        ]
    lines += _list("Caught before it was sent", Counter({_title(name): many for name, many in now.mended.items()}))
    lines += _list("Sent as it was", Counter({_title(name): many for name, many in now.left.items()}), "$warning")
    if now.against:
        lines += [Content(f"Of these replies, {now.against} went out against the advice, with your reason.")]
    return [
        *lines,
        Content(""),
        Content.styled("With nothing to mend, by week", "bold"),
        *map(_bar, seen.weeks),
    ]


def _title(category: str) -> str:
    return TITLES.get(category, category).rstrip(".")


def _list(title: str, counted: Counter[str], style: str = "") -> list[Content]:
    if not counted:
        return []
    lines = [Content.assemble((f"{many:>4}  ", style or "bold"), name) for name, many in counted.most_common(MOST)]
    return [Content(""), Content.styled(title, "bold"), *lines]


def _bar(week: Week) -> Content:
    share = week.share_clean
    if share is None:
        return Content.assemble(f"{week.monday:%d %b}  ", ("no replies", "$quiet"))
    full = round(share * BAR)
    return Content.assemble(
        f"{week.monday:%d %b}  ",
        ("█" * full, "$success"),
        ("░" * (BAR - full), "$quiet"),
        f"  {share:.0%} of {week.replies}",
    )

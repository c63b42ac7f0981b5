"""An agent's own mirror: this week's findings, praise and trend, for their eyes alone."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from textual.content import Content

from assist.analyzer import TITLES
from assist.desk import Mirror, SentReply, Week, mirror
from assist.reports.clean import clean
from assist.terminal.screens.page import Page

BAR = 20
"""Cells of a bar that is full."""
MOST = 5
"""Lines of a list at most."""
NOTHING = "Nothing sent so far. What you send is counted here, and on this machine alone."

Section = tuple[str, Sequence[str | Content]]


def mirror_page(replies: Sequence[SentReply], praises: Mapping[str, str]) -> Page:
    """The last weeks' own figures, praise first; `praises` is what to say of each act."""
    seen = mirror(replies, datetime.now().astimezone().date())
    return Page("Your own mirror", _sections(seen, praises), "nobody else sees this")


def _sections(seen: Mirror, praises: Mapping[str, str]) -> Iterator[Section]:
    now = seen.now
    if not any(week.replies for week in seen.weeks):
        yield "This week", [NOTHING]
        return
    against = f", and {now.against} against the advice, with your reason" if now.against else ""
    sent = f"{now.replies} {'reply' if now.replies == 1 else 'replies'}, {now.clean} with nothing to mend{against}."
    yield "This week", [sent]
    if now.praised:
        yield "Done well", _counted(_titled(now.praised, praises), "$success")
    if seen.best:
        yield "A reply to be glad of", [f"“{seen.best.text}”"]
    if now.mended:
        yield "Caught before it was sent", _counted(_titled(now.mended, TITLES), "bold")
    if now.left:
        yield "Sent as it was", _counted(_titled(now.left, TITLES), "$warning")
    yield "With nothing to mend, by week", [_bar(week) for week in seen.weeks]


def _titled(counted: Counter[str], titles: Mapping[str, str]) -> Counter[str]:
    named: Counter[str] = Counter()
    for name, many in counted.items():
        named[titles.get(name, name.replace("-", " ")).rstrip(".")] += many
    return named


def _counted(counted: Counter[str], style: str) -> list[Content]:
    return [Content.assemble((f"{many:>4}  ", style), clean(name)) for name, many in counted.most_common(MOST)]


def _bar(week: Week) -> Content:
    share = week.share_clean
    if share is None:
        return Content.assemble(f"{week.monday:%d %b}  ", ("no replies", "$quiet"))
    full = round(share * BAR)
    bar = ("█" * full, "$success"), ("░" * (BAR - full), "$quiet")
    return Content.assemble(f"{week.monday:%d %b}  ", *bar, f"  {share:.0%} of {week.replies}")

"""A review for a person at a terminal: the line, the words underlined, the reason, the rewrite."""

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from assist.findings import READS_LIKE, Finding, Review, Severity
from assist.reports.clean import clean

MARKS = {Severity.ERROR: "✗", Severity.WARNING: "!", Severity.SUGGESTION: "·"}
STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.SUGGESTION: "bold cyan",
}
VERDICTS = {
    "send": ("✓ send", "bold green"),
    "mend": ("! mend it first", "bold yellow"),
    "stop": ("✗ stop", "bold red"),
}
UNDERLINE = {Severity.ERROR: "^", Severity.WARNING: "~", Severity.SUGGESTION: "."}
REWRITES = 2
MARGIN = 2
LABEL = 9


def show(review: Review, console: Console, place: str = "draft") -> None:
    """Print a review; `place` is the file or the name of the draft."""
    for finding in review.findings:
        _show_finding(review.draft, finding, console, clean(place))
    _show_verdict(review, console)


def _show_finding(draft: str, finding: Finding, console: Console, place: str) -> None:
    style = STYLES[finding.severity]
    line, column = _position(draft, finding.start)
    head = Text(f"{MARKS[finding.severity]} ", style)
    head.append(clean(finding.message), "bold")
    head.append(f"  {finding.category}", style)
    at = "missing" if finding.missing else f"{place}:{line}:{column}"
    if cell_len(head.plain) + len(at) + 2 <= console.width:
        head.append(f"  {at}", "dim")
        console.print(head, soft_wrap=True)
    else:
        console.print(head, soft_wrap=True)
        console.print(Text(f"{'':{MARGIN}}{at}", "dim"), soft_wrap=True)
    if not finding.missing:
        _show_words(draft, finding, console)
    _field("why", finding.why, console)
    if finding.meant:
        _field(
            "like", f"{finding.evidence.removeprefix(READS_LIKE)}, {finding.confidence:.0%} sure", console, style="dim"
        )
    for number, rewrite in enumerate(finding.rewrites[:REWRITES]):
        adds = rewrite.edit.span.start == rewrite.edit.span.end or finding.missing
        label = ("add" if adds else "instead") if number == 0 else "or"
        _field(label, rewrite.text, console, style="green")
    console.print()


def _show_words(draft: str, finding: Finding, console: Console) -> None:
    """The line of the draft with the flagged words underlined, cut to fit the terminal."""
    start = draft.rfind("\n", 0, finding.start) + 1
    end = draft.find("\n", finding.start)
    end = start + len(draft[start : None if end < 0 else end].rstrip("\r"))
    last = min(finding.end, end)
    room = max(console.width - 2 * MARGIN - 2, 20)
    left = max(start, min(finding.start - 12, end - room))
    if cell_len(draft[start:last]) <= room:
        left = start
    right = left
    while right < end and cell_len(draft[left : right + 1]) <= room:
        right += 1
    lead = "…" if left > start else ""
    tail = "…" if right < end else ""
    line = Text(" " * MARGIN + lead + clean(draft[left:right]) + tail)
    begin = MARGIN + len(lead) + finding.start - left
    line.stylize(STYLES[finding.severity], begin, begin + max(min(last, right) - finding.start, 0))
    console.print(line, no_wrap=True, overflow="crop", crop=True)
    indent = MARGIN + cell_len(lead) + cell_len(clean(draft[left : finding.start]))
    width = max(cell_len(clean(draft[finding.start : min(last, right)])), 1)
    mark = UNDERLINE[finding.severity] * width
    console.print(Text(" " * indent + mark, STYLES[finding.severity]), no_wrap=True)


def _field(label: str, words: str, console: Console, style: str = "") -> None:
    if not words:
        return
    lines = Text(clean(words, keep="\n"), style).wrap(console, max(console.width - MARGIN - LABEL - 1, 20))
    for number, line in enumerate(lines):
        name = label if number == 0 else ""
        line.rstrip()
        console.print(Text.assemble((f"{'':{MARGIN}}{name:{LABEL}}", "dim"), line), soft_wrap=True)


def _show_verdict(review: Review, console: Console) -> None:
    words, style = VERDICTS[review.verdict]
    line = Text(words, style)
    counts = [
        f"{count} {severity.value}{'s' if count > 1 else ''}"
        for severity in Severity
        if (count := sum(finding.severity is severity for finding in review.findings))
    ]
    if counts:
        line.append(f"  {', '.join(counts)}", "dim")
    if review.dismissed:
        line.append(f"  {len(review.dismissed)} set aside", "dim")
    console.print(line)
    if review.praise:
        praised = "; ".join(praise.message.rstrip(".").lower() for praise in review.praise)
        console.print(Padding(Text(f"well done: {clean(praised)}", "green"), (0, 0, 0, MARGIN)))


def _position(draft: str, at: int) -> tuple[int, int]:
    return draft.count("\n", 0, at) + 1, at - (draft.rfind("\n", 0, at) + 1) + 1

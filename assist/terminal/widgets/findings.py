"""What was found in the draft, the heaviest first; the chosen one with its reason and its rewrites."""

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assist.findings import READS_LIKE, Finding, Review, Rewrite
from assist.reports.clean import clean
from assist.terminal.marks import MARKS, STYLES
from assist.terminal.widgets.choices import Choices
from assist.terminal.widgets.hanging import INDENT, hang

GOOD = "good: "
REWRITES = 3


class Findings(Choices):
    """The findings of a draft, by weight; one is chosen, the heaviest unless the agent picks another."""

    def __init__(self) -> None:
        super().__init__(id="findings")
        self.border_title = "Before you send"
        self._review = Review("")
        self.findings: list[Finding] = []
        self._wording: dict[tuple[str, str], int] = {}
        self._picked: tuple[str, str] | None = None

    def show(self, review: Review) -> None:
        """Show a review; the finding that the agent has picked stays chosen while it is there."""
        if review == self._review:
            return
        self._review = review
        self.findings = sorted(review.findings, key=lambda finding: (finding.severity.rank, finding.start))
        known = [self._told(finding) for finding in self.findings]
        self._wording = {name: number for name, number in self._wording.items() if name in known}
        self._fill(known.index(self._picked) if self._picked in known else 0)

    def _told(self, finding: Finding) -> tuple[str, str]:
        """What tells a finding from others while the draft goes on."""
        return finding.rule, self._review.draft[finding.start : finding.end]

    def _fill(self, chosen: int) -> None:
        """First what was found, a line each, with what to say instead of the chosen one; then why."""
        width = self.scrollable_content_region.width
        lines = [Option(self._found(finding, number == chosen, width)) for number, finding in enumerate(self.findings)]
        after = [self._why(self.findings[chosen], width)] if self.findings else [_nothing(self._review)]
        if self.findings and self._review.praise:
            after.append(_praise(self._review))
        with self.prevent(OptionList.OptionHighlighted):
            self.set_options([*lines, *(Option(line, disabled=True) for line in after)])
            self.highlighted = chosen if self.findings else None

    @property
    def chosen(self) -> Finding | None:
        """The finding that a key would act on."""
        if self.highlighted is None or self.highlighted >= len(self.findings):
            return None
        return self.findings[self.highlighted]

    @property
    def rewrite(self) -> Rewrite | None:
        """The rewrite that a key would take."""
        finding = self.chosen
        return finding.rewrites[self._marked(finding)] if finding and finding.rewrites else None

    def _marked(self, finding: Finding) -> int:
        return min(self._wording.get(self._told(finding), 0), len(finding.rewrites) - 1)

    def choose_next(self) -> None:
        """Choose the next finding, after the last the first."""
        if self.findings:
            self._pick(((self.highlighted or 0) + 1) % len(self.findings))
            self.scroll_to_highlight()

    def _pick(self, number: int) -> None:
        self._picked = self._told(self.findings[number])
        self._fill(number)

    def next_wording(self) -> None:
        """Choose the next rewrite of the chosen finding."""
        finding = self.chosen
        if finding and finding.rewrites:
            many = min(len(finding.rewrites), REWRITES)
            self._wording[self._told(finding)] = (self._marked(finding) + 1) % many
            self._fill(self.highlighted or 0)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Unfold what the mouse or the arrows have chosen."""
        if event.option_index < len(self.findings):
            self._pick(event.option_index)

    def on_resize(self) -> None:
        """Wrap anew."""
        self._fill(self.highlighted or 0)

    def _found(self, finding: Finding, chosen: bool, width: int) -> Content:
        style = STYLES[finding.severity]
        words = clean(self._review.draft[finding.start : finding.end])
        line = Content.assemble((clean(finding.message), "bold"), (f" “{words}”" if words else "", style))
        if not chosen and line.cell_length > width - INDENT:
            line = line.truncate(width - INDENT, ellipsis=True)
        found = hang(Content.styled(MARKS[finding.severity], f"bold {style}"), line, width)
        return Content("\n").join([found, *self._rewrites(finding, width)[:1]] if chosen else [found])

    def _why(self, finding: Finding, width: int) -> Content:
        like = finding.evidence.removeprefix(READS_LIKE)
        reads = f" It reads like “{like}”, {finding.confidence:.0%} sure." if finding.meant else ""
        why = hang("", Content.styled(clean(finding.why + reads), "$quiet"), width)
        return Content("\n").join([why, *self._rewrites(finding, width)[1:]])

    def _rewrites(self, finding: Finding, width: int) -> list[Content]:
        """The rewrites, the marked one first."""
        rewrites = finding.rewrites[:REWRITES]
        marked = self._marked(finding)
        turned = [clean(rewrite.text) for rewrite in (*rewrites[marked:], *rewrites[:marked])]
        lines = [hang(Content.styled("→", "$success"), Content.styled(text, "$success"), width) for text in turned[:1]]
        return lines + [hang("", Content.styled(f"or: {text}", "$quiet"), width) for text in turned[1:]]


def _nothing(review: Review) -> Content:
    if not review.draft.strip():
        return Content.styled("What you write is read as you type.", "$quiet")
    if review.praise:
        return _praise(review)
    return Content.styled("✓ Nothing stands in the way.", "$success")


def _praise(review: Review) -> Content:
    said = "; ".join(praise.message.rstrip(".").lower() for praise in review.praise)
    return Content.styled(clean(f"✓ {GOOD}{said}"), "$success")

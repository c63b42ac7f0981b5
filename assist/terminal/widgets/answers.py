"""The playbook answers that fit the conversation."""

from collections.abc import Sequence
from typing import get_args

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assist.playbooks.play import Channel
from assist.reports.clean import clean
from assist.terminal.widgets.choices import Choices
from assist.workbench import PlayAnswer


class Answers(Choices):
    """The answers that fit, best first; the chosen one unfolded."""

    def __init__(self, *, id: str = "answers") -> None:  # noqa: A002
        super().__init__(id=id)
        self.border_title = "Answers that fit"
        self._answers: Sequence[PlayAnswer] = ()

    def show(self, answers: Sequence[PlayAnswer], *, anew: bool = False) -> None:
        """Show what was found; the answer that was chosen stays chosen while it is there, unless looked for `anew`."""
        if [(one.play.id, one.text) for one in answers] == [(one.play.id, one.text) for one in self._answers]:
            return
        before = None if anew else self.chosen
        self._answers = answers
        ids = [answer.play.id for answer in answers]
        self._fill(ids.index(before.play.id) if before and before.play.id in ids else 0)

    def _fill(self, chosen: int) -> None:
        options = [Option(_prompt(answer, number == chosen)) for number, answer in enumerate(self._answers)]
        nothing = Option(Content.styled("No agreed answer fits so far.", "$quiet"), disabled=True)
        with self.prevent(OptionList.OptionHighlighted):
            self.set_options(options or [nothing])
            self.highlighted = chosen if options else None

    @property
    def chosen(self) -> PlayAnswer | None:
        """The answer that a key would insert."""
        if self.highlighted is None or self.highlighted >= len(self._answers):
            return None
        return self._answers[self.highlighted]

    def move(self, step: int) -> None:
        """Choose the next answer, or the one before."""
        if self._answers:
            self._fill(((self.highlighted or 0) + step) % len(self._answers))
            self.scroll_to_highlight()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Unfold what the mouse or the arrows have chosen."""
        if event.option_index < len(self._answers):
            self._fill(event.option_index)


def _prompt(answer: PlayAnswer, unfolded: bool) -> Content:
    sheet = answer.play.sheet
    meant = f"  for {', '.join(sheet.channel)}" if sheet.channel and len(sheet.channel) < len(get_args(Channel)) else ""
    head = Content.assemble((clean(sheet.title), "bold"), (f"  {answer.score:.0%}{meant}", "$quiet"))
    if not unfolded:
        return head
    lines = [head, Content(clean(answer.text, keep="\n"))]
    lines += [
        Content.styled(clean(f"may be offered: {extra.offer} ({extra.limit})"), "$quiet")
        for extra in sheet.compensation
    ]
    return Content("\n").join(lines)

"""The page that defines every figure and every sign, as `docs/figures.md` shows it."""

from collections.abc import Iterator

from assist.audit.figures import CHAPTERS, Definition
from assist.audit.triggers import TRIGGERS

_HEAD = """\
# Figures

What an audit counts, and how. The same definitions stand beside the figures in every report; this page is made from
them (`python -m assist.audit > docs/figures.md`).

- A figure that the transcripts do not tell is not nought: it says what is missing.
- Each comes with what was counted and out of how much, with the conversations that do not tell and were left out, and
  with some to look at first.
- A transcript does not say whether somebody was satisfied, transferred or promised something; where an export does not
  say so either, it is read from the words. Such a figure is *inferred*, and says in how many cases.
- Times are counted in calendar hours, unless opening hours and a time zone are given; then in these.
- What an agent sends in one go, with nobody else speaking and at most two minutes between, is one reply; a mail is one
  of its own. What bots say is no reply, and notes that the customer did not see are left aside.
- A week begins on Monday and has its ISO number. A conversation belongs to the week in which it was opened, by the
  clocks of the time zone that was given.
- By agent, a conversation counts for each agent who replied in it, but a reply, a promise and a finding only for whose
  it is.
- Of several conversations, one repeats another of the same customer, on the same topic where the export has topics,
  that was opened at most 7 days before, unless set otherwise. Of two that were opened at the same moment, the one whose
  id sorts later is the repeat.
"""
_TARGETS = {"least": "at least", "most": "at most"}


def page() -> str:
    """The whole page, as Markdown."""
    chapters = (part for title, chapter in CHAPTERS.items() for part in _chapter(title, chapter))
    return "\n".join([_HEAD, *chapters, *_signs()])


def _chapter(title: str, chapter: tuple[Definition, ...]) -> Iterator[str]:
    yield f"## {title}\n"
    for definition in chapter:
        yield from _definition(definition)


def _definition(definition: Definition) -> Iterator[str]:
    yield f"### {definition.title}\n"
    yield f"`{definition.id}` · {_unit(definition)}\n"
    yield f"{definition.meaning}\n"
    if lines := list(_lines(definition)):
        yield "\n".join(lines) + "\n"


def _unit(definition: Definition) -> str:
    return {"less": "{}, less is better", "more": "{}, more is better"}.get(definition.better, "{}").format(
        definition.unit
    )


def _lines(definition: Definition) -> Iterator[str]:
    if target := definition.target:
        yield f"- Target: {_TARGETS[target.at]} {target.value:.0%}."
    if definition.principle:
        yield f"- Principle: {definition.principle}."
    if definition.inferred:
        yield f"- Inferred from {definition.inferred}."
    if definition.parts:
        yield f"- Part by part: {definition.parts}."
    yield f"- Cannot be told where {definition.lacking}."


def _signs() -> Iterator[str]:
    yield "## What to read first\n"
    yield (
        "Signs that a customer is not content. A conversation weighs what its signs weigh together; the heaviest come "
        "first, and of those that weigh alike the latest.\n"
    )
    yield "| sign | weight | what it is |\n| --- | --- | --- |"
    yield from (f"| {name} | {sign.weight} | {sign.meaning} |" for name, sign in TRIGGERS.items())
    yield ""

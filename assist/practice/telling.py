"""A debrief in words: what was done well comes first."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assist.practice.debrief import Debrief
from assist.practice.scenario import Outcome

ENDED: dict[Outcome | None, str] = {
    "won-back": "Won back",
    "content": "Content, but cool",
    "left": "Left",
    None: "Not ended",
}


class Section(NamedTuple):
    """A heading and its lines; those of a section by replies begin with the number of the reply."""

    heading: str
    lines: Sequence[str]


def told(debrief: Debrief) -> Iterator[Section]:
    """The sections that have anything to say, in the order to read them in."""
    many = len(debrief.replies)
    yield Section(
        f"{ENDED[debrief.outcome]}, after {many} {'reply' if many == 1 else 'replies'}",
        [f"patience: {' → '.join(map(str, debrief.patience))}"],
    )
    sections = (
        Section("Done well", [f"{one.reply}  {one.praise.message} “{one.words}”" for one in debrief.well]),
        Section("The recovery", [f"{reply}  {step.replace('-', ' ')}" for step, reply in debrief.steps.items()]),
        Section("Flagged", list(_flagged(debrief))),
        Section("Never said", debrief.unsaid),
        Section("Next time", debrief.advice),
    )
    yield from (section for section in sections if section.lines)


def _flagged(debrief: Debrief) -> Iterator[str]:
    for number, finding in debrief.flagged:
        words = debrief.replies[number - 1].sent.text[finding.start : finding.end]
        said = f" “{words}”" if words else ""
        better = f" Better: {finding.rewrites[0].text}" if finding.rewrites else ""
        yield f"{number}  {finding.message}{said}{better}"

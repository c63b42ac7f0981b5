"""Plays: what customers ask, and the answer a team has agreed on; one Markdown file each."""

from assist.playbooks.answer import CONDITIONS, SLOTS, Answer, Blank, prompt
from assist.playbooks.load import files_under, load, load_all, load_play, refuse_twins
from assist.playbooks.play import Compensation, Play, PlaySheet

__all__ = [
    "CONDITIONS", "SLOTS", "Answer", "Blank", "Compensation", "Play", "PlaySheet", "files_under", "load",
    "load_all", "load_play",
    "prompt", "refuse_twins",
]  # fmt: skip

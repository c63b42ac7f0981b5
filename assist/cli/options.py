"""Options that several commands share, and the workbench they ask for."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assist.errors import AssistError, did_you_mean

if TYPE_CHECKING:
    from assist.lexicon import Level, Lexicon
    from assist.workbench import Workbench

LEVELS: dict[str, "Level"] = {"off": "off", "suggestion": "suggestion", "warning": "warning", "error": "error"}
DISMISSALS = Path(".assist") / "dismissals.yaml"

Packs = Annotated[
    str | None,
    typer.Option(help="Packs to use, in layers: core,telecom,PATH. All that ship where left out."),
]
LexiconFolder = Annotated[
    Path | None, typer.Option("--lexicon", help="A folder with packs of your own; they come last.")
]
Rules = Annotated[
    list[str] | None,
    typer.Option("--rule", help="Change a rule or category: NAME=off|suggestion|warning|error."),
]
DismissalsFile = Annotated[
    Path | None,
    typer.Option("--dismissals", help=f"What was set aside. [default: {DISMISSALS}, if it is there]"),
]


def workbench(
    packs: str | None,
    folder: Path | None,
    rules: list[str] | None = None,
    aside: Path | None = None,
) -> "Workbench":
    """The workbench that these options ask for."""
    from assist.workbench import Workbench  # deferred: loads spaCy

    names = [name.strip() for name in packs.split(",") if name.strip()] if packs else None
    if aside is None and DISMISSALS.exists():
        aside = DISMISSALS
    levels = dict(_rule(rule) for rule in rules or ())
    return Workbench.load(names, lexicon=folder, dismissals=aside, rules=levels)


def lexicon(packs: str | None, folder: Path | None) -> "Lexicon":
    """The lexicon that these options ask for."""
    return workbench(packs, folder).lexicon


def _rule(text: str) -> tuple[str, "Level"]:
    name, equals, level = text.partition("=")
    if not equals or level not in LEVELS:
        hint = did_you_mean(level, LEVELS) or f"; NAME={'|'.join(LEVELS)}"
        raise AssistError(f"--rule {text}: no such level{hint}")
    return name, LEVELS[level]

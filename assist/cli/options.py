"""Options that several commands share, and the workbench they ask for."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assist.errors import AssistError

if TYPE_CHECKING:
    from assist.lexicon import Level, Lexicon
    from assist.workbench import Workbench

COULD_NOT_RUN = 2
DISMISSALS = Path(".assist") / "dismissals.yaml"
USAGE = Path(".assist") / "usage.jsonl"
MOST_DAYS = 36_500
"""The most days that anything may be kept; the calendar does not go back for ever."""

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

ConversationFile = Annotated[
    Path | None,
    typer.Option("--conversation", "-c", help="The conversation so far: lines of 'customer: …', JSON, or an export."),
]
Transcripts = Annotated[
    list[Path],
    typer.Argument(help="Transcripts in any format, files, folders or patterns, packed or not; - is standard input."),
]
RoleNames = Annotated[
    list[str] | None,
    typer.Option("--roles", help="Who is who in the transcripts: SPEAKER_00=agent. May be repeated."),
]
Fast = Annotated[bool, typer.Option("--fast", help="Do without the judge: less reach, in less time.")]


def workbench(  # noqa: PLR0913
    packs: str | None,
    folder: Path | None,
    rules: list[str] | None = None,
    aside: Path | None = None,
    *,
    playbooks: Path | None = None,
    usage: Path | None = None,
    fast: bool = False,
) -> "Workbench":
    """The workbench that these options ask for."""
    from assist.workbench import Workbench  # deferred: help does without

    names = [name.strip() for name in packs.split(",") if name.strip()] if packs is not None else None
    if aside is None and DISMISSALS.exists():
        aside = DISMISSALS
    levels = dict(_rule(rule) for rule in rules or ())
    return Workbench.load(
        names, lexicon=folder, dismissals=aside, rules=levels, playbooks=playbooks, usage=usage, fast=fast
    )


def lexicon(packs: str | None, folder: Path | None) -> "Lexicon":
    """The lexicon that these options ask for."""
    return workbench(packs, folder).lexicon


def count(number: int, thing: str) -> str:
    """A number of things, in words: "1 entry", "2 entries"."""
    plural = thing[:-1] + "ies" if thing.endswith("y") and thing[-2:-1] not in "aeo" else thing + "s"
    return f"{number} {thing if number == 1 else plural}"


def passed_over(number: int) -> None:
    """Say how many lines of the files read could not be used."""
    if number:
        were = "was" if number == 1 else "were"
        typer.echo(f"assist: {count(number, 'line')} could not be read and {were} passed over", err=True)


def roles(given: list[str] | None) -> dict[str, str]:
    """The roles of `--roles NAME=ROLE`, by name."""
    found = {}
    for text in given or ():
        name, _, role = text.rpartition("=")
        if not name.strip():
            raise AssistError(f"--roles {text}: write NAME=customer|agent|bot|system")
        found[name.strip()] = role.strip()
    return found


def _rule(text: str) -> tuple[str, "Level"]:
    name, _, level = text.rpartition("=")
    if not name.strip():
        raise AssistError(f"--rule {text}: write NAME=off|suggestion|warning|error")
    return name.strip(), level.strip()  # type: ignore[return-value]  # loading refuses any other level

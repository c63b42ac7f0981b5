"""`assist practice …`: customers to practise with, and the walk-throughs that test them."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli import options
from assist.reports.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from assist.conversation import Turn
    from assist.practice import Scenario

app = typer.Typer(help="Practise with customers from scenarios, and keep the scenarios in order.", no_args_is_help=True)

Folder = Annotated[Path | None, typer.Argument(help="A folder of scenarios; those that ship where left out.")]
Name = Annotated[str, typer.Argument(metavar="ID", help="The id of a scenario: the name of its file.")]
ScenariosFolder = Annotated[
    Path | None, typer.Option("--scenarios", help="A folder of scenarios of your own, in the place of those that ship.")
]


@app.command("list")
def list_scenarios(folder: Folder = None) -> None:
    """List the scenarios, the easiest first."""
    from assist import practice  # deferred: help does without

    for one in practice.load(folder).values():
        sheet = one.sheet
        typer.echo(clean(f"{sheet.hard}  {one.id:24} {sheet.trade:12} {sheet.channel:6} {sheet.title}"))


@app.command()
def show(scenario: Name, scenarios: ScenariosFolder = None) -> None:
    """Show what an agent is told before a scenario, and how it opens."""
    from assist import practice  # deferred: help does without

    _show(practice.scenario(scenario, scenarios))


@app.command()
def play(
    scenario: Name,
    scenarios: ScenariosFolder = None,
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
) -> None:
    """Practise: each line of standard input is a reply, and the customer answers. The debrief comes at the end."""
    from assist import practice  # deferred: help does without

    chosen = practice.scenario(scenario, scenarios)
    _show(chosen)
    session = practice.Practice(options.workbench(packs, lexicon), chosen)
    for line in sys.stdin:
        if line.strip():
            _say(session.send(line.strip()))
        if session.ended:
            break
    for section in practice.told(session.debrief):
        typer.echo(f"\n{section.heading}")
        for line in section.lines:
            typer.echo(clean(f"  {line}"))


@app.command()
def test(
    folder: Folder = None,
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
    fast: options.Fast = False,
) -> None:
    """Run the walk-throughs of scenarios, and say where one goes differently."""
    from assist import practice  # deferred: help does without

    loaded = practice.load(folder)
    bench = options.workbench(packs, lexicon, fast=fast)
    found = 0
    for one in loaded.values():
        for difference in practice.differences(bench, one):
            found += 1
            place = f"{one.path}: run {difference.run}, reply {difference.reply}"
            typer.echo(clean(f"{place}: {difference.problem}"), err=True)
    runs = sum(len(one.sheet.runs) for one in loaded.values())
    differently = options.count(found, "difference")
    typer.echo(f"{options.count(len(loaded), 'scenario')}, {options.count(runs, 'run')}, {differently}")
    raise typer.Exit(1 if found else 0)


@app.command()
def schema() -> None:
    """Print the JSON Schema of scenarios and manners, for editors that complete and check."""
    from assist.practice.schema import schema as of_scenario  # deferred: help does without

    typer.echo(json.dumps(of_scenario(), indent=2))


def _show(scenario: "Scenario") -> None:
    sheet = scenario.sheet
    typer.echo(clean(f"{sheet.title}  ({scenario.id}, {sheet.trade}, {sheet.channel}, hard {sheet.hard} of 3)"))
    typer.echo(clean(f"It trains: {', '.join(sheet.trains)}"))
    typer.echo("\nWhat you know:")
    for line in sheet.brief:
        typer.echo(clean(f"  - {line}"))
    typer.echo()
    _say(scenario.opening)


def _say(turns: "Iterable[Turn]") -> None:
    for turn in turns:
        typer.echo(clean(f"{turn.name or turn.role}: {turn.text}"))

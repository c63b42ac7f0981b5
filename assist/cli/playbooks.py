"""`assist playbooks …`: find the answer, read it, and keep the plays in order."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from assist.cli import options
from assist.reports.clean import clean

app = typer.Typer(help="Find the playbook answer, and keep the plays in order.", no_args_is_help=True)

Paths = Annotated[list[Path] | None, typer.Argument(help="Plays or folders of plays; all that ship where left out.")]


@app.command()
def lint(
    paths: Paths = None,
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
) -> None:
    """Check plays: their form, and every answer as a reply to each of its own asks."""
    from assist import playbooks, rehearsal  # deferred: help does without
    from assist.data import shipped

    files = [file for path in paths or [shipped("playbooks")] for file in _files(path)]
    plays = playbooks.load(files)
    faults = list(rehearsal.faults(options.workbench(packs, lexicon), plays, datetime.now(UTC).date()))
    for fault in faults:
        typer.echo(clean(f"{fault.play.path}: {fault.problem}{f' {fault.words!r}' if fault.words else ''}"), err=True)
    typer.echo(f"{options.count(len(plays), 'play')}, {options.count(len(faults), 'fault')}")
    raise typer.Exit(1 if faults else 0)


def _files(path: Path) -> list[Path]:
    from assist import playbooks  # deferred: help does without

    return [path] if path.is_file() else list(playbooks.files_under(path))

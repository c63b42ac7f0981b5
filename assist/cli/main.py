"""The `assist` command and its subcommands, put together."""

import sys
from typing import Annotated

import typer

from assist import __version__
from assist.cli import app as agent_app
from assist.cli import audit, authoring, book, check, lexicon, playbooks, practice
from assist.cli.options import COULD_NOT_RUN
from assist.errors import AssistError
from assist.reports.clean import clean

app = typer.Typer(
    name="assist",
    help="Says the right thing to an unhappy customer: checks a reply, in its conversation, before it is sent.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("check")(check.check)
app.command("rewrite")(check.rewrite)
app.command("dismiss")(check.dismiss)
app.command("app")(agent_app.app)
lexicon.app.command("book")(book.book)
authoring.register(lexicon.app)
app.add_typer(lexicon.app, name="lexicon")
app.add_typer(playbooks.app, name="playbooks")
app.add_typer(practice.app, name="practice")
app.add_typer(audit.app, name="audit")


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    if version:
        typer.echo(f"assist {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; problems are one line on standard error, and exit code 2."""
    try:
        app()
    except AssistError as error:
        typer.echo(f"assist: {clean(str(error))}", err=True)
        sys.exit(COULD_NOT_RUN)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(COULD_NOT_RUN)

"""`assist app`: the agent's terminal app."""

import getpass
import sys
from pathlib import Path
from typing import Annotated

import typer

from assist.cli import inputs, options

GIVES_WAY = 0.0005
"""Seconds after which a thread that computes lets another one run."""


def app(  # noqa: PLR0913
    conversation: options.ConversationFile = None,
    name: Annotated[str | None, typer.Option(help="Your name, as customers are to read it.")] = None,
    desk: Annotated[Path | None, typer.Option(help="Where drafts are kept. [default: your own data folder]")] = None,
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
    playbooks: Annotated[Path | None, typer.Option(help="A folder of plays of your own.")] = None,
    dismissals: options.DismissalsFile = None,
    fast: options.Fast = False,
) -> None:
    """Open the agent's app: write a reply, see what stands in its way, and send it."""
    from platformdirs import user_data_path  # deferred: help does without

    from assist.channels import Arrival
    from assist.desk import Desk, Journal
    from assist.terminal.app import AssistApp
    from assist.terminal.clipboard import Clipboard

    # The check runs on a thread of its own; it is to give way to keys at once.
    sys.setswitchinterval(GIVES_WAY)
    talk = inputs.conversation(conversation)
    given = str(conversation.resolve()) if conversation else ""
    title = conversation.stem if conversation else ""
    arrivals = [Arrival(given, turn, str(number), title) for number, turn in enumerate(talk.turns)]
    bench = options.workbench(
        packs, lexicon, None, dismissals or options.DISMISSALS, playbooks=playbooks, usage=options.USAGE, fast=fast
    )
    journal = Journal((desk or user_data_path("assist")) / "desk.sqlite")
    agent = name or getpass.getuser()
    AssistApp(lambda app: Desk(bench, journal, Clipboard(app.copy_to_clipboard, arrivals), agent)).run()

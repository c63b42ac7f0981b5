"""`assist app`: the agent's terminal app."""

import getpass
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli import inputs, options
from assist.errors import AssistError

if TYPE_CHECKING:
    from collections.abc import Callable

    from assist.channels import Channel
    from assist.terminal.app import AssistApp

KEEP_DAYS = 90
"""Days after which a conversation in which nothing happened is forgotten."""
GIVES_WAY = 0.0005
"""Seconds after which a thread that computes lets another one run."""

Inbox = Annotated[Path | None, typer.Option(help="Take messages from this file or FIFO, as JSON lines.")]
Outbox = Annotated[Path | None, typer.Option(help="Write replies to this file or FIFO, as JSON lines.")]
ChatwootUrl = Annotated[str | None, typer.Option("--chatwoot", help="Work on this Chatwoot server: its address.")]


def app(  # noqa: PLR0913
    conversation: options.ConversationFile = None,
    inbox: Inbox = None,
    outbox: Outbox = None,
    chatwoot: ChatwootUrl = None,
    name: Annotated[
        str | None, typer.Option(help="Your name, as customers are to read it. [default: your login]")
    ] = None,
    desk: Annotated[Path | None, typer.Option(help="Where drafts are kept. [default: your own data folder]")] = None,
    keep_days: Annotated[
        int,
        typer.Option(
            min=1,
            max=options.MOST_DAYS,
            help="Keep only conversations in which something happened within so many days.",
        ),
    ] = KEEP_DAYS,
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
    playbooks: Annotated[Path | None, typer.Option(help="A folder of plays of your own.")] = None,
    dismissals: options.DismissalsFile = None,
    fast: options.Fast = False,
) -> None:
    """Open the agent's app: write a reply, see what stands in its way, and send it.

    Replies go to the clipboard; with --outbox to a file, with --chatwoot to that server.
    """
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise AssistError("the app needs a terminal; for scripts there are `assist check` and `assist rewrite`")
    from platformdirs import user_data_path  # deferred: help does without

    from assist.desk import Desk, Journal
    from assist.terminal.app import AssistApp

    channel = _channel(conversation, inbox, outbox, chatwoot)
    aside = dismissals or options.DISMISSALS
    bench = options.workbench(
        packs, lexicon, None, aside, playbooks=playbooks, usage=options.USAGE, fast=fast
    )  # fmt: skip
    folder = desk or user_data_path("assist")
    journal = Journal(folder / "desk.sqlite")
    journal.forget(datetime.now(UTC) - timedelta(days=keep_days))
    # The check runs on a thread of its own; it is to give way to keys at once.
    sys.setswitchinterval(GIVES_WAY)
    AssistApp(lambda app: Desk(bench, journal, channel(app), name or getpass.getuser())).run()


def _channel(
    conversation: Path | None, inbox: Path | None, outbox: Path | None, chatwoot: str | None
) -> "Callable[[AssistApp], Channel]":
    """What makes the channel that the options ask for, once there is an app."""
    asked = [
        name
        for name, given in (
            ("--conversation", conversation),
            ("--inbox and --outbox", inbox or outbox),
            ("--chatwoot", chatwoot),
        )
        if given
    ]
    if len(asked) > 1:
        raise AssistError(f"{' and '.join(asked)} do not go together; one desk, one place for its conversations")
    if chatwoot:
        from assist.channels.chatwoot import Chatwoot, token_from_environment  # deferred: only for this channel

        server = Chatwoot(chatwoot, token_from_environment())
        return lambda _: server
    if inbox or outbox:
        from assist.channels.lines import Lines

        lines = Lines(inbox, outbox)
        return lambda _: lines
    from assist.channels import Arrival
    from assist.terminal.clipboard import Clipboard

    talk = inputs.conversation(conversation)
    key, title = (str(conversation.resolve()), conversation.stem) if conversation else ("", "")
    given = [Arrival(key, turn, str(number), title) for number, turn in enumerate(talk.turns)]
    return lambda app: Clipboard(app.copy_to_clipboard, given)

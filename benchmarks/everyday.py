"""Cases for `assist check --batch` out of transcripts: every agent turn, in its conversation.

Run as `python -m benchmarks.everyday TRANSCRIPTS.jsonl.gz CASES.jsonl`.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from assist.cli import inputs
from assist.conversation import Conversation, Turn
from assist.errors import AssistError

Transcripts = Annotated[
    Path,
    typer.Argument(exists=True, dir_okay=False, help="Transcripts, JSON lines, gzipped or not."),
]
Cases = Annotated[Path, typer.Argument(help="The file of cases to write.")]


def main(transcripts: Transcripts, cases: Cases) -> None:
    """Write a case for every agent turn of some transcripts, one conversation at a time."""
    written = 0
    try:
        with cases.open("w", encoding="utf-8") as file:
            read = (talk for talk in inputs.transcripts(transcripts) if isinstance(talk, Conversation))
            for case in of_transcripts(read):
                file.write(json.dumps(case, ensure_ascii=False) + "\n")
                written += 1
    except (AssistError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    typer.echo(f"{written} cases in {cases}")


def of_transcripts(conversations: Iterable[Conversation]) -> Iterator[dict[str, Any]]:
    """The agent turns as drafts, named `<conversation>-<n>` by their place in it."""
    for conversation in conversations:
        before: list[dict[str, Any]] = []
        for number, turn in enumerate(conversation.turns, start=1):
            if turn.role == "agent":
                name = f"{conversation.id}-{number}"
                yield {"id": name, "conversation": list(before), "draft": turn.text}
            before.append(_row(turn))


def _row(turn: Turn) -> dict[str, Any]:
    row = {"role": turn.role, "text": turn.text}
    if turn.at:
        row["at"] = turn.at.isoformat()
    if turn.name:
        row["name"] = turn.name
    return row


if __name__ == "__main__":
    typer.run(main)

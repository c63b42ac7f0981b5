"""How fast transcripts are examined, and what the figures come to: `python -m benchmarks.audit TRANSCRIPTS [--fast]`.

On one core, in one process, with the workbench warm from the first conversation; reading the file is not counted.
"""

import time
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from assist.audit.examine import examine
from assist.audit.figures import Figure, figures
from assist.cli import inputs
from assist.conversation import Conversation
from assist.transcripts.transcript import Message, Transcript
from assist.workbench import Workbench

Transcripts = Annotated[
    Path,
    typer.Argument(exists=True, dir_okay=False, help="Transcripts, JSON lines, gzipped or not."),
]
Fast = Annotated[bool, typer.Option("--fast", help="Without the transformers.")]
Most = Annotated[int | None, typer.Option(help="So many conversations and no more.")]


def main(transcripts: Transcripts, fast: Fast = False, most: Most = None) -> None:
    """Examine every conversation, print the speed and the figures."""
    talks = (talk for talk in inputs.transcripts(transcripts) if isinstance(talk, Conversation))
    read = [_transcript(talk) for talk in islice(talks, most)]
    bench = Workbench.load(fast=fast)
    examine(read[0], bench.session)
    start = time.process_time()
    done = [examine(transcript, bench.session) for transcript in read]
    seconds = time.process_time() - start
    messages = sum(len(transcript.messages) for transcript in read)
    print("| conversations | a second | messages | a second |\n| --- | --- | --- | --- |")
    print(f"| {len(done):,} | {len(done) / seconds:,.0f} | {messages:,} | {messages / seconds:,.0f} |\n")
    print("| figure | part | value | out of |\n| --- | --- | --- | --- |")
    for figure in figures(done):
        print(f"| {figure.definition.id} | {figure.label} | {_value(figure)} | {figure.denominator:,.0f} |")


def _transcript(talk: Conversation) -> Transcript:
    """As a chat: the plain format does not say."""
    messages = (Message(turn.role, turn.text, turn.at, turn.name or "") for turn in talk.turns)
    return Transcript(talk.id, tuple(messages), "chat")


def _value(figure: Figure) -> str:
    if figure.value is None:
        return figure.unsupported
    return f"{figure.value:.1%}" if figure.definition.unit == "share" else f"{figure.value:,.2f}"


if __name__ == "__main__":
    typer.run(main)

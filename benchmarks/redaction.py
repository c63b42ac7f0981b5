"""What redaction masks in transcripts, and how fast: `python -m benchmarks.redaction TRANSCRIPTS [--list FILE]`.

Every message is read after what the other side said last, on one core; reading the file is not counted. `--list` writes
each thing masked, a line each, with its message and what was said before, to be read by eye.
"""

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from assist.cli import inputs
from assist.conversation import Conversation
from assist.redaction import Kind, redact

Transcripts = Annotated[
    Path,
    typer.Argument(exists=True, dir_okay=False, help="Transcripts, JSON lines, gzipped or not."),
]
Listing = Annotated[Path | None, typer.Option("--list", help="Write what was masked to this file, as JSON lines.")]


def main(transcripts: Transcripts, listing: Listing = None) -> None:
    """Redact every message, print the table, write the list."""
    talks = (talk for talk in inputs.transcripts(transcripts) if isinstance(talk, Conversation))
    messages = list(with_questions(talks))
    start = time.process_time()
    done = [redact(text, asked=asked) for asked, text in messages]
    seconds = time.process_time() - start
    kinds: Counter[Kind] = sum((redacted.kinds for redacted in done), Counter())
    print("| messages | a second | with something masked | masked, by kind |\n| --- | --- | --- | --- |")
    masked = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
    touched = sum(bool(redacted.masks) for redacted in done)
    print(f"| {len(done):,} | {len(done) / seconds:,.0f} | {touched:,} | {masked} |")
    if listing:
        rows = (
            {"kind": kind, "masked": text[slice(*span)], "text": text, "asked": asked}
            for (asked, text), redacted in zip(messages, done, strict=True)
            for kind, span in redacted.masks
        )
        listing.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def with_questions(conversations: Iterable[Conversation]) -> Iterator[tuple[str, str]]:
    """What the other side said last before each message, and the message."""
    for conversation in conversations:
        last = {True: "", False: ""}
        for turn in conversation.turns:
            yield last[turn.role != "customer"], turn.text
            last[turn.role == "customer"] = turn.text


if __name__ == "__main__":
    typer.run(main)

"""Transcripts as a person reads them: the goldens of the tests.

`python -m tests.transcripts.shown` writes them anew.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from assist.transcripts import Message, Transcript, Unreadable, read

SAMPLES = Path(__file__).parent / "samples"
GOLDENS = Path(__file__).parent / "goldens"
ABOUT = ("medium", "customer", "team", "topic", "opened", "closed", "solved", "handed_on", "rating")


def shown(told: Iterable[Transcript | Unreadable]) -> str:
    """What was read, in lines."""
    return "\n".join(line for one in told for line in _lines(one)) + "\n"


def _lines(one: Transcript | Unreadable) -> list[str]:
    if isinstance(one, Unreadable):
        return [f"! {one}"]
    about = [f"{name}={value}" for name in ABOUT if (value := getattr(one, name)) not in ("", None)]
    return [
        f"# {one.id} ({one.source})",
        *([f"  {', '.join(about)}"] if about else []),
        *(f"  ? {doubt}" for doubt in one.doubts),
        *map(_message, one.messages),
    ]


def _message(one: Message) -> str:
    time = f"{one.at:%Y-%m-%d %H:%M:%S}" if one.at else "" if one.offset is None else f"+{one.offset:g}"
    who = " ".join(filter(None, ("(note)" if one.note else "", one.role, one.by and f"[{one.by}]", time)))
    return f"  {who}: {one.text}".replace("\n", "\n      | ")


def main() -> None:
    """Write the golden of every sample."""
    os.chdir(SAMPLES)
    GOLDENS.mkdir(exist_ok=True)
    for sample in sorted(Path().iterdir()):
        (GOLDENS / f"{sample.stem}.txt").write_text(shown(read([sample])), encoding="utf-8")


if __name__ == "__main__":
    main()

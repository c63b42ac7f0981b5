"""How far an audit is, and how long it will take yet, on a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from assist.audit.run import Progress as Done
from assist.audit.run import Say, Source
from assist.transcripts import Transcript

PERIOD = 120.0
"""Over how many seconds the pace is taken: partitions come in one by one, seconds apart."""


class _Pace(ProgressColumn):
    """Messages a second, of late."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f} messages/s" if task.speed else "starting")


@contextmanager
def progress(source: Source) -> Iterator[Say]:
    """Shows what it is told on standard error, where that is a terminal; without an end for what is piped in."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    columns = TextColumn("{task.completed:,.0f} of {task.fields[all]} messages"), BarColumn(), _Pace()
    left = TimeRemainingColumn()
    with Progress(*columns, left, console=console, transient=True, speed_estimate_period=PERIOD) as bars:
        bar = bars.add_task("", total=None, all="?")
        total = None if any(map(_is_piped, source.paths)) else _messages(source)
        if total is not None:
            bars.update(bar, total=total, all=f"{total:,}")

        def say(done: Done) -> None:
            nonlocal total
            if done.kept and total is not None:  # what was done before says nothing of how fast it goes now
                total -= done.messages
                bars.update(bar, total=total, all=f"{total:,}")
            elif not done.kept:
                bars.advance(bar, done.messages)

        yield say


def _is_piped(path: str) -> bool:
    """Whether it can be read only once: standard input, a named pipe, or what a shell makes of `<(zcat chats.gz)`."""
    return path == "-" or Path(path).is_fifo()


def _messages(source: Source) -> int:
    """How many messages there are: reading takes so much less than judging that it may be done twice."""
    return sum(len(told.messages) for told in source.told() if isinstance(told, Transcript))

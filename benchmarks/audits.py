"""How fast one core audits, and how much memory it takes: `python -m benchmarks.audits TRANSCRIPTS [--fast]`."""

import resource
import tempfile
import time
from pathlib import Path

import typer

from assist.audit.engine import Judging
from assist.audit.run import Progress, Source, run
from assist.workbench import Workbench
from benchmarks.clock import KILOBYTES

EVERY = 25_000
"""After how many messages a line is printed."""


def main(path: Path, fast: bool = False) -> None:
    """Print, line by line, messages so far, messages a second of processor time since the last line, and memory."""
    bench = Workbench.load(fast=fast)
    bench.check("Hello there.")
    done, last, start = 0, 0, time.process_time()

    def say(progress: Progress) -> None:
        nonlocal done, last, start
        done += progress.messages
        if done - last >= EVERY:
            show(done, done - last, time.process_time() - start)
            last, start = done, time.process_time()

    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        source, judging = Source(paths=(str(path),)), Judging.by(lambda: bench)
        run(source, judging, Path(folder), say=say)
    show(done, done, time.process_time() - began)


def show(done: int, messages: int, seconds: float) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES / 1024
    print(f"{done:10,} messages  {messages / seconds:8,.0f} messages/s  {memory:5.0f} MB at most", flush=True)


if __name__ == "__main__":
    typer.run(main)

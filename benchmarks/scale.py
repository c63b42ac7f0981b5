"""A large audit on each engine, with processes killed meanwhile: how fast, how much memory, and whether it is the same.

`python -m benchmarks.scale TRANSCRIPTS --messages 1000000 [--fast] [--kills 5]`
"""

import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import psutil
import typer

from assist.audit.audit import PARTITIONS, Audit
from assist.audit.files import table

EVERY = 0.5
"""Seconds between two looks at the memory of the processes."""
MEGABYTE = 1024 * 1024
WIDTH = 1 << 128


class Content(NamedTuple):
    """What is in an audit: two with the same content hold the same rows, each as often, in whatever order."""

    conversations: int
    messages: int
    noted: int
    digest: str


@dataclass
class Watch:
    """A command as it runs: seconds and peak memory of it and all that it starts, added up over several starts."""

    seconds: float = 0.0
    memory: int = 0
    kills: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def run(self, command: Sequence[str], out: Path, meddle: Callable[["Watch", psutil.Process], bool] | None) -> bool:
        """Run it, to its end or until `meddle` says that it has ended it; whether it came to its end.

        `meddle` is asked once, at a moment by chance after the next partition is written.
        """
        start, done, due = time.monotonic(), _partitions(out), 0.0
        process = psutil.Popen(command, stdout=subprocess.DEVNULL)
        while process.poll() is None:
            self.memory = max(self.memory, _memory(process))
            if meddle and not due and _partitions(out) > done:
                due = time.monotonic() + self.chance.uniform(0, 5)
            if meddle and due and time.monotonic() >= due:
                if meddle(self, process):
                    break
                meddle = None
            time.sleep(EVERY)
        self.seconds += time.monotonic() - start
        code = process.wait()
        if code > 0:
            raise SystemExit(f"{' '.join(command)} gave {code}")
        return bool(code == 0)


def main(path: Path, messages: int = 1_000_000, fast: bool = False, kills: int = 0) -> None:
    """Print a table of runs over so many messages, made of these transcripts by repeating them with changes."""
    cores = os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        number = written(path, folder / "chats.jsonl.gz", messages)
        print(f"{number:,} messages, {cores} cores\n\n| run | seconds | messages/s | a core | MB at most | the same |")
        print("| --- | --- | --- | --- | --- | --- |", flush=True)
        base = [sys.executable, "-m", "assist", "audit", str(folder / "chats.jsonl.gz"), *(["--fast"] if fast else [])]
        first: Content | None = None
        for run in _runs(cores, kills):
            out = folder / run.name.replace(" ", "-")
            watch = run.watched([*base, "--out", str(out), *run.options], out)
            found = content(Audit.load(out))
            first = first or found
            same = "yes" if found == first else f"NO: {found} instead of {first}"
            pace = number / watch.seconds
            killed = f", {watch.kills} killed" if watch.kills else ""
            print(
                f"| {run.name}{killed} | {watch.seconds:,.0f} | {pace:,.0f} | {pace / run.jobs:,.0f} "
                f"| {watch.memory / MEGABYTE:,.0f} | {same} |",
                flush=True,
            )
        print(f"\n{first}")


@dataclass(frozen=True)
class Run:
    """One way to audit, on so many processes, with so many kills of the whole, or one of a worker."""

    name: str
    jobs: int
    options: tuple[str, ...]
    kills: int = 0
    worker: bool = False

    def watched(self, command: Sequence[str], out: Path) -> Watch:
        """Run to its end, begun again as often as it is killed."""
        watch = Watch()
        for _ in range(self.kills):
            if watch.run(command, out, _kill_all):
                return watch
        watch.run(command, out, _kill_worker if self.worker else None)
        return watch


def _runs(cores: int, kills: int) -> Iterator[Run]:
    yield Run("one process", 1, ("--jobs", "1"))
    yield Run(f"{cores} processes", cores, ("--jobs", str(cores)))
    yield Run("Dask", cores, ("--engine", "dask", "--jobs", str(cores)), worker=True)
    if kills:
        yield Run("stopped and resumed", cores, ("--jobs", str(cores)), kills=kills)


def _kill_all(watch: Watch, process: psutil.Process) -> bool:
    """Its workers notice that it is gone, and end by themselves."""
    process.kill()
    watch.kills += 1
    return True


def _kill_worker(watch: Watch, process: psutil.Process) -> bool:
    workers = [one for one in process.children(recursive=True) if "spawn_main" in " ".join(one.cmdline())]
    if workers:
        watch.chance.choice(workers).kill()
        watch.kills += 1
    return False


def _memory(process: psutil.Process) -> int:
    """What the process and all that it has started hold resident."""
    total = 0
    for one in [process, *_children(process)]:
        try:
            total += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children(recursive=True))
    except psutil.NoSuchProcess:
        return []


def _partitions(out: Path) -> int:
    return len(list((out / PARTITIONS).glob("*.parquet")))


def written(source: Path, path: Path, messages: int) -> int:
    """A file of at least so many messages: the transcripts again and again, with new ids and small changes."""
    number = 0
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for turn in count():
            for row in _rows(source):
                file.write(json.dumps(_varied(row, turn)) + "\n")
                number += len(row["turns"])
                if number >= messages:
                    return number
    raise AssertionError


def _rows(source: Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _varied(row: dict[str, Any], turn: int) -> dict[str, Any]:
    """The conversation as somebody else might have it: another id, other digits, now and then another sentence."""
    chance = random.Random(f"{row['id']} {turn}")
    turns = [one | {"text": _text(one["text"], chance) if turn else one["text"]} for one in row["turns"]]
    return row | {"id": f"{row['id']}-{turn}", "turns": turns}


def _text(text: str, chance: random.Random) -> str:
    text = "".join(chance.choice("0123456789") if letter.isdigit() else letter for letter in text)
    return f"{text} It is number {chance.randrange(10**6)}." if chance.random() < 1 / 5 else text


def content(audit: Audit) -> Content:
    """What is in an audit; a sum of digests, row by row, which a row that is lost or doubled would change."""
    noted = total = 0
    for path in audit.paths():
        for row in table(path).to_pylist():
            noted += len(row["noted"])
            total += int.from_bytes(blake2b(msgspec.json.encode(row), digest_size=16).digest())
    return Content(audit.made.conversations, audit.made.messages, noted, f"{total % WIDTH:032x}")


if __name__ == "__main__":
    typer.run(main)

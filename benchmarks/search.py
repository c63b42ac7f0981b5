"""Searching 10,000 plays, against the budgets: `python -m benchmarks.search [--plays 10000]`, as a Markdown table.

The plays are made: five customer messages of the lexicon's examples put together at random as the asks of each, with a
number so that no two are alike. Queries are other messages, never asked twice. The index is built once, then loaded
again from what was kept; only memory is that of a fresh process. Give the machine some minutes.
"""

import argparse
import random
import tempfile
import time
from pathlib import Path

import yaml

from assist import Workbench
from benchmarks import clock

ASKS, QUERIES = 5, 300
RESIDENT = """
from assist import Workbench
bench = Workbench.load(playbooks={folder!r}, fast={fast})
bench.find("where is my order")
"""


def messages(bench: Workbench) -> list[str]:
    """What customers say in the lexicon's examples."""
    entries = (entry for entry in bench.lexicon.entries.values() if getattr(entry, "by", "") == "customer")
    return sorted({example.draft for entry in entries for example in (*entry.examples.flags, *entry.examples.passes)})


def write(folder: Path, count: int, said: list[str], dealer: random.Random) -> None:
    """Write that many plays."""
    (folder / "made").mkdir(parents=True)
    for number in range(count):
        front = yaml.safe_dump({"title": f"Case {number}", "asks": dealer.sample(said, ASKS)}, allow_unicode=True)
        text = f"---\n{front}---\nHello, this is the answer to case {number}.\n"
        (folder / "made" / f"play-{number}.md").write_text(text, encoding="utf-8")


def main() -> None:
    """Make the plays, measure, print the table."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--plays", type=int, default=10_000)
    count = arguments.parse_args().plays
    dealer = random.Random(3)
    said = messages(Workbench.load())
    dealer.shuffle(said)
    print("| reading | built, s | loaded, s | search | memory, MB |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write(folder, count, said[QUERIES:], dealer)
        for fast in (True, False):
            bench = Workbench.load(playbooks=folder, fast=fast)
            start = time.perf_counter()
            bench.find("where is my order")
            built = time.perf_counter() - start
            times = clock.times_of([clock.taken(bench.find, query) for query in said[:QUERIES]])
            fresh = Workbench.load(playbooks=folder, fast=fast)
            start = time.perf_counter()
            assert fresh.plays
            loaded = time.perf_counter() - start
            memory = clock.peak_memory(["-c", RESIDENT.format(folder=str(folder), fast=fast)])
            name = "static vectors (`--fast`)" if fast else "transformer"
            print(f"| {name} | {built:.1f} | {loaded:.2f} | {times} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()

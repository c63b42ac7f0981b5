"""How long things take, here and in processes of their own, and how much memory those need."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

BLOCK = 50
KILOBYTES = 1 if sys.platform != "darwin" else 1024

# The kernel counts the memory of whoever starts a process towards that process's peak, so a small
# one in between starts it.
LAUNCHER = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


class Times(NamedTuple):
    """The middle and the slow end of many measurements, in milliseconds."""

    p50: float
    p99: float

    def __str__(self) -> str:
        return f"p50 {self.p50:.2f} ms, p99 {self.p99:.2f} ms"


def side_by_side(checks: Mapping[str, Callable[[str], object]], drafts: Sequence[str]) -> dict[str, Times]:
    """Each check's times over the same drafts, in short blocks by turns: a busy moment hits all."""
    times: dict[str, list[float]] = {name: [] for name in checks}
    for first in range(0, len(drafts), BLOCK):
        for name, check in checks.items():
            for draft in drafts[first : first + BLOCK]:
                times[name].append(taken(check, draft))
    return {name: times_of(each) for name, each in times.items()}


def taken(check: Callable[[str], object], draft: str) -> float:
    """The milliseconds that one check takes."""
    start = time.perf_counter()
    check(draft)
    return (time.perf_counter() - start) * 1000


def cold(arguments: Sequence[str], runs: int) -> float:
    """The median seconds of fresh Python processes with these arguments."""
    command = [sys.executable, *arguments]
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        seconds.append(time.perf_counter() - start)
        _refuse_failed(arguments, done.returncode, done.stderr)
    return statistics.median(seconds)


def peak_memory(arguments: Sequence[str]) -> float:
    """The most memory, in MB, that a fresh Python process with these arguments ever held."""
    command = [sys.executable, "-c", LAUNCHER, sys.executable, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    code, peak = done.stdout.split()
    _refuse_failed(arguments, int(code), done.stderr)
    return int(peak) / KILOBYTES / 1024


def times_of(milliseconds: Sequence[float]) -> Times:
    """The middle and the slow end of these measurements."""
    return Times(statistics.median(milliseconds), statistics.quantiles(milliseconds, n=100)[98])


def _refuse_failed(arguments: Sequence[str], code: int, problem: str) -> None:
    # 1 is an answer of `assist check`: something should not be sent.
    if code not in {0, 1} or "Traceback" in problem:
        raise SystemExit(f"python {' '.join(arguments)} gave {code}: {problem.strip()[-500:]}")

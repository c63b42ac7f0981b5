"""The budgets, measured: `python -m benchmarks.budgets [--quick] [--transcripts FILE]`."""

import json
import os
import platform
import time
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, NamedTuple

import typer
from rich.console import Console
from rich.table import Table

from assist import Session, Workbench
from assist.cli import inputs
from assist.conversation import Conversation
from assist.lexicon import Lexicon
from benchmarks import clock, drafts, phrases, rivals
from benchmarks.drafts import CONVERSATION, Pool
from benchmarks.everyday import of_transcripts

FEW, MANY = 1_000, 10_000
PARTS = 16
"""Of the example sentences, one part in so many is met beforehand, and others are not."""
GROWTH = "at most 1.2 times"
RESIDENT = """
from assist import Workbench
from benchmarks import drafts

bench = Workbench.load(fast={fast})
session = bench.session(drafts.CONVERSATION)
for draft in drafts.drafts(drafts.pool(bench.lexicon), 200):
    session.check(draft)
"""


class Row(NamedTuple):
    """One line of the table."""

    what: str
    budget: str
    measured: str
    comparison: str = ""


class Effort(NamedTuple):
    """How often each thing is measured."""

    drafts: int
    starts: int
    conversations: int
    cases: int


FULL = Effort(drafts=600, starts=7, conversations=2_500, cases=1_000)
QUICK = Effort(drafts=150, starts=3, conversations=300, cases=100)


def main(
    quick: Annotated[bool, typer.Option("--quick", help="Fewer repetitions.")] = False,
    transcripts: Annotated[
        Path | None,
        typer.Option(exists=True, help="Transcripts to audit, JSON lines, gzipped or not."),
    ] = None,
) -> None:
    """Measure every budget that can be measured now, and print them as a table."""
    effort = QUICK if quick else FULL
    table = Table("what", "budget", "measured", "for comparison, same run", show_lines=True)
    console = Console(width=None if Console().is_terminal else 150)
    began = os.getloadavg()[0]
    lexicon = Workbench.load().lexicon
    pool = drafts.pool(lexicon)
    talks = drafts.conversations(pool)
    if transcripts:
        talks = (talk for talk in inputs.transcripts(transcripts) if isinstance(talk, Conversation))
    with TemporaryDirectory() as name, console.status("measuring"):
        rows = chain(
            check_rows(lexicon, pool, effort),
            judge_rows(pool, effort),
            growth_rows(lexicon, pool, effort, Path(name)),
            cold_rows(effort, Path(name)),
            audit_rows(talks, effort),
            memory_rows(pool, effort, Path(name)),
        )
        for row in rows:
            table.add_row(*row)
    console.print(table)
    console.print(
        f"{phrases.count(lexicon):,} phrases in {len(lexicon.entries)} entries; "
        f"Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"load {began:.1f} at the start and {os.getloadavg()[0]:.1f} at the end"
    )


def check_rows(lexicon: Lexicon, pool: Pool, effort: Effort) -> Iterator[Row]:
    """A draft in a session, beside other checkers; no draft is checked twice."""
    met, fresh = drafts.part(pool, 0, PARTS), drafts.part(pool, 1, PARTS)
    session = Workbench.load(fast=True).session(CONVERSATION)
    wordings = rivals.wordings(lexicon)
    checks = {
        "assist": session.check,
        "proselint": rivals.proselint(),
        "re": rivals.alternation(wordings),
    }
    _warm(session, met)
    for what, half, count in (
        ("new drafts of sentences met before", met, effort.drafts),
        ("new drafts of sentences never met", fresh, effort.drafts // 3),
    ):
        times = clock.side_by_side(checks, drafts.drafts(half, count))
        yield Row(
            f"check --fast of a 60-word draft in a session, warm: {what}",
            "p50 1 ms, p99 4 ms",
            str(times["assist"]),
            f"proselint {times['proselint']}; one re of {len(wordings):,} wordings {times['re']}",
        )


def judge_rows(pool: Pool, effort: Effort) -> Iterator[Row]:
    """The same with the judge: a draft of sentences never met, and the same draft with another last sentence."""
    session = Workbench.load().session(CONVERSATION)
    _warm(session, drafts.part(pool, 0, PARTS))
    fresh = list(drafts.drafts(drafts.part(pool, 2, PARTS), effort.drafts // 3))
    ends = drafts.part(pool, 3, PARTS).passes
    edited = [f"{draft.rsplit('. ', 1)[0]}. {end}" for draft, end in zip(fresh, ends, strict=False)]
    whole, once = [], []
    for draft, after in zip(fresh, edited, strict=False):
        whole.append(clock.taken(session.check, draft))
        once.append(clock.taken(session.check, after))
    what = "check of a 60-word draft, with the judge: sentences never met"
    yield Row(what, "p50 8 ms, p99 25 ms", str(clock.times_of(whole)))
    yield Row("the same after an edit to one sentence", "p50 3 ms", str(clock.times_of(once)))


def growth_rows(lexicon: Lexicon, pool: Pool, effort: Effort, folder: Path) -> Iterator[Row]:
    """The same with more phrases loaded, as ratios."""
    shipped = phrases.count(lexicon)
    target = max(MANY, 2 * shipped)
    made = phrases.combinations(pool.passes, target)
    more = phrases.write_pack(folder / "more", made[: target - shipped])
    times = _grown(Workbench(lexicon), Workbench.load(lexicon=more), pool, effort)
    yield Row(f"{target:,} phrases loaded instead of the {shipped:,} shipped", GROWTH, times)
    thin = phrases.thinned(lexicon, FEW)
    rest = phrases.write_pack(folder / "rest", made[: MANY - phrases.count(thin)])
    times = _grown(Workbench(thin), Workbench(phrases.with_pack(thin, rest)), pool, effort)
    few, many = rivals.alternation(made[:FEW]), rivals.alternation(made[:MANY])
    plain = clock.side_by_side({"few": few, "many": many}, drafts.drafts(pool, effort.drafts // 6))
    ratio = plain["many"].p50 / plain["few"].p50
    other = f"one re of as many wordings: {ratio:.1f} times"
    yield Row(f"{MANY:,} phrases loaded instead of {FEW:,}", GROWTH, times, other)


def _grown(small: Workbench, large: Workbench, pool: Pool, effort: Effort) -> str:
    before, after = small.session(CONVERSATION), large.session(CONVERSATION)
    met, fresh = drafts.part(pool, 0, 8), drafts.part(pool, 1, 2)
    _warm(before, met)
    _warm(after, met)
    checks = {"before": before.check, "after": after.check}
    times = clock.side_by_side(checks, drafts.drafts(met, effort.drafts))
    new = clock.side_by_side(checks, drafts.drafts(fresh, effort.drafts // 3))
    return (
        f"{times['after'].p50 / times['before'].p50:.2f} times at p50, sentences met before; "
        f"{new['after'].p50 / new['before'].p50:.2f} times, never met "
        f"(to {times['after'].p50:.2f} ms and {new['after'].p50:.2f} ms)"
    )


def _warm(session: Session, met: Pool) -> None:
    """Let a session meet every sentence once, each alone, so that no draft has been read before."""
    for sentence in (*met.passes, *met.flags):
        session.check(sentence)


def cold_rows(effort: Effort, folder: Path) -> Iterator[Row]:
    """Fresh processes, from start to exit."""
    draft = folder / "draft.txt"
    draft.write_text("Did you plug it in?\n", encoding="utf-8")
    check = ("-m", "assist", "check", str(draft))
    for what, budget, arguments, other in (
        ("python -m assist --help", "0.25 s", ("-m", "assist", "--help"), "import typer"),
        ('python -c "import assist"', "none set", ("-c", "import assist"), "pass"),
        ("python -m assist check draft.txt", "1.5 s", check, "import spacy"),
    ):
        ours = clock.cold(arguments, effort.starts)
        theirs = clock.cold(("-c", other), effort.starts)
        comparison = f'python -c "{other}" {theirs:.2f} s'
        yield Row(f"cold process: {what}", budget, f"{ours:.2f} s", comparison)


def audit_rows(conversations: Iterable[Conversation], effort: Effort) -> Iterator[Row]:
    """Every agent turn checked where it stood, by a workbench that has read nothing yet."""
    talks = list(islice(conversations, effort.conversations))
    messages = sum(len(talk.turns) for talk in talks)
    fast, full = (messages / _audit(Workbench.load(fast=fast), talks) for fast in (True, False))
    said = [turn.text for talk in talks[:100] for turn in talk.turns if turn.role == "agent"]
    other = rivals.proselint()
    start = time.perf_counter()
    for text in said:
        other(text)
    their_rate = len(said) / (time.perf_counter() - start)
    yield Row(
        f"audit, one core: {messages:,} messages of {len(talks):,} conversations",
        "8,000 messages/s fast, 3,000 with the judge",
        f"{fast:,.0f} messages/s fast, {full:,.0f} with the judge",
        f"proselint, agent turns alone: {their_rate:,.0f} messages/s",
    )


def _audit(bench: Workbench, conversations: Iterable[Conversation]) -> float:
    """The seconds that a workbench takes for some conversations."""
    bench.session()  # compiles the lexicon
    start = time.perf_counter()
    for conversation in conversations:
        session = bench.session()
        for turn in conversation.turns:
            if turn.role == "agent":
                session.check(turn.text)
            session.add(turn)
    return time.perf_counter() - start


def memory_rows(pool: Pool, effort: Effort, folder: Path) -> Iterator[Row]:
    """The most that fresh processes hold, loading included."""
    spacy = clock.peak_memory(("-c", "import spacy; spacy.blank('en')"))
    fast, full = (clock.peak_memory(("-c", RESIDENT.format(fast=fast))) for fast in (True, False))
    other = f"spaCy alone {spacy:.0f} MB"
    held = f"{fast:.0f} MB fast, {full:.0f} MB with the judge"
    yield Row("memory of a workbench after 200 checks", "250 MB fast, 350 MB with the judge", held, other)
    peaks = []
    for count in (effort.cases, 10 * effort.cases):
        cases = folder / f"cases-{count}.jsonl"
        _write_cases(cases, pool, count)
        peaks.append(clock.peak_memory(("-m", "assist", "check", "--batch", str(cases))))
    yield Row(
        f"memory of check --batch, {effort.cases:,} and {10 * effort.cases:,} cases",
        "flat",
        f"{peaks[0]:.0f} MB and {peaks[1]:.0f} MB",
    )


def _write_cases(path: Path, pool: Pool, count: int) -> None:
    cases = of_transcripts(drafts.conversations(pool))
    with path.open("w", encoding="utf-8") as file:
        for case in islice(cases, count):
            file.write(json.dumps(case) + "\n")


if __name__ == "__main__":
    typer.run(main)

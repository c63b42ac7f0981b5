"""Whether what is offered may be sent: `python -m benchmarks.rewrites`, as a Markdown table by category.

Every example that the lexicon flags is checked in its conversation (one without, after a complaint and an apology), and
each rewrite of the findings of its category is applied to the draft by itself, which is then checked again. It is
`clean` if its finding is gone and no category is found more often than before. What other sentences had and have is not
the rewrite's doing, nor is a blank that the agent has to fill (`{by when?}`). The last column has those of the others
where all that came is `missing-apology` or `cold-open`: the sentence whose place the wording took held the draft's only
apology or greeting. `--list` names what is not clean, with what it brought. `--fast` does without the judge;
`--every 10` takes one example in ten.

The meaning layers know the wordings without a blank as harmless since they were fitted, so of those it is the phrases
and the checks that are put to the test; of wordings changed since the last `assist lexicon fit`, and of those with a
blank, all of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Annotated, NamedTuple

import typer

from assist import Session, Turn, Workbench
from assist.examples import turns
from assist.findings import Finding, Review, Rewrite
from assist.language.blanks import blanks
from assist.lexicon import CATEGORIES, Entry
from assist.spans import apply

COMPLAINT = (Turn("customer", "This is not what I paid for."), Turn("agent", "I'm so sorry about that."))
LOST = {"missing-apology", "cold-open"}
"""What comes where a sentence took the draft's only apology or acknowledgement with it."""

DYPII = ("frame", "operation")
"""The kinds of entries without a category of their own: together they make the questions that are found as `dypii`."""


class Tried(NamedTuple):
    """One rewrite applied: what it was offered for, its words, and what the draft had more of afterwards."""

    example: str
    finding: Finding
    words: str
    brought: tuple[str, ...]


def main(
    *,
    every: Annotated[int, typer.Option(min=1, help="Take one example in so many.")] = 1,
    fast: Annotated[bool, typer.Option("--fast", help="Without the judge.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Name those that are not clean.")] = False,
) -> None:
    """Print the table."""
    bench = Workbench.load(fast=fast)
    tried: dict[str, list[Tried]] = defaultdict(list)
    for category, session, draft in list(_cases(bench))[::every]:
        tried[category] += _tried(session, draft, category)
    print("| category | applied | clean | share | apology or greeting lost |\n| --- | --- | --- | --- | --- |")
    for category in CATEGORIES:
        if tried[category]:
            print(_row(category, tried[category]))
    print(_row("all", [each for several in tried.values() for each in several]))
    for category in CATEGORIES if listed else ():
        for example, finding, words, brought in tried[category]:
            if brought:
                print(f"{category}\t{finding.rule}\t{', '.join(brought)}\t{words}\t{example!r}")


def _cases(bench: Workbench) -> Iterator[tuple[str, Session, str]]:
    """The flagged examples: the category that they are for, the conversation, the draft."""
    complained = bench.session(COMPLAINT)
    for entry in bench.lexicon.entries.values():
        category = _category(entry)
        if category is None:
            continue
        for example in entry.examples.flags:
            session = bench.session(turns(example)) if example.conversation else complained
            yield category, session, example.draft


def _category(entry: Entry) -> str | None:
    return "dypii" if entry.kind in DYPII else getattr(entry, "category", None)


def _tried(session: Session, draft: str, category: str) -> Iterator[Tried]:
    before = session.check(draft)
    for finding in before.findings:
        if finding.category == category:
            for rewrite in finding.rewrites:
                after = session.check(apply(draft, [rewrite.edit]))
                brought = {*_more(before, after), *({category} if _still(finding, rewrite, after) else ())}
                yield Tried(draft, finding, rewrite.text, tuple(sorted(brought)))


def _still(finding: Finding, rewrite: Rewrite, after: Review) -> bool:
    """Whether what was to be mended is found where the wording now stands, or still missing."""
    start = rewrite.edit.span.start
    end = start + len(rewrite.edit.text)
    same = (each for each in after.findings if each.category == finding.category)
    return any(each.missing if finding.missing else each.start < end and start < each.end for each in same)


def _more(before: Review, after: Review) -> set[str]:
    """The categories that are found more often afterwards, blanks of the wording apart."""
    had = Counter(finding.category for finding in before.findings)
    had["placeholder"] += max(len(blanks(after.draft)) - len(blanks(before.draft)), 0)
    has = Counter(finding.category for finding in after.findings)
    return {name for name, count in has.items() if count > had[name]}


def _row(name: str, tried: list[Tried]) -> str:
    clean = sum(not each.brought for each in tried)
    lost = sum(bool(each.brought) and LOST.issuperset(each.brought) for each in tried)
    return f"| {name} | {len(tried):,} | {clean:,} | {clean / len(tried):.2%} | {lost:,} |"


if __name__ == "__main__":
    typer.run(main)

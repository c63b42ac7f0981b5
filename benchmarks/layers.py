"""What each layer finds in labelled cases, as a Markdown table.

Run as `python -m benchmarks.layers CASES.jsonl`. A case a line: `{"conversation": [{"role", "text"}], "draft",
"expect": [{"category", …}]}`. Only the categories that are said are counted, one of each a case.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from assist import Workbench
from assist.cli.inputs import opened
from assist.meaning import SAID

Cases = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Labelled cases, JSON lines.")]
Found = list[set[str]]


class Case(NamedTuple):
    """A draft in its conversation, and the categories that it should earn."""

    draft: str
    conversation: list[dict[str, Any]]
    expected: set[str]


def main(path: Cases) -> None:
    """Print the table."""
    with opened(path) as file:
        cases = [_case(json.loads(line)) for line in file]
    print("| what | precision | recall | F1 | clean drafts flagged |\n| --- | --- | --- | --- | --- |")
    for name, found in _layers(cases):
        print(_row(name, [case.expected for case in cases], found))


def _case(row: dict[str, Any]) -> Case:
    return Case(row["draft"], row["conversation"], {label["category"] for label in row["expect"]} & set(SAID))


def _layers(cases: list[Case]) -> Iterator[tuple[str, Found]]:
    fast, full = Workbench.load(fast=True), Workbench.load()
    yield "phrases alone", _found(Workbench(full.lexicon), cases)
    yield "screen alone, without context", _meant(fast, cases)
    yield "phrases and screen (`--fast`)", _found(fast, cases)
    yield "screen and judge alone, without context", _meant(full, cases)
    yield "phrases, screen and judge", _found(full, cases)


def _meant(bench: Workbench, cases: list[Case]) -> Found:
    """The categories that the models see, whatever the conversation and the rest of the draft."""
    readings = (bench.analyzer.agent.read(case.draft) for case in cases)
    return [{meant.label for meanings in reading.meant for meant in meanings} & set(SAID) for reading in readings]


def _found(bench: Workbench, cases: list[Case]) -> Found:
    reviews = (bench.check(case.draft, case.conversation) for case in cases)
    return [{f.category for f in review.findings} & set(SAID) for review in reviews]


def _row(name: str, expected: Found, found: Found) -> str:
    hits = sum(len(a & b) for a, b in zip(expected, found, strict=True))
    precision, recall = hits / max(sum(map(len, found)), 1), hits / max(sum(map(len, expected)), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    flagged = [bool(b) for a, b in zip(expected, found, strict=True) if not a]
    return f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {sum(flagged) / max(len(flagged), 1):.1%} |"


if __name__ == "__main__":
    typer.run(main)

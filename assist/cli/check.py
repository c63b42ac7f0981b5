"""`assist check`, `assist rewrite` and `assist dismiss`."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from assist import __version__
from assist.cli import inputs, options
from assist.errors import AssistError
from assist.reports.clean import clean

if TYPE_CHECKING:
    from assist.findings import Review
    from assist.workbench import Workbench

STOPPED = 1

Files = Annotated[list[Path] | None, typer.Argument(help="Drafts, one a file; - is standard input.")]


class Format(StrEnum):
    """How a review is written."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    SARIF = "sarif"


def check(  # noqa: PLR0913
    files: Files = None,
    conversation: options.ConversationFile = None,
    style: Annotated[Format | None, typer.Option("--format", "-f", help="[default: text; jsonl with --batch]")] = None,
    batch: Annotated[
        Path | None,
        typer.Option(help="Many cases, one JSON object a line: id, conversation, draft."),
    ] = None,
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
    rule: options.Rules = None,
    dismissals: options.DismissalsFile = None,
    fast: options.Fast = False,
) -> None:
    """Check a draft before it is sent.

    Exit code 0: nothing to stop. 1: something found of severity error. 2: could not run.
    """
    if batch is not None:
        _refuse_with_batch(files, conversation, style)
        bench = options.workbench(packs, lexicon, rule, dismissals, fast=fast)
        raise typer.Exit(_batch(bench, batch, style or Format.JSONL))
    paths = files or [Path("-")]
    drafts = [(str(path), inputs.draft(path)) for path in paths]
    talk = inputs.conversation(conversation)
    session = options.workbench(packs, lexicon, rule, dismissals, fast=fast).session(talk)
    reviews = [(name, session.check(draft)) for name, draft in drafts]
    _write(reviews, style or Format.TEXT, named=len(reviews) > 1)
    raise typer.Exit(STOPPED if any(review.verdict == "stop" for _, review in reviews) else 0)


def rewrite(  # noqa: PLR0913
    file: Annotated[Path, typer.Argument(help="The draft; - is standard input.")] = Path("-"),
    conversation: options.ConversationFile = None,
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
    rule: options.Rules = None,
    dismissals: options.DismissalsFile = None,
    fast: options.Fast = False,
) -> None:
    """Print the draft with the best rewrite of each finding applied.

    What is left to the agent, such as a blank {by when?}, is named on standard error.
    """
    draft, talk = inputs.draft(file), inputs.conversation(conversation)
    rewritten = options.workbench(packs, lexicon, rule, dismissals, fast=fast).rewrite(draft, talk)
    typer.echo(clean(rewritten.text.replace("\r\n", "\n"), keep="\n\t") if sys.stdout.isatty() else rewritten.text)
    losses = {held.finding: held.lost for held in rewritten.held}
    for finding in rewritten.review.findings:
        words = f" {rewritten.text[finding.start : finding.end]}".rstrip()
        gone = f" (a rewrite would take out {', '.join(losses[finding])})" if finding in losses else ""
        typer.echo(clean(f"left to you: {finding.message}{words}{gone}"), err=True)
    raise typer.Exit(STOPPED if rewritten.review.verdict == "stop" else 0)


def dismiss(  # noqa: PLR0913
    rule: Annotated[str, typer.Argument(help="The rule or category to set aside.")],
    reason: Annotated[str, typer.Option(help="Why; others will read it.")],
    scope: Annotated[str, typer.Option(help="draft, conversation, me or team.")] = "me",
    words: Annotated[str, typer.Option(help="Only where just these words are flagged.")] = "",
    draft: Annotated[Path | None, typer.Option(help="The draft, for --scope draft.")] = None,
    conversation: Annotated[str, typer.Option(help="The conversation's id, for --scope conversation.")] = "",
    file: Annotated[Path, typer.Option(help="The file to write it to.")] = options.DISMISSALS,
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
) -> None:
    """Set a rule aside, with a reason, in one file that anybody can read."""
    from pydantic import ValidationError  # deferred: only this command validates by hand

    from assist.dismissals import Dismissal, Dismissals

    options.lexicon(packs, lexicon).refuse_unknown(rule)
    text = inputs.draft(draft) if draft else ""
    now = datetime.now(UTC).strftime("%Y-%m-%d")
    try:
        item = Dismissal(
            rule=rule, scope=scope, reason=reason, words=words, draft=text, conversation=conversation, at=now  # type: ignore[arg-type]
        )  # fmt: skip
    except ValidationError as error:
        first = error.errors()[0]
        raise AssistError(f"--{first['loc'][0]}: {first['msg'].lower()}") from None
    Dismissals.load(file).add(item)
    typer.echo(f"{rule} set aside for {scope}, in {clean(str(file))}")


def _refuse_with_batch(files: Files, conversation: Path | None, style: Format | None) -> None:
    if files or conversation:
        raise AssistError("--batch brings its own drafts and conversations; leave FILE and --conversation out")
    if style in {Format.JSON, Format.SARIF}:
        raise AssistError("--batch writes jsonl or text, line by line")


def _write(reviews: Sequence[tuple[object, "Review"]], style: Format, *, named: bool = False) -> None:
    if style is Format.TEXT:
        for name, review in reviews:
            _show(str(name), review, named=named)
    elif style is Format.SARIF:
        from assist.reports import sarif  # deferred: only for this format

        checked = (sarif.Checked(str(name).lstrip("-") or "draft", review) for name, review in reviews)
        _echo(sarif.log(checked, __version__), indent=2)
    else:
        from assist.reports.plain import review_data

        rows = [review_data(review, name if named or name != "-" else None) for name, review in reviews]
        if style is Format.JSON:
            _echo(rows if len(rows) > 1 else rows[0], indent=2)
        else:
            for row in rows:
                _echo(row)


def _echo(data: object, indent: int | None = None) -> None:
    """Print JSON; half a letter, which no encoding has, is written as its escape."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    typer.echo(text.encode("utf-8", "backslashreplace").decode())


def _show(name: str, review: "Review", *, named: bool) -> None:
    from rich.console import Console  # deferred: only for people

    from assist.reports import terminal

    console = Console(highlight=False, markup=False)
    if named:
        console.rule(clean(name), align="left", style="dim")
    terminal.show(review, console, "draft" if name == "-" else name)


def _batch(bench: "Workbench", path: Path, style: Format) -> int:
    """Check every case of a file as it is read; the exit code."""
    stopped, aside = False, 0
    with inputs.opened(path) as file, _progress(file, path) as watched:
        for case in inputs.cases(watched, str(path)):
            if isinstance(case, inputs.Unreadable):
                aside += 1
                typer.echo(f"assist: {clean(case.problem)}", err=True)
                continue
            review = bench.check(case.draft, case.conversation)
            stopped = stopped or review.verdict == "stop"
            _write([(case.id, review)], style, named=True)
    options.passed_over(aside)
    if aside:
        return options.COULD_NOT_RUN
    return STOPPED if stopped else 0


@contextmanager
def _progress(file: BinaryIO, path: Path) -> Iterator[Any]:
    """The file, with a progress bar on a terminal while it is read."""
    if not sys.stderr.isatty() or not path.is_file() or path.suffix == ".gz":
        yield file
        return
    from rich.console import Console  # deferred: only on a terminal
    from rich.progress import wrap_file

    total = path.stat().st_size
    with wrap_file(file, total, description="checking", console=Console(stderr=True)) as watched:
        yield watched

"""`assist playbooks …`: find the answer, read it, and keep the plays in order."""

import json
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assist.cli import inputs, options
from assist.errors import AssistError, DataError, did_you_mean
from assist.reports.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assist.evaluation import Figures, Query
    from assist.playbooks import Play
    from assist.rehearsal import Fault
    from assist.workbench import PlayAnswer, Workbench

app = typer.Typer(help="Find the playbook answer, and keep the plays in order.", no_args_is_help=True)

SHOWN = 5

Paths = Annotated[list[Path] | None, typer.Argument(help="Plays or folders of plays; all that ship where left out.")]
PlaysFolder = Annotated[
    Path | None, typer.Option("--playbooks", help="A folder of plays of your own, in the place of those that ship.")
]
UsageFile = Annotated[Path, typer.Option("--usage", help="Where it is kept which play was used after what.")]
NoUsage = Annotated[bool, typer.Option("--no-usage", help="Neither learn from what was used, nor keep it.")]
Most = Annotated[int, typer.Option("-k", min=1, max=50, help="How many answers at most.")]


class Style(StrEnum):
    """How answers are written."""

    TEXT = "text"
    JSONL = "jsonl"


@app.command()
def search(  # noqa: PLR0913
    text: Annotated[str, typer.Argument(help="What the customer says, or what you look for.")] = "",
    conversation: options.ConversationFile = None,
    batch: Annotated[Path | None, typer.Option(help="Many queries, one JSON object a line: id, text.")] = None,
    style: Annotated[Style | None, typer.Option("--format", "-f", help="[default: text; jsonl with --batch]")] = None,
    k: Most = SHOWN,
    playbooks: PlaysFolder = None,
    packs: options.Packs = None,
    usage: UsageFile = options.USAGE,
    no_usage: NoUsage = False,
    fast: options.Fast = False,
) -> None:
    """Find the plays that answer what a customer says, best first; none where nothing fits.

    With --conversation, the answers are filled from it, and TEXT is what you look for beside it.
    """
    bench = _bench(packs, playbooks, None if no_usage else usage, fast=fast)
    if batch is not None:
        if text or conversation:
            raise AssistError("--batch brings its own queries; leave TEXT and --conversation out")
        _batch(bench, batch, k, style or Style.JSONL)
        return
    if not text.strip() and conversation is None:
        raise AssistError("say what the customer says, or give --conversation or --batch")
    found = bench.session(inputs.conversation(conversation)).find(text, k) if conversation else bench.find(text, k)
    if style is Style.JSONL:
        typer.echo(json.dumps({"answers": [_row(answer) for answer in found]}, ensure_ascii=False))
    else:
        _show_answers(found, filled=conversation is not None)


@app.command()
def show(
    play: Annotated[str, typer.Argument(help="The id of a play: the name of its file.")],
    conversation: options.ConversationFile = None,
    playbooks: PlaysFolder = None,
    packs: options.Packs = None,
) -> None:
    """Show a play: its answer, filled from the conversation, and what stands beside it for the agent."""
    bench = _bench(packs, playbooks, None)
    chosen = bench.play(play)
    _show_play(chosen, bench.session(inputs.conversation(conversation)).fill(chosen) if conversation else chosen.text)


@app.command()
def use(  # noqa: PLR0913
    play: Annotated[str, typer.Argument(help="The id of a play: the name of its file.")],
    conversation: Annotated[Path, typer.Option("--conversation", "-c", help="The conversation that it is used in.")],
    playbooks: PlaysFolder = None,
    packs: options.Packs = None,
    usage: UsageFile = options.USAGE,
    no_usage: NoUsage = False,
) -> None:
    """Print the answer of a play, filled from the conversation, and keep it that it was used here."""
    bench = _bench(packs, playbooks, None if no_usage else usage)
    session = bench.session(inputs.conversation(conversation))
    chosen = bench.play(play)
    session.use(chosen)
    typer.echo(clean(session.fill(chosen), keep="\n"))


@app.command("usage")
def list_usage(usage: UsageFile = options.USAGE) -> None:
    """List which plays were used after what, the latest 500. Delete the file, or lines of it, to forget them."""
    from assist.retrieval import Usage  # deferred: help does without

    uses = Usage(usage).uses
    for one in uses:
        typer.echo(clean(f"{one.at}  {one.play:32}  {one.said}"))
    typer.echo(f"{options.count(len(uses), 'use')} in {clean(str(usage))}")


@app.command()
def lint(
    paths: Paths = None,
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
) -> None:
    """Check plays: their form, each answer as a reply to its own asks, whether it is found, and near copies."""
    from assist import playbooks, rehearsal  # deferred: help does without
    from assist.data import shipped

    files = dict.fromkeys(file for path in paths or [shipped("playbooks")] for file in _files(path))
    if not files:
        raise AssistError("no plays there; a play is a Markdown file such as playbooks/shop/late-parcel.md")
    plays, problems = playbooks.load_all(files)
    for problem in problems:
        typer.echo(clean(str(problem)), err=True)
    bench = options.workbench(packs, lexicon)
    faults = list(rehearsal.faults(bench, plays, datetime.now(UTC).date()))
    for fault in faults:
        typer.echo(clean(_told(fault)), err=True)
    found = len(problems) + len(faults)
    typer.echo(f"{options.count(len(files), 'play')}, {options.count(found, 'fault')}")
    raise typer.Exit(1 if found else 0)


@app.command("import")
def import_plays(
    source: Annotated[Path, typer.Argument(help="A CSV of canned replies, or a folder of Markdown or HTML articles.")],
    into: Annotated[Path, typer.Argument(help="The folder that the plays are written to: PLAYBOOKS/NAME.")],
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
) -> None:
    """Make plays of what you have, and say what the checker dislikes in it and what was left out. Overwrites nothing.

    The columns of exports are known: title or name, text, content or body, shortcut or short_code.
    """
    from assist import playbooks, rehearsal  # deferred: help does without
    from assist.playbooks import importing

    made, aside = {}, 0
    for draft in importing.drafts(source):
        if isinstance(draft, importing.LeftOut):
            aside += 1
            typer.echo(clean(f"left out  {draft.place}: {draft.reason}"), err=True)
        else:
            made[into / f"{draft.id}.md"] = draft.text
    if taken := next(filter(Path.exists, made), None):
        raise DataError(taken, None, "is there already; name another folder, or move it away")
    written = [_write(path, text) for path, text in made.items()]
    bench = options.workbench(packs, lexicon)
    disliked = [
        fault for play in playbooks.load(written) if (fault := next(rehearsal.said(bench, play), None)) is not None
    ]
    for fault in disliked:
        typer.echo(clean(f"look at   {_told(fault)}"), err=True)
    typer.echo(
        f"{options.count(len(written), 'play')} written to {clean(str(into))}; "
        f"the checker dislikes {len(disliked)}; {aside} left out"
    )


@app.command("eval")
def evaluate(
    queries: Annotated[Path, typer.Argument(help="Labelled queries, one JSON object a line: text, play (or null).")],
    playbooks: PlaysFolder = None,
    packs: options.Packs = None,
    misses: Annotated[bool, typer.Option("--misses", help="List the queries that found another play first.")] = False,
    fast: options.Fast = False,
) -> None:
    """Measure how well plays are found: Recall@1, 3 and 5, MRR, and how "nothing fits" trades off."""
    from assist import evaluation  # deferred: help does without

    bench = _bench(packs, playbooks, None, fast=fast)
    index = bench.plays
    if index is None:
        raise AssistError("there are no plays to search")
    known = {play.id for play in index.plays}
    asked = evaluation.outcomes(_queries(queries, known), lambda text: _found(bench, text))
    if misses:
        for one in asked:
            if one.query.play and one.rank != 1:
                typer.echo(clean(f"{one.query.play:32} {one.found[0] if one.found else '-':32} {one.query.text[:120]}"))
    _show_figures(evaluation.figures(asked))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a play's front matter, for editors that complete and check."""
    from assist.playbooks.schema import schema as of_play  # deferred: help does without

    typer.echo(json.dumps(of_play(), indent=2))


def _bench(packs: str | None, playbooks: Path | None, usage: Path | None, *, fast: bool = False) -> "Workbench":
    return options.workbench(packs, None, playbooks=playbooks, usage=usage, fast=fast)


def _files(path: Path) -> list[Path]:
    from assist import playbooks  # deferred: help does without

    return [path] if path.is_file() else list(playbooks.files_under(path))


def _told(fault: "Fault") -> str:
    words = f" {fault.words!r}" if fault.words else ""
    return f"{fault.play.path}: {fault.problem}{words}"


def _batch(bench: "Workbench", path: Path, k: int, style: Style) -> None:
    """Find answers for every query of a file as it is read."""
    aside = 0
    for row in inputs.rows(path, "text"):
        if isinstance(row, inputs.Unreadable):
            aside += 1
            typer.echo(f"assist: {clean(row.problem)}", err=True)
            continue
        found = bench.find(row["text"], k)
        if style is Style.JSONL:
            answers = [_row(answer) for answer in found]
            typer.echo(json.dumps({"id": row["id"], "answers": answers}, ensure_ascii=False))
        else:
            best = f"{found[0].score:4.2f}  {found[0].play.id}" if found else "nothing fits"
            typer.echo(clean(f"{row['id']}: {best}"))
    options.passed_over(aside)


def _row(answer: "PlayAnswer") -> dict[str, Any]:
    return {
        "play": answer.play.id,
        "score": round(answer.score, 4),
        "title": answer.play.title,
        "met": list(answer.met),
        "text": answer.text,
    }


def _found(bench: "Workbench", text: str) -> list[tuple[str, float]]:
    from assist.evaluation import DEPTHS  # deferred: help does without
    from assist.retrieval import Said

    return [(match.play.id, match.score) for match in bench.matches([Said(text)], max(DEPTHS), even_unfit=True)]


def _queries(path: Path, known: set[str]) -> "Iterator[Query]":
    from assist.evaluation import Query  # deferred: help does without

    for row in inputs.rows(path, "text"):
        if isinstance(row, inputs.Unreadable):
            raise AssistError(row.problem)
        if "play" not in row:
            hint = did_you_mean("play", row) or "; null where nothing fits"
            raise AssistError(f"{path}: {row['id']}: 'play' is missing{hint}")
        play = row["play"]
        if play is not None and (not isinstance(play, str) or play not in known):
            raise AssistError(f"{path}: {row['id']}: no play {play!r}{did_you_mean(str(play), known)}")
        yield Query(row["text"], play)


def _show_figures(made: "Figures") -> None:
    recall = "  ".join(f"R@{k} {share:.3f}" for k, share in made.recall.items())
    typer.echo(f"{options.count(made.answerable, 'query')} that a play answers: {recall}  MRR {made.mrr:.3f}")
    if made.auroc is not None:
        typer.echo(f"{made.others} that none does: AUROC {made.auroc:.3f}")
        typer.echo("score  kept   refused")
        for cut in made.curve:
            typer.echo(f"{cut.score:5.2f}  {cut.kept:5.3f}  {cut.refused:5.3f}")


def _write(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise DataError(path, None, error.strerror or "cannot be written") from None
    return path


def _show_answers(found: "list[PlayAnswer]", *, filled: bool) -> None:
    if not found:
        typer.echo("nothing fits")
    for answer in found:
        met = f"  by: {', '.join(answer.met)}" if answer.met else ""
        typer.echo(clean(f"{answer.score:4.2f}  {answer.play.id:32} {answer.play.title}{met}"))
    if filled and found:
        typer.echo()
        _show_play(found[0].play, found[0].text)


def _show_play(play: "Play", text: str) -> None:
    sheet = play.sheet
    typer.echo(clean(f"{play.title}  ({play.id}, {play.industry})"))
    typer.echo(f"\n{clean(text, keep=chr(10))}")
    for heading, lines in (
        ("Steps", sheet.steps),
        ("Once the apology is taken up, ask it like this", sheet.questions),
        ("Something extra, if it helps", tuple(f"{one.offer} ({one.limit})" for one in sheet.compensation)),
    ):
        if lines:
            typer.echo(f"\n{heading}:")
            for line in lines:
                typer.echo(clean(f"  - {line}"))
    kept = [f"owner: {sheet.owner}" if sheet.owner else "", f"review by {sheet.review}" if sheet.review else ""]
    if any(kept):
        typer.echo(clean("\n" + ", ".join(filter(None, kept)), keep="\n"))

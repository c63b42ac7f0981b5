"""`assist lexicon new`, `dypii new`, `import` and `diff`: begin a pack, fill it, and see what a change does."""

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli import inputs, options
from assist.errors import AssistError, did_you_mean
from assist.reports.clean import clean

if TYPE_CHECKING:
    from assist.comparison import Comparison
    from assist.conversation import Conversation
    from assist.findings import Finding
    from assist.lexicon.sketch import Finished, Gathered, Page
    from assist.workbench import Workbench

dypii = typer.Typer(help="Plan the questions about the obvious that your trade asks.", no_args_is_help=True)

SHOWN = 8
"""How many lines are named where the same is to do in many."""

Folder = Annotated[Path, typer.Argument(help="The folder of the pack.")]
Title = Annotated[str, typer.Option(help="The pack's name. [default: that of the folder]")]


def new(folder: Folder, title: Title = "") -> None:
    """Write a small pack with comments, to start from. Nothing is overwritten."""
    from assist.lexicon import starter  # deferred: help does without

    _refuse_shipped_name(folder)
    for path in starter.write(folder, title, starter.starter(folder, title)):
        typer.echo(clean(f"wrote {path}"))
    _echo_next(folder)


@dypii.command("new")
def new_operations(
    folder: Folder,
    operation: Annotated[
        list[str], typer.Option(help="What customers are asked to have done: 'restart the router'. May be repeated.")
    ],
    title: Title = "",
) -> None:
    """Write operations to go through: phrases, gentle wordings and examples for each.

    They go into `operations.yaml` of the pack, which must not be there yet; a folder that is no pack becomes one.
    """
    from assist.lexicon import starter  # deferred: help does without
    from assist.lexicon.sketch import TO_DO

    _refuse_shipped_name(folder)
    path = folder / "operations.yaml"
    starter.refuse_existing([path])
    text = starter.operations(folder, operation, _taken(folder))
    for written in starter.write(folder, title, {path.name: text}):
        typer.echo(clean(f"wrote {written}"))
    numbered = enumerate(text.splitlines(), start=1)
    _echo_to_do(path, [(number, line.split(TO_DO, 1)[1]) for number, line in numbered if TO_DO in line])
    _echo_next(folder)


def import_entries(
    source: Annotated[Path, typer.Argument(help="A table (.csv), a rule of Vale (.yml), or a folder of them.")],
    into: Annotated[Path, typer.Option(help="The folder of the pack; it is made where there is none.")],
    category: Annotated[str, typer.Option(help="The category of what comes without one.")] = "",
    title: Title = "",
) -> None:
    """Bring wordings of a spreadsheet or a Vale style into a pack. Nothing is overwritten.

    Says what was imported, what was left out and why, and what still needs a person.
    """
    from assist.lexicon import importing, sketch, starter  # deferred: help does without

    _refuse_unknown_category(category)
    _refuse_shipped_name(into)
    path = into / f"{sketch.slug(source.resolve().stem) or 'imported'}.yaml"
    if path.name == "pack.yaml":
        path = into / "imported.yaml"
    starter.refuse_existing([path])
    gathered = importing.read(source, category)
    entries = sketch.finished(gathered, _taken(into))
    page = sketch.page(entries, f'Imported from {source.name}. What still needs a person is marked "to do".')
    if entries:
        starter.write(into, title, {path.name: page.text})
    _echo_report(path, gathered, entries, page)
    if not entries:
        raise typer.Exit(1)
    _echo_next(into)


def diff(  # noqa: PLR0913
    transcripts: options.Transcripts,
    before: Annotated[Path | None, typer.Option(help="A folder with packs of your own, as they were.")] = None,
    after: Annotated[Path | None, typer.Option(help="The folder with packs of your own, as they are to be.")] = None,
    before_packs: Annotated[str | None, typer.Option(help="Packs to use before, in layers: core,telecom.")] = None,
    after_packs: Annotated[str | None, typer.Option(help="Packs to use after. [default: as before]")] = None,
    limit: Annotated[int, typer.Option(help="How many examples to quote of each rule and change.")] = 3,
    roles: options.RoleNames = None,
    fast: options.Fast = False,
) -> None:
    """Show what a change would flag differently in transcripts: every agent turn, in its conversation."""
    from assist.comparison import Comparison  # deferred: help does without

    after_packs = before_packs if after_packs is None else after_packs
    if (before, before_packs) == (after, after_packs):
        raise AssistError("nothing to compare; name a folder with --before or --after, or packs with --after-packs")
    benches = options.workbench(before_packs, before, fast=fast), options.workbench(after_packs, after, fast=fast)
    comparison = Comparison(limit)
    aside = 0
    for talk in inputs.transcripts(*transcripts, roles=options.roles(roles)):
        if isinstance(talk, inputs.Unreadable):
            aside += 1
            typer.echo(f"assist: {clean(talk.problem)}", err=True)
            continue
        for text, old, new in _replies(benches, talk):
            comparison.add(text, old, new, talk.id)
    _echo_comparison(comparison)
    options.passed_over(aside)


def register(app: typer.Typer) -> None:
    """Put these commands beside the others of `assist lexicon`."""
    app.command()(new)
    app.command("import")(import_entries)
    app.command()(diff)
    app.add_typer(dypii, name="dypii")


def _refuse_unknown_category(name: str) -> None:
    from assist.lexicon import CATEGORIES

    if name and name not in CATEGORIES:
        raise AssistError(f"unknown category {name!r:.100}{did_you_mean(name, CATEGORIES)}")


def _refuse_shipped_name(folder: Path) -> None:
    """Refuse a folder that would be one more pack of a name that ships."""
    from assist.data import shipped
    from assist.lexicon import packs_under

    name = folder.resolve().name
    there = packs_under(shipped("lexicon")).get(name)
    if there is not None:
        raise AssistError(f"{folder}: a pack {name!r} comes with assist; name the folder otherwise")


def _taken(folder: Path) -> set[str]:
    """The ids that an entry of a pack in this folder must not have: those that ship, and its own."""
    from assist.lexicon import load_pack
    from assist.lexicon.load import PACK_FILE

    own = load_pack(folder).entries if (folder / PACK_FILE).exists() else {}
    return {*options.lexicon(None, None).written, *own}


def _echo_next(folder: Path) -> None:
    name = shlex.quote(str(folder))
    typer.echo(clean(f"next: assist lexicon test {name} --lexicon {name}"))


def _echo_report(path: Path, gathered: "Gathered", entries: list["Finished"], page: "Page") -> None:
    for one in gathered.left_out:
        typer.echo(clean(f"left out: {one.place}: {one.words!r:.120}: {one.why}"))
    _echo_to_do(path, [(todo.line, todo.what) for todo in page.todo])
    wordings = sum(len(one.entry.phrases) for one in entries)
    imported = f"{options.count(len(entries), 'entry')} with {options.count(wordings, 'wording')}"
    where = f" in {path}" if entries else ""
    typer.echo(clean(f"imported {imported}{where}; {len(gathered.left_out)} left out, {len(page.todo)} to do"))


def _echo_to_do(path: Path, marks: Iterable[tuple[int, str]]) -> None:
    """Say once what is to do, and in which lines."""
    places: dict[str, list[int]] = {}
    for line, what in marks:
        places.setdefault(what, []).append(line)
    for what, lines in places.items():
        more = f" and {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
        typer.echo(clean(f"to do: {path}:{', '.join(map(str, lines[:SHOWN]))}{more}: {what}"))


def _replies(
    benches: tuple["Workbench", "Workbench"], talk: "Conversation"
) -> Iterator[tuple[str, tuple["Finding", ...], tuple["Finding", ...]]]:
    """Every agent turn of a conversation, and what either workbench would say of it there."""
    before, after = (bench.session(id=talk.id) for bench in benches)
    for turn in talk.turns:
        if turn.role == "agent":
            yield turn.text, before.check(turn.text).findings, after.check(turn.text).findings
        before.add(turn)
        after.add(turn)


def _echo_comparison(comparison: "Comparison") -> None:
    from assist.comparison import KINDS

    for rule in comparison.rules():
        for change, conversation, words, text in comparison.quotes(rule):
            levels = " → ".join(level.value for level in (change.before, change.after) if level)
            quoted = f"{words or '(missing)'!r} in {text!r}"
            typer.echo(clean(f"{change.kind:8}{rule:32} {levels:20} {conversation:12} {quoted}"))
    if comparison.counts:
        typer.echo("".join(f"{kind:>8}" for kind in KINDS) + "  rule")
    for rule in comparison.rules():
        typer.echo("".join(f"{comparison.counts[rule][kind]:8}" for kind in KINDS) + f"  {rule}")
    totals = ", ".join(f"{comparison.totals[kind]} {kind}" for kind in KINDS)
    replies = options.count(comparison.replies, "reply")
    typer.echo(f"{totals}; {comparison.changed} of {replies} judged differently")

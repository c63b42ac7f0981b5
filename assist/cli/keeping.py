"""`assist audit runs`, `diff` and `forget`: what is kept of audits, in a store or in folders."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli import options
from assist.errors import AssistError
from assist.reports.clean import clean

if TYPE_CHECKING:
    from assist.audit.difference import Change

Database = Annotated[
    str | None, typer.Option("--db", help="A store: sqlite:///audit.db, or postgresql://user@host/name.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to `assist audit`."""
    app.command("runs")(runs)
    app.command("diff")(diff)
    app.command("forget")(forget)


def runs(db: Annotated[str, typer.Option("--db", help="The store.")]) -> None:
    """List the audits in a store, with the numbers that diff takes."""
    from assist.audit.store import opened  # deferred: help does without

    with opened(db) as store:
        for run in store.runs():
            lexicon = clean(run.lexicon[:12])
            typer.echo(f"{run.number:4}  {run.finished:%Y-%m-%d %H:%M}  {run.conversations:9,}  lexicon {lexicon}")


def diff(
    before: Annotated[str, typer.Argument(help="The folder of an audit; with --db, its number.")],
    after: Annotated[str, typer.Argument(help="Another, as after a change of the lexicon.")],
    db: Database = None,
) -> None:
    """Show what changed from one audit to another, rule by rule, in the conversations that both have."""
    changed = [change for change in _changes(before, after, db) if change.gone or change.new]
    for change in changed:
        moved = f"{change.before:7,} → {change.after:<7,}"
        typer.echo(f"{moved} {-change.gone:+7,} {change.new:+7,}  {clean(change.rule)}")
    if not changed:
        typer.echo("nothing changed")


def forget(
    customer: Annotated[str, typer.Option(help="The customer's key, as the export has it.")] = "",
    keep_days: Annotated[
        int | None,
        typer.Option(min=0, max=options.MOST_DAYS, help="Keep only conversations that ended within so many days."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="The folder of an audit.")] = None,
    db: Database = None,
) -> None:
    """Delete what is kept of one customer, or what is older than some days, from a folder, a store, or both.

    The exports are not touched: delete it there too, or the next audit of them finds it again.
    """
    if bool(customer) == (keep_days is not None):
        raise AssistError("say either --customer KEY or --keep-days N")
    if not out and not db:
        raise AssistError("say where: --out FOLDER, --db URL, or both")
    since = datetime.now(UTC) - timedelta(days=keep_days or 0)
    if out:
        _say(_from_folder(out, customer, since), str(out))
    if db:
        _say(_from_store(db, customer, since), "the store")


def _changes(before: str, after: str, db: str | None) -> "list[Change]":
    if db is None:
        from assist.audit.audit import Audit
        from assist.audit.difference import difference

        return difference(Audit.load(before), Audit.load(after))
    from assist.audit.store import opened

    if not (before.isdecimal() and after.isdecimal()):
        raise AssistError("with --db, write the numbers of two audits, as `assist audit runs` lists them")
    with opened(db) as store:
        return store.difference(int(before), int(after))


def _from_folder(folder: Path, customer: str, since: datetime) -> int:
    from assist.audit.audit import Audit
    from assist.audit.masking import key

    audit = Audit.load(folder)
    if customer:
        kept = key(customer)
        return audit.drop(lambda one: one.customer == kept)
    return audit.drop(lambda one: (one.closed or one.opened or audit.made.finished) < since)


def _from_store(db: str, customer: str, since: datetime) -> int:
    from assist.audit.store import opened

    with opened(db) as store:
        return store.forget(customer) if customer else store.expire(since)


def _say(number: int, place: str) -> None:
    typer.echo(f"{options.count(number, 'conversation')} deleted from {clean(place)}")

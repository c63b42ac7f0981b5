"""`assist audit`: from transcripts to records on disk, and what they show."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from typer.core import TyperGroup

from assist.cli import engines, keeping, options
from assist.errors import AssistError, did_you_mean
from assist.reports.clean import clean

if TYPE_CHECKING:
    from assist.audit.audit import Audit
    from assist.audit.figures import Hours, Terms
    from assist.workbench import Workbench

RUN = "run"
STOPPED = 130
"""What shells expect of a command that Ctrl-C has ended."""
FOLDER = Path("assist-audit")
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
_MEDIA = ("chat", "mail", "voice")
_KNOWN = ", ".join(_MEDIA)


Limits = Annotated[
    list[str] | None,
    typer.Option("--limit", help="Seconds for the first reply: 60, or chat=60 for one medium. May be repeated."),
]
OpeningHours = Annotated[
    list[str] | None,
    typer.Option("--hours", help="Opening hours: 09:00-17:30 from Monday to Friday, or saturday=10:00-14:00."),
]
Zone = Annotated[str, typer.Option("--zone", help="The time zone of hours, weeks and what agents promise.")]
HoursZone = Annotated[str | None, typer.Option("--zone", help="The time zone of the hours. [default: the audit's]")]


class Group(TyperGroup):
    """Takes `assist audit PATH…` for `assist audit run PATH…`; a folder called as a command is written `./ask`."""

    # typer's own copy of click's Context has no public name
    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """With `run` put before what names no command."""
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [RUN, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    help="Audit transcripts: what was said well and badly, the figures, and what to read first. "
    "PATH… alone is the same as run PATH….",
)
keeping.register(app)


class Style(StrEnum):
    """How the summary is written."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Opening:
    """Opens the workbench that the options ask for, in whichever process and folder."""

    packs: str | None
    lexicon: Path | None
    rules: tuple[str, ...]
    dismissals: Path | None
    fast: bool

    def __call__(self) -> "Workbench":
        """That workbench."""
        return options.workbench(self.packs, self.lexicon, list(self.rules), self.dismissals, fast=self.fast)


@app.command(RUN)
def run(  # noqa: PLR0913
    paths: options.Transcripts,
    form: Annotated[
        str, typer.Option("--format", help="The format of the transcripts; auto tells it from what is in each file.")
    ] = "auto",
    out: Annotated[
        Path, typer.Option("--out", help="The folder for the records; the same command goes on where it was stopped.")
    ] = FOLDER,
    jobs: engines.Jobs = None,
    engine: engines.Engines = engines.Name.LOCAL,
    scheduler: engines.Scheduler = None,
    db: keeping.Database = None,
    roles: options.RoleNames = None,
    limit: Limits = None,
    hours: OpeningHours = None,
    report: Annotated[
        Path | None, typer.Option(help="Write a report as well: a file that ends in .html, .md, .json or .csv.")
    ] = None,
    zone: Zone = "UTC",
    style: Annotated[Style, typer.Option("--summary", help="How the summary is written: text or json.")] = Style.TEXT,
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
    rule: options.Rules = None,
    dismissals: options.DismissalsFile = None,
    fast: options.Fast = False,
) -> None:
    """Audit transcripts, and print what they show.

    Exit code 0: audited. 2: nothing could be read, or could not run.
    """
    from assist.audit import run as runs  # deferred: help does without
    from assist.audit.engine import Judging
    from assist.cli.progress import progress

    terms, where = _terms(limit, hours, zone), _zone(zone)
    source = runs.Source(paths=tuple(map(str, paths)), form=form, roles=options.roles(roles))
    if db:
        _refuse_closed(db)
    source.told()  # refuses a wrong format or role before anything is loaded
    worker = engines.chosen(engine, scheduler, jobs)
    judging = Judging.by(_opening(packs, lexicon, rule, dismissals, fast=fast), where)
    try:
        with progress(source) as say:
            audit = runs.run(source, judging, out, engine=worker, say=say)
    except KeyboardInterrupt:
        typer.echo("assist: stopped; the same command goes on from here", err=True)
        raise typer.Exit(STOPPED) from None
    if db:
        _load(audit, db)
    if report:
        _write(report, audit, terms)
    show(audit, terms, style)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help='In plain words: "which agents apologise least?"')],
    out: Annotated[Path, typer.Option("--out", help="The folder of the audit.")] = FOLDER,
    limit: Limits = None,
    hours: OpeningHours = None,
    zone: HoursZone = None,
) -> None:
    """Answer a question from the figures of an audit, or say what can be asked."""
    from assist.audit.audit import Audit  # deferred: help does without
    from assist.audit.questions import ask as answer

    audit = Audit.load(out)
    typer.echo(clean(str(answer(question, audit, _terms(limit, hours, zone or audit.made.zone))), keep="\n"))


@app.command()
def report(
    file: Annotated[Path, typer.Argument(help="A file that ends in .html, .md, .json or .csv.")],
    out: Annotated[Path, typer.Option("--out", help="The folder of the audit.")] = FOLDER,
    limit: Limits = None,
    hours: OpeningHours = None,
    zone: HoursZone = None,
) -> None:
    """Write the report of an audit that was made before."""
    from assist.audit.audit import Audit  # deferred: help does without

    audit = Audit.load(out)
    _write(file, audit, _terms(limit, hours, zone or audit.made.zone))


@app.command("set-aside")
def set_aside(out: Annotated[Path, typer.Option("--out", help="The folder of the audit.")] = FOLDER) -> None:
    """List what an audit set aside, one a line: where it stands, and why."""
    from assist.audit.audit import Audit  # deferred: help does without

    for one in Audit.load(out).set_aside:
        typer.echo(clean(f"{one.source}: {one.problem}"))


def _write(file: Path, audit: "Audit", terms: "Terms") -> None:
    from assist.reports.audit import write

    write(file, audit, terms)
    typer.echo(f"assist: the report is in {clean(str(file))}", err=True)


def show(audit: "Audit", terms: "Terms", style: Style) -> None:
    """Print the summary of an audit."""
    from assist.cli import summary

    told = summary.summary(audit, terms)
    if style is Style.JSON:
        text = json.dumps(summary.data(told), ensure_ascii=False, indent=2)
        typer.echo(text.encode("utf-8", "backslashreplace").decode())
        return
    for line in summary.lines(told):
        typer.echo(clean(line))
    typer.echo(f"\nThe records are in {clean(str(audit.folder))}")


def _opening(
    packs: str | None, lexicon: Path | None, rules: list[str] | None, aside: Path | None, *, fast: bool
) -> Opening:
    """With paths that mean the same in a worker that was started in another folder."""
    if aside is None and options.DISMISSALS.exists():
        aside = options.DISMISSALS
    whole = lexicon and lexicon.absolute()
    return Opening(packs, whole, tuple(rules or ()), aside and aside.absolute(), fast)


def _refuse_closed(db: str) -> None:
    """A store that cannot be opened had better be known before hours of work than after."""
    from assist.audit.store import opened

    with opened(db):
        pass


def _load(audit: "Audit", db: str) -> None:
    from assist.audit.store import opened

    with opened(db) as store:
        number = store.load(audit)
    typer.echo(f"assist: in the store as audit {number}", err=True)


def _terms(limit: list[str] | None, hours: list[str] | None, zone: str) -> "Terms":
    from assist.audit.figures import Terms

    limits = dict(Terms().limits)
    for text in limit or ():
        limits |= _limit(text)
    return Terms(limits=limits, hours=_hours(hours, zone))


def _limit(text: str) -> dict[str, float]:
    medium, _, number = text.rpartition("=")
    try:
        seconds = float(number)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < float("inf"):
        raise AssistError(f"--limit {text}: write SECONDS, or MEDIUM=SECONDS")
    if medium and medium not in _MEDIA:
        raise AssistError(f"--limit {text}: unknown medium{did_you_mean(medium, _MEDIA)}; one of {_KNOWN}")
    return {medium: seconds} if medium else dict.fromkeys(("", *_MEDIA), seconds)


def _hours(given: list[str] | None, zone: str) -> "Hours | None":
    from assist.audit.figures import Hours

    if not given:
        return None
    opening: dict[str, str] = {}
    for text in given:
        day, _, span = text.rpartition("=")
        opening |= {day: span} if day else dict.fromkeys(_WEEK, span)
    return Hours.of(opening, zone)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise AssistError(f"--zone {name}: unknown time zone; one such as Europe/London") from None

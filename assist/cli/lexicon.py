"""`assist lexicon …`: list, show, explain, lint, test, try, fit, schema."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli import inputs, options
from assist.errors import AssistError, DataError, did_you_mean
from assist.reports.clean import clean

if TYPE_CHECKING:
    from assist.analyzer import Analyzer
    from assist.conversation import Conversation
    from assist.findings import Finding
    from assist.lexicon import Entry, Lexicon
    from assist.workbench import Workbench

app = typer.Typer(help="Look into a lexicon, and try it.", no_args_is_help=True)

LIKELIEST = 5

Paths = Annotated[list[Path] | None, typer.Argument(help="Packs or files; all that ship where left out.")]


@app.command("list")
def list_entries(
    category: Annotated[str, typer.Option(help="Only this category or kind.")] = "",
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
) -> None:
    """List the entries: severity, category or kind, id, and where each is written."""
    loaded = options.lexicon(packs, lexicon)
    _refuse_unknown_group(loaded, category)
    for entry in loaded.written.values():
        group = _group(entry)
        if category in {"", group, entry.kind}:
            level = _severity(loaded, entry)
            typer.echo(f"{level:11}{group:20} {entry.id:36} {loaded.source(entry.id)}")


@app.command()
def show(rule: str, packs: options.Packs = None, lexicon: options.LexiconFolder = None) -> None:
    """Show one entry as it stands in its file, and which file and line decided its severity."""
    _show(options.lexicon(packs, lexicon), rule)


@app.command()
def explain(
    what: Annotated[str, typer.Argument(help="A rule's id, or a sentence in quotation marks.")],
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
) -> None:
    """Explain a rule (which file and line decided) or a sentence (what every entry makes of it)."""
    loaded = options.lexicon(packs, lexicon)
    if what in loaded.written or (" " not in what.strip() and what not in loaded.categories):
        _show(loaded, what)
        return
    if what in loaded.categories:
        list_entries(what, packs, lexicon)
        return
    analyzer = options.workbench(packs, lexicon).analyzer
    for speaker, reader in (("agent", analyzer.agent), ("customer", analyzer.customer)):
        reading = reader.read(what)
        for match in reading.matches:
            words = what[slice(*reading.span(match))]
            typer.echo(f"{speaker:9}{_group(match.entry):20} {match.entry.id:32} {words!r}")
            typer.echo(clean(f"{'':9}{match.phrase}  ({loaded.source(match.entry.id)})"))
    for line in _meanings(analyzer, what):
        typer.echo(clean(line))


@app.command()
def lint(
    packs: Annotated[list[Path] | None, typer.Argument(help="Folders of packs, checked over what ships.")] = None,
) -> None:
    """Check the files of packs: fields, phrases, word sets, rules. Loads no language model."""
    from assist import lexicon as lexicons  # deferred: help does without
    from assist.data import shipped

    layers = lexicons.choose([shipped("lexicon"), *(packs or ())], None)
    named = {folder.resolve() for path in packs or () for folder in lexicons.packs_under(path).values()}
    try:
        loaded = lexicons.load(layers)
    except DataError as error:
        typer.echo(clean(str(error)), err=True)
        raise typer.Exit(1) from None
    checked = [pack for pack in loaded.packs if not named or pack.folder.resolve() in named]
    entries = sum(len(pack.entries) for pack in checked)
    typer.echo(f"{options.count(len(checked), 'pack')}, {options.count(entries, 'entry')}, nothing wrong")


@app.command()
def test(
    paths: Paths = None,
    layers: Annotated[bool, typer.Option("--layers", help="Say for each entry which layer catches what.")] = False,
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
) -> None:
    """Run the examples of entries: what they should flag, and what they should pass."""
    from assist import examples  # deferred: help does without

    bench = options.workbench(packs, lexicon)
    entries = list(_chosen(bench.lexicon, paths))
    if not entries:
        raise AssistError("none of the loaded entries is written there; name its folder with --lexicon")
    if layers:
        _echo_layers(bench.analyzer, entries)
    failures = list(examples.failures(bench.analyzer, entries))
    for failure in failures:
        where = "by its own entry" if failure.where == "alone" else "in the whole lexicon"
        typer.echo(f"{bench.lexicon.source(failure.entry.id)}: {failure.entry.id}", err=True)
        should = "flag" if failure.should == "flags" else "pass"
        typer.echo(f"  should {should} {where}: {failure.example.draft!r}", err=True)
        if failure.found:
            typer.echo(clean(f"  found: {failure.found}"), err=True)
    total = sum(len(entry.examples.flags) + len(entry.examples.passes) for entry in entries)
    run = f"{options.count(len(entries), 'entry')}, {options.count(total, 'example')}"
    typer.echo(f"{run}, {len(failures)} not as they should be")
    raise typer.Exit(1 if failures else 0)


@app.command("try")
def try_on(  # noqa: PLR0913
    transcripts: options.Transcripts,
    rule: Annotated[str, typer.Option(help="Only this rule or category.")] = "",
    limit: Annotated[int, typer.Option(help="How many findings to print.")] = 40,
    roles: options.RoleNames = None,
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
) -> None:
    """Show what a lexicon would flag in transcripts: every agent turn, in its conversation."""
    bench = options.workbench(packs, lexicon)
    if rule:
        bench.lexicon.refuse_unknown(rule)
    counts: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    replies = aside = 0
    for talk in inputs.transcripts(*transcripts, roles=options.roles(roles)):
        if isinstance(talk, inputs.Unreadable):
            aside += 1
            typer.echo(f"assist: {clean(talk.problem)}", err=True)
            continue
        for text, findings in _replies(bench, talk):
            replies += 1
            for finding in findings:
                if rule and rule not in {finding.rule, finding.category}:
                    continue
                counts[finding.rule] += 1
                if len(seen) < limit and (finding.rule, text) not in seen:
                    seen.add((finding.rule, text))
                    words = text[finding.start : finding.end] or "(missing)"
                    typer.echo(f"{finding.category:18}{clean(talk.id):12} {words!r} in {text!r}")
    for name, count in counts.most_common():
        typer.echo(f"{count:7}  {name}")
    typer.echo(f"{options.count(sum(counts.values()), 'finding')} in {options.count(replies, 'reply')}")
    options.passed_over(aside)


@app.command()
def fit(
    lexicon: Annotated[
        Path | None, typer.Option("--lexicon", help="Your folder of packs. What ships, where left out.")
    ] = None,
    packs: options.Packs = None,
    limit: Annotated[int, typer.Option(help="How many new sentences to print.")] = 40,
) -> None:
    """Teach the meaning layers the examples that are new; takes half a minute. Needs the extra `fit`.

    What was learnt is written to the folder `models` of your lexicon, and used whenever that is. A sentence is found by
    itself from its bar on; until then it is known by heart alone.
    """
    try:
        from assist.fitting.refit import refit  # deferred: an extra
    except ModuleNotFoundError as error:
        raise AssistError(f"fitting needs {error.name}: pip install 'assist[fit]'") from None
    from assist.data import shipped

    if packs is not None and lexicon is None:
        raise AssistError("--packs goes with --lexicon; what ships is fitted whole")
    bench = options.workbench(packs, lexicon)
    meaning = bench.analyzer.meaning
    if meaning is None:
        raise AssistError("there are no meaning layers to start from; install assist again")
    into = (lexicon / "models") if lexicon else shipped("models")
    try:
        changes = refit(bench.analyzer.phrases_only, meaning, into)
    except OSError as error:
        raise AssistError(f"{error.filename or into}: {error.strerror or 'cannot be written'}") from None
    for change in changes[:limit]:
        should = "flag" if change.meant else "pass"
        moved = f"{change.before:4.2f} → {change.after:4.2f} (bar {change.bar:4.2f})"
        typer.echo(clean(f"{moved}  should {should}  {change.label:18} {change.wording}"))
    if not changes:
        typer.echo("no example is new: nothing to learn")
        return
    before = sum((change.before >= change.bar) == change.meant for change in changes)
    after = sum((change.after >= change.bar) == change.meant for change in changes)
    entries = options.count(len({change.entry for change in changes}), "entry")
    told = f"told right without the example: {before} before, {after} now; the others are known by heart"
    typer.echo(f"{options.count(len(changes), 'sentence')} of {entries}, in {into}; {told}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of lexicon files, for editors that complete and check."""
    from assist.lexicon.schema import schema as of_lexicon  # deferred: help does without

    typer.echo(json.dumps(of_lexicon(), indent=2))


def _meanings(analyzer: "Analyzer", text: str) -> Iterator[str]:
    """What the meaning layers make of each sentence: its likeliest labels, and the nearest examples."""
    from assist.meaning import OF  # deferred: help does without

    layers = analyzer.meaning
    if layers is None:
        return
    for speaker in OF:
        for wording in analyzer.wordings(text, speaker):
            scores = layers.scores(wording, speaker)
            yield f"{speaker}: {wording}"
            for label in sorted(scores.best, key=scores.best.__getitem__, reverse=True)[:LIKELIEST]:
                judge = f"judge {scores.judge[label]:4.2f}  " if scores.judge else ""
                bar = layers.bar(label)
                mark = "✓" if scores.best[label] >= bar else " "
                near = layers.nearest(wording, label)
                example = f"like ({near.likeness:4.2f}) {near.example.words!r}" if near else ""
                yield f"{mark} {label:22} screen {scores.screen[label]:4.2f}  {judge}bar {bar:4.2f}  {example}"


def _echo_layers(analyzer: "Analyzer", entries: Iterable["Entry"]) -> None:
    """A line for each entry: what each layer catches of its flagged examples, asked by itself."""
    from assist import examples  # deferred: help does without

    typer.echo("how many flagged examples each layer catches, asked by itself; heart: those that no layer does")
    typer.echo(f"{'flagged':>7} {'phrase':>7} {'screen':>7} {'judge':>7} {'heart':>7}  entry; taken for")
    for tally in (examples.tally(analyzer, entry) for entry in entries):
        counts = (tally.flags, tally.phrase, tally.screen, tally.judge, tally.none)
        taken = ", ".join(f"{name} {count}" for name, count in tally.confusions)
        typer.echo(" ".join(f"{count:7}" for count in counts) + f"  {tally.entry.id}{'; ' if taken else ''}{taken}")


def _replies(bench: "Workbench", talk: "Conversation") -> Iterator[tuple[str, tuple["Finding", ...]]]:
    """Every agent turn of a conversation, and what would be said of it there."""
    session = bench.session(id=talk.id)
    for turn in talk.turns:
        if turn.role == "agent":
            yield turn.text, session.check(turn.text).findings
        session.add(turn)


def _refuse_unknown_group(lexicon: "Lexicon", name: str) -> None:
    entries = lexicon.written.values()
    known = {*lexicon.categories, *map(_group, entries), *(entry.kind for entry in entries)}
    if name and name not in known:
        raise AssistError(f"unknown category or kind {name!r}{did_you_mean(name, known)}")


def _group(entry: "Entry") -> str:
    return str(getattr(entry, "category", getattr(entry, "act", entry.kind)))


def _severity(lexicon: "Lexicon", entry: "Entry") -> str:
    if hasattr(entry, "category") or entry.id not in lexicon.entries:
        return str(lexicon.severity(entry) or "off")
    return ""


def _show(lexicon: "Lexicon", rule: str) -> None:
    entry = lexicon[rule]
    source = lexicon.source(rule)
    typer.echo(f"{source}")
    typer.echo("\n".join(map(clean, _block(source.path, source.line))))
    if severity := _severity(lexicon, entry):
        typer.echo(f"severity: {severity}, decided by {lexicon.decided(entry)[1]}")


def _chosen(lexicon: "Lexicon", paths: Iterable[Path] | None) -> Iterator["Entry"]:
    """The entries written in these files or folders; all where none is named."""
    wanted = [path.resolve() for path in paths or ()]
    for path in wanted:
        if not path.exists():
            raise AssistError(f"{path}: no such file or folder")
    for entry in lexicon.entries.values():
        source = lexicon.source(entry.id).path.resolve()
        if not wanted or any(source == path or path in source.parents for path in wanted):
            yield entry


def _block(path: Path, line: int) -> list[str]:
    """The lines of one entry in its file: to the next line that is not indented further."""
    lines = path.read_text(encoding="utf-8").splitlines()[line - 1 :]
    indent = len(lines[0]) - len(lines[0].lstrip())
    if not lines[0].lstrip().startswith("-"):
        indent -= 2  # the line is that of the entry's first key, after its dash
    last = next((n for n, text in enumerate(lines) if n and text.strip() and _indent(text) <= indent), len(lines))
    return lines[:last]


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())

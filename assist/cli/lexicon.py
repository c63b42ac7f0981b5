"""`assist lexicon …`: list, show, explain, lint, test, try, schema."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assist.cli import inputs, options
from assist.errors import AssistError

if TYPE_CHECKING:
    from assist.lexicon import Entry, Lexicon

app = typer.Typer(help="Look into a lexicon, and try it.", no_args_is_help=True)

Paths = Annotated[list[Path] | None, typer.Argument(help="Packs or files; all that ship where left out.")]


@app.command("list")
def list_entries(
    category: Annotated[str, typer.Option(help="Only this category or kind.")] = "",
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
) -> None:
    """List the entries: severity, category or kind, id, and where each is written."""
    loaded = options.lexicon(packs, lexicon)
    for entry in loaded.entries.values():
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
    if what in loaded.categories:
        list_entries(what, packs, lexicon)
        return
    if what in loaded.entries or " " not in what.strip():
        _show(loaded, what)
        return
    analyzer = options.workbench(packs, lexicon).analyzer
    for speaker, recognizer in (("agent", analyzer.agent), ("customer", analyzer.customer)):
        reading = recognizer.read(what)
        for match in reading.matches:
            words = what[slice(*reading.span(match))]
            typer.echo(f"{speaker:9}{_group(match.entry):20} {match.entry.id:32} {words!r}")
            typer.echo(f"{'':9}{match.phrase}  ({loaded.source(match.entry.id)})")


@app.command()
def lint(
    packs: Annotated[list[Path] | None, typer.Argument(help="Folders of packs, checked over what ships.")] = None,
) -> None:
    """Check the files of packs: fields, phrases, word sets, rules. Loads no language model."""
    from assist import lexicon as lexicons  # deferred: loads pydantic
    from assist.errors import DataError
    from assist.workbench import shipped_lexicon

    known = lexicons.choose([shipped_lexicon()], None)
    named = [folder for path in packs or () for folder in lexicons.packs_under(path).values()]
    if packs and not named:
        raise AssistError(f"{packs[0]}: no pack.yaml here or in any folder below")
    layers = [
        *(path for path in known if path.resolve() not in {n.resolve() for n in named}),
        *named,
    ]
    try:
        loaded = lexicons.load(layers)
    except DataError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    checked = [pack for pack in loaded.packs if not named or pack.folder in named]
    entries = sum(len(pack.entries) for pack in checked)
    typer.echo(f"{_count(len(checked), 'pack')}, {_count(entries, 'entry')}, nothing wrong")


@app.command()
def test(paths: Paths = None, packs: options.Packs = None, lexicon: options.LexiconFolder = None) -> None:
    """Run the examples of entries: what they should flag, and what they should pass."""
    from assist import examples  # deferred: loads spaCy

    bench = options.workbench(packs, lexicon)
    entries = list(_chosen(bench.lexicon, paths))
    if not entries:
        raise AssistError("none of the loaded entries is written there; name its folder with --lexicon")
    failures = list(examples.failures(bench.analyzer, entries))
    for failure in failures:
        where = "by its own entry" if failure.where == "alone" else "in the whole lexicon"
        typer.echo(f"{bench.lexicon.source(failure.entry.id)}: {failure.entry.id}", err=True)
        typer.echo(f"  should {failure.should[:-1]} {where}: {failure.example.draft!r}", err=True)
        if failure.found:
            typer.echo(f"  found: {failure.found}", err=True)
    total = sum(len(entry.examples.flags) + len(entry.examples.passes) for entry in entries)
    typer.echo(f"{_count(len(entries), 'entry')}, {_count(total, 'example')}, {len(failures)} not as they should be")
    raise typer.Exit(1 if failures else 0)


@app.command("try")
def try_on(
    transcripts: Annotated[list[Path], typer.Argument(help="Transcripts, JSON lines, gzipped or not.")],
    rule: Annotated[str, typer.Option(help="Only this rule or category.")] = "",
    limit: Annotated[int, typer.Option(help="How many findings to print.")] = 40,
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
) -> None:
    """Show what a lexicon would flag in transcripts: every agent turn, in its conversation."""
    bench = options.workbench(packs, lexicon)
    counts: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    replies = 0
    for path in transcripts:
        for talk in inputs.transcripts(path):
            session = bench.session()
            for turn in talk.turns:
                if turn.role == "agent":
                    replies += 1
                    for finding in session.check(turn.text).findings:
                        if rule and rule not in {finding.rule, finding.category}:
                            continue
                        counts[finding.rule] += 1
                        if len(seen) < limit and (finding.rule, turn.text) not in seen:
                            seen.add((finding.rule, turn.text))
                            words = turn.text[finding.start : finding.end] or "(missing)"
                            typer.echo(f"{finding.category:18}{talk.id:12} {words!r} in {turn.text!r}")
                session.add(turn)
    for name, count in counts.most_common():
        typer.echo(f"{count:7}  {name}")
    typer.echo(f"{sum(counts.values())} findings in {replies} replies")


@app.command()
def schema() -> None:
    """Print the JSON Schema of lexicon files, for editors that complete and check."""
    from assist.lexicon.schema import schema as of_lexicon  # deferred: loads pydantic

    typer.echo(json.dumps(of_lexicon(), indent=2))


def _count(number: int, thing: str) -> str:
    plural = thing[:-1] + "ies" if thing.endswith("y") else thing + "s"
    return f"{number} {thing if number == 1 else plural}"


def _group(entry: "Entry") -> str:
    return str(getattr(entry, "category", getattr(entry, "act", entry.kind)))


def _severity(lexicon: "Lexicon", entry: "Entry") -> str:
    return str(lexicon.severity(entry) or "off") if hasattr(entry, "category") else ""


def _show(lexicon: "Lexicon", rule: str) -> None:
    entry = lexicon[rule]
    source = lexicon.source(rule)
    typer.echo(f"{source}")
    typer.echo("\n".join(_block(source.path, source.line)))
    if hasattr(entry, "category"):
        severity, decided = lexicon.decided(entry)
        typer.echo(f"severity: {severity or 'off'}, decided by {decided}")


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

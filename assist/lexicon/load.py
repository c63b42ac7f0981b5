"""Load packs of a lexicon from folders, and point at the line that is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import get_args

from assist.errors import AssistError, DataError, did_you_mean
from assist.lexicon.entry import ENTRY_LIMIT, KINDS, Entry, Level, PackSheet, Sheet
from assist.lexicon.lexicon import Lexicon, Pack, Source
from assist.validation import validated
from assist.yamlfile import YamlFile

PACK_FILE = "pack.yaml"
FILE_LIMIT = 2_000
EXAMPLES = "house-styles"
"""The folder of packs that are examples to copy; they are loaded only by name."""


def packs_under(root: Path) -> dict[str, Path]:
    """Every pack at or below `root`: the name of its folder, and the folder."""
    found: dict[str, Path] = {}
    for path in sorted(root.rglob(PACK_FILE)):
        _add(found, path.parent)
    return found


def load(folders: Sequence[Path], rules: Mapping[str, Level] | None = None) -> Lexicon:
    """The packs in these folders, layered in this order, and changes to single rules over them.

    Raises DataError, with file and line, for the first thing that is wrong; never half a pack.
    """
    for rule, level in (rules or {}).items():
        if level not in get_args(Level):
            hint = did_you_mean(str(level), get_args(Level)) or f"; one of {', '.join(get_args(Level))}"
            raise AssistError(f"rule {rule!r}: no such level {level!r}{hint}")
    packs = [load_pack(folder) for folder in folders]
    if rules:
        packs.append(Pack("options", Path(), {rule: (level, None) for rule, level in rules.items()}))
    return Lexicon(packs)


def load_pack(folder: Path) -> Pack:
    """One pack from its folder."""
    path = folder / PACK_FILE
    if not path.is_file():
        raise DataError(folder, None, f"is not a pack: it has no {PACK_FILE}")
    file = YamlFile(path)
    sheet = validated(file, PackSheet)
    rules = {rule: (level, Source(path, file.line("rules", rule))) for rule, level in sheet.rules.items()}
    words: dict[str, tuple[tuple[str, ...], Source]] = {}
    entries: dict[str, tuple[Entry, Source]] = {}
    for path in _files(folder):
        file = YamlFile(path)
        for name, phrases in _words(file).items():
            if name in words:
                raise file.error(f"the word set {name!r} stands in {words[name][1]} too", "words", name)
            words[name] = (phrases, Source(path, file.line("words", name)))
        for index, entry in enumerate(_entries(file)):
            place = ("entries", index)
            if entry.id in entries:
                raise file.error(f"the id {entry.id!r} stands in {entries[entry.id][1]} too", *place, "id")
            if len(entries) >= ENTRY_LIMIT:
                raise file.error(f"more than {ENTRY_LIMIT} entries in one pack", *place)
            entries[entry.id] = (entry, Source(path, file.line(*place)))
    return Pack(folder.resolve().name, folder, rules, words, entries)


def _files(folder: Path) -> list[Path]:
    files = sorted(path for path in folder.glob("*.yaml") if path.name != PACK_FILE)
    if odd := next(folder.glob("*.yml"), None):
        raise DataError(odd, None, "is passed over; name it .yaml")
    if len(files) > FILE_LIMIT:
        raise DataError(folder, None, f"more than {FILE_LIMIT} files")
    return files


def _words(file: YamlFile) -> dict[str, tuple[str, ...]]:
    if file.data is None:
        return {}
    if not isinstance(file.data, dict):
        raise file.error("a lexicon file has two keys, 'words' and 'entries'")
    words_only = {key: value for key, value in file.data.items() if key != "entries"}
    return validated(file, Sheet, words_only).words


def _entries(file: YamlFile) -> Iterable[Entry]:
    rows = (file.data or {}).get("entries") or []
    if not isinstance(rows, list):
        raise file.error("'entries' must be a list", "entries")
    for index, row in enumerate(rows):
        place = ("entries", index)
        if not isinstance(row, dict):
            raise file.error("an entry must be a mapping with an id", *place)
        kind = row.get("kind", "phrase")
        if not isinstance(kind, str) or kind not in KINDS:
            raise file.error(f"unknown kind {kind!r:.80}{did_you_mean(str(kind), KINDS)}", *place, "kind")
        yield validated(file, KINDS[kind], row, place)


def choose(roots: Sequence[Path], names: Sequence[str] | None) -> list[Path]:
    """The folders of packs in layers: those named, or all but the examples; then those of one's own.

    The first root is that of the packs that ship; all packs under the others are one's own. A name
    may also be a path. Raises AssistError for an unknown name, and for two packs of one name.
    """
    shipped = packs_under(roots[0])
    own: dict[str, Path] = {}
    for root in roots[1:]:
        found = packs_under(root)
        if not found:
            raise AssistError(f"{root}: no {PACK_FILE} here or in any folder below")
        for folder in found.values():
            _add(own, folder)
    layers: dict[str, Path] = {}
    for folder in _named(shipped, own, names):
        _add(layers, folder)
    for folder in own.values():
        _add(layers, folder)
    return list(layers.values())


def _named(shipped: Mapping[str, Path], own: Mapping[str, Path], names: Sequence[str] | None) -> list[Path]:
    if names is None:
        rest = [path for path in shipped.values() if path.name != "core" and path.parent.name != EXAMPLES]
        return [*(shipped[name] for name in ("core",) if name in shipped), *rest]
    if not names:
        raise AssistError("no pack is named; leave the packs out for all that ship")
    known = {**shipped, **own}
    for name in names:
        if name not in known and not Path(name).is_dir():
            raise AssistError(f"unknown pack {name!r}{did_you_mean(name, known)}")
    return [shipped.get(name, Path(name)) for name in names if name in shipped or name not in own]


def _add(packs: dict[str, Path], folder: Path) -> None:
    """Add a pack by the name of its folder; one that is there already is passed over."""
    name = folder.resolve().name
    there = packs.setdefault(name, folder)
    if there.resolve() != folder.resolve():
        raise AssistError(f"{folder}: there is a pack {name!r} already, in {there}; rename the folder")

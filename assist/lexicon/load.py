"""Load packs of a lexicon from folders, and point at the line that is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assist.errors import AssistError, DataError, did_you_mean
from assist.lexicon.entry import KINDS, Entry, Example, Examples, Level, PackSheet, Sheet
from assist.lexicon.lexicon import Lexicon, Pack, Source
from assist.yamlfile import YamlFile

PACK_FILE = "pack.yaml"
FILE_LIMIT = 2_000
EXAMPLES = "house-styles"
"""The folder of packs that are examples to copy; they are loaded only by name."""

Model = TypeVar("Model", bound=BaseModel)


def packs_under(root: Path) -> dict[str, Path]:
    """Every pack at or below `root`: the name of its folder, and the folder."""
    return {path.parent.name: path.parent for path in sorted(root.rglob(PACK_FILE))}


def load(folders: Sequence[Path], rules: Mapping[str, Level] | None = None) -> Lexicon:
    """The packs in these folders, layered in this order, and changes to single rules over them.

    Raises DataError, with file and line, for the first thing that is wrong; never half a pack.
    """
    packs = [load_pack(folder) for folder in folders]
    if rules:
        sheet = PackSheet(title="Options", rules=dict(rules))
        packs.append(Pack("options", sheet, Path()))
    return Lexicon(packs)


def load_pack(folder: Path) -> Pack:
    """One pack from its folder."""
    sheet_path = folder / PACK_FILE
    if not sheet_path.is_file():
        raise DataError(folder, None, f"is not a pack: it has no {PACK_FILE}")
    about = _validated(YamlFile(sheet_path), PackSheet)
    words: dict[str, tuple[tuple[str, ...], Source]] = {}
    entries: dict[str, tuple[Entry, Source]] = {}
    for path in _files(folder):
        file = YamlFile(path)
        for name, phrases in _words(file).items():
            if name in words:
                raise file.error(f"the word set {name!r} stands in {words[name][1]} too", "words", name)
            words[name] = (phrases, Source(path, file.line("words", name)))
        for index, entry in enumerate(_entries(file)):
            source = Source(path, file.line("entries", index))
            if entry.id in entries:
                place = ("entries", index, "id")
                raise file.error(f"the id {entry.id!r} stands in {entries[entry.id][1]} too", *place)
            entries[entry.id] = (entry, source)
    return Pack(folder.name, about, folder, words, entries)


def _files(folder: Path) -> list[Path]:
    files = sorted(path for path in folder.glob("*.yaml") if path.name != PACK_FILE)
    if len(files) > FILE_LIMIT:
        raise DataError(folder, None, f"more than {FILE_LIMIT} files")
    return files


def _words(file: YamlFile) -> dict[str, tuple[str, ...]]:
    if file.data is None:
        return {}
    if not isinstance(file.data, dict):
        raise file.error("a lexicon file has two keys, 'words' and 'entries'")
    words_only = {key: value for key, value in file.data.items() if key != "entries"}
    return _validated(file, Sheet, words_only).words


def _entries(file: YamlFile) -> Iterable[Entry]:
    rows = (file.data or {}).get("entries") or []
    if not isinstance(rows, list):
        raise file.error("'entries' must be a list", "entries")
    for index, row in enumerate(rows):
        place = ("entries", index)
        if not isinstance(row, dict):
            raise file.error("an entry must be a mapping with an id", *place)
        kind = row.get("kind", "phrase")
        if kind not in KINDS:
            raise file.error(f"unknown kind {kind!r}{did_you_mean(str(kind), KINDS)}", *place, "kind")
        yield _validated(file, KINDS[kind], row, place)


def _validated(
    file: YamlFile,
    model: type[Model],
    data: object = None,
    place: tuple[str | int, ...] = (),
) -> Model:
    try:
        return model.model_validate(file.data if data is None else data)
    except ValidationError as error:
        first = min(error.errors(), key=lambda e: file.line(*place, *e["loc"]))
        raise _located(file, model, first, place) from None


def _located(file: YamlFile, model: type[BaseModel], error: ErrorDetails, place: tuple[str | int, ...]) -> DataError:
    loc = error["loc"]
    name = next((part for part in reversed(loc) if isinstance(part, str)), "file")
    if error["type"] == "extra_forbidden":
        known = _fields(model, loc)
        problem = f"unknown field {name!r}{did_you_mean(str(name), known)}"
    elif error["type"] == "missing":
        problem = f"{name!r} is missing"
    else:
        detail = error["msg"].removeprefix("Value error, ")
        problem = f"{name!r}: {detail[:1].lower()}{detail[1:]}{_nearest(error)}"
    return file.error(problem, *place, *loc)


def _fields(model: type[BaseModel], loc: Sequence[str | int]) -> Iterable[str]:
    inside: dict[str | int, type[BaseModel]] = {"examples": Examples, "flags": Example, "passes": Example}
    around = [inside[part] for part in loc[:-1] if part in inside]
    return list((around[-1] if around else model).model_fields)


def _nearest(error: ErrorDetails) -> str:
    if error["type"] != "literal_error":
        return ""
    options = [part.strip("'") for part in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
    return did_you_mean(str(error["input"]), options)


def choose(roots: Sequence[Path], names: Sequence[str] | None) -> list[Path]:
    """The folders of the packs named, found under `roots`; all but the examples where none is named.

    A name may also be a path. Raises AssistError for an unknown name.
    """
    known: dict[str, Path] = {}
    for root in roots:
        known |= packs_under(root)
    if names is None:
        rest = [path for path in known.values() if path.name != "core" and path.parent.name != EXAMPLES]
        return [*(known[name] for name in ("core",) if name in known), *rest]
    chosen: list[Path] = []
    for name in names:
        if name not in known and not Path(name).is_dir():
            raise AssistError(f"unknown pack {name!r}{did_you_mean(name, known)}")
        chosen.append(known.get(name, Path(name)))
    return chosen

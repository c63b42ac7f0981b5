"""A lexicon kept between runs: packs that were read and found right, with the index of their phrases.

The store is JSON, validated like a pack when it is read; one that is damaged is passed over, and the
packs are read again.
"""

import hashlib
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, NamedTuple, Protocol

from platformdirs import user_cache_path
from pydantic import BaseModel, Field, ValidationError

from assist.lexicon.entry import READ_BEFORE, Entry, Level
from assist.lexicon.lexicon import Lexicon, Pack, Source

KEPT = 8

AnyEntry = Annotated[Entry, Field(discriminator="kind")]
Firsts = dict[str, list[int]]


class StoredIndex(BaseModel):
    """What is known of the phrases of one speaker: see `kinds.index`."""

    firsts: Firsts
    vocabulary: frozenset[str]


class Key(NamedTuple):
    """What a lexicon is stored under: a digest of all that it is made of, and one of where that lies.

    `content` is the same on every machine that has the same code, packs and rules.
    """

    content: str
    place: str


class Kept(NamedTuple):
    """What a lexicon is stored under, and the indexes by speaker; none where it is not stored yet."""

    key: Key
    indexes: Mapping[str, StoredIndex] = MappingProxyType({})


class Compiled(Protocol):
    """An index as `kinds.index` makes it."""

    @property
    def firsts(self) -> Mapping[str, Sequence[int]]: ...  # noqa: D102
    @property
    def vocabulary(self) -> frozenset[str]: ...  # noqa: D102


class _StoredPack(BaseModel):
    name: str
    folder: Path
    rules: dict[str, tuple[Level, Source | None]]
    words: dict[str, tuple[tuple[str, ...], Source]]
    entries: dict[str, tuple[AnyEntry, Source]]


class _Stored(BaseModel):
    packs: list[_StoredPack]
    indexes: dict[str, StoredIndex]


def key(folders: Sequence[Path], rules: Mapping[str, str]) -> Key:
    """What a store is known by: the code that made it, the packs' files, and the rules over them."""
    content = hashlib.sha256(str(sorted(f"{rule}={level}" for rule, level in rules.items())).encode())
    place = hashlib.sha256()
    for path in sorted(Path(__file__).parent.parent.rglob("*.py")):
        content.update(path.read_bytes())
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            content.update(f"\0{folder.name}\0{path.name}\0".encode())
            content.update(path.read_bytes())
            place.update(f"\0{path}\0{path.resolve()}\0".encode())
    return Key(content.hexdigest()[:32], place.hexdigest()[:16])


def read(key: Key) -> tuple[Lexicon, Kept] | None:
    """The lexicon and the indexes stored under this key; None where there is none to be had."""
    try:
        text = _path(key).read_bytes()
        stored = _Stored.model_validate_json(text, context=READ_BEFORE)
    except (OSError, ValidationError):
        return None
    packs = [Pack(pack.name, pack.folder, pack.rules, pack.words, pack.entries) for pack in stored.packs]
    return Lexicon(packs, read_before=True), Kept(key, stored.indexes)


def write(key: Key, lexicon: Lexicon, indexes: Mapping[str, Compiled]) -> None:
    """Store a lexicon under this key; a place that cannot be written is passed over."""
    packs = [_StoredPack.model_construct(**vars(pack)) for pack in lexicon.packs]
    kept = {
        name: StoredIndex.model_construct(firsts=dict(index.firsts), vocabulary=index.vocabulary)
        for name, index in indexes.items()
    }
    text = _Stored.model_construct(packs=packs, indexes=kept).model_dump_json()
    path = _path(key)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(aside).replace(path)
        _forget_old(path.parent)
    except OSError:
        return


def _path(key: Key) -> Path:
    return user_cache_path("assist") / f"lexicon-{key.content}-{key.place}.json"


def _forget_old(folder: Path) -> None:
    stores = sorted(folder.glob("lexicon-*.json"), key=lambda path: path.stat().st_mtime)
    for path in stores[:-KEPT]:
        path.unlink(missing_ok=True)

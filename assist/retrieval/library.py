"""A library of plays made ready for searching, and kept between runs: only files that have changed are read again.

What is kept lies in the user's cache folder, `~/.cache/assist` on Linux: the plays, a vector for each of their
utterances, and the index of their words. It is validated when it is read, passed over when damaged, and may be
deleted at any time.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np
from platformdirs import user_cache_path
from pydantic import BaseModel, ValidationError

from assist.meaning import Floats
from assist.playbooks import Play, PlaySheet, load_play, refuse_twins
from assist.retrieval.index import PlayIndex, utterances
from assist.retrieval.lexical import WordIndex
from assist.retrieval.sentences import Sentences
from assist.retrieval.space import Space

KEPT = 8
DAMAGED = (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, BadZipFile)
"""What reading a damaged file of arrays or words may raise."""
VERSION = 3
"""Of what is kept; it rises when plays are read or indexed differently."""


class _Stored(BaseModel):
    """A play, and the size and time of its file when it was read."""

    path: str
    stamp: str
    industry: str
    sheet: PlaySheet
    body: str

    @property
    def play(self) -> Play:
        path = Path(self.path)
        return Play(path.stem, path, self.industry, self.sheet, self.body)


class _Shelf(BaseModel):
    plays: list[_Stored]


class _Kept(NamedTuple):
    folder: Path
    stored: Sequence[_Stored]

    @property
    def vectors(self) -> dict[str, Floats]:
        """The vector of each utterance, as it was read."""
        with (self.folder / "vectors.npy").open("rb") as file:
            rows = np.load(file, allow_pickle=False)
        return dict(zip((text for one in self.stored for text in utterances(one.play)), rows, strict=True))


def load(files: Iterable[Path], sentences: Sentences) -> PlayIndex | None:
    """The index of the plays in these files; None where there are none.

    Raises DataError, with file and line, for a file that is not right.
    """
    paths = list(files)
    folder = _folder(paths, sentences)
    stamps = [_stamp(path) for path in paths]
    kept = _read(folder)
    found = list(zip(map(str, paths), stamps, strict=True))
    if kept and [(one.path, one.stamp) for one in kept.stored] == found:
        try:
            return _together(kept.stored, _space(folder), WordIndex.load(folder), sentences)
        except DAMAGED:
            kept = None
    known = {(one.path, one.stamp): one.play for one in kept.stored} if kept else {}
    plays = [known.get(place) or load_play(path) for path, place in zip(paths, found, strict=True)]
    refuse_twins(plays)
    if not plays:
        return None
    vectors = _vectors(plays, kept, sentences)
    index = PlayIndex.of(plays, vectors, sentences)
    _write(folder, plays, stamps, vectors, index)
    return index


def _together(stored: Sequence[_Stored], space: Space, words: WordIndex, sentences: Sentences) -> PlayIndex:
    """The index of what was kept; raises ValueError where its parts are not of one library."""
    plays = [one.play for one in stored]
    rows = sum(len(utterances(play)) for play in plays)
    if not (len(space.middles) == words.count == len(plays) and len(space.turned) == rows and words.sound):
        raise ValueError("parts of different libraries")
    return PlayIndex(plays, space, words, sentences)


def _vectors(plays: Sequence[Play], kept: _Kept | None, sentences: Sentences) -> Floats:
    """The vectors of all utterances; only those that are new are worked out."""
    texts = [text for play in plays for text in utterances(play)]
    try:
        known = kept.vectors if kept else {}
    except DAMAGED:
        known = {}
    new = [text for text in dict.fromkeys(texts) if text not in known]
    known |= dict(zip(new, sentences.vectors(new), strict=True))
    return np.stack([known[text] for text in texts]).astype(np.float32)


def _folder(paths: Sequence[Path], sentences: Sentences) -> Path:
    """Where an index over the same folders of plays, by the same model, is kept."""
    digest = hashlib.sha256(f"{VERSION} {sentences.name}".encode())
    for root in sorted(str(parent.resolve()) for parent in {path.parent for path in paths}):
        digest.update(f"\0{root}".encode(errors="surrogateescape"))
    return user_cache_path("assist") / f"plays-{digest.hexdigest()[:32]}"


def _stamp(path: Path) -> str:
    try:
        state = path.stat()
    except OSError:
        return ""  # reading the file will say what is wrong with it
    return f"{state.st_size} {state.st_mtime_ns}"


def _read(folder: Path) -> _Kept | None:
    try:
        return _Kept(folder, _Shelf.model_validate_json((folder / "plays.json").read_bytes()).plays)
    except (OSError, ValidationError):
        return None


def _space(folder: Path) -> Space:
    with (folder / "space.npz").open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return Space(**{name: stored[name] for name in Space._fields})


def _write(folder: Path, plays: Sequence[Play], stamps: Sequence[str], vectors: Floats, index: PlayIndex) -> None:
    """Keep an index; a place that cannot be written is passed over."""
    shelf = _Shelf.model_construct(
        plays=[
            _Stored.model_construct(
                path=str(play.path), stamp=stamp, industry=play.industry, sheet=play.sheet, body=play.body
            )
            for play, stamp in zip(plays, stamps, strict=True)
        ]
    )
    try:
        plays_json = shelf.model_dump_json()
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix="plays-", suffix=".part"))
        (aside / "plays.json").write_text(plays_json, encoding="utf-8")
        np.save(aside / "vectors.npy", vectors.astype(np.float16))
        np.savez(aside / "space.npz", **index.space._asdict())
        index.words.save(aside)
        shutil.rmtree(folder, ignore_errors=True)
        aside.rename(folder)
        _forget_old(folder.parent)
    except (OSError, ValueError):  # ValueError: a path that is not UTF-8 cannot be written down
        return


def _forget_old(place: Path) -> None:
    for folder in sorted(place.glob("plays-*"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        shutil.rmtree(folder, ignore_errors=True)

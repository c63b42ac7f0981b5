"""The files of the meaning layers: where they lie, and how those that cannot be used are refused."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assist.data import shipped
from assist.errors import AssistError, DataError

Files = Mapping[str, Path]
NAMES = (
    "meaning.json", "tokenizer.json", "vectors.npz", "screen.npz", "examples.json", "judge.onnx", "judge-head.npz",
    "sentences.onnx",
)  # fmt: skip
JUDGE = frozenset({"judge.onnx", "judge-head.npz"})
"""The files without which the screen decides alone."""
SEARCH = frozenset({"sentences.onnx"})
"""The files that reading a draft does not need; the search for plays does."""


def files_in(folders: Iterable[Path]) -> Files:
    """The files of the meaning layers by name, each from the first folder that has it."""
    made: dict[str, Path] = {}
    for folder in folders:
        for name in NAMES:
            if name not in made and (folder / name).is_file():
                made[name] = folder / name
    return made


def refuse_missing(files: Files, *, judge: bool) -> None:
    """Raise DataError for the first file that is missing beside these; those of the judge only where asked."""
    for name in NAMES:
        if name not in files and name not in SEARCH and (judge or name not in JUDGE):
            folder = [path.parent for path in files.values()][-1] if files else shipped("models")
            raise DataError(folder / name, None, "this file is missing; install assist again")


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong while a file is read into one DataError that says what to do."""
    try:
        yield
    except AssistError:
        raise
    except Exception as error:  # tokenizers and onnxruntime raise nothing more particular
        own = path.parent.resolve() != shipped("models")
        mend = f"delete the folder {path.parent} and run `assist lexicon fit` again" if own else "install assist again"
        raise DataError(path, None, f"damaged, or of another version of assist; {mend}") from error


def arrays(path: Path, **shapes: tuple[int | None, ...]) -> tuple[NDArray[Any], ...]:
    """The arrays of these names and shapes from a file, where None stands for any length; refused if they differ."""
    with reading(path), path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        found = tuple(stored[name] for name in shapes)
        for array, shape in zip(found, shapes.values(), strict=True):
            alike = len(array.shape) == len(shape) and all(
                b in {None, a} for a, b in zip(array.shape, shape, strict=True)
            )
            if not alike or array.dtype.kind not in "fi":
                raise ValueError(f"{array.dtype} {array.shape} instead of {shape}")
    return found

"""Sentences as vectors for searching: by a small transformer, or by static vectors where speed counts more."""

from collections.abc import Sequence

import numpy as np

from assist.meaning import Files, Floats, Vectors, refuse_missing


class Sentences:
    """Reads sentences; `name` tells which model reads them, `careful` whether it is the transformer.

    Raises DataError for files that are missing or damaged.
    """

    def __init__(self, files: Files, *, fast: bool = False) -> None:
        refuse_missing(files, judge=False)
        self.careful = not fast and "sentences.onnx" in files
        model = files["sentences.onnx" if self.careful else "vectors.npz"]
        state = model.stat()
        self.name = f"{model.name} {state.st_size} {state.st_mtime_ns}"
        static = Vectors(files["tokenizer.json"], files["vectors.npz"])
        self._read = static.embed
        if self.careful:
            from assist.meaning.transformer import Transformer  # deferred: its runtime takes long to load

            self._read = Transformer(static.tokenizer, model).vectors

    def vectors(self, sentences: Sequence[str]) -> Floats:
        """A vector of length 1 for each sentence, zero for one without words: [sentences, width]."""
        return unit(self._read(sentences)) if sentences else np.zeros((0, 0), np.float32)


def unit(vectors: Floats) -> Floats:
    """The vectors at length 1; zero stays zero."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)

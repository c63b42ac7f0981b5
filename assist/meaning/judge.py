"""The judge: a small transformer that was taught the labels, and a linear head over its vectors."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from assist.meaning.files import arrays
from assist.meaning.labels import LABELS
from assist.meaning.transformer import Transformer
from assist.meaning.vectors import Floats


class Judge:
    """Reads sentences; `scores` are log odds, not yet calibrated."""

    def __init__(self, transformer: Transformer, head: Floats, bias: Floats) -> None:
        self.transformer = transformer
        self.head = head
        self.bias = bias

    @classmethod
    def load(cls, tokenizer: Tokenizer, model: Path, head: Path) -> "Judge":
        """The judge from its files: the transformer, and the head that was fitted last.

        Raises DataError for files that are damaged or do not belong together.
        """
        transformer = Transformer(tokenizer, model)
        parts = arrays(head, head=(transformer.width, len(LABELS)), bias=(len(LABELS),))
        return cls(transformer, *(part.astype(np.float32) for part in parts))

    def with_head(self, head: Floats, bias: Floats) -> "Judge":
        """The same transformer under another head."""
        return Judge(self.transformer, head, bias)

    def save_head(self, path: Path) -> None:
        """Write the head, at half precision."""
        np.savez_compressed(path, head=self.head.astype(np.float16), bias=self.bias.astype(np.float16))

    def scores(self, sentences: Sequence[str]) -> Floats:
        """The log odds of each label: [sentences, labels]."""
        return np.asarray(self.transformer.vectors(sentences) @ self.head + self.bias, dtype=np.float32)

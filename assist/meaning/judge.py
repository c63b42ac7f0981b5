"""The judge: a small transformer, run by onnxruntime on one thread, and a linear head over its vectors."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from assist.meaning.files import arrays, reading
from assist.meaning.labels import LABELS
from assist.meaning.vectors import Floats

BATCH = 16


class Judge:
    """Reads sentences; `scores` are log odds, not yet calibrated."""

    def __init__(self, tokenizer: Tokenizer, session: onnxruntime.InferenceSession, head: Floats, bias: Floats) -> None:
        self._tokenizer = tokenizer
        self._session = session
        self.head = head
        self.bias = bias

    @classmethod
    def load(cls, tokenizer: Tokenizer, model: Path, head: Path) -> "Judge":
        """The judge from its files: the transformer, and the head that was fitted last.

        Raises DataError for files that are damaged or do not belong together.
        """
        with reading(model):
            session = _session(model)
            width = _run(session, [[tokenizer.get_vocab_size() - 1]]).shape[1]
        parts = arrays(head, head=(width, len(LABELS)), bias=(len(LABELS),))
        return cls(tokenizer, session, *(part.astype(np.float32) for part in parts))

    def with_head(self, head: Floats, bias: Floats) -> "Judge":
        """The same transformer under another head."""
        return Judge(self._tokenizer, self._session, head, bias)

    def save_head(self, path: Path) -> None:
        """Write the head, at half precision."""
        np.savez_compressed(path, head=self.head.astype(np.float16), bias=self.bias.astype(np.float16))

    def scores(self, sentences: Sequence[str]) -> Floats:
        """The log odds of each label: [sentences, labels]."""
        return np.asarray(self.vectors(sentences) @ self.head + self.bias, dtype=np.float32)

    def vectors(self, sentences: Sequence[str]) -> Floats:
        """What the transformer makes of each sentence, in batches of like length: [sentences, width]."""
        encoded = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(sentences))]
        order = sorted(range(len(encoded)), key=lambda place: len(encoded[place]))
        made = np.zeros((len(encoded), self.head.shape[0]), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            made[places] = _run(self._session, [encoded[place] for place in places])
        return made


def _session(model: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _run(session: onnxruntime.InferenceSession, rows: Sequence[Sequence[int]]) -> Floats:
    longest = max(len(row) for row in rows)
    numbers = np.zeros((len(rows), longest), dtype=np.int64)
    mask = np.zeros_like(numbers)
    for place, row in enumerate(rows):
        numbers[place, : len(row)] = row
        mask[place, : len(row)] = 1
    (vectors,) = session.run(None, {"numbers": numbers, "mask": mask})
    return np.asarray(vectors, dtype=np.float32)

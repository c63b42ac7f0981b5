"""A small sentence transformer, run by onnxruntime on one thread."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from assist.meaning.files import reading
from assist.meaning.vectors import Floats

BATCH = 16


class Transformer:
    """Turns sentences into vectors; raises DataError for a file that is damaged or not made for this tokenizer."""

    def __init__(self, tokenizer: Tokenizer, model: Path) -> None:
        self._tokenizer = tokenizer
        with reading(model):
            self._session = _session(model)
            self.width = int(self._run([[tokenizer.get_vocab_size() - 1]]).shape[1])

    def vectors(self, sentences: Sequence[str]) -> Floats:
        """What it makes of each sentence, read in batches of like length: [sentences, width]."""
        encoded = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(sentences))]
        order = sorted(range(len(encoded)), key=lambda place: len(encoded[place]))
        made = np.zeros((len(encoded), self.width), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            made[places] = self._run([encoded[place] for place in places])
        return made

    def _run(self, rows: Sequence[Sequence[int]]) -> Floats:
        longest = max(len(row) for row in rows)
        numbers = np.zeros((len(rows), longest), dtype=np.int64)
        mask = np.zeros_like(numbers)
        for place, row in enumerate(rows):
            numbers[place, : len(row)] = row
            mask[place, : len(row)] = 1
        (vectors,) = self._session.run(None, {"numbers": numbers, "mask": mask})
        return np.asarray(vectors, dtype=np.float32)


def _session(model: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

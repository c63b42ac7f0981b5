"""Distils static vectors from the transformer: one for each piece of its vocabulary.

Each piece is read alone, the vectors are reduced to their principal components, and frequent pieces count
less (a piece's place in the vocabulary stands for its frequency, by Zipf's law). The method is that of Model2Vec
(https://github.com/MinishLab/model2vec).
"""

from pathlib import Path

import numpy as np
import torch

from training import base

WIDTH = 256
WEIGHT = 1e-4
"""The constant of smooth inverse frequency (Arora et al., 2017)."""


def distil(folder: Path) -> None:
    """Write `tokenizer.json` and `vectors.npz` into a folder."""
    tokenizer = base.tokenizer()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    vectors = _reduced(_alone(tokenizer.get_vocab_size()))
    vectors *= _weights(len(vectors))[:, None]
    scale = np.abs(vectors).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    np.savez_compressed(
        folder / "vectors.npz",
        table=np.round(vectors / scale).astype(np.int8),
        scale=scale[:, 0].astype(np.float32),
    )


def _alone(count: int) -> np.ndarray:
    """What the transformer makes of each piece on its own: [pieces, width]."""
    model = base.transformer().eval()
    tokenizer = base.tokenizer()
    begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    rows = []
    with torch.inference_mode():
        for numbers in torch.arange(count).split(512):
            framed = torch.stack([torch.full_like(numbers, begin), numbers, torch.full_like(numbers, end)], dim=1)
            rows.append(base.pooled(model, framed, torch.ones_like(framed)).numpy())
    return np.concatenate(rows)


def _reduced(vectors: np.ndarray) -> np.ndarray:
    """The first principal components."""
    centred = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, ::-1][:, :WIDTH]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(WIDTH)])  # the same signs on every machine
    return (centred @ axes).astype(np.float32)


def _weights(count: int) -> np.ndarray:
    """How much each piece counts: the less, the more frequent."""
    chance = 1 / np.arange(2, count + 2)
    chance /= chance.sum()
    return (WEIGHT / (WEIGHT + chance)).astype(np.float32)

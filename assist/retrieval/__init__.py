"""From what was said to the plays that answer it."""

from assist.retrieval.index import Match, PlayIndex, Said

__all__ = ["Match", "PlayIndex", "Said"]

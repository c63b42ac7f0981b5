"""From what was said to the plays that answer it."""

from assist.retrieval.index import Match, PlayIndex, Said, utterances
from assist.retrieval.library import load
from assist.retrieval.sentences import Sentences
from assist.retrieval.usage import Usage, Use

__all__ = ["Match", "PlayIndex", "Said", "Sentences", "Usage", "Use", "load", "utterances"]

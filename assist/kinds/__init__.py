"""How entries match: phrases, rudimentary questions, acts; one kind a file."""

from assist.kinds import phrase, question
from assist.kinds.index import Index
from assist.kinds.recognizer import Act, Match, Reading, Recognizer
from assist.kinds.sighting import Put, Sighting

__all__ = [
    "Act",
    "Index",
    "Match",
    "Put",
    "Reading",
    "Recognizer",
    "Sighting",
    "phrase",
    "question",
]

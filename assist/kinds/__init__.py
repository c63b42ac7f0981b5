"""How entries match: phrases, rudimentary questions, acts; one kind a file."""

from assist.kinds import meaning, phrase, question
from assist.kinds.index import Index
from assist.kinds.reader import Reader
from assist.kinds.reading import Act, Match, Reading
from assist.kinds.recognizer import Recognizer
from assist.kinds.sighting import Put, Sighting

__all__ = [
    "Act",
    "Index",
    "Match",
    "Put",
    "Reader",
    "Reading",
    "Recognizer",
    "Sighting",
    "meaning",
    "phrase",
    "question",
]

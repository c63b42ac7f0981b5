"""What a sentence means, whatever its words: fitted on the lexicon's examples."""

from assist.meaning.calibration import FIRM, Calibration, Scale
from assist.meaning.examples import Examples, Near, Wordings
from assist.meaning.files import Files, files_in, refuse_missing
from assist.meaning.labels import (
    AGENT_ACTS,
    CONTRARY,
    CUSTOMER_ACTS,
    LABELS,
    OF,
    SAID,
    WORDS_DECIDE,
    Speaker,
    label_of,
    speaker_of,
)
from assist.meaning.meaning import Meaning, Meant, Scores
from assist.meaning.screen import Screen
from assist.meaning.vectors import Floats, Vectors

__all__ = [
    "AGENT_ACTS",
    "CONTRARY",
    "CUSTOMER_ACTS",
    "FIRM",
    "LABELS",
    "OF",
    "SAID",
    "WORDS_DECIDE",
    "Calibration",
    "Examples",
    "Files",
    "Floats",
    "Meaning",
    "Meant",
    "Near",
    "Scale",
    "Scores",
    "Screen",
    "Speaker",
    "Vectors",
    "Wordings",
    "files_in",
    "label_of",
    "refuse_missing",
    "speaker_of",
]

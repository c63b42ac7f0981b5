"""Named figures over many conversations, each with its definition."""

from assist.audit.figures.catalogue import CHAPTERS, DEFINITIONS, definition
from assist.audit.figures.counting import Counting, Figure, Split, behind, figures
from assist.audit.figures.definition import Case, Definition, Seen, Target
from assist.audit.figures.hours import Hours
from assist.audit.figures.terms import Contacts, Terms

__all__ = [
    "CHAPTERS",
    "DEFINITIONS",
    "Case",
    "Contacts",
    "Counting",
    "Definition",
    "Figure",
    "Hours",
    "Seen",
    "Split",
    "Target",
    "Terms",
    "behind",
    "definition",
    "figures",
]

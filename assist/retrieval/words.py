"""The words of a text as they are compared: stems, and their letters three by three, so that a slip costs little."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from Stemmer import Stemmer

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’`")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|hiya|dear|good (?:morning|afternoon|evening)|morning)\b"
    r"(?:,? (?:there|all|team|sir|madam|everyone))?\W{0,3}",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:(?i:\b(?:my name is|my name's|this is|it's|it is|i'm|i am|name'?s))) (?:(?i:mrs?|ms|dr) )?"
    r"[A-Z][a-z'-]{1,20}(?: [A-Z][a-z'-]{1,20}){0,2}(?: here)?(?=[.,;!\n]|$)[.,;!]?"
)
_NUMBERED = re.compile(
    r"\b(order|booking|account|policy|claim|reference|ref|case|ticket|customer|card)"
    r"(?: (?:number|no|nr|id|ref|reference))?\.?(?: (?:is|was))?[ :#-]{0,3}\d[\w-]{2,20}\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"#?\b(?:[A-Z]{1,4}-?\d{3,12}[A-Z]{0,3}|\d{5,20})\b")
_TELLS_NUMBER = re.compile(
    r"(?:(?<=[.!?\n])|^)\s{0,3}(?:(?:and|so|also|here'?s|here is|it'?s|it is|my|our|the|your)\s){0,3}"
    r"(?:order|booking|account|policy|claim|reference|ref|case|ticket|customer)?"
    r"(?: (?:number|no|nr|id|ref|reference))?\.?(?: (?:is|was|would be))?"
    r"[ :#-]{0,3}[A-Za-z]{0,4}-?\d[\w-]{2,20}\s{0,3}(?:[.!?\n]|$)",
    re.IGNORECASE,
)
"""A sentence that does nothing but tell a number."""
_EMAIL = re.compile(r"\S{1,64}@\S{1,100}")
CHUNK = 45
"""How many words are read together."""
MOST = 12
"""How many such pieces are read."""


@cache
def _stemmer() -> "Stemmer":
    from Stemmer import Stemmer  # deferred: help does without

    return Stemmer("english")


def words(text: str) -> list[str]:
    """The words of a text in lower case; "don't" is one word."""
    return _WORD.findall(text.lower().translate(_APOSTROPHES))


def stems(text: str) -> list[str]:
    """The stem of each word."""
    return list(_stemmer().stemWords(words(text)))


def features(text: str) -> list[str]:
    """The stems of a text, and three letters at a time of each, with the ends of the word marked."""
    made: list[str] = []
    for stem in stems(text):
        framed = f"_{stem}_"
        made.append(stem)
        made.extend(f"#{framed[at : at + 3]}" for at in range(len(framed) - 2))
    return made


def request(message: str) -> str:
    """A customer's message without what says nothing of their request: the greeting, their name, numbers, addresses.

    The message itself where nothing else is in it.
    """
    bare = message
    for pattern, rest in (
        (_TELLS_NUMBER, " "),
        (_NAME, " "),
        (_NUMBERED, r"\1 "),
        (_EMAIL, " "),
        (_CODE, " "),
        (_GREETING, " "),
    ):
        bare = pattern.sub(rest, bare)
    bare = " ".join(bare.split()).lstrip(" ,.!;:-")
    return bare if words(bare) else message


def chunks(text: str) -> list[str]:
    """A text in whole sentences together, each piece short enough to be read to its end; the first of them."""
    made: list[str] = []
    for part in _SENTENCE_END.split(text.strip()):
        found = part.split()
        for start in range(0, len(found), CHUNK):
            piece = " ".join(found[start : start + CHUNK])
            if made and len(made[-1].split()) + len(piece.split()) <= CHUNK:
                made[-1] = f"{made[-1]} {piece}"
            else:
                made.append(piece)
    return made[:MOST] or [text]

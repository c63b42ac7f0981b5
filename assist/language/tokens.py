"""From a text to plain words: spaCy's tokens, contractions written out, chat spellings undone."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from assist.language.spellings import AMBIGUOUS, BARE, BARE_NEGATED, ENDINGS, MODALS, NEGATED, SHORT, SICK, WORDS

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST = 120
"""How much of a word is read: what runs on for longer is no word, and may be a whole file."""
WORDS_REMEMBERED = 50_000
"""How many words are remembered as they were read."""
QUOTE = "\u201d"
"""The word that stands for a passage in quotation marks; no phrase can name it."""


class Token(NamedTuple):
    """One word in plain form, or a mark; `start` and `end` are places in the plain text."""

    word: str
    start: int
    end: int
    mark: bool


@cache
def english() -> "Language":
    """spaCy's English tokenizer, made once."""
    import spacy  # deferred: half a second that help and lexicon checks need not wait for
    from spacy.util import compile_infix_regex

    nlp = spacy.blank("en")
    infixes = [*(nlp.Defaults.infixes or []), r"(?<=[A-Za-z])[?!,;:]+(?=[A-Za-z])", r"(?<=[a-z]{2})\.(?=I\b|i\b)"]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    # A contraction among spaCy's special cases costs a draft twenty times the rest of the work,
    # and cuts the word "id" in two; they are written out below instead.
    tokenizer.rules = {
        text: rule
        for text, rule in (tokenizer.rules or {}).items()
        if text.endswith(".") and "'" not in text and "\u2019" not in text
    }
    nlp.max_length = 10_000_000
    return nlp


def tokens(text: str) -> list[Token]:
    """The words and marks of a plain text, in order."""
    pieces = _pieces(text)
    found: list[Token] = []
    for index, (piece, start) in enumerate(pieces):
        end = start + len(piece)
        words = _plain(piece[:LONGEST])
        if words is None:
            found.append(Token(piece, start, end, mark=True))
            continue
        if words in _CONTEXTUAL:
            words = _in_context(words, pieces, index)
        if words == ("is",) and found and found[-1].word == "let":
            words = ("us",)
        if words == ("of",) and _meant_have(found, pieces, index):
            words = ("have",)
        found.extend(Token(word, start, end, mark=False) for word in words)
    return _has_been(_rejoined(found))


def _pieces(text: str) -> list[tuple[str, int]]:
    """Words and marks as spaCy cuts them, and where each begins.

    What runs on for longer than any word is no word, and spaCy's time grows with its square: it
    is left whole.
    """
    found: list[tuple[str, int]] = []
    at = 0
    for run in _ENDLESS.finditer(text):
        found += _cut(text[at : run.start()], at)
        found.append((run.group(), run.start()))
        at = run.end()
    return found + _cut(text[at:], at)


def _cut(text: str, at: int) -> list[tuple[str, int]]:
    """spaCy's tokens, read as columns: making Token objects costs more than finding them."""
    nlp = english()
    if len(nlp.vocab) > WORDS_REMEMBERED:  # spaCy forgets no word, and order numbers are new words without end
        english.cache_clear()
        nlp = english()
    doc = nlp.make_doc(text)
    strings = nlp.vocab.strings
    found: list[tuple[str, int]] = []
    for word, space in doc.to_array(["ORTH", "SPACY"]).tolist():
        piece = strings[word]
        found.append((piece, at))
        at += len(piece) + space
    return found


_ENDLESS = re.compile(rf"\S{{{LONGEST},}}|[^\w\s]{{24,}}")
_CONTEXTUAL = frozenset((word,) for word in AMBIGUOUS)
_WORDLIKE = re.compile(r"[^\W_]")
_BRITISH = re.compile(
    r"((?:apolog|real|organ|recogn|util|author|personal|final|prior|minim|emphas|custom|sympath|categor|summar)i)s(e[ds]?|ing|ation)"
    r"|(col|fav|hon|behavi|neighb|lab|harb)our(s|ed|ing|able|ite|ites|hood|)"
)
_LONG = re.compile(r"([^\W\d_])\1{2,}")


@lru_cache(WORDS_REMEMBERED)
def _plain(piece: str) -> tuple[str, ...] | None:
    """The plain words of one token, or None for a mark."""
    lower = piece.lower()
    known = WORDS.get(lower)
    if known is not None:
        return known
    if not _WORDLIKE.search(lower):
        return None
    if contracted := _contraction(lower):
        return contracted
    if lower in AMBIGUOUS:
        return (lower,)
    if spelled := _BRITISH.fullmatch(lower):
        return (f"{spelled[1]}z{spelled[2]}",) if spelled[1] else (f"{spelled[3]}or{spelled[4]}",)
    if long := _LONG.search(lower):
        twice, once = _LONG.sub(r"\1\1", lower), _LONG.sub(r"\1", lower)
        return WORDS.get(once, (twice if long[1] in "eo" and once not in SHORT else once,))
    return (lower,)


def _contraction(lower: str) -> tuple[str, ...] | None:
    """The words of a contraction, its apostrophe there or forgotten."""
    if lower.endswith(("n't", "nt")):
        stem = lower[:-3] if lower.endswith("n't") else lower[:-2]
        if stem in BARE_NEGATED or (stem and lower.endswith("n't")):
            return (NEGATED.get(stem, stem), "not")
    stem, apostrophe, ending = BARE.get(lower, lower).rpartition("'")
    if apostrophe and stem and ending in ENDINGS:
        if stem == "let":
            return ("let", "us")
        return (*(WORDS.get(stem) or _contraction(stem) or (stem,)), ENDINGS[ending])
    return None


def _meant_have(found: Sequence[Token], pieces: Sequence[tuple[str, int]], index: int) -> bool:
    """Whether an `of` is how somebody spells the *have* of "should have"."""
    before = [token.word for token in found[-2:] if token.word != "not"]
    after = pieces[index + 1][0].lower() if index + 1 < len(pieces) else ""
    return bool(before) and before[-1] in MODALS and after != "course"


def _in_context(words: tuple[str, ...], pieces: Sequence[tuple[str, int]], index: int) -> tuple[str, ...]:
    """Whether `ill`, `well`, `were` … is a contraction typed without its apostrophe."""
    word = words[0]
    contraction, deciding = AMBIGUOUS[word]
    after = pieces[index + 1][0].lower() if index + 1 < len(pieces) else ""
    before = pieces[index - 1][0].lower() if index else ""
    if word == "ill":
        return words if before in SICK or not after.isalpha() else contraction
    if word == "were" and before.isalpha() and before not in {"and", "but", "so", "because", "as"}:
        return words
    return contraction if after in deciding else words


def _rejoined(found: list[Token]) -> list[Token]:
    """`e-mail` is one word, `email`."""
    if not any(token.word == "e" for token in found):
        return found
    joined: list[Token] = []
    for token in found:
        mailed = token.word.startswith("mail") and [other.word for other in joined[-2:]] == ["e", "-"]
        if mailed and joined[-2].end + 1 == token.start:
            joined[-2:] = [Token("e" + token.word, joined[-2].start, token.end, mark=False)]
        else:
            joined.append(token)
    return joined


def _has_been(found: list[Token]) -> list[Token]:
    """`it's been` is `it has been`, not `it is been`."""
    for index, token in enumerate(found[:-1]):
        if token.word == "is" and token.end - token.start < 4 and found[index + 1].word in {"been", "got", "had"}:
            found[index] = token._replace(word="has")
    return found


@cache
def plain_words(phrase: str) -> tuple[str, ...]:
    """The plain words of a short piece of text, marks left out."""
    pieces = phrase.lower().split()
    if all(piece.isascii() and piece.isalpha() and piece not in AMBIGUOUS for piece in pieces):
        return tuple(word for piece in pieces for word in _plain(piece) or ())
    return tuple(token.word for token in tokens(phrase.replace("\u2019", "'")) if not token.mark)

"""From a text to plain words: spaCy's tokens, contractions written out, chat spellings undone."""

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.language import Language

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
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[union-attr]
    # A contraction among spaCy's special cases costs a draft twenty times the rest of the work,
    # and cuts the word "id" in two; they are written out below instead.
    nlp.tokenizer.rules = {
        text: rule
        for text, rule in (nlp.tokenizer.rules or {}).items()
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
        words = _plain(piece)
        if words is None:
            found.append(Token(piece, start, end, mark=True))
            continue
        if words in _CONTEXTUAL:
            words = _in_context(words, pieces, index)
        if words == ("is",) and found and found[-1].word == "let":
            words = ("us",)
        found.extend(Token(word, start, end, mark=False) for word in words)
    return _has_been(found)


def _pieces(text: str) -> list[tuple[str, int]]:
    """spaCy's tokens and where each begins, read as columns: making Token objects costs more."""
    nlp = english()
    doc = nlp.make_doc(text)
    strings = nlp.vocab.strings
    found: list[tuple[str, int]] = []
    at = 0
    for word, space in doc.to_array(["ORTH", "SPACY"]).tolist():
        piece = strings[word]
        found.append((piece, at))
        at += len(piece) + space
    return found


_WORDS: dict[str, tuple[str, ...]] = {
    "'ll": ("will",), "ll": ("will",), "'ve": ("have",), "ve": ("have",),
    "'re": ("are",), "re": ("are",), "'m": ("am",), "m": ("am",), "'s": ("is",), "s": ("is",), "'d": ("would",),
    "d": ("would",), "its": ("it", "is"),
    "cannot": ("can", "not"), "wanna": ("want", "to"), "ta": ("thanks",), "y'": ("you",),
    "gotta": ("got", "to"), "gonna": ("going", "to"), "u": ("you",), "ya": ("you",), "yous": ("you",), "ur": ("your",),
    "r": ("are",), "pls": ("please",), "plz": ("please",), "plss": ("please",), "thx": ("thanks",), "thnx": ("thanks",),
    "tnx": ("thanks",), "ty": ("thank", "you"), "cuz": ("because",), "coz": ("because",), "cos": ("because",),
    "'cause": ("because",), "bc": ("because",), "okay": ("ok",), "okey": ("ok",), "k": ("ok",), "dunno": ("do", "not", "know"),
    "didja": ("did", "you"), "didya": ("did", "you"), "d'you": ("do", "you"), "kinda": ("kind", "of"), "sorta": ("sort", "of"),
    "lemme": ("let", "me"), "gimme": ("give", "me"), "idk": ("i", "do", "not", "know"), "tbh": ("to", "be", "honest"),
    "asap": ("as", "soon", "as", "possible"), "btw": ("by", "the", "way"), "n": ("and",), "b4": ("before",), "2day": ("today",),
    "2moro": ("tomorrow",), "tmrw": ("tomorrow",), "tmr": ("tomorrow",), "tomoz": ("tomorrow",), "tonite": ("tonight",),
    "wk": ("week",), "wks": ("weeks",), "yr": ("year",), "yrs": ("years",), "hr": ("hour",), "hrs": ("hours",), "min": ("minute",),
    "mins": ("minutes",), "w/": ("with",), "w": ("with",), "w/o": ("without",), "acct": ("account",), "acc": ("account",),
    "info": ("information",), "msg": ("message",), "ppl": ("people",), "abt": ("about",), "rn": ("right", "now"),
    "sry": ("sorry",), "soz": ("sorry",), "sozz": ("sorry",), "probs": ("problems",), "cust": ("customer",), "cld": ("could",),
    "shld": ("should",), "wld": ("would",), "hav": ("have",), "hv": ("have",), "wen": ("when",), "wat": ("what",), "wot": ("what",), "dat": ("that",),
    "dis": ("this",), "da": ("the",), "em": ("them",), "'em": ("them",), "imo": ("i", "think"), "ngl": (), "pw": ("password",),
    "pwd": ("password",), "no.": ("number",), "nos": ("numbers",), "e-mail": ("email",), "e-mails": ("emails",), "mail": ("mail",),
    "%": ("percent",), "&": ("and",), "+": ("and",), "@": ("at",), "alright": ("all", "right"), "thru": ("through",),
    "center": ("centre",), "cancelled": ("canceled",), "cancelling": ("canceling",),
}  # fmt: skip

_AMBIGUOUS: dict[str, tuple[tuple[str, ...], frozenset[str]]] = {
    # the token: what it may stand for, and the words after it that decide for that
    "ill": (("i", "will"), frozenset()),
    "id": (("i", "would"), frozenset("like love be rather say suggest need recommend have want hate prefer appreciate".split())),
    "well": (("we", "will"), frozenset("get send be have need look call refund make see keep sort do let give take try fix email credit ship".split())),
    "were": (("we", "are"), frozenset("sorry going short aware so very really unable swamped understaffed full closed open out happy trying working looking having doing experiencing currently".split())),
    "your": (("you", "are"), frozenset("wrong mistaken welcome right going being just".split())),
}  # fmt: skip
_CONTEXTUAL = frozenset((word,) for word in _AMBIGUOUS)
_SICK = frozenset("am is are was were be been feel felt fell taken seriously very too mentally".split())
_WORDLIKE = re.compile(r"[^\W_]")
_BRITISH = re.compile(
    r"((?:apolog|real|organ|recogn|util|author|personal|final|prior|minim|emphas|custom|sympath|categor|summar)i)s(e[ds]?|ing|ation)"
    r"|(col|fav|hon|behavi|neighb|lab|harb)our(s|ed|ing|able|ite|ites|hood|)"
)
_LONG = re.compile(r"(.)\1{2,}")


@cache
def _plain(piece: str) -> tuple[str, ...] | None:
    """The plain words of one token, or None for a mark."""
    lower = piece.lower()
    known = _WORDS.get(lower)
    if known is not None:
        return known
    if not _WORDLIKE.search(lower):
        return None
    if contracted := _contraction(lower):
        return contracted
    if lower in _AMBIGUOUS:
        return (lower,)
    if spelled := _BRITISH.fullmatch(lower):
        return (f"{spelled[1]}z{spelled[2]}",) if spelled[1] else (f"{spelled[3]}or{spelled[4]}",)
    if not lower.isdigit() and (long := _LONG.search(lower)):
        twice, once = _LONG.sub(r"\1\1", lower), _LONG.sub(r"\1", lower)
        return _WORDS.get(once, (twice if long[1] in "eo" and once not in _SHORT else once,))
    return (lower,)


_SHORT = frozenset("so no to oh hello please very we me he the ok really here".split())
_ENDINGS = {"s": "is", "ll": "will", "ve": "have", "re": "are", "m": "am", "d": "would"}
_NEGATED = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_BARE_NEGATED = frozenset(
    "do does did ca wo is are was were have has had could would should must need ai might".split()
)
_BARE = {
    bare: contraction
    for contraction in (
        "i'm i've you're you've you'll you'd they're they've they'll we've he's she's that's what's there's here's "
        "it'll it'd that'll who's how's where's let's everyone's someone's y'all"
    ).split()
    for bare in [contraction.replace("'", "")]
}


def _contraction(lower: str) -> tuple[str, ...] | None:
    """The words of a contraction, its apostrophe there or forgotten."""
    if lower.endswith(("n't", "nt")):
        stem = lower[:-3] if lower.endswith("n't") else lower[:-2]
        if stem in _BARE_NEGATED or (stem and lower.endswith("n't")):
            return (_NEGATED.get(stem, stem), "not")
    stem, apostrophe, ending = _BARE.get(lower, lower).rpartition("'")
    if apostrophe and stem and ending in _ENDINGS:
        if stem == "let":
            return ("let", "us")
        return (*(_WORDS.get(stem) or _contraction(stem) or (stem,)), _ENDINGS[ending])
    return None


def _in_context(
    words: tuple[str, ...], pieces: Sequence[tuple[str, int]], index: int
) -> tuple[str, ...]:
    """Whether `ill`, `well`, `were` … is a contraction typed without its apostrophe."""
    word = words[0]
    contraction, deciding = _AMBIGUOUS[word]
    after = pieces[index + 1][0].lower() if index + 1 < len(pieces) else ""
    before = pieces[index - 1][0].lower() if index else ""
    if word == "ill":
        return words if before in _SICK or not after.isalpha() else contraction
    if word == "were" and before.isalpha() and before not in {"and", "but", "so", "because", "as"}:
        return words
    return contraction if after in deciding else words


def _has_been(found: list[Token]) -> list[Token]:
    """`it's been` is `it has been`, not `it is been`."""
    for index, token in enumerate(found[:-1]):
        if token.word == "is" and token.end - token.start < 4 and found[index + 1].word in {"been", "got", "had"}:  # noqa: PLR2004, E501
            found[index] = token._replace(word="has")
    return found


@cache
def plain_words(phrase: str) -> tuple[str, ...]:
    """The plain words of a short piece of text, marks left out."""
    pieces = phrase.lower().split()
    if all(piece.isascii() and piece.isalpha() and piece not in _AMBIGUOUS for piece in pieces):
        return tuple(word for piece in pieces for word in _plain(piece) or ())
    return tuple(token.word for token in tokens(phrase.replace("\u2019", "'")) if not token.mark)

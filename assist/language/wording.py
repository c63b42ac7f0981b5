"""A wording from the lexicon, fitted into its place in a draft."""

import re
from collections.abc import Mapping

from assist.spans import Edit, Span

_SLOT = re.compile(r"<([^<>]+)>")
_VOCATIVE = re.compile(r",\s*<name>(?=[,.!?]|$)|^<name>,\s*|\s+<name>(?=[,.!?]|$)")
_ENDED = re.compile(r"[.!?…:]['\")]*$")
_ASKS = re.compile(r"(?:Could|Would|May|Can|Shall|Might) (?:you|I|we)\b(?!.*[.?!]$)", re.IGNORECASE)
_STATEMENT_END = re.compile(r"([^.!?\n]*)[.!]?(?=\s|$)")
_MARK = re.compile(r"\s?[.!?]")
_I = re.compile(r"^I\b")
_SORRY = re.compile(r"\b(?:sorry|apolog\w+)\b", re.IGNORECASE)


def says_sorry(text: str) -> bool:
    """Whether the word is there; one apology is enough for a draft."""
    return bool(_SORRY.search(text))


def fill(wording: str, fills: Mapping[str, str]) -> str | None:
    """The wording with its slots filled; None where a slot has no filling.

    A name that is not known is left out where the wording only calls the reader by it.
    """
    if not fills.get("name"):
        wording = _VOCATIVE.sub("", wording)
        wording = wording[:1].upper() + wording[1:]
    missing = [name for name in _SLOT.findall(wording) if not fills.get(name)]
    if missing:
        return None
    return _SLOT.sub(lambda slot: fills[slot[1]].strip(" ,;"), wording)


def in_place_of_sentence(draft: str, sentence: Span, wording: str) -> Edit:
    """`wording` as a sentence of its own, where `sentence` stands."""
    before = draft[: sentence.start].rstrip()
    wording = _ended(wording, draft[: sentence.end])
    wording = _small(wording) if before.endswith(",") else _capital(wording)
    if before and before[-1].isalnum() and "\n" not in draft[len(before) : sentence.start]:
        return Edit(Span(len(before), sentence.end), f". {wording}{_space(draft, sentence.end)}")
    return Edit(sentence, wording + _space(draft, sentence.end))


def in_place_of_rest(draft: str, rest: Span, wording: str) -> Edit:
    """`wording` as a sentence of its own in place of the rest of a sentence, which ends where that began."""
    return Edit(rest, f". {_capital(_ended(wording, draft[: rest.end]))}{_space(draft, rest.end)}")


def in_place_of_words(draft: str, words: Span, wording: str) -> Edit:
    """`wording` where `words` stand, its first letter as the place wants it."""
    if _opens_sentence(draft, words.start):
        wording = _capital(wording)
    elif draft[words.start : words.start + 1].islower():
        wording = _small(wording)
    if _ASKS.match(wording) and (end := _STATEMENT_END.match(draft, words.end)):
        return Edit(Span(words.start, end.end()), f"{wording}{end[1]}?")
    if _ENDED.search(wording) and (mark := _MARK.match(draft, words.end)):
        return Edit(Span(words.start, mark.end()), wording)
    return Edit(words, wording)


def inserted(draft: str, at: int, wording: str) -> Edit:
    """`wording` as a sentence of its own put in at a place between two sentences."""
    before, after = draft[:at], draft[at:]
    lead = "" if not before or before[-1].isspace() else " "
    if before and before[-1].isalnum():
        lead = ". "
    tail = "" if not after or after[0].isspace() else " "
    return Edit(Span(at, at), lead + _capital(_ended(wording, "")) + tail)


def own_paragraph(draft: str, at: int, wording: str) -> Edit:
    """`wording` as a paragraph put in after the line that ends at a place."""
    line = "\r\n" if "\r\n" in draft else "\n"
    return Edit(Span(at, at), 2 * line + _capital(_ended(wording, "")))


def inserted_mid(draft: str, at: int, wording: str) -> Edit:
    """`wording` put in after the comma of a greeting; what follows becomes a sentence of its own."""
    return Edit(Span(at, at + 1), f"{_ended(_small(wording), '')} {draft[at].upper()}")


def without_sentence(draft: str, sentence: Span) -> Edit:
    """The sentence taken out, with the space after it."""
    end = sentence.end
    while end < len(draft) and draft[end] in " \t":
        end += 1
    return Edit(Span(sentence.start, end), "")


def _space(draft: str, at: int) -> str:
    return " " if at < len(draft) and draft[at].isalnum() else ""


def _ended(wording: str, replaced: str) -> str:
    if _ENDED.search(wording):
        return wording
    mark = replaced[-1:] if replaced[-1:] in ".!" else "."
    return wording + (mark or ".")


def _small(wording: str) -> str:
    return wording if _I.match(wording) else wording[:1].lower() + wording[1:]


def _capital(wording: str) -> str:
    return wording[:1].upper() + wording[1:]


def _opens_sentence(draft: str, at: int) -> bool:
    before = draft[:at].rstrip(" \t\"'“‘(")
    return not before or before[-1] in ".!?\n"

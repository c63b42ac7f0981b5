"""Rules of Vale, the prose linter, read into sketches of entries as far as phrases can say them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assist.errors import AssistError
from assist.lexicon.expression import wordings
from assist.lexicon.sketch import MARKS, Gathered, Sketch, apart, category_of, plain, refused, several_sentences
from assist.yamlfile import YamlFile

TOKENS = 5_000
"""How many expressions one rule may list."""

EXCEPTIONS = 500

WHY_LENGTH = 1_000
LEVELS = frozenset({"error", "warning", "suggestion"})
SCOPES = frozenset({"", "text", "sentence", "paragraph", "summary"})

NO_PHRASE: Mapping[str, str] = {
    "occurrence": "it counts how often words occur",
    "repetition": "it looks for a word said twice",
    "consistency": "it wants one of two spellings throughout",
    "conditional": "it asks for one wording where there is another",
    "capitalization": "it looks at capitals, and a phrase reads all letters alike",
    "readability": "it measures how hard a text is to read",
    "metric": "it measures a text",
    "spelling": "it looks words up in a dictionary",
    "sequence": "it goes by parts of speech",
    "script": "it is a program",
}
"""Why a rule of each kind cannot become phrases."""

_PLACES = re.compile(r"(['\"“‘`]?)%(?:\[(\d)\])?s(['\"”’`]?)")


def read(path: Path, default: str) -> Gathered:
    """The rule in a file; what it lists and phrases cannot say is left out, with the reason.

    Every entry is of the category `default`, since a rule of Vale has none; where that is empty, it is to do.
    Raises DataError for what is no rule.
    """
    file = YamlFile(path)
    data = file.data
    if not isinstance(data, dict) or not isinstance(data.get("extends"), str):
        raise file.error("not a rule of Vale: it has no 'extends'")
    rule = _Rule(file, data, default)
    if problem := _beyond(data):
        rule.gathered.leave_out(f"{path}:1", f"{path.stem} ({data['extends']})", problem)
    elif data["extends"] == "existence":
        rule.existence()
    else:
        rule.substitution()
    return rule.gathered


def _beyond(data: Mapping[str, Any]) -> str:
    """Why a rule as a whole cannot become phrases; empty where it can."""
    kind, message = data["extends"], data.get("message", "")
    if kind not in {"existence", "substitution"}:
        return NO_PHRASE.get(kind, "no such kind of rule is known")
    if not isinstance(data.get("scope", ""), str) or data.get("scope", "") not in SCOPES:
        return f"it looks at {plain(str(data['scope']))!r:.60} only, which a reply does not have"
    if data.get("raw"):
        return "it puts expressions together ('raw')"
    if data.get("pos"):
        return "it goes by parts of speech"
    if not isinstance(message, str) or len(message) > WHY_LENGTH:
        return f"its message is no text of at most {WHY_LENGTH:,} characters"
    return ""


@dataclass
class _Rule:
    """One rule, and what was gathered of it."""

    file: YamlFile
    data: Mapping[str, Any]
    default: str
    gathered: Gathered = field(default_factory=Gathered)

    def existence(self) -> None:
        """One entry of all that the rule lists."""
        tokens = enumerate(self.strings("tokens", TOKENS))
        found = [phrase for index, token in tokens for phrase in self.phrases(token, "tokens", index)]
        self.sketch(found, self.exceptions())

    def substitution(self) -> None:
        """One entry for each replacement, of all that it replaces."""
        swap = self.data.get("swap") or {}
        if not isinstance(swap, dict) or len(swap) > TOKENS:
            raise self.file.error(f"'swap' must be a mapping of at most {TOKENS:,} expressions", "swap")
        exceptions = self.exceptions()
        groups: dict[str, tuple[int, list[str]]] = {}
        for token, better in swap.items():
            if not isinstance(better, str) or not better.strip() or "$" in better:
                self.leave_out(token, "what it puts in place is no plain wording", "swap", token)
                continue
            found = self.swapped(token, better)
            groups.setdefault(better, (self.file.line("swap", token), []))[1].extend(found)
        for better, (line, phrases) in groups.items():
            self.sketch(phrases, exceptions, tuple(filter(None, map(plain, better.split("|")))), line)

    def swapped(self, token: str, better: str) -> list[str]:
        """The phrases of an expression that say something else than what is put in their place."""
        same = {_letters(words) for words in better.split("|")}
        found = list(self.phrases(token, "swap", token))
        kept = [phrase for phrase in found if _letters(phrase) not in same]
        if found and not kept:
            why = "it only changes capitals or hyphens, and a phrase reads all letters alike"
            self.leave_out(token, why, "swap", token)
        return kept

    def exceptions(self) -> list[str]:
        tokens = enumerate(self.strings("exceptions", EXCEPTIONS))
        return [phrase for index, token in tokens for phrase in self.phrases(token, "exceptions", index)]

    def strings(self, name: str, most: int) -> Sequence[str]:
        """A list of expressions; raises DataError where it is something else."""
        values = self.data.get(name) or []
        if not isinstance(values, list) or len(values) > most:
            raise self.file.error(f"{name!r} must be a list of at most {most:,} expressions", name)
        for index, value in enumerate(values):
            if not isinstance(value, str):
                raise self.file.error("an expression must be a string", name, index)
        return values

    def phrases(self, token: str, *place: str | int) -> Iterator[str]:
        """The phrases that an expression stands for; what cannot be said is left out."""
        inside = self.data.get("nonword") == "true" and not re.fullmatch(r"\\b.*\\b", token)
        try:
            found = () if inside else wordings(token)
        except AssistError as error:
            self.leave_out(token, str(error), *place)
            return
        if inside:
            self.leave_out(token, "it looks inside words ('nonword')", *place)
        for wording in found:
            phrase = wording.strip(" ,;:")
            if problem := _problem(phrase):
                self.leave_out(phrase or token, problem, *place)
            else:
                yield phrase

    def leave_out(self, words: str, why: str, *place: str | int) -> None:
        self.gathered.leave_out(f"{self.file.path}:{self.file.line(*place)}", words, why)

    def sketch(
        self, found: Sequence[str], exceptions: Sequence[str], instead: tuple[str, ...] = (), line: int = 1
    ) -> None:
        """Gather an entry of these phrases, where there are any."""
        excepted = {phrase.casefold() for phrase in exceptions}
        phrases = [phrase for phrase in apart(found) if phrase.casefold() not in excepted]
        if not phrases:
            return
        unless = [words for words in exceptions if any(p.casefold() in words.casefold() for p in phrases)]
        category, choose = category_of("", self.default)
        todo = {"category": choose} if choose else {}
        if unless:
            todo["unless"] = "Vale let only these words be; here they let the whole sentence be"
        style, level = self.file.path.stem, self.data.get("level", "warning")
        told, said = self.data.get("description"), _said(self.data.get("message", ""), instead, phrases)
        self.gathered.sketches.append(
            Sketch(
                name=f"{style} {phrases[0]}" if instead else style,
                place=f"{self.file.path.name}:{line}",
                category=category,
                phrases=tuple(phrases),
                flags=tuple(phrases),
                why=plain(told) if isinstance(told, str) and told.strip() else said,
                message=said,
                instead=instead,
                unless=tuple(unless),
                severity=level if level in LEVELS else "",
                replace="words" if instead else "sentence",
                todo=todo,
            )
        )


def _problem(phrase: str) -> str:
    if mark := MARKS.search(phrase):
        return f"{mark[0]!r} means something else in a phrase"
    return several_sentences(phrase) or refused(phrase)


def _letters(words: str) -> str:
    return " ".join(words.casefold().replace("-", " ").split())


def _said(message: str, instead: Sequence[str], phrases: Sequence[str]) -> str:
    """A rule's message with its places filled: what to say first, then what was said."""
    words = [" or ".join(instead), phrases[0] if len(phrases) == 1 else ""] if instead else []
    count = iter(range(len(words)))

    def fill(place: re.Match[str]) -> str:
        number = int(place[2]) - 1 if place[2] else next(count, len(words))
        return f"{place[1]}{words[number]}{place[3]}" if 0 <= number < len(words) and words[number] else "this"

    return plain(_PLACES.sub(fill, message))

"""A lexicon: packs in layers, and which of them decided what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from assist.errors import AssistError, DataError, did_you_mean
from assist.findings import Severity
from assist.lexicon.entry import SEVERITIES, CheckEntry, Entry, PackSheet, PhraseEntry, phrases_of
from assist.lexicon.pattern import Either, may_be_empty, names, parse, refuse_unknown, word_sets

Kind = TypeVar("Kind", bound=Entry)


class Source(NamedTuple):
    """The file and line where something is written."""

    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True)
class Pack:
    """One layer: its sheet, its word sets and its entries, each with its source."""

    name: str
    sheet: PackSheet
    folder: Path
    words: Mapping[str, tuple[tuple[str, ...], Source]] = field(default_factory=dict)
    entries: Mapping[str, tuple[Entry, Source]] = field(default_factory=dict)


class Lexicon:
    """Packs layered in order: a later one adds, replaces by id, changes severity or switches off.

    `entries` holds what is left, by id; `words` the word sets, by name. Raises DataError, with
    file and line, for a rule, a word set or a phrase that the layers together cannot make sense of;
    `read_before` says that an earlier run has made sure of the phrases.
    """

    def __init__(self, packs: Sequence[Pack], *, read_before: bool = False) -> None:
        self.packs = tuple(packs)
        words: dict[str, tuple[str, ...]] = {}
        self.entries: dict[str, Entry] = {}
        self._sources: dict[str, Source] = {}
        self._word_sources: dict[str, Source] = {}
        self._levels: dict[str, tuple[str, Pack]] = {}
        for pack in packs:
            for name, (phrases, source) in pack.words.items():
                words[name] = phrases
                self._word_sources[name] = source
            for entry, source in pack.entries.values():
                self.entries[entry.id] = entry
                self._sources[entry.id] = source
            for rule, level in pack.sheet.rules.items():
                self._check_rule(rule, pack)
                self._levels[rule] = (level, pack)
        self.words = self._sets(words)
        if not read_before:
            self._check_phrases()

    def _sets(self, words: dict[str, tuple[str, ...]]) -> dict[str, Either]:
        try:
            return word_sets(words)
        except AssistError as error:
            about = str(error).split("'")[1]
            blamed = next(name for name in words if any(about in phrase for phrase in words[name]))
            raise DataError(*self._word_sources[blamed], f"word set {blamed!r}: {error}") from None

    def _check_phrases(self) -> None:
        """Raise DataError for a phrase that names an unknown word set or could match no words."""
        for entry in self.entries.values():
            for phrase in phrases_of(entry):
                if problem := self._problem(phrase):
                    if "core" not in {pack.name for pack in self.packs}:
                        problem += "; is the pack 'core' missing among the packs?"
                    raise DataError(*self._sources[entry.id], f"{entry.id}: phrase {phrase!r}: {problem}")

    def _problem(self, phrase: str) -> str:
        parts = parse(phrase).parts
        try:
            for name in names(parts):
                refuse_unknown(name, self.words)
        except AssistError as error:
            return str(error)
        return "it could match no words at all" if may_be_empty(parts, self.words) else ""

    def refuse_unknown(self, rule: str) -> None:
        """Raise AssistError for what is neither an entry nor a category."""
        known = {*self.entries, *SEVERITIES}
        if rule not in known:
            raise AssistError(f"unknown rule {rule!r}{did_you_mean(rule, known)}")

    def _check_rule(self, rule: str, pack: Pack) -> None:
        try:
            self.refuse_unknown(rule)
        except AssistError as error:
            if not pack.folder.name:
                raise
            raise DataError(pack.folder / "pack.yaml", None, str(error)) from None

    def __getitem__(self, rule: str) -> Entry:
        try:
            return self.entries[rule]
        except KeyError:
            hint = did_you_mean(rule, self.entries)
            raise AssistError(f"unknown rule {rule!r}{hint}") from None

    def of(self, kind: type[Kind]) -> Iterator[Kind]:
        """The entries of one kind."""
        return (entry for entry in self.entries.values() if isinstance(entry, kind))

    @property
    def categories(self) -> frozenset[str]:
        """Every category that a finding may carry."""
        return frozenset(SEVERITIES)

    def source(self, rule: str) -> Source:
        """Where an entry is written."""
        return self._sources[rule]

    def word_source(self, name: str) -> Source:
        """Where a word set is written."""
        return self._word_sources[name]

    def severity(self, entry: Entry) -> Severity | None:
        """How much a finding of this entry weighs; None where it is switched off."""
        return self.decided(entry)[0]

    def decided(self, entry: Entry) -> tuple[Severity | None, str]:
        """The severity of an entry, and the file that decided it."""
        category = entry.category if isinstance(entry, PhraseEntry | CheckEntry) else "dypii"
        for rule in (entry.id, category):
            if rule in self._levels:
                level, pack = self._levels[rule]
                return _severity(level), f"{pack.folder / 'pack.yaml'}, rules: {rule}"
        own = entry.severity if isinstance(entry, PhraseEntry | CheckEntry) else None
        if own:
            return _severity(own), str(self._sources[entry.id])
        return SEVERITIES[category], f"the category {category}"


def _severity(level: str) -> Severity | None:
    return None if level == "off" else Severity(level)

"""A lexicon: packs in layers, and which of them decided what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from assist.errors import AssistError, DataError, did_you_mean
from assist.findings import Severity
from assist.lexicon.entry import SEVERITIES, CheckEntry, Entry, Level, PhraseEntry, phrases_of
from assist.lexicon.pattern import SHOWN, Either, WordSetError, may_be_empty, names, parse, unknown_set, word_sets

Kind = TypeVar("Kind", bound=Entry)


class Source(NamedTuple):
    """The file and line where something is written."""

    path: Path
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True)
class Pack:
    """One layer: the rules it changes, its word sets and its entries, each with its source.

    A rule without a source is not written in any file.
    """

    name: str
    folder: Path
    rules: Mapping[str, tuple[Level, Source | None]] = field(default_factory=dict)
    words: Mapping[str, tuple[tuple[str, ...], Source]] = field(default_factory=dict)
    entries: Mapping[str, tuple[Entry, Source]] = field(default_factory=dict)


class Lexicon:
    """Packs layered in order: a later one adds, replaces by id, changes severity or switches off.

    `written` holds every entry by id; `entries` those that are at work: without the acts, frames,
    operations and facts that are switched off. `words` are the word sets, by name. Raises DataError,
    with file and line, for a rule, a word set or a phrase that the layers together cannot make sense
    of; `read_before` says that an earlier run has made sure of the phrases.
    """

    def __init__(self, packs: Sequence[Pack], *, read_before: bool = False) -> None:
        self.packs = tuple(packs)
        self.written: dict[str, Entry] = {}
        self._sources: dict[str, Source] = {}
        self._layers: dict[str, int] = {}
        for layer, pack in enumerate(packs):
            for entry, source in pack.entries.values():
                self.written[entry.id] = entry
                self._sources[entry.id] = source
                self._layers[entry.id] = layer
            for rule, (level, where) in pack.rules.items():
                self._check_rule(rule, level, where)
        self.entries = {
            name: entry
            for name, entry in self.written.items()
            if isinstance(entry, PhraseEntry | CheckEntry) or self._said(entry) is None
        }
        self.words = self._sets()
        if not read_before:
            self._check_phrases()

    def _sets(self) -> dict[str, Either]:
        words = {name: found for pack in self.packs for name, found in pack.words.items()}
        try:
            return word_sets({name: phrases for name, (phrases, _) in words.items()})
        except WordSetError as error:
            raise DataError(*words[error.name][1], f"word set {error.name!r}: {error}") from None

    def _check_phrases(self) -> None:
        """Raise DataError for a phrase that names an unknown word set or could match no words."""
        for entry in self.written.values():
            for phrase in phrases_of(entry):
                if problem := self._problem(phrase):
                    if "core" not in {pack.name for pack in self.packs}:
                        problem += "; is the pack 'core' missing among the packs?"
                    raise DataError(*self._sources[entry.id], f"{entry.id}: phrase {phrase!r:.{SHOWN}}: {problem}")

    def _problem(self, phrase: str) -> str:
        parts = parse(phrase).parts
        for name in names(parts):
            if problem := unknown_set(name, self.words):
                return problem
        return "it could match no words at all" if may_be_empty(parts, self.words) else ""

    def refuse_unknown(self, rule: str) -> None:
        """Raise AssistError for what is neither an entry nor a category."""
        if problem := self._unknown(rule):
            raise AssistError(problem)

    def _unknown(self, rule: str) -> str:
        if rule in self.written or rule in SEVERITIES:
            return ""
        return f"unknown rule {rule!r}{did_you_mean(rule, [*self.written, *SEVERITIES])}"

    def _check_rule(self, rule: str, level: Level, where: Source | None) -> None:
        problem, entry = self._unknown(rule), self.written.get(rule)
        if level != "off" and entry and not isinstance(entry, PhraseEntry | CheckEntry):
            problem = f"rule {rule!r} is of kind {entry.kind}, which can only be switched off, not {level}"
        if problem:
            raise DataError(*where, problem) if where else AssistError(problem)

    def __getitem__(self, rule: str) -> Entry:
        try:
            return self.written[rule]
        except KeyError:
            hint = did_you_mean(rule, self.written)
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

    def severity(self, entry: Entry) -> Severity | None:
        """How much a finding of this entry weighs; None where it is switched off."""
        return self.decided(entry)[0]

    def decided(self, entry: Entry) -> tuple[Severity | None, str]:
        """The severity of an entry, and where that was decided.

        None for what is switched off, and for acts, frames, operations and facts, which weigh nothing.
        """
        said = self._said(entry)
        if not isinstance(entry, PhraseEntry | CheckEntry):
            return None, said[1] if said else f"the kind {entry.kind}"
        level, where = said or (SEVERITIES[entry.category].value, f"the category {entry.category}")
        if level in {"error", "warning"} and isinstance(entry, PhraseEntry) and entry.bona_fide:
            return Severity.SUGGESTION, f"{self._sources[entry.id]}, bona_fide"
        return None if level == "off" else Severity(level), where

    def _said(self, entry: Entry) -> tuple[str, str] | None:
        """The level that the last layer to speak of an entry gives it, and where; None where none does.

        What a layer says of an id holds for that entry, not for one that replaces it in a later layer.
        """
        home = self._layers[entry.id]
        names = (entry.id, getattr(entry, "category", ""))
        for layer in range(len(self.packs) - 1, -1, -1):
            rules = self.packs[layer].rules
            for rule in names if layer >= home else names[1:]:
                if rule in rules:
                    level, where = rules[rule]
                    return level, f"{where or 'options'}, rules: {rule}"
            if layer == home and (own := getattr(entry, "severity", None)):
                return own, str(self._sources[entry.id])
        return None

"""The lexicon's examples, known by heart, and the one that a sentence is nearest to."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from pydantic import TypeAdapter

from assist.lexicon import CheckEntry, Entry, Lexicon
from assist.meaning.files import reading
from assist.meaning.labels import SAID, Speaker, label_of, speaker_of
from assist.meaning.vectors import Floats, Vectors

ToWordings = Callable[[str, Speaker], list[str]]


class Wordings(NamedTuple):
    """An entry's examples as they are read; `digest` is of the examples they were read from.

    There is one of `flags` for each example, one of `passes` for each sentence of each example, and one of `offers`
    for each sentence of each wording that the entry offers instead.
    """

    digest: str
    flags: Sequence[str]
    passes: Sequence[str]
    offers: Sequence[str]


_STORED = TypeAdapter(dict[str, tuple[str, list[str], list[str], list[str]]])


class Example(NamedTuple):
    """An example that carries a label: its entry, and its words as they are written there."""

    entry: Entry
    words: str


class Near(NamedTuple):
    """The example nearest to a sentence, and how near it is: 1 is the same, 0 has nothing in common."""

    example: Example
    likeness: float


def digest(entries: Iterable[Entry]) -> str:
    """What the examples of these entries are known by: it changes when what can be learnt from them does."""
    made = hashlib.sha256()
    for entry in entries:
        parts = [entry.id, label_of(entry) or "", *(e.draft for e in entry.examples.flags), ""]
        parts += [*(example.draft for example in entry.examples.passes), "", *offers_of(entry)]
        made.update("\0".join(parts).encode() + b"\n")
    return made.hexdigest()


def offers_of(entry: Entry) -> tuple[str, ...]:
    """The wordings that an entry offers instead, as far as they are whole sentences: those without a slot."""
    offers: tuple[str, ...] = getattr(entry, "instead", ())
    return tuple(offer for offer in offers if "{" not in offer and "<" not in offer)


def read_wordings(path: Path) -> dict[str, Wordings]:
    """The wordings that were stored, by entry; raises DataError for a file that is damaged."""
    with reading(path):
        stored = _STORED.validate_json(path.read_bytes())
    return {entry: Wordings(*parts) for entry, parts in stored.items()}


def write_wordings(path: Path, wordings: Mapping[str, Wordings]) -> None:
    """Store wordings, one entry a line."""
    lines = (f"{json.dumps(entry)}: {json.dumps(wordings[entry])}" for entry in sorted(wordings))
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def wordings_of(lexicon: Lexicon, to_wordings: ToWordings, stored: Mapping[str, Wordings]) -> dict[str, Wordings]:
    """The wordings of a lexicon's examples; only those that are not stored yet are read."""
    made = {}
    for entry in lexicon.entries.values():
        if isinstance(entry, CheckEntry) or label_of(entry) is None:
            continue
        known, own, speaker = stored.get(entry.id), digest([entry])[:16], speaker_of(entry)
        if known is None or known.digest != own or len(known.flags) != len(entry.examples.flags):
            flags = [" ".join(to_wordings(example.draft, speaker)) for example in entry.examples.flags]
            passes = [words for example in entry.examples.passes for words in to_wordings(example.draft, speaker)]
            offers = [words for offer in offers_of(entry) for words in to_wordings(offer, "agent")]
            known = Wordings(own, flags, passes, offers)
        made[entry.id] = known
    return made


class Examples:
    """All examples of a lexicon, by how they are worded."""

    def __init__(self, lexicon: Lexicon, wordings: Mapping[str, Wordings], vectors: Vectors) -> None:
        self._lexicon = lexicon
        self.wordings = wordings
        self._vectors = vectors
        self._placed: dict[str, tuple[list[Example], Floats]] = {}

    @cached_property
    def known(self) -> Mapping[tuple[str, str], bool]:
        """Whether a wording carries a label, for those that an example settles; who flags it decides."""
        offers = {(words, label): False for made in self.wordings.values() for words in made.offers for label in SAID}
        passes = {(words, label): False for label, entry in self._labelled() for words in self.wordings[entry].passes}
        flags = {(words, label): True for label, entry in self._labelled() for words in self.wordings[entry].flags}
        return offers | passes | flags

    @cached_property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """The labels that a wording is an example of."""
        made: dict[str, tuple[str, ...]] = {}
        for words, label in (key for key, meant in self.known.items() if meant):
            made[words] = (*made.get(words, ()), label)
        return made

    def nearest(self, wording: str, label: str) -> Near | None:
        """The example of a label that is most like a sentence; None where the label has none."""
        if label not in self._placed:
            self._placed[label] = self._place(label)
        examples, vectors = self._placed[label]
        if not examples:
            return None
        likeness = vectors @ self._vectors.embed([wording])[0]
        best = int(likeness.argmax())
        return Near(examples[best], float(likeness[best]))

    def _place(self, label: str) -> tuple[list[Example], Floats]:
        examples: list[Example] = []
        words: list[str] = []
        for of, name in self._labelled():
            if of == label:
                entry = self._lexicon.entries[name]
                if not _speaks(entry):
                    continue
                examples += [Example(entry, example.draft) for example in entry.examples.flags]
                words += self.wordings[name].flags
        return examples, self._vectors.embed(words)

    def _labelled(self) -> Iterable[tuple[str, str]]:
        for name in self.wordings:
            label = label_of(self._lexicon.entries[name])
            if label is not None:
                yield label, name


_GIVEN = ("<name>", "<order>", "<email>")


def _speaks(entry: Entry) -> bool:
    """Whether an entry has something to offer without a phrase that would fill its slots."""
    offers: tuple[str, ...] = getattr(entry, "instead", ())
    bare = [re.sub("|".join(_GIVEN), "", offer) for offer in offers]
    return not offers or any("<" not in offer for offer in bare)

"""More phrases than ship, and fewer: lexicons of a chosen size."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import yaml

from assist.lexicon import CheckEntry, Entry, Lexicon, Pack, load_pack
from assist.lexicon.entry import phrases_of

A_FILE = 500
AN_ENTRY = 20


def count(lexicon: Lexicon) -> int:
    """How many phrases a lexicon holds, as its authors wrote them."""
    return sum(_size(entry) for entry in lexicon.entries.values())


def combinations(sentences: Sequence[str], count: int, *, seed: int = 0) -> list[str]:
    """Runs of four to six words of the sentences, put together as they seldom stand."""
    words = [word for text in sentences for word in text.lower().split() if word.isalpha()]
    chance = Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        found[" ".join(chance.choices(words, k=chance.randint(4, 6)))] = None
    return list(found)


def write_pack(folder: Path, combinations: Sequence[str]) -> Path:
    """A pack with a phrase for each of these runs of words; the folder it was written to."""
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text("title: Made up\n", encoding="utf-8")
    written = [_shaped(words, number) for number, words in enumerate(combinations)]
    for first in range(0, len(written), A_FILE):
        rows = [
            _entry(start, written[start : min(start + AN_ENTRY, first + A_FILE)])
            for start in range(first, min(first + A_FILE, len(written)), AN_ENTRY)
        ]
        text = yaml.safe_dump({"entries": rows}, sort_keys=False, allow_unicode=True, width=1000)
        (folder / f"phrases-{first}.yaml").write_text(text, encoding="utf-8")
    return folder


def with_pack(lexicon: Lexicon, folder: Path) -> Lexicon:
    """The lexicon with one more pack on top."""
    return Lexicon([*lexicon.packs, load_pack(folder)])


def thinned(lexicon: Lexicon, count: int, *, seed: int = 0) -> Lexicon:
    """A lexicon with as many phrases as this: every check, and other entries by chance."""
    entries = list(lexicon.entries.values())
    Random(seed).shuffle(entries)
    kept: dict[str, Entry] = {}
    total = 0
    for entry in entries:
        if isinstance(entry, CheckEntry) or total + _size(entry) <= count:
            kept[entry.id] = entry
            total += _size(entry)
    words = {name: item for pack in lexicon.packs for name, item in pack.words.items()}
    sourced = {name: (entry, lexicon.source(name)) for name, entry in kept.items()}
    return Lexicon([Pack("thinned", Path("thinned"), {}, words, sourced)])


def _size(entry: Entry) -> int:
    return sum(1 for _ in phrases_of(entry))


def _shaped(words: str, number: int) -> str:
    """A phrase out of plain words: as it is, or with a choice, a gap or an option in it."""
    first, second, third, *rest = words.split()
    shapes = (
        (first, second, third),
        (first, f"{{{second}|{third}}}"),
        (first, second, "…3", third),
        (f"[{first}]", second, third),
    )
    return " ".join((*shapes[number % 4], *rest))


def _entry(number: int, phrases: Sequence[str]) -> dict[str, object]:
    return {
        "id": f"made-{number}",
        "category": "dismissive",
        "phrases": list(phrases),
        "why": "Made for a measurement.",
        "instead": ["I see.", "I understand."],
        "examples": {"flags": [phrases[0]], "passes": ["Thank you for telling me."]},
    }

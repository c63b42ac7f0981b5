"""Entries as far as a source tells them, finished so that they load, and written for an author to go on with."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from pydantic import ValidationError

from assist.errors import AssistError, did_you_mean
from assist.lexicon.entry import CATEGORIES, PHRASE_LENGTH, Category, Level, PhraseEntry
from assist.lexicon.pattern import Either, Forms, Number, Opening, Parts, Slot, Words, may_be_empty, names, parse
from assist.yamlfile import LIMIT

LEVELS: tuple[Level, ...] = get_args(Level)
UNCHOSEN: Category = "dismissive"
"""The category of what comes without one, until somebody chooses."""

TO_DO = "# to do: "
ID_LENGTH = 60
PASSES = 2
TRIED = 20

WHY = "To do: say in a sentence why this is better not said."
INSTEAD = ("{what to say instead?}", "{another way to say it?}")
NEUTRAL = ("Thank you for telling me.", "I have found your order.", "It leaves today.")
"""What stands in for a wording, and for an example that passes, until somebody writes them."""

MARKS = re.compile(r"[{}\[\]<>|@#~$^…]|\.\.\.")
"""What means something in the phrase language."""

_SENTENCES = re.compile(r"[!?]\s+\S|\.\s+[A-Z]|(?<=\w{4})\.\s")


@dataclass(frozen=True, slots=True)
class Sketch:
    """An entry as far as its source tells it.

    `name` is what its id is made of, `place` where it stands in the source. `todo` says, by field, what a
    person should look at.
    """

    name: str
    place: str
    category: str
    phrases: tuple[str, ...]
    flags: tuple[str, ...]
    passes: tuple[str, ...] = ()
    why: str = ""
    instead: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    severity: str = ""
    message: str = ""
    replace: Literal["sentence", "words"] = "sentence"
    todo: Mapping[str, str] = field(default_factory=dict)


class LeftOut(NamedTuple):
    """Something of a source that no entry can say: where it stands, its words, and the reason."""

    place: str
    words: str
    why: str


@dataclass(slots=True)
class Gathered:
    """What was read of a source: sketches of entries, and what was left out."""

    sketches: list[Sketch] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def leave_out(self, place: str, words: str, why: str) -> None:
        """Note that something cannot be said, and why."""
        self.left_out.append(LeftOut(place, plain(words), why))

    def add(self, other: "Gathered") -> None:
        """Take in what was read of another source."""
        self.sketches += other.sketches
        self.left_out += other.left_out


class Finished(NamedTuple):
    """An entry that loads; `todo` says, by field, what still needs a person."""

    entry: PhraseEntry
    place: str
    todo: Mapping[str, str]


class ToDo(NamedTuple):
    """A line of a page that still needs a person."""

    line: int
    entry: str
    what: str


class Page(NamedTuple):
    """The text of a file of entries, and what in it still needs a person."""

    text: str
    todo: tuple[ToDo, ...]


def plain(text: str) -> str:
    """A text from outside as one line of letters that can be printed."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def slug(text: str) -> str:
    """Words as an id is written: `We can't` becomes `we-cant`; empty where there are none."""
    letters = unicodedata.normalize("NFKD", re.sub(r"['’]", "", text)).encode("ascii", "ignore").decode().lower()
    made = ""
    for word in re.findall(r"[a-z0-9]+", letters):
        if len(made) + len(word) >= ID_LENGTH:
            break
        made = f"{made}-{word}" if made else word
    return made


def category_of(name: str, default: str) -> tuple[str, str]:
    """The category of this name, or else the default, and what a person should look at there.

    An empty default is that nobody has chosen one.
    """
    made = slug(name)
    if made in CATEGORIES:
        return made, ""
    if name:
        known = did_you_mean(made, CATEGORIES)
        return default or UNCHOSEN, f"no category is called {plain(name)!r:.60}{known}; choose one"
    return default or UNCHOSEN, "" if default else "no category was given; choose one"


def refused(phrase: str) -> str:
    """Why something is no phrase of the phrase language; empty where it is one."""
    if len(phrase) > PHRASE_LENGTH:
        return f"it is longer than {PHRASE_LENGTH:,} characters"
    try:
        parts = parse(phrase).parts
    except AssistError as error:
        return str(error).removeprefix(f"phrase {phrase!r:.200}: ")
    if any(True for _ in names(parts)):
        return "it names a word set, and word sets are not imported"
    if not re.search(r"\w", phrase):
        return "it has no words"
    return "it could match no words at all" if may_be_empty(parts, {}) else ""


def apart(phrases: Iterable[str]) -> list[str]:
    """The phrases without those that find the same as one before, but for marks and capitals."""
    kept: dict[str, str] = {}
    for phrase in phrases:
        kept.setdefault(" ".join(re.sub(r"[,;:!?]", " ", phrase).casefold().split()), phrase)
    return list(kept.values())


def several_sentences(wording: str) -> str:
    """Why a wording of more than one sentence is no phrase; empty where it is one sentence."""
    return "it is more than one sentence, and a phrase stays within one" if _SENTENCES.search(wording) else ""


def sample(phrase: str) -> str:
    """The fewest words that a phrase finds."""
    return " ".join(_sampled(parse(phrase).parts).split())


def _sampled(parts: Parts) -> str:
    said: list[str] = []
    for part in parts:
        if isinstance(part, Words):
            said.append(part.text)
        elif isinstance(part, Forms):
            said.append(part.word)
        elif isinstance(part, Number):
            said.append("3")
        elif isinstance(part, Slot):
            said.append(_sampled(part.inner) or "this")
        elif isinstance(part, Either) and () not in part.choices:
            first = next((choice for choice in part.choices if choice != (Opening(),)), part.choices[0])
            said.append(_sampled(first))
    return " ".join(said)


def finished(gathered: Gathered, taken: Iterable[str]) -> list[Finished]:
    """Entries that load, with marks where a person has to go on; what still does not load is left out.

    `taken` are the ids that may not be used again.
    """
    ids, made = set(taken), []
    for sketch in gathered.sketches:
        name = _free(slug(sketch.name) or "imported", ids)
        fields, todo = _filled(sketch)
        try:
            entry = PhraseEntry.model_validate({"id": name, **fields})
        except ValidationError as error:
            first = error.errors()[0]
            gathered.leave_out(sketch.place, sketch.phrases[0], f"{first['loc'][0]}: {plain(first['msg']).lower()}")
            continue
        ids.add(name)
        made.append(Finished(entry, sketch.place, todo))
    return made


def _free(name: str, ids: set[str]) -> str:
    """The name, or the first with a number after it that is not taken."""
    number, found = 2, name
    while found in ids:
        found, number = f"{name}-{number}", number + 1
    return found


def _filled(sketch: Sketch) -> tuple[dict[str, object], dict[str, str]]:
    """The fields of an entry, with stand-ins for what the source does not tell, and what is to do."""
    todo = dict(sketch.todo)
    if not sketch.why:
        todo["why"] = "the reason, in lay words"
    instead = sketch.instead
    if len(instead) < len(INSTEAD):
        todo["instead"] = "two wordings, best first" if not instead else "a second wording"
        instead = (*instead, *INSTEAD[len(instead) :])
    passes = sketch.passes or _fine(sketch)
    if not passes:
        todo["passes"] = "near misses that should pass"
        passes = (next((words for words in NEUTRAL if not _holds(words, sketch.flags)), NEUTRAL[0]),)
    fields: dict[str, object] = {
        "category": sketch.category,
        "phrases": sketch.phrases,
        "why": sketch.why or WHY,
        "instead": instead,
        "unless": sketch.unless,
        "severity": sketch.severity or None,
        "message": sketch.message,
        "replace": sketch.replace,
        "examples": {"flags": sketch.flags, "passes": passes},
    }
    return fields, todo


def _fine(sketch: Sketch) -> tuple[str, ...]:
    """The wordings that are whole sentences, without a blank, and say none of what is flagged."""
    if sketch.replace == "words":
        return ()
    whole = (words for words in sketch.instead[:TRIED] if not re.search(r"[{}<>\[\]]", words))
    return tuple(words for words in whole if not _holds(words, sketch.flags))[:PASSES]


def _holds(words: str, flags: Iterable[str]) -> bool:
    return any(flag.casefold().rstrip(".!?") in words.casefold() for flag in flags)


def page(entries: Sequence[Finished], about: str) -> Page:
    """Entries as a file of a pack, with a comment at whatever still needs a person.

    Raises AssistError for more than a file of a pack may hold.
    """
    lines: list[str] = [f"# {plain(about)}", "entries:"]
    todo: list[ToDo] = []
    for one in entries:
        for line, what in _lines(one):
            lines.append(f"{line}  {TO_DO}{what}" if what else line)
            if what:
                todo.append(ToDo(len(lines), one.entry.id, what))
    text = "\n".join(lines) + "\n"
    if len(text.encode()) > LIMIT:
        raise AssistError(f"the entries would fill more than {LIMIT // 1_000_000} MB; import them in parts")
    return Page(text, tuple(todo))


def _lines(one: Finished) -> Iterator[tuple[str, str]]:
    """The lines of an entry, each with what is to do there."""
    entry, todo = one.entry, one.todo
    yield f"  # from {plain(one.place)}", ""
    yield f"  - id: {entry.id}", ""
    for name in ("category", "severity"):
        if value := getattr(entry, name):
            yield f"    {name}: {value}", todo.get(name, "")
    yield from _listed("    phrases", entry.phrases, todo)
    yield from _listed("    unless", entry.unless, todo)
    if entry.message:
        yield f"    message: {quoted(entry.message)}", todo.get("message", "")
    yield f"    why: {quoted(entry.why)}", todo.get("why", "")
    if entry.replace != "sentence":
        yield f"    replace: {entry.replace}", todo.get("replace", "")
    yield from _listed("    instead", entry.instead, todo)
    yield "    examples:", ""
    yield from _listed("      flags", [example.draft for example in entry.examples.flags], todo)
    yield from _listed("      passes", [example.draft for example in entry.examples.passes], todo)


def _listed(name: str, values: Sequence[str], todo: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not values:
        return
    indent = " " * (len(name) - len(name.lstrip()) + 2)
    yield f"{name}:", todo.get(name.strip(), "")
    yield from ((f"{indent}- {quoted(value)}", "") for value in values)


def quoted(text: str) -> str:
    """A text as YAML writes it in quotation marks."""
    return json.dumps(text, ensure_ascii=False)

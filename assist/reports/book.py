"""The lexicon as a book to print: what not to say, why, what to say instead, and what to do well.

A book is a choice: a category shows some of its ideas in full and others in a line each, and says how many there are.
What is chosen is decided here; every word that is not the lexicon's own stands in the template.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple, TypeVar, get_args

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from assist.findings import Severity, Timing
from assist.lexicon import (
    CATEGORIES,
    ActEntry,
    AgentAct,
    CheckEntry,
    Example,
    FrameEntry,
    Lexicon,
    OperationEntry,
    PhraseEntry,
)
from assist.reports.clean import clean

TITLE = "The words we choose"
IN_FULL, IN_BRIEF = 8, 80
"""How many ideas of a category are shown in full, and how many more in a line each."""
SENTENCES, TALKS, WORDINGS, GENTLE, FINE, PRAISED = 6, 4, 3, 2, 4, 8
"""How many sentences an idea has, or bits of conversation, and wordings; wordings of an operation; fine sentences of a
category; examples of an act."""
LEADS, LONG = 90, 140
"""Past these lengths a sentence neither leads an idea nor stands in a list, where there is a shorter one."""

_BLANK = re.compile(r"\{([^{}\n?]{1,60})\??\}|<([^<>]{1,60})>")
_TIDY = re.compile(r"[A-Z0-9\"'“‘].*[.!?…)\"'”’]", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{3,40}")
_OPENS = re.compile(r"(^|[\s(\[/“‘–—])([\"'])")
_OPENING = {'"': "“", "'": "‘"}
_SLOTS = {"name": "name", "order": "order number", "email": "e-mail", "fact": "what they told you"}
"""How a blank that the conversation fills is called; any other is just left open."""

Idea = PhraseEntry | CheckEntry | FrameEntry
Item = TypeVar("Item")


class Piece(NamedTuple):
    """Words of a wording, or what belongs into a blank of it."""

    text: str
    blank: bool


class Said(NamedTuple):
    """A sentence, and the turns before it: who, and their words."""

    words: str
    before: tuple[tuple[str, str], ...]


class Lesson(NamedTuple):
    """One idea: how people say it, the plainest first; why not to; and what to say instead.

    `pack` is empty for core. `duty` is for what may have to be said in plain words.
    """

    rule: str
    pack: str
    said: tuple[Said, ...]
    why: str
    instead: tuple[tuple[Piece, ...], ...]
    weight: Severity | None
    duty: bool

    @property
    def plainest(self) -> tuple[Piece, ...]:
        """The first of the wordings that leave the least open; nothing where there is none."""
        return min(self.instead, key=lambda wording: sum(piece.blank for piece in wording), default=())


class Chapter(NamedTuple):
    """A category: ideas in full, ideas in a line each, how many there are in all, and sentences that are fine."""

    category: str
    weight: Severity
    full: tuple[Lesson, ...]
    brief: tuple[Lesson, ...]
    total: int
    fine: tuple[Said, ...]


class Praised(NamedTuple):
    """Something done well: its line of praise, why it works, and how it may sound."""

    act: str
    praise: str
    why: str
    said: tuple[Said, ...]


class Plan(NamedTuple):
    """The obvious questions of a trade, each with its gentle wordings."""

    pack: str
    lessons: tuple[Lesson, ...]


def book(lexicon: Lexicon, *, title: str = TITLE, on: date | None = None) -> str:
    """The book of a lexicon: one page of HTML in which nothing runs and nothing is fetched; dated today if not `on`."""
    shelf = _Shelf(lexicon)
    chapters = [chapter for name in CATEGORIES if (chapter := shelf.chapter(name))]
    said = CATEGORIES[: CATEGORIES.index("missing-apology")]
    return _template().render(
        title=_typeset(title),
        day=on or date.today(),
        packs=[_spoken(pack.name) for pack in lexicon.packs if pack.entries],
        said=[chapter for chapter in chapters if chapter.category in said],
        missing=[chapter for chapter in chapters if chapter.category not in said],
        praised=list(_praised(lexicon)),
        timings=shelf.timings(),
        plans=list(shelf.plans()),
        ideas=sum(chapter.total for chapter in chapters),
        entries=len(lexicon.entries),
    )


@cache
def _template() -> Template:
    page = Path(__file__).with_name("book.html.j2")
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(page.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["css"] = _css
    return environment.get_template(page.name)


class _Shelf:
    """A lexicon, and the pack that each of its entries comes from."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.names = [pack.name for pack in lexicon.packs]
        self.homes = {name: pack.name for pack in lexicon.packs for name in pack.entries}

    def chapter(self, category: str) -> Chapter | None:
        """What the book says of a category; None where nothing of it is at work."""
        ideas = [idea for idea in self.ideas(category) if isinstance(idea, FrameEntry) or self.lexicon.severity(idea)]
        weights = Counter(weight for idea in ideas if (weight := self.lexicon.severity(idea)))
        if not weights:
            return None
        full = self.chosen(ideas)
        shown = {idea.id for idea in full}
        rest = [idea for idea in ideas if idea.id not in shown]
        return Chapter(
            category=category,
            weight=min(weights, key=lambda weight: (-weights[weight], weight.rank)),
            full=tuple(self.lesson(idea) for idea in full),
            brief=tuple(self.lesson(idea) for idea in rest[:IN_BRIEF]),
            total=len(ideas),
            fine=_choice([miss for idea in full for miss in _misses(idea, max(FINE // len(full), 1))], FINE),
        )

    def ideas(self, category: str) -> list[Idea]:
        """The ideas of a category; the frames are of rudimentary questions too, and what tells their timing is none."""
        said = (entry for entry in self.lexicon.of(PhraseEntry) if entry.category == category)
        seen = (entry for entry in self.lexicon.of(CheckEntry) if entry.category == category)
        return [*said, *(self.lexicon.of(FrameEntry) if category == "dypii" else seen)]

    def chosen(self, ideas: Sequence[Idea]) -> list[Idea]:
        """The ideas that are shown in full: of the packs over core, the last one first; known wordings; freer ones."""
        core = [idea for idea in ideas if self.homes[idea.id] == "core"]
        layers = [[idea for idea in ideas if self.homes[idea.id] == name] for name in self.names if name != "core"]
        own = [idea for row in zip_longest(*reversed(layers)) for idea in row if idea]
        own = own[: max(IN_FULL // 2, IN_FULL - len(core))]
        known = [idea for idea in core if isinstance(idea, CheckEntry) or idea.phrases]
        free = [idea for idea in core if not isinstance(idea, CheckEntry) and not idea.phrases]
        room = IN_FULL - len(own)
        freer = min(len(free), max(room // 2, room - len(known)))
        return [*own, *known[: room - freer], *_spread(free, freer)]

    def lesson(self, entry: Idea | OperationEntry, wordings: int = WORDINGS) -> Lesson:
        """One entry, as the book has it."""
        home = self.homes[entry.id]
        return Lesson(
            rule=entry.id,
            pack="" if home == "core" else _spoken(home),
            said=_choice(entry.examples.flags, SENTENCES, TALKS),
            why=_typeset(entry.why),
            instead=tuple(tuple(_pieces(wording)) for wording in entry.instead[:wordings]),
            weight=self.lexicon.severity(entry),
            duty=isinstance(entry, PhraseEntry) and entry.bona_fide,
        )

    def timings(self) -> dict[str, Lesson]:
        """What is said of an obvious question, by when it is asked."""
        entries = {name: self.lexicon.entries.get(f"dypii-{name}") for name in get_args(Timing)}
        return {name: self.lesson(entry) for name, entry in entries.items() if isinstance(entry, CheckEntry)}

    def plans(self) -> Iterator[Plan]:
        """The operations of each pack that has some."""
        for pack in self.lexicon.packs:
            own = [entry for entry in self.lexicon.of(OperationEntry) if self.homes[entry.id] == pack.name]
            if own:
                yield Plan(_spoken(pack.name), tuple(self.lesson(entry, GENTLE) for entry in own))


def _praised(lexicon: Lexicon) -> Iterator[Praised]:
    for act in get_args(AgentAct):
        entries = [entry for entry in lexicon.of(ActEntry) if entry.act == act and entry.by == "agent" and entry.praise]
        if entries:
            examples = [example for entry in entries for example in entry.examples.flags]
            yield Praised(act, _typeset(entries[0].praise), _typeset(entries[0].why), _choice(examples, PRAISED))


def _spread(items: Sequence[Item], most: int) -> list[Item]:
    """So many of these, taken evenly from the first to the last."""
    return [items[at * len(items) // most] for at in range(most)]


def _choice(examples: Sequence[Example], most: int, talks: int = FINE) -> tuple[Said, ...]:
    """The example that says it best by itself, then those that are least like the ones already taken.

    There are at most `talks` where these need their conversation.
    """
    left = {at: (example, _words(example)) for at, example in enumerate(examples)}
    alike = dict.fromkeys(left, 0.0)
    taken: list[Example] = []
    while left and len(taken) < (talks if any(one.conversation for one in taken) else most):
        room = LONG if taken else LEADS
        best = min(left, key=lambda at: alike[at] + _roughness(left[at][0], room))
        example, words = left.pop(best)
        taken.append(example)
        for at, (_, own) in left.items():
            alike[at] = max(alike[at], len(own & words) / max(min(len(own), len(words)), 1))
    return tuple(_said(example) for example in taken)


def _misses(idea: Idea, most: int) -> list[Example]:
    """The sentences that an idea lets pass although they are very like those it finds."""
    found = {word for example in idea.examples.flags for word in _words(example)}

    def distance(example: Example) -> float:
        words = _words(example)
        return _roughness(example, LEADS) - len(words & found) / max(len(words), 1)

    return sorted(idea.examples.passes, key=distance)[:most]


def _words(example: Example) -> set[str]:
    return set(_WORD.findall(example.draft.lower()))


def _roughness(example: Example, room: int) -> float:
    """How badly an example reads in print, out of its conversation; 0 for one that reads well."""
    tidy = _TIDY.fullmatch(example.draft.strip()) is not None
    turns = len(example.conversation)
    return 0.5 * (turns + bool(turns)) + 0.5 * (not tidy) + (len(example.draft) > room)


def _said(example: Example) -> Said:
    turns = (turn.partition(": ") for turn in example.conversation)
    return Said(_typeset(example.draft), tuple((role, _typeset(words)) for role, _, words in turns))


def _pieces(wording: str) -> Iterator[Piece]:
    """A wording cut at its blanks."""
    words, at = _typeset(wording), 0
    for blank in _BLANK.finditer(words):
        before = words[at : blank.start()]
        yield Piece(before, blank=False)
        name = blank[1] or _SLOTS.get(blank[2], "…")
        yield Piece(name.removeprefix(f"{before.rstrip().rpartition(' ')[2]} "), blank=True)  # "by {by when?}"
        at = blank.end()
    yield Piece(words[at:], blank=False)


def _typeset(words: str) -> str:
    """The words in one line, with the quotation marks of a book."""
    line = clean(" ".join(words.split()))
    line = _OPENS.sub(lambda found: found[1] + _OPENING[found[2]], line)
    return line.replace('"', "”").replace("'", "’")


def _spoken(name: str) -> str:
    """The name of a pack as a heading has it."""
    words = _typeset(name.replace("-", " "))
    return words[:1].upper() + words[1:]


def _css(words: str) -> Markup:
    """The words as a string of CSS, where nothing but letters and digits stands as it is."""
    letters = (letter if letter.isascii() and letter.isalnum() else f"\\{ord(letter):x} " for letter in words)
    return Markup('"' + "".join(letters) + '"')

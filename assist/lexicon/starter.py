"""New packs: files to begin with, and where they are written."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assist.errors import AssistError, DataError
from assist.lexicon.load import PACK_FILE
from assist.lexicon.sketch import TO_DO, quoted, slug

OPERATION_LENGTH = 80
OPERATIONS = 100

SHEET = """\
# A pack is a folder with this file in it. It comes on top of what ships: assist check --lexicon THIS-FOLDER
title: {title}
about: What we say to our customers, and what we do not.
language: en
# Rules of the packs below, by id or by category, may be given another weight: off, suggestion, warning or error.
# `assist lexicon list` names them all.
rules:
  cold-open: suggestion
"""

PHRASES = """\
# Three entries to start from: make them yours, or delete them. docs/lexicon.md has every field.
# After each change:  assist lexicon test THIS-FOLDER --lexicon THIS-FOLDER
entries:
  # 1. Wordings. {a|b} is one of these, [a] may be there or not, … is up to five words, log~ any form of a word.
  - id: calls-it-a-ticket
    category: dismissive       # docs/categories.md has all of them
    severity: suggestion       # or warning, error; without this line, the category's own
    phrases:
      - "{your|the|this} ticket {is|was|has been} [now] {log~|raise~|close~|escalate~}"
    why: They have a problem. Only we have a ticket.
    instead:                   # best first, at least two; {…?} is a blank for the agent to fill
      - "I've written it all down, and you'll hear from me by {when?}."
      - "I have everything here. The next step is {what?}, by {when?}."
    examples:                  # what must be found and what must not; they are the entry's tests
      flags:
        - "Your ticket has been logged."
        - "hi, the ticket is now closed"
      passes:
        - "Your train ticket is in the post."
        - "I've written it all down, and you'll hear from me by four."
  # 2. An idea. It has no wordings, and is known by what its examples mean. A dozen different ones are best;
  #    `assist lexicon fit --lexicon THIS-FOLDER` teaches them.
  - id: points-at-the-website
    category: deflection
    phrases: []
    why: They came to a person. Reading it out takes a minute, and ends the matter.
    instead:
      - "Here's what it says, in short: {the answer?}."
      - "I have the page open. The part you need is this: {the answer?}."
    examples:
      flags:
        - "It's all on our website if you look."
        - "have a read of the help pages, the answer's in there somewhere"
        - "You'll find that under Questions, like everybody else."
      passes:
        - "I've copied the three steps from our help page for you."
        - "Our website had the wrong price, and I'm sorry."
        - "Would you like me to send you the page with the pictures?"
  # 3. An operation: what customers are asked to have done, and how to ask it so that nobody feels foolish.
  #    `assist lexicon dypii new` writes more of these.
  - id: charge-the-bicycle-lamp
    kind: operation
    phrases: ["charge~ …3 lamp"]
    states: ["lamp {charged|fully charged|charging}"]
    source: dypii
    instead:
      - "Could you do me a favour and put the lamp on its charger, and tell me which colour it shows?"
    examples:
      flags: ["Did you charge the lamp?", "is your lamp fully charged"]
      passes: ["How long did the lamp shine last night?", "I'll charge the lamp here before I send it."]
"""

OPERATIONS_HEAD = """\
# What our customers are asked to have done, and how to ask it gently. To go through with the people who answer:
# every wording in quotation marks is a first proposal.
entries:
"""

OPERATION = """\
  - id: {id}
    kind: operation
    phrases:
{phrases}
    # states: ["router {{on|switched on}}"]  {mark}how the thing may be asked to be (is the router on?), or delete
    source: dypii
    instead:  {mark}say it as you would to a friend; the first is offered first
      - {favour}
      - {perhaps}
    examples:
      flags:  {mark}add the ways your team asks this
        - {did}
        - {did_typed}
      passes:
        - {favour}
        - {own}
"""

_PARTICLES = frozenset("in on off up out down back over".split())
_POINTERS = frozenset("the a an your their this that his her it its my our".split())
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


class _Doing(NamedTuple):
    """An operation in words: the verb, its particle, and what it is done to."""

    verb: str
    particle: str
    thing: str


def write(folder: Path, title: str, files: Mapping[str, str]) -> list[Path]:
    """Write files into a pack, with a new `pack.yaml` where there is none; the paths written.

    Raises DataError, and writes nothing, where one of them is there already.
    """
    texts = {folder / name: text for name, text in files.items()}
    if PACK_FILE not in files and not (folder / PACK_FILE).exists():
        texts = {folder / PACK_FILE: sheet(title, folder), **texts}
    refuse_existing(texts)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        raise DataError(error.filename or folder, None, error.strerror or "cannot be written") from None
    return list(texts)


def refuse_existing(paths: Collection[Path]) -> None:
    """Raise DataError for the first of these that is there already."""
    for path in paths:
        if path.exists() or path.is_symlink():
            raise DataError(path, None, "is there already, and nothing is overwritten")


def starter(folder: Path, title: str) -> dict[str, str]:
    """The files of a small pack to begin with, by name."""
    return {PACK_FILE: sheet(title, folder), "phrases.yaml": PHRASES}


def sheet(title: str, folder: Path) -> str:
    """A `pack.yaml`; the title is made of the folder's name where there is none."""
    name = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
    return SHEET.format(title=quoted(title or name[:1].upper() + name[1:] or "Our house"))


def operations(folder: Path, named: Sequence[str], taken: Collection[str]) -> str:
    """A file of operations, one for each that is named ("restart the router"), for an author to go through.

    Raises AssistError for one that is no few words, and for one whose id is taken.
    """
    if len(named) > OPERATIONS:
        raise AssistError(f"more than {OPERATIONS} operations; write them in parts")
    made: dict[str, str] = {}
    for operation in named:
        words = " ".join(operation.split()).removeprefix("to ")
        doing = _doing(words)
        name = slug(f"{folder.resolve().name} {' '.join(filter(None, doing))}")
        if not slug(words):
            raise AssistError(f"--operation {words!r:.100}: an id needs letters from a to z")
        if name in made or name in taken:
            raise AssistError(f"{operation!r:.100}: there is an entry {name!r} already")
        made[name] = _operation(name, words, doing)
    return OPERATIONS_HEAD + "\n".join(made.values())


def _operation(name: str, words: str, doing: _Doing) -> str:
    return OPERATION.format(
        id=name,
        mark=TO_DO,
        phrases="\n".join(f"      - {quoted(phrase)}" for phrase in _phrases(doing)),
        favour=quoted(f"Could you do me a favour and {words}? I'll stay with you meanwhile."),
        perhaps=quoted(f"Perhaps {{what may have slipped?}}. Shall we {words} together, and see what changes?"),
        did=quoted(f"Did you {words}?"),
        did_typed=quoted(f"hi did u already {words}"),
        own=quoted(f"I'll {words} from here."),
    )


def _doing(words: str) -> _Doing:
    """What is done to what; raises AssistError for anything but a few plain words."""
    parts = words.split()
    if not parts or len(words) > OPERATION_LENGTH or not all(map(_WORD.fullmatch, parts)):
        raise AssistError(f"--operation {words!r:.100}: write a few plain words, such as 'restart the router'")
    verb, rest = parts[0].lower(), [part for part in parts[1:] if part.lower() not in _POINTERS]
    if len(rest) > 1 and rest[0] in _PARTICLES and rest[1] not in {"and", "or"}:
        return _Doing(verb, rest[0], " ".join(rest[1:]))
    if len(rest) > 1 and rest[-1] in _PARTICLES and rest[-2] not in {"and", "or"}:
        return _Doing(verb, rest[-1], " ".join(rest[:-1]))
    return _Doing(verb, "", " ".join(rest))


def _phrases(doing: _Doing) -> Iterator[str]:
    if not doing.thing:
        yield f"{doing.verb}~"
    elif not doing.particle:
        yield f"{doing.verb}~ …3 {doing.thing}"
    else:
        yield f"{doing.verb}~ {doing.particle} …3 {doing.thing}"
        yield f"{doing.verb}~ …3 {doing.thing} {doing.particle}"

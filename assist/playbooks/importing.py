"""Plays from what a team has already: canned replies in CSV, and help articles in Markdown or HTML."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from assist import csvfile
from assist.errors import DataError, did_you_mean
from assist.markup import plain
from assist.playbooks.answer import SLOTS
from assist.playbooks.load import NOT_A_PLAY, read_play
from assist.playbooks.play import KNOWN
from assist.yamlfile import read_text

MARKDOWN = frozenset({".md", ".markdown"})
ARTICLES = MARKDOWN | {".html", ".htm"}
COLUMNS = {
    "title": ("title", "name", "subject", "macro"),
    "text": ("text", "content", "body", "reply", "answer", "message", "comment_value", "comment_value_html"),
    "shortcut": ("shortcut", "short_code", "shortcode", "code", "id"),
}
"""What the columns of exports are called: Zendesk macros, Chatwoot's canned responses, Front's message templates."""
ROW_LIMIT = 20_000
TITLE_LONGEST = 120
TEXT_LIMIT = 100_000
"""How long a text may be with its HTML."""

# Every run is bounded, since what is imported is not trusted.
_FIELD = re.compile(r"\{\{([^{}]{0,200})\}\}")
_LOGIC = re.compile(r"\{[%#][^{}]{0,200}\}?")
_HEADING = re.compile(r"#{1,3}[ \t]{1,5}(?=\S)")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TAKEN = {
    "first_name": "name", "firstname": "name", "name": "name", "contact_name": "name", "requester_name": "name",
    "customer_name": "name", "order_id": "order_number", "order": "order_number", "order_no": "order_number",
    "order_number": "order_number", "account": "account_number", "email": "email", "phone": "phone",
}  # fmt: skip
"""What fields of other tools are called here, by the end of their names."""
_PERSONAL = frozenset({"name", "email", "phone", "address", "postcode"})
_CUSTOMERS = frozenset({"", "contact", "customer", "requester", "recipient", "client", "guest", "visitor", "ticket"})
"""Whose name, e-mail and so on the conversation tells; others are the agent's, or the company's."""


class Draft(NamedTuple):
    """A play to be written: its id, and the text of its file."""

    id: str
    text: str


class LeftOut(NamedTuple):
    """Something that was not imported: where it stands, and why."""

    place: str
    reason: str


class Reply(NamedTuple):
    """A reply as it was found, before it is made a play."""

    place: str
    title: str
    text: str
    shortcut: str = ""


def drafts(source: Path) -> Iterator[Draft | LeftOut]:
    """The plays that a CSV of canned replies, an article, or a folder of articles makes, and what is left out.

    Raises DataError for a source that cannot be read at all.
    """
    names = {Path(NOT_A_PLAY).stem: ""}
    texts: dict[str, str] = {}
    for reply in _replies(source):
        if isinstance(reply, LeftOut):
            yield reply
            continue
        if len(reply.text) > TEXT_LIMIT:
            yield LeftOut(reply.place, f"longer than {TEXT_LIMIT} characters")
            continue
        body = plain(reply.text)
        if not body:
            yield LeftOut(reply.place, "it has no text")
        elif twin := texts.get(" ".join(body.split()).lower()):
            yield LeftOut(reply.place, f"the same text as {twin}")
        else:
            texts[" ".join(body.split()).lower()] = reply.place
            name = _free(_slug(reply.title or reply.shortcut or body[:60]), names)
            names[name] = reply.place
            made = _written(reply, body)
            yield Draft(name, made) if isinstance(made, str) else made


def _written(reply: Reply, body: str) -> str | LeftOut:
    """The file of a play; its fields become slots."""
    if logic := _LOGIC.search(body):
        return LeftOut(
            reply.place, f"it decides by itself what to say, {' '.join(logic[0].split())!r}; write it by hand"
        )
    slots: dict[str, str] = {}
    body = _FIELD.sub(lambda field: _slot(field[1], slots), body)
    shortcut = reply.shortcut.strip("/#! ").replace("_", " ").replace("-", " ")
    if not any(map(str.isalpha, shortcut)):
        shortcut = ""  # the number of a row is nothing that anybody says
    title = " ".join((reply.title or shortcut.capitalize() or _FIELD.sub("…", body)).split())[:TITLE_LONGEST]
    asks = [title] if shortcut.lower() in ("", title.lower()) else [title, shortcut]
    front: dict[str, object] = {"title": title, "asks": asks}
    if slots:
        front["slots"] = slots
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1000)
    text = f"---\n{head}---\n{body}\n"
    try:
        read_play(Path(reply.place), text)
    except DataError as error:
        return LeftOut(reply.place, error.problem)
    return text


def _slot(field: str, slots: dict[str, str]) -> str:
    """What a field of another tool becomes: a slot that the conversation fills, or a blank of the play's own."""
    parts = [re.sub(r"[^a-z0-9]+", "_", part).strip("_") for part in field.lower().split("|")[0].split(".")]
    name, owner = parts[-1][:40], parts[-2] if len(parts) > 1 else ""
    known = _TAKEN.get(name, name)
    if known in _PERSONAL and owner not in _CUSTOMERS:
        name = known = f"{owner}_{known}"[:40]
    if known in SLOTS:
        return f"{{{{ {known} }}}}"
    if not name or not name[0].isalpha() or name in KNOWN:
        name = f"field_{name}"[:40].strip("_")
    slots[name] = f"{name.replace('_', ' ')[:58]}?"
    return f"{{{{ {name} }}}}"


def _replies(source: Path) -> Iterator[Reply | LeftOut]:
    if source.is_dir():
        paths = sorted(path for path in source.rglob("*") if path.is_file())
        if not any(path.suffix.lower() in ARTICLES for path in paths):
            raise DataError(source, None, "no Markdown or HTML in this folder")
        for path in paths:
            yield from _article(path)
    elif source.suffix.lower() in ARTICLES:
        yield from _article(source)
    else:
        yield from _rows(source)


def _article(path: Path) -> Iterator[Reply | LeftOut]:
    if path.suffix.lower() not in ARTICLES:
        yield LeftOut(str(path), "neither Markdown nor HTML")
        return
    try:
        text = read_text(path).removeprefix("\ufeff")
    except DataError as error:
        yield LeftOut(str(path), error.problem)
        return
    title, body = (_markdown if path.suffix.lower() in MARKDOWN else _html)(text)
    yield Reply(str(path), title or _spoken(path.stem), body)


def _markdown(text: str) -> tuple[str, str]:
    """The first heading of an article, empty where there is none, and the rest of it."""
    lines = _FRONT_MATTER.sub("", text, count=1).splitlines()
    for number, line in enumerate(lines):
        if heading := _HEADING.match(line):
            return line[heading.end() :].rstrip("# \t"), "\n".join(lines[:number] + lines[number + 1 :])
        if line.strip():
            break  # a heading further down is a part's
    return "", "\n".join(lines)


def _html(text: str) -> tuple[str, str]:
    """The same of a page, by its heading or else its title."""
    from bs4 import BeautifulSoup  # deferred: only this needs it

    soup = BeautifulSoup(text, "html.parser")
    heading = soup.find("h1") or soup.title
    title = " ".join(heading.get_text().split()) if heading else ""
    if heading and heading.name == "h1":
        heading.decompose()
    return title, f"<p>{soup.body or soup}</p>"


def _rows(path: Path) -> Iterator[Reply | LeftOut]:
    rows = (row for _, row in csvfile.rows(path))
    columns = _columns(next(rows, []), path)
    for number, row in enumerate(rows, start=2):
        if number > ROW_LIMIT:
            yield LeftOut(f"{path}: row {number}", f"more than {ROW_LIMIT} rows; the rest is left out")
            return
        if any(map(str.strip, row)):
            cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
            yield Reply(f"{path}: row {number}", cells.get("title", ""), cells["text"], cells.get("shortcut", ""))


def _columns(header: Iterable[str], path: Path) -> dict[str, int]:
    """Where the columns stand; raises DataError where there is none with the text of a reply."""
    found: dict[str, int] = {}
    cells = [cell.strip().lower().replace(" ", "_") for cell in header]
    for name, known in COLUMNS.items():
        at = next((cells.index(word) for word in known if word in cells), None)
        if at is not None:
            found[name] = at
    if "text" not in found:
        hint = did_you_mean(cells[-1] if cells else "", COLUMNS["text"])
        raise DataError(
            path, 1, f"no column with the text of a reply; call it one of {', '.join(COLUMNS['text'])}{hint}"
        )
    return found


def _slug(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:60].strip("-") or "reply"


def _free(name: str, taken: Iterable[str]) -> str:
    """The name, with a number where it is taken already."""
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{name}-{number}"
    return free


def _spoken(stem: str) -> str:
    return stem.replace("-", " ").replace("_", " ").strip().capitalize()

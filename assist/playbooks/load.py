"""Load plays from folders of Markdown files, and point at the line that is wrong."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from assist.errors import AssistError, DataError
from assist.playbooks.play import KNOWN, Play, PlaySheet
from assist.validation import validated
from assist.yamlfile import YamlFile, read_text

FENCE = "---"
BODY_LIMIT = 20_000
FILE_LIMIT = 100_000
NOT_A_PLAY = "readme.md"


def files_under(root: Path) -> Iterator[Path]:
    """The files of plays at or below a folder, in order of their names; readme files are none.

    Raises AssistError where there is no such folder, or more than 100,000 files in it.
    """
    if not root.is_dir():
        raise AssistError(f"{root}: no such folder of plays")
    found = sorted((path for path in root.rglob("*.md") if path.name.lower() != NOT_A_PLAY and path.is_file()), key=str)
    if len(found) > FILE_LIMIT:
        raise AssistError(f"{root}: more than {FILE_LIMIT} plays")
    yield from found


def load(paths: Iterable[Path]) -> list[Play]:
    """The plays in these files; raises DataError, with file and line, for the first thing that is wrong."""
    plays = [load_play(path) for path in paths]
    refuse_twins(plays)
    return plays


def load_all(paths: Iterable[Path]) -> tuple[list[Play], list[DataError]]:
    """The plays in these files that are right, and what is wrong with the first thing in each of the others."""
    plays: dict[str, Play] = {}
    problems = []
    for path in paths:
        try:
            play = load_play(path)
            refuse_twins([plays.setdefault(play.id, play), play])
        except DataError as error:
            problems.append(error)
    return list(plays.values()), problems


def refuse_twins(plays: Iterable[Play]) -> None:
    """Raise DataError where two plays have the same id."""
    known: dict[str, Play] = {}
    for play in plays:
        if (other := known.setdefault(play.id, play)) is not play:
            raise DataError(play.path, None, f"there is a play {play.id!r} already, in {other.path}; rename the file")


def load_play(path: Path) -> Play:
    """One play from its file; raises DataError, with the line, for what is wrong in it."""
    return read_play(path, read_text(path))


def read_play(path: Path, text: str) -> Play:
    """One play from the text of its file; raises DataError, with the line, for what is wrong in it."""
    front, body, first = _parted(path, text)
    # The line breaks stand for the fence, so that lines are counted as in the file.
    sheet = validated(file := YamlFile(path, "\n" + front), PlaySheet)
    for slot in sheet.slots:
        if slot in KNOWN:
            raise file.error(f"{slot!r} is filled from the conversation; leave it out of 'slots'", "slots", slot)
    play = Play(path.stem, path, sheet.industry or path.parent.name, sheet, body)
    if problem := play.answer.problem:
        raise DataError(path, first + problem.line - 1, problem.text)
    for slot in (slot for slot in sheet.slots if slot not in play.answer.used):
        raise file.error(f"the answer does not use the slot {slot!r}", "slots", slot)
    return play


def _parted(path: Path, text: str) -> tuple[str, str, int]:
    """The front matter, the body, and the line on which the body begins."""
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or lines[0].rstrip() != FENCE:
        raise DataError(path, 1, f"a play begins with a line {FENCE}, then title and asks")
    ends = (number for number, line in enumerate(lines) if number and line.rstrip() == FENCE)
    if (end := next(ends, None)) is None:
        raise DataError(path, 1, f"the front matter has no end; put a line {FENCE} after it")
    body = "\n".join(lines[end + 1 :])
    if len(body) > BODY_LIMIT:
        raise DataError(path, end + 2, f"an answer of more than {BODY_LIMIT} characters")
    return "\n".join(lines[1:end]), body, end + 2

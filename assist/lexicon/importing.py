"""Wordings of other tools, a table or the rules of Vale, brought into entries of a pack."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from assist.errors import DataError
from assist.lexicon import spreadsheet, vale
from assist.lexicon.sketch import Gathered

LIMIT = 2_000_000
"""How many bytes one file may have."""

FILES = 500
ENTRIES = 5_000
TABLES = frozenset({".csv", ".tsv"})
RULES = frozenset({".yml", ".yaml"})


def read(source: Path, default: str = "") -> Gathered:
    """What a file, or every file under a folder, tells of entries, and what it was left out for.

    `default` is the category of what comes without one; where that is empty, it is to do. Raises DataError for a
    file that cannot be used; in a folder, such a file is left out.
    """
    gathered = Gathered()
    if not source.is_dir():
        gathered.add(_file(source, default))
    for path in _files(source):
        try:
            gathered.add(_file(path, default))
        except DataError as error:
            gathered.leave_out(f"{path}:{error.line}" if error.line else f"{path}", path.name, error.problem)
    if len(gathered.sketches) > ENTRIES:
        raise DataError(source, None, f"more than {ENTRIES:,} entries; import it in parts")
    return gathered


def _files(folder: Path) -> Iterator[Path]:
    """The tables and rules under a folder; none under a file."""
    wanted = (path for path in folder.rglob("*") if path.suffix.lower() in TABLES | RULES and path.is_file())
    found = list(islice(wanted, FILES + 1))
    if len(found) > FILES:
        raise DataError(folder, None, f"more than {FILES} files; import it in parts")
    yield from sorted(found)


def _file(path: Path, default: str) -> Gathered:
    suffix = path.suffix.lower()
    if suffix not in TABLES | RULES:
        raise DataError(path, None, "neither a table (.csv) nor a rule of Vale (.yml)")
    try:
        if path.stat().st_size > LIMIT:
            raise DataError(path, None, f"larger than {LIMIT // 1_000_000} MB; import it in parts")
    except OSError as error:
        raise DataError(path, None, error.strerror or "cannot be read") from None
    return spreadsheet.read(path, default) if suffix in TABLES else vale.read(path, default)

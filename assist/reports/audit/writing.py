"""The report of an audit as a file, of the kind that its name asks for."""

from collections.abc import Callable, Mapping
from pathlib import Path

from assist.audit.figures import Terms
from assist.audit.kept import Kept
from assist.errors import AssistError, DataError, did_you_mean
from assist.reports.audit import data, mail, page, rows
from assist.reports.audit.sheet import Sheet, sheet

KINDS: Mapping[str, Callable[[Sheet], str]] = {
    ".html": page.page,
    ".md": mail.mail,
    ".json": data.data,
    ".csv": rows.rows,
}


def write(path: Path | str, audit: Kept, terms: Terms | None = None) -> None:
    """Write the report of an audit: `.html` to look at, `.md` for a mail, `.csv` and `.json` with every figure.

    A file that is there is written over. Raises AssistError for any other ending, DataError where it cannot be written.
    """
    path = Path(path)
    make = KINDS.get(path.suffix.lower())
    if make is None:
        raise AssistError(
            f"{path}: a report ends in {', '.join(KINDS)}, not {path.suffix or 'nothing'!r}"
            f"{did_you_mean(path.suffix, KINDS)}"
        )
    words = make(sheet(audit, terms or Terms()))
    try:
        path.write_text(words, encoding="utf-8", errors="replace", newline="")
    except OSError as error:
        raise DataError(path, None, error.strerror or "cannot be written") from None

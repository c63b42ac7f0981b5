"""`assist lexicon book`."""

from pathlib import Path
from typing import Annotated

import typer

from assist.cli import options
from assist.errors import DataError
from assist.reports.clean import clean


def book(
    output: Annotated[Path, typer.Option(help="The file to write.")] = Path("lexicon-book.html"),
    title: Annotated[str, typer.Option(help="What stands on the title page. [default: The words we choose]")] = "",
    packs: options.Packs = None,
    lexicon: options.LexiconFolder = None,
) -> None:
    """Write the lexicon as a book to print: what not to say, why, what to say instead, and what to do well.

    It is one HTML file that needs no network; open it in a browser and print it.
    """
    from assist.reports import book as books  # deferred: help does without

    page = books.book(options.lexicon(packs, lexicon), title=title.strip() or books.TITLE)
    try:
        output.write_text(page, encoding="utf-8", errors="replace")
    except OSError as error:
        raise DataError(output, None, error.strerror or "cannot be written") from None
    typer.echo(f"{clean(str(output))} is written; open it in a browser, and print it from there")

"""Files that are there whole or not at all."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq

UNFINISHED = ".part"


@contextmanager
def aside(path: Path) -> Iterator[IO[bytes]]:
    """A file to write, beside `path`; it takes that place at the end, and goes away where that is not reached."""
    # Only its owner may read it: it holds what people wrote.
    file = tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", suffix=UNFINISHED, delete=False)  # noqa: SIM115
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
    finally:
        Path(file.name).unlink(missing_ok=True)


def table(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The rows of a Parquet file, or only some columns of them, such as `messages.list.element.number`.

    What a folder is called adds no columns, as it does where a file is read as a part of a dataset.
    """
    with pq.ParquetFile(path) as file:
        return file.read(list(columns) if columns is not None else None)

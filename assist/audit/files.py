"""Files that are there whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

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

"""Where the data lies that comes with assist."""

from pathlib import Path

from assist.errors import AssistError


def shipped(name: str) -> Path:
    """A folder of data that comes with assist (`lexicon`, `models`), in a checkout or installed.

    Raises AssistError where it is missing.
    """
    here = Path(__file__).resolve().parent
    for folder in (here / "_data" / name, here.parent / name):
        if folder.is_dir():
            return folder
    raise AssistError(f"the folder {name!r} that ships with assist is missing; install it again")

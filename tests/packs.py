"""Packs of a lexicon written for a test, as an author would write them."""

from collections.abc import Mapping
from pathlib import Path

SHEET = "title: House\nabout: Ours.\nlanguage: en\n"
ENTRY = """\
entries:
  - id: says-guys
    category: dismissive
    phrases: ["{hey|hi} guys"]
    why: Not everybody is a guy.
    instead: ["Hello everyone,", "Hello all,"]
    examples:
      flags: ["Hey guys, the tickets are in."]
      passes: ["Hello all, the tickets are in."]
"""


def pack(folder: Path, files: Mapping[str, str] | None = None, *, sheet: str = SHEET) -> Path:
    """A pack in this folder: its sheet, and files by name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(sheet, encoding="utf-8")
    for name, text in (files if files is not None else {"tone.yaml": ENTRY}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder

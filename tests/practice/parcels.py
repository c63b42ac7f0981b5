"""The scenario that docs/practice.md writes out, and a folder to write scenarios into."""

import re
from pathlib import Path

from assist.practice import Practice, Scenario, load_scenario, manners
from assist.workbench import Workbench

PAGE = Path(__file__).parent.parent.parent / "docs" / "practice.md"
PARCEL = re.findall(r"^```yaml\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)[0]


def parcel(folder: Path, *changes: tuple[str, str], name: str = "parcel") -> Path:
    """The example of the manual in a file, with some of its words changed."""
    text = PARCEL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = folder / f"{name}.yaml"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path) -> Scenario:
    """The scenario in a file."""
    return load_scenario(path, manners(path.parent))


def begun(bench: Workbench, folder: Path, *changes: tuple[str, str]) -> Practice:
    """A practice with the example of the manual, changed."""
    return Practice(bench, read(parcel(folder, *changes)))


def said(practice: Practice, text: str) -> str:
    """What the customer answers, in one line."""
    return " ".join(turn.text for turn in practice.send(text))

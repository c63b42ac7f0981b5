"""What agents have used: which play was sent after what was said; kept in one file of lines that anybody can read.

```json
{"said": "wheres my parcel, order 00000", "play": "late-parcel", "at": "2027-01-31"}
```

Digits and e-mail addresses are made unreadable before anything is written. Without a file nothing is kept.
"""

import json
import re
from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assist.errors import DataError
from assist.yamlfile import decoded, read_text

LONGEST = 500
LATEST = 500
"""How many uses count; older ones stay in the file."""
TAIL = 1_000_000
"""How many bytes at the end of the file are read."""
_ADDRESS = re.compile(r"(?<![^\s@])[^\s@]+@[^\s@]+")
_DIGIT = re.compile(r"\d")


class Use(BaseModel):
    """A play that was used: what had been said before it, and when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    said: str = Field(min_length=1, max_length=LONGEST)
    play: str = Field(min_length=1)
    at: str = ""


class Usage:
    """The uses in a file; one that is not there yet is empty.

    Raises DataError, with the line, for one that is not right.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.uses: deque[Use] = deque(_read(path), maxlen=LATEST)

    def add(self, said: str, play: str) -> Use:
        """A play was used after this was said; raises DataError where the file cannot be written."""
        words = unreadable(said)[:LONGEST].strip() or "…"
        use = Use(said=words, play=play, at=datetime.now(UTC).strftime("%Y-%m-%d"))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(use.model_dump(), ensure_ascii=False) + "\n")
        except OSError as error:
            raise DataError(self.path, None, error.strerror or "cannot be written") from None
        self.uses.append(use)
        return use


def unreadable(said: str) -> str:
    """What was said with every digit a 0, and without e-mail addresses."""
    return _DIGIT.sub("0", _ADDRESS.sub("…@…", said))


def _tail(path: Path) -> tuple[str, int]:
    """The last whole lines of a file, and how many lines come before them."""
    try:
        if path.stat().st_size <= TAIL:
            return read_text(path), 0
        data = path.read_bytes()
    except OSError as error:
        raise DataError(path, None, error.strerror or "cannot be read") from None
    start = data.index(b"\n", len(data) - TAIL) + 1 if b"\n" in data[-TAIL:] else len(data)
    return decoded(data[start:], path), data.count(b"\n", 0, start)


def _read(path: Path) -> Iterator[Use]:
    if not path.exists():
        return
    text, before = _tail(path)
    for number, line in enumerate(text.split("\n"), start=before + 1):
        if line.strip():
            try:
                yield Use.model_validate_json(line)
            except ValidationError as error:
                first = error.errors()[0]
                field = ".".join(map(str, first["loc"])) or "line"
                raise DataError(path, number, f"{field}: {first['msg'].lower()}") from None

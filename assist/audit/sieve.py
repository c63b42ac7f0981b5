"""What cannot be audited, put aside on the way and kept, so that it can be counted and looked at."""

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO

import pyarrow.parquet as pq

from assist.audit.reasons import QUOTED
from assist.audit.schemas import schema, table
from assist.redaction import redact
from assist.transcripts import Transcript, Unreadable

AT_ONCE = 1000
"""How many are held before they are written."""
_QUOTED = re.compile(QUOTED)


@dataclass(frozen=True, slots=True)
class Aside:
    """What could not be audited: where it stands, and why not."""

    source: str
    problem: str


class Sieve(AbstractContextManager["Sieve"]):
    """Lets transcripts through, and writes what is unreadable to a Parquet file; `number` counts it.

    So it does with a conversation in which nobody is known to speak, of which there would be nothing to tell. The file
    is complete when the context is left.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._writer = pq.ParquetWriter(file, schema(Aside))
        self._held: list[Aside] = []
        self.number = 0
        self.first: Aside | None = None

    def sifted(self, told: Iterable[Transcript | Unreadable]) -> Iterator[Transcript]:
        """The transcripts."""
        for one in told:
            if isinstance(one, Transcript) and any(said.role != "unknown" and not said.note for said in one.messages):
                yield one
                continue
            self.number += 1
            self._held.append(Aside(one.source, _problem(one)))
            self.first = self.first or self._held[0]
            if len(self._held) >= AT_ONCE:
                self._write()

    def __exit__(self, *_: object) -> None:
        self._write()
        self._writer.close()

    def _write(self) -> None:
        if self._held:
            self._writer.write_table(table(self._held, Aside))
            self._held.clear()


def _problem(one: Transcript | Unreadable) -> str:
    """Why it is put aside; the names in it, and what it quotes, may be anything, and are masked."""
    if isinstance(one, Transcript):
        return redact(one.silence).text
    return _QUOTED.sub(lambda quoted: redact(quoted[0]).text, one.problem)

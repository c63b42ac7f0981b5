"""What another engine made of the unit of work, taken over: Parquet files in, an audit as a run leaves it out."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from assist.audit import partition
from assist.audit.audit import ASIDE, ENDING, PARTITIONS, Audit, finish
from assist.audit.engine import Judging
from assist.audit.files import aside
from assist.audit.schemas import shaped
from assist.audit.sieve import Sieve
from assist.errors import AssistError, DataError
from assist.transcripts import Unreadable


def adopt(
    files: Iterable[Path],
    judging: Judging,
    folder: Path,
    *,
    inputs: Sequence[str] = (),
    unreadable: Iterable[Unreadable] = (),
) -> Audit:
    """The audit of a folder, made of Parquet files with the columns `EXAMINED`, in the order of their names.

    `judging` is what the workers judged by, `inputs` what they were given, `unreadable` what could not be read of it.
    An audit that lay in the folder is replaced. A conversation that two files hold is there twice: adopt what one job
    wrote to a folder that was empty. Raises DataError for a file with other columns, and AssistError without any row.
    """
    try:
        (folder / PARTITIONS).mkdir(parents=True, exist_ok=True)
        names = [_kept(rows, number, judging, folder) for number, rows in enumerate(_batches(files), start=1)]
        if not names:
            raise AssistError("no conversation was found in the files to adopt")
        with aside(folder / ASIDE) as file, Sieve(file) as sieve:
            list(sieve.sifted(unreadable))
        return finish(folder, names, inputs, judging, sieve.number)
    except OSError as error:
        raise DataError(error.filename or folder, None, error.strerror or "cannot be written") from None


def _batches(files: Iterable[Path]) -> Iterator[pa.RecordBatch]:
    """The rows of the files, no more at once than a partition holds."""
    for path in sorted(files):
        try:
            with pq.ParquetFile(path) as file:
                for rows in file.iter_batches(partition.CONVERSATIONS):
                    yield shaped(rows, partition.EXAMINED)
        except (AssistError, pa.ArrowException) as error:
            raise DataError(path, None, f"not written by an audit's workers: {error}") from None


def _kept(rows: pa.RecordBatch, number: int, judging: Judging, folder: Path) -> str:
    name = partition.name(rows, number, f"{judging.fingerprint} {judging.zone}")
    with aside(folder / PARTITIONS / f"{name}{ENDING}") as file:
        pq.write_table(pa.Table.from_batches([rows]), file, compression="zstd")
    return name

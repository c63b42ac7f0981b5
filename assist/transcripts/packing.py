"""What is inside a file: itself, or what gzip, zip and tar hold, in other encodings too."""

import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from assist.errors import AssistError
from assist.transcripts.origin import Beside, Unreadable
from assist.transcripts.sources import BESIDE_LIMIT, is_litter
from assist.transcripts.streams import Bounded, Budget, Readable, Recoded, Relined, Stream

NESTED = 2
"""How many wrappings are taken off, one in the other."""
OFFICE = "[Content_Types].xml"
FAULTS = (
    EOFError, OSError, zlib.error, zipfile.BadZipFile, tarfile.TarError, NotImplementedError, RuntimeError,
    UnicodeDecodeError,
)  # fmt: skip
"""What the libraries raise for a file that is damaged, encrypted, or packed in a way that they do not know."""


class Found(NamedTuple):
    """A file as it is read: its name, its bytes, what lies beside it, and its path where it is one of the disk."""

    name: str
    stream: Stream
    beside: Beside
    path: Path | None = None


def unpacked(found: Found, depth: int = 0) -> Iterator[Found | Unreadable]:
    """A file, or the files that are packed in it, down to two wrappings."""
    head = found.stream.head
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        opener = _zipped
    elif head.startswith(b"\x1f\x8b"):
        opener = _gzipped
    elif head[257:262] == b"ustar":
        opener = _tarred
    else:
        yield _as_utf8(found)
        return
    if depth >= NESTED:
        yield Unreadable(found.name, f"packed more than {NESTED} times over; unpack it first")
        return
    try:
        for inner in opener(found):
            if isinstance(inner, Unreadable):
                yield inner
            else:
                yield from unpacked(inner, depth + 1)
    except AssistError as error:
        yield Unreadable(found.name, str(error))
    except FAULTS as error:
        yield Unreadable(found.name, fault(error))


def fault(error: Exception) -> str:
    """What went wrong with a file that the libraries could not read, in plain words."""
    if isinstance(error, UnicodeDecodeError):
        return "damaged: the name of a file in it is no text"
    if isinstance(error, EOFError) or "Truncated" in str(error) or "unexpected end" in str(error):
        return "it is cut short; what came before is read"
    if isinstance(error, gzip.BadGzipFile | zlib.error | zipfile.BadZipFile | tarfile.TarError):
        return f"damaged or cut short: {error}"
    if isinstance(error, OSError):
        return error.strerror or "cannot be read"
    return "encrypted; unpack it first" if "password" in str(error) else f"cannot be unpacked: {error}"


def _gzipped(found: Found) -> Iterator[Found]:
    budget = Budget(lambda: found.stream.count)
    with gzip.GzipFile(fileobj=found.stream.buffered()) as file:
        yield found._replace(stream=Stream(Bounded(_Members(file), budget)), path=None)


@dataclass(frozen=True, slots=True)
class _Members:
    """A gzip file that gives what it has before it is cut short; reading on tells that it is."""

    file: gzip.GzipFile

    def read(self, size: int = -1) -> bytes:
        return self.file.read1(size)


def _zipped(found: Found) -> Iterator[Found | Unreadable]:
    with _seekable(found) as file, zipfile.ZipFile(file) as archive:
        if OFFICE in archive.namelist():
            raise AssistError("a document of an office program; save it as CSV or plain text")
        size = file.seek(0, io.SEEK_END)
        budget = Budget(lambda: size)
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            name = f"{found.name}/{info.filename}"
            if not info.filename:
                yield Unreadable(name, "damaged: a file without a name")
                continue
            if info.is_dir() or any(map(is_litter, PurePosixPath(info.filename).parts)):
                continue
            try:
                with archive.open(info) as packed:
                    beside = _Zipped(archive, PurePosixPath(info.filename).parent)
                    yield Found(name, Stream(Bounded(packed, budget)), beside)
            except FAULTS as error:
                yield Unreadable(name, fault(error))


def _seekable(found: Found) -> BinaryIO:
    """A file to go to and fro in: that of the disk, or the whole of it in memory."""
    if found.path:
        return found.path.open("rb")
    data = found.stream.buffered().read(BESIDE_LIMIT + 1)
    if len(data) > BESIDE_LIMIT:
        raise AssistError(
            f"a packed file larger than {BESIDE_LIMIT >> 20} MB in another, or as a stream; unpack it first"
        )
    return io.BytesIO(data)


@dataclass(frozen=True, slots=True)
class _Zipped:
    """The folder of a zip file that a file of it lies in."""

    archive: zipfile.ZipFile
    folder: PurePosixPath

    def __call__(self, name: str) -> bytes | None:
        try:
            info = self.archive.getinfo(str(self.folder / name))
            return self.archive.read(info) if info.file_size <= BESIDE_LIMIT else None
        except (KeyError, *FAULTS):
            return None


def _tarred(found: Found) -> Iterator[Found]:
    budget = Budget(lambda: found.stream.count)  # a file in it may be mostly holes
    with tarfile.open(fileobj=found.stream.buffered(), mode="r|") as archive:
        for info in archive:
            file = archive.extractfile(info) if info.isreg() else None
            if file and not any(map(is_litter, PurePosixPath(info.name).parts)):
                yield Found(f"{found.name}/{info.name}", Stream(Bounded(file, budget)), lambda _: None)


def _as_utf8(found: Found) -> Found:
    """With text in UTF-16 or UTF-32 made UTF-8, and with the line breaks of old Macs made the usual ones."""
    head = found.stream.head
    stream: Readable
    if encoding := _wide(head):
        stream = Recoded(found.stream.buffered(), encoding)
    elif b"\r" in head and b"\n" not in head and b"\0" not in head:
        stream = Relined(found.stream.buffered())
    else:
        return found
    return found._replace(stream=Stream(stream), path=None)


def _wide(head: bytes) -> str:
    """The encoding of a text in UTF-16 or UTF-32; empty for anything else."""
    if head.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = head[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half >= 4 and odd > half * 0.8 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if half >= 4 and even > half * 0.8 and odd < half * 0.05 else ""

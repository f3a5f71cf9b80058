"""One file of an archive: its name, its place on disk, and how much of it was read."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from factcheck.errors import UnreadableSource

LARGEST_WHOLE_BYTES = 256 * 1024 * 1024
"""Formats that are parsed as a whole are read up to this size; WordPress exports, JSONL and mbox are streamed."""


class ByteMeter:
    """Bytes read so far, for a progress bar."""

    def __init__(self) -> None:
        self.bytes_read = 0


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """`name` is relative to what is imported, and begins with the ZIP's name and "!" for a member of one.

    `path` is where the bytes are: for a member, a temporary file.
    """

    name: str
    path: Path
    meter: ByteMeter = field(default_factory=ByteMeter)

    @property
    def suffix(self) -> str:
        """Lower case, without ".gz"."""
        path = Path(self.name)
        return Path(path.stem).suffix.lower() if path.suffix.lower() == ".gz" else path.suffix.lower()

    @property
    def basename(self) -> str:
        """The last part of the name."""
        return self.name.rpartition("!")[2].rpartition("/")[2]

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The bytes, gzip unpacked. Raises `UnreadableSource`, also while it is read in the `with` block."""
        try:
            with self.path.open("rb") as file:
                counted = _MeteredFile(file, self.meter)
                yield gzip.GzipFile(fileobj=counted) if self._is_gzip() else counted  # type: ignore[misc]
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise UnreadableSource(f"is no whole gzip file: {error}") from error
        except OSError as error:
            raise UnreadableSource(f"cannot be read: {error.strerror or error}") from error

    def head(self, size: int = 4096) -> bytes:
        """The first bytes, not counted as read. Raises `UnreadableSource`."""
        with ArchiveFile(self.name, self.path).opened() as file:
            return file.read(size)

    def whole(self) -> bytes:
        """All bytes. Raises `UnreadableSource`, also where they are more than `LARGEST_WHOLE_BYTES`."""
        with self.opened() as file:
            raw = file.read(LARGEST_WHOLE_BYTES + 1)
        if len(raw) > LARGEST_WHOLE_BYTES:
            raise UnreadableSource(f"is larger than {LARGEST_WHOLE_BYTES >> 20} MB, which this format is read up to")
        return raw

    def text(self) -> str:
        """All of it as UTF-8, line ends as line feeds. Raises `UnreadableSource`."""
        return decoded(self.whole(), "")

    def _is_gzip(self) -> bool:
        return self.name.lower().endswith(".gz")


def decoded(raw: bytes, where: str) -> str:
    """UTF-8 with or without a byte order mark. Raises `UnreadableSource` that begins with `where`."""
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"{where}is not UTF-8: {error.reason} at byte {error.start}") from error


class _MeteredFile:
    """A binary file that counts what is read from it."""

    def __init__(self, file: IO[bytes], meter: ByteMeter) -> None:
        self._file, self._meter = file, meter

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._meter.bytes_read += len(chunk)
        return chunk

    def readline(self, size: int = -1) -> bytes:
        line = self._file.readline(size)
        self._meter.bytes_read += len(line)
        return line

    def __iter__(self) -> Iterator[bytes]:
        while line := self.readline():
            yield line

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

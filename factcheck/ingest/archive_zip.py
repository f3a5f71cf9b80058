"""Members of a ZIP as files of their own, each unpacked to a temporary file while it is read.

Bounded: a member that unpacks to more than it can honestly hold, a ZIP in a ZIP in a ZIP and too many members are refused.
"""

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from factcheck.errors import UnreadableSource
from factcheck.ingest.archive_file import ArchiveFile

DEEPEST = 2
_MOST_MEMBERS = 1_000_000
_LARGEST_MEMBER_BYTES = 8 * 1024**3
_LARGEST_RATIO = 200
_RATIO_COUNTS_FROM = 16 * 1024 * 1024
_CHUNK_BYTES = 1024 * 1024


def members(file: ArchiveFile) -> Iterator[zipfile.ZipInfo]:
    """Files of the ZIP in the order of their names. Raises `UnreadableSource` if it is none."""
    with _zip(file) as archive:
        found = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info.filename)]
    if len(found) > _MOST_MEMBERS:
        raise UnreadableSource(f"holds more than {_MOST_MEMBERS:,} files")
    yield from sorted(found, key=lambda info: info.filename)


@contextmanager
def unpacked(file: ArchiveFile, info: zipfile.ZipInfo) -> Iterator[ArchiveFile]:
    """One member on disk. Raises `UnreadableSource`."""
    if info.flag_bits & 1:
        raise UnreadableSource("has a password")
    if info.file_size > max(_RATIO_COUNTS_FROM, _LARGEST_RATIO * info.compress_size):
        raise UnreadableSource(
            f"would unpack to {info.file_size:,} bytes from {info.compress_size:,}; it is not unpacked"
        )
    if info.file_size > _LARGEST_MEMBER_BYTES:
        raise UnreadableSource(f"is larger than {_LARGEST_MEMBER_BYTES >> 30} GB")
    with tempfile.NamedTemporaryFile(prefix="factcheck-", suffix=Path(info.filename).suffix) as target:
        _copy(file, info, target)
        target.flush()
        file.meter.bytes_read += info.compress_size
        yield ArchiveFile(f"{file.name}!{info.filename}", Path(target.name))


def _copy(file: ArchiveFile, info: zipfile.ZipInfo, target: IO[bytes]) -> None:
    """Never more than the directory says, which is what was checked."""
    left = info.file_size
    try:
        with _zip(file) as archive, archive.open(info) as source:
            while left > 0 and (chunk := source.read(min(_CHUNK_BYTES, left))):
                target.write(chunk)
                left -= len(chunk)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise UnreadableSource(f"is damaged ({error})") from None


@contextmanager
def _zip(file: ArchiveFile) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(file.path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableSource(f"is no whole ZIP file ({error})") from None
    with archive:
        yield archive


def _is_hidden(name: str) -> bool:
    return any((part.startswith(".") and part.strip(".")) or part == "__MACOSX" for part in name.split("/"))

"""Everything at a path: one file, a ZIP, or a folder, report by report. A fault never ends more than its own entry or file."""

import logging
import os
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from factcheck.errors import UnreadableSource
from factcheck.ingest.archive_file import ArchiveFile, ByteMeter
from factcheck.ingest.archive_zip import DEEPEST, members, unpacked
from factcheck.ingest.formats import FORMATS, SUFFIXES, ZIP, detect
from factcheck.ingest.raw_documents import Item, NewsroomClock, Outcome, RejectedDocument, UnreadableEntry
from factcheck.ingest.raw_to_document import document_outcome

_DEEPEST_FOLDER = 64
_log = logging.getLogger(__name__)
_UNREADABLE = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    AssertionError,
    OSError,
)
"""What a parser may raise on a damaged file beside its own errors: a fault of that file, told with its name."""


@dataclass(frozen=True, slots=True)
class ArchiveReader:
    """Reads what is at a path. `format_name` forces a format; `meter` counts bytes for a progress bar."""

    path: Path
    clock: NewsroomClock
    format_name: str | None
    meter: ByteMeter

    def outcomes(self) -> Iterator[Outcome]:
        """What becomes of every report and file. Raises `UnreadableSource` if there is nothing at the path."""
        for file in self.files():
            yield from self.read_file(file)

    def files(self) -> Iterator[ArchiveFile]:
        """Readable files by folder and name; nothing but the folder at hand is held in memory."""
        if not self.path.exists():
            raise UnreadableSource(f"{self.path} cannot be read: No such file or directory")
        if not self.path.is_dir():
            yield ArchiveFile(self.path.name, self.path, self.meter)
            return
        for path in walk(self.path):
            yield self._file(path)

    def read_path(self, path: Path) -> Iterator[Outcome]:
        """What becomes of the reports of one file in the folder."""
        yield from self.read_file(self._file(path))

    def read_file(self, file: ArchiveFile) -> Iterator[Outcome]:
        """What becomes of the reports of one file."""
        if file.path.is_dir():
            yield _unread(file, f"is nested deeper than {_DEEPEST_FOLDER} folders; it is not read")
            return
        before = _state(file.path)
        found = False
        for outcome in self._entries(file, depth=0):
            found = True
            yield outcome
        if not found:
            yield _unread(file, "holds no report")
        if _state(file.path) != before:
            yield _unread(file, "changed while it was read; import it again when it is whole")

    def _file(self, path: Path) -> ArchiveFile:
        return ArchiveFile(path.relative_to(self.path).as_posix(), path, self.meter)

    def _entries(self, file: ArchiveFile, depth: int) -> Iterator[Outcome]:
        try:
            name = self.format_name or detect(file)
            if name == ZIP:
                yield from self._zip(file, depth)
                return
            for item in FORMATS[name].read(file):
                yield self._settled(item, file, name)
            if name == "eml":
                yield from self._attachments(file, depth)
        except UnreadableSource as fault:
            yield _unread(file, str(fault))
        except _UNREADABLE as error:
            yield _unread(file, f"cannot be read ({type(error).__name__}: {error})")

    def _settled(self, item: Item, file: ArchiveFile, reader: str) -> Outcome:
        if isinstance(item, UnreadableEntry):
            return RejectedDocument(file.name, item.entry, None, None, item.reason)
        return document_outcome(item, file.name, item.reader or reader, self.clock)

    def _zip(self, file: ArchiveFile, depth: int) -> Iterator[Outcome]:
        if depth >= DEEPEST:
            raise UnreadableSource(f"is a ZIP inside of {DEEPEST} others; it is not unpacked")
        for info in members(file):
            if _is_readable(info.filename):
                yield from self._member(file, info, depth)

    def _attachments(self, file: ArchiveFile, depth: int) -> Iterator[Outcome]:
        """Attached files of a mail that can be read; pictures, signatures and mails inside of mails are left."""
        from factcheck.ingest.email import attachments, parsed

        for name, payload in attachments(parsed(file.whole())):
            if _is_readable(name) and depth < DEEPEST:
                with tempfile.NamedTemporaryFile(prefix="factcheck-") as target:
                    target.write(payload)
                    target.flush()
                    yield from self._entries(ArchiveFile(f"{file.name}!{name}", Path(target.name)), depth + 1)

    def _member(self, file: ArchiveFile, info: zipfile.ZipInfo, depth: int) -> Iterator[Outcome]:
        name = f"{file.name}!{info.filename}"
        try:
            with unpacked(file, info) as member:
                yield from self._entries(member, depth + 1)
        except UnreadableSource as fault:
            yield RejectedDocument(name, None, None, None, str(fault))


def walk(folder: Path) -> Iterator[Path]:
    """Readable files of a folder and its folders, in the order of their names, without links to folders and hidden ones.

    A folder that is nested too deep is given itself, so that it can be reported. Entries of one folder are held in memory.
    """
    stack = [(folder, _names_in(folder))]
    while stack:
        parent, names = stack[-1]
        name = next(names, None)
        if name is None:
            stack.pop()
        elif not name.endswith("/"):
            yield parent / name
        elif len(stack) <= _DEEPEST_FOLDER:
            stack.append((parent / name, _names_in(parent / name)))
        else:
            yield parent / name


def _names_in(folder: Path) -> Iterator[str]:
    """Readable files and, with a slash, folders, by name. Names only: a folder may hold a million files."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(name for entry in entries if (name := _name_of(entry)))
    except OSError as error:
        _log.warning("%s cannot be read: %s", folder, error.strerror)
        return
    yield from names


def _name_of(entry: os.DirEntry[str]) -> str | None:
    if entry.name.startswith("."):
        return None
    if entry.is_dir(follow_symlinks=False):
        return f"{entry.name}/"
    return entry.name if _is_readable(entry.name) and entry.is_file() else None


def _is_readable(name: str) -> bool:
    plain = name.lower().removesuffix(".gz")
    return plain.endswith(SUFFIXES)


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _unread(file: ArchiveFile, reason: str) -> RejectedDocument:
    return RejectedDocument(file.name, None, None, None, reason)

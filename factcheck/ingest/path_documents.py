"""Documents of a file or folder for a check, without a store; and documents from single JSON values."""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

from factcheck.errors import UnreadableSource
from factcheck.evidence import Document
from factcheck.ingest.archive_file import ByteMeter
from factcheck.ingest.archive_reader import ArchiveReader
from factcheck.ingest.formats import SUFFIXES
from factcheck.ingest.json_documents import row_reports
from factcheck.ingest.raw_documents import AcceptedDocument, NewsroomClock, RejectedDocument, UnreadableEntry
from factcheck.ingest.raw_to_document import document_outcome

_log = logging.getLogger(__name__)
_TOLD = 3


class UnreadableDate(UnreadableSource):
    """A document with nothing wrong but its date; `undated` is the document without it."""

    def __init__(self, message: str, undated: Document) -> None:
        super().__init__(message)
        self.undated = undated


def read_corpus(path: Path, zone: tzinfo | None = None) -> Iterator[Document]:
    """Every published document at `path`, without its origin; what is left out, and what has no date, is logged.

    An archive may hold nothing but unpublished reports: then there is none.
    Raises `UnreadableSource` at the first fault of a single file, and for a folder in which nothing can be read.
    """
    warned, reports = _Warnings(), 0
    for outcome in open_archive(path, zone).outcomes():
        if isinstance(outcome, AcceptedDocument):
            reports += 1
            warned.of_dates(outcome)
            yield _bare(outcome.document)
        elif outcome.status is None and not path.is_dir():
            raise UnreadableSource(place_of(outcome, path))
        else:
            reports += outcome.status is not None
            warned.of_outcome(outcome, path)
    warned.close(path)
    if not reports and path.is_dir():
        raise UnreadableSource(f"{path} is a folder without any report in a {', '.join(SUFFIXES)} file")


def open_archive(path: Path, zone: tzinfo | None) -> ArchiveReader:
    """The archive at a path, judged by the present moment."""
    return ArchiveReader(path, present_clock(zone), None, ByteMeter())


def present_clock(zone: tzinfo | None) -> NewsroomClock:
    """What is published at the present moment."""
    return NewsroomClock(zone, datetime.now(UTC))


def place_of(outcome: RejectedDocument, path: Path) -> str:
    """What was not taken and why, with file and entry."""
    file = path / outcome.file if path.is_dir() else path.parent / outcome.file
    where = f"{file}, {outcome.entry}:" if outcome.entry else f"{file}"
    return f"{where} {outcome.reason}"


def document_from_object(row: Any, where: str) -> Document:
    """A document from one JSON value; raises `UnreadableSource` that begins with `where`. Members unknown here are let be.

    >>> document_from_object({"id": "a", "text": "One."}, "corpus.jsonl, line 1").id
    'a'
    """
    item = next(row_reports(row, None, None))
    if isinstance(item, UnreadableEntry):
        raise UnreadableSource(f"{where}: {item.reason}")
    outcome = document_outcome(item, where, "json", present_clock(None))
    if isinstance(outcome, RejectedDocument):
        raise UnreadableSource(f"{where}: {outcome.reason}")
    if outcome.document.published_at is None and any(stamp.raw.strip() for stamp in item.published):
        raise UnreadableDate(f"{where}: {outcome.notes[0]}", _bare(outcome.document))
    return _bare(outcome.document)


def _bare(document: Document) -> Document:
    return replace(document, origin=None)


class _Warnings:
    """The first few of each kind, and how many there were."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def of_dates(self, outcome: AcceptedDocument) -> None:
        """A document whose date cannot be read."""
        if outcome.document.published_at is None and any("no date that" in note for note in outcome.notes):
            self._warn("undated", f"{_where(outcome.document)}: {outcome.notes[0]}; the document counts as undated")

    def of_outcome(self, outcome: RejectedDocument, path: Path) -> None:
        """A report that is no evidence, or cannot be read."""
        self._warn("left out", f"{place_of(outcome, path)}; it is left out")

    def close(self, path: Path) -> None:
        """Tells the counts of what was not told one by one."""
        for kind, count in self._counts.items():
            if count > _TOLD:
                _log.warning(
                    "%s: %d documents in all %s",
                    path,
                    count,
                    "count as undated" if kind == "undated" else "are left out",
                )

    def _warn(self, kind: str, words: str) -> None:
        self._counts[kind] += 1
        if self._counts[kind] <= _TOLD:
            _log.warning("%s", words)


def _where(document: Document) -> str:
    origin = document.origin
    return f"{origin.file}, {origin.entry}" if origin and origin.entry else origin.file if origin else document.id

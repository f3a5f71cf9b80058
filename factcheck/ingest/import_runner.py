"""Takes uploaded archives one after another: first a dry run, then, where it was asked for, the import."""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any, TextIO

from factcheck.errors import FactcheckError, StoreUnavailable, UnknownImport
from factcheck.evidence import Document
from factcheck.ingest.archive_file import ByteMeter
from factcheck.ingest.archive_reader import ArchiveReader
from factcheck.ingest.import_outcome import ImportOutcome
from factcheck.ingest.importer import DryTarget, Importer, ImportTarget
from factcheck.ingest.raw_documents import AcceptedDocument, NewsroomClock, Outcome, RejectedDocument, outcome_json
from factcheck.ingest.raw_to_document import UNDATED
from factcheck.ingest.time_zones import require_zone
from factcheck.ingest.uploads import FINAL, ImportOptions, ImportPhase, ImportStatus, UploadArea, read_json, write_json

_POLL_S = 0.3
_PROGRESS_S = 0.3
_RETRY_S = 2.0
_SHOWN = 100
_TRIES = 3
_ABANDONED_S = 86_400.0
_KEPT_S = 7 * 86_400.0
"""A record of an import is kept for a week; an upload that nobody goes on with for a day."""
_log = logging.getLogger(__name__)


class _Stopped(Exception):
    """The process ends, or the import was cancelled: what is stored stays, the rest is not read."""


@dataclass(frozen=True, slots=True)
class ImportRunner:
    """`zone` is the newsroom's, for imports that name none."""

    area: UploadArea
    target: ImportTarget
    limit_chars: int
    zone: tzinfo | None

    def run(self, stop: Event) -> None:
        """Until `stop` is set. An import that was cut off goes on at the next start."""
        while not stop.is_set():
            self.area.beat()
            try:
                self.tidy()
                worked = self.work(stop)
            except StoreUnavailable as error:
                _log.warning("waiting for the store: %s", error)
                stop.wait(_RETRY_S)
                continue
            if not worked:
                stop.wait(_POLL_S)

    def work(self, stop: Event) -> bool:
        """Takes the oldest phase that is due. False if none is. Raises `StoreUnavailable`."""
        for import_id in reversed(self.area.ids()):
            status = self.area.status(import_id)
            if status is ImportStatus.CHECKING:
                self._phase(import_id, ImportPhase.DRY_RUN, stop)
                return True
            if status is ImportStatus.IMPORTING:
                self._phase(import_id, ImportPhase.IMPORT, stop)
                return True
        return False

    def tidy(self) -> None:
        """Removes what nobody needs any longer."""
        for import_id in self.area.ids():
            idle_s, is_final = self.area.idle_s(import_id), self.area.status(import_id) in FINAL
            if idle_s > (_KEPT_S if is_final else _ABANDONED_S):
                self.area.forget(import_id)

    def _phase(self, import_id: str, phase: ImportPhase, stop: Event) -> None:
        folder = self.area.folder(import_id)
        tries = _AttemptCounter(folder / f"{phase}.tries.json")
        if tries.begin() > _TRIES:
            where = (read_json(folder / f"{phase}.progress.json") or {}).get("file") or "its first file"
            self._fail(import_id, f"the importer ended {_TRIES} times while it read {where}; leave that file out")
            return
        try:
            self._run_phase(import_id, phase, stop)
        except (_Stopped, StoreUnavailable) as cut:
            tries.undo()
            if isinstance(cut, StoreUnavailable):
                raise
        except (UnknownImport, FileNotFoundError):
            _log.info("import %s was removed while it ran", import_id)
        except FactcheckError as error:
            self._fail(import_id, str(error))
        except Exception as error:
            _log.exception("import %s failed", import_id)
            self._fail(import_id, f"the importer failed ({type(error).__name__}: {error})")

    def _run_phase(self, import_id: str, phase: ImportPhase, stop: Event) -> None:
        record, folder = self.area.read(import_id), self.area.folder(import_id)
        target = DryTarget(self.target) if phase is ImportPhase.DRY_RUN else self.target
        tally, meter = ImportOutcome(), ByteMeter()
        with _RejectionLog(folder / f"{phase}.jsonl") as lines:
            importer = Importer(target, self.limit_chars, record.by, lines.add)
            watched = _MonitoredImport(self, import_id, folder / f"{phase}.progress.json", meter, record.bytes, stop)
            outcomes = watched.files(self._archive(record.options, meter), tally)
            for done in importer.run(completed(outcomes, record.options), tally):
                watched.show(done)
            watched.check()
        write_json(
            folder / f"{phase}.json", {**tally.as_json(), "not_taken": lines.count, "first_not_taken": lines.first}
        )
        if phase is ImportPhase.IMPORT:
            self.area.clean(import_id)

    def _archive(self, options: ImportOptions, meter: ByteMeter) -> ArchiveReader:
        zone = require_zone(options.zone, "/zone") if options.zone else self.zone
        return ArchiveReader(self.area.root, NewsroomClock(zone, datetime.now(UTC)), options.format, meter)

    def _fail(self, import_id: str, reason: str) -> None:
        write_json(self.area.folder(import_id) / "failed.json", {"error": reason})
        self.area.clean(import_id)


class _MonitoredImport:
    """Reads an import's files, tells how far it is, and ends it where it was stopped."""

    def __init__(
        self, runner: ImportRunner, import_id: str, progress: Path, meter: ByteMeter, total_bytes: int, stop: Event
    ) -> None:
        self._area, self._id, self._path = runner.area, import_id, progress
        self._meter, self._total, self._stop = meter, total_bytes, stop
        self._file = ""
        self._began, self._last = monotonic(), -_PROGRESS_S

    def files(self, archive: ArchiveReader, tally: ImportOutcome) -> Iterator[Outcome]:
        for file in self._area.files(self._id, self._meter):
            self._file = file.name
            self.show(tally)
            yield from archive.read_file(file)

    def show(self, tally: ImportOutcome) -> None:
        """At most three times a second. Raises `_Stopped`."""
        now = monotonic()
        if now - self._last < _PROGRESS_S:
            return
        self._last = now
        self.check()
        self._area.beat()
        write_json(
            self._path,
            {
                "bytes_done": min(self._meter.bytes_read, self._total),
                "bytes_total": self._total,
                "documents": tally.documents,
                "elapsed_s": round(now - self._began, 1),
                "file": self._file,
            },
        )

    def check(self) -> None:
        """Raises `_Stopped`."""
        if self._stop.is_set() or self._area.status(self._id) is ImportStatus.CANCELLED:
            raise _Stopped


class _RejectionLog:
    """The report of what was not taken, as JSON lines, and the first of them."""

    def __init__(self, path: Path) -> None:
        self._path, self.count = path, 0
        self.first: list[dict[str, str | None]] = []
        self._file: TextIO | None = None

    def __enter__(self) -> "_RejectionLog":
        self._path.unlink(missing_ok=True)
        return self

    def __exit__(self, *_: Any) -> None:
        if self._file:
            self._file.close()

    def add(self, outcome: RejectedDocument) -> None:
        self._file = self._file or self._path.open("w", encoding="utf-8")
        line = outcome_json(outcome)
        self.count += 1
        if len(self.first) < _SHOWN:
            self.first.append(line)
        print(json.dumps(line, ensure_ascii=True), file=self._file)


class _AttemptCounter:
    """How often a phase was begun without an end: a file that ends the process must not end it forever."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(self) -> int:
        tries = int((read_json(self._path) or {}).get("tries", 0)) + 1
        write_json(self._path, {"tries": tries})
        return tries

    def undo(self) -> None:
        if self._path.parent.exists():
            write_json(self._path, {"tries": max(0, self.begin() - 2)})


def completed(outcomes: Iterable[Outcome], options: ImportOptions) -> Iterator[Outcome]:
    """Source and date of the import for reports that name none."""
    for outcome in outcomes:
        yield _completed(outcome, options) if isinstance(outcome, AcceptedDocument) else outcome


def _completed(outcome: AcceptedDocument, options: ImportOptions) -> AcceptedDocument:
    document, notes = outcome.document, outcome.notes
    if options.source and not document.source:
        document = replace(document, source=options.source)
    if options.published_at and document.published_at is None:
        document = _dated(document, options.published_at)
        notes = tuple(note for note in notes if note != UNDATED)
    return replace(outcome, document=document, notes=notes)


def _dated(document: Document, published_at: str) -> Document:
    origin = document.origin and replace(document.origin, date_source="given with the import")
    return replace(document, published_at=published_at, origin=origin)

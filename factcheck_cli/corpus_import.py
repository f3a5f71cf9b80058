"""`factcheck corpus import`: an archive into the store, with a dry run, a report of what was not taken, and a watched folder."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from time import sleep
from typing import TextIO

from factcheck.errors import UnreadableSource
from factcheck.ingest.archive_file import ByteMeter
from factcheck.ingest.archive_reader import ArchiveReader
from factcheck.ingest.folder_watch import FolderWatch
from factcheck.ingest.formats import FORMATS
from factcheck.ingest.import_outcome import ImportOutcome
from factcheck.ingest.importer import DryTarget, Importer, ImportTarget
from factcheck.ingest.path_documents import place_of
from factcheck.ingest.raw_documents import NewsroomClock, RejectedDocument, outcome_json
from factcheck.ingest.time_zones import require_zone
from factcheck.settings import Settings
from factcheck_cli.audit import audit_actor
from factcheck_cli.import_progress import ImportProgress

DONE, BAD_INPUT = 0, 2
_TOLD = 20
_POLL_S = 2.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the verb."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file, ZIP or folder")
    parser.add_argument("--dry-run", action="store_true", help="say what would be stored and left out; store nothing")
    parser.add_argument("--format", choices=(*FORMATS,), help="read every file as this format; default: found out")
    parser.add_argument(
        "--zone", metavar="ZONE", help="the newsroom's time zone, such as Europe/Oslo (FACTCHECK_NEWSROOM_ZONE)"
    )
    parser.add_argument(
        "--report", metavar="FILE", help="JSON lines of all that was not taken; default: DATA/imports; - for none"
    )
    parser.add_argument(
        "--watch", action="store_true", help="stay, and take what is dropped into the folder; Ctrl-C ends it"
    )


def run(args: argparse.Namespace, settings: Settings, target: ImportTarget) -> int:
    """Exit code 2 where something could not be read; what could be is stored."""
    zone_name = args.zone or settings.newsroom_zone
    zone = require_zone(zone_name, "--zone") if zone_name else None
    job = _Job(args.format, zone, settings, DryTarget(target) if args.dry_run else target, args.dry_run)
    if args.watch:
        return job.watch(args.paths, args.report)
    tallies = [job.take(path, args.report) for path in args.paths]
    return BAD_INPUT if any(tally.refused for tally in tallies) else DONE


@dataclass(frozen=True, slots=True)
class _Job:
    """One import's settings and the store it goes to."""

    format_name: str | None
    zone: tzinfo | None
    settings: Settings
    target: ImportTarget
    is_dry: bool

    def take(self, path: Path, report_name: str | None) -> ImportOutcome:
        """Imports one path and tells what became of it."""
        archive = self._archive(path, ByteMeter())
        tally = ImportOutcome()
        with self._report(report_name) as report, ImportProgress(archive, sys.stderr) as progress:
            for done in self._importer(path, report).run(archive.outcomes(), tally):
                progress.show(done)
        self._tell(tally, report)
        return tally

    def watch(self, paths: list[Path], report_name: str | None) -> int:
        """Takes what appears or changes in the folders, until it is interrupted."""
        watches = [(path, FolderWatch(path)) for path in paths if path.is_dir()]
        if len(watches) != len(paths):
            raise UnreadableSource("--watch takes folders")
        print(f"factcheck corpus: watching {', '.join(str(path) for path in paths)}; Ctrl-C ends it", file=sys.stderr)
        with self._report(report_name) as report:
            while True:
                for path, folder in watches:
                    self._take_settled(path, folder, report)
                sleep(_POLL_S)

    def _take_settled(self, path: Path, folder: FolderWatch, report: "_RejectionLog") -> None:
        tally = ImportOutcome()
        archive = self._archive(path, ByteMeter())
        outcomes = (outcome for file in folder.settled() for outcome in archive.read_path(file))
        for _ in self._importer(path, report).run(outcomes, tally):
            pass
        if tally.documents or tally.refused or tally.left_out:
            print(_count_line(tally, self.is_dry), flush=True)

    def _archive(self, path: Path, meter: ByteMeter) -> ArchiveReader:
        return ArchiveReader(path, NewsroomClock(self.zone, datetime.now(UTC)), self.format_name, meter)

    def _importer(self, path: Path, report: "_RejectionLog") -> Importer:
        return Importer(
            self.target, self.settings.document_limit_chars, audit_actor(), lambda outcome: report.add(outcome, path)
        )

    def _tell(self, tally: ImportOutcome, report: "_RejectionLog") -> None:
        for line in tally.lines():
            print(line)
        if self.is_dry:
            print("samples:")
            for line in tally.sample_lines():
                print(f"  {line}")
        print(_count_line(tally, self.is_dry))
        if report.path and report.lines:
            print(f"what was not taken, and why: {report.path}")

    @contextmanager
    def _report(self, name: str | None) -> Iterator["_RejectionLog"]:
        with ExitStack() as stack:
            yield _RejectionLog(_report_path(name, self.settings.data_dir, self.is_dry), stack)


class _RejectionLog:
    """JSON lines of what was not taken; faults are told on standard error, too. The file is made with the first line."""

    def __init__(self, path: Path | None, stack: ExitStack) -> None:
        self.path, self.lines = path, 0
        self._stack = stack
        self._file: TextIO | None = None
        self._told = 0

    def add(self, outcome: RejectedDocument, path: Path) -> None:
        """One report or file that was not taken."""
        self.lines += 1
        if outcome.status is None:
            self._tell(outcome, path)
        if self.path is not None:
            print(json.dumps(outcome_json(outcome), ensure_ascii=True), file=self._opened(self.path))

    def _tell(self, outcome: RejectedDocument, path: Path) -> None:
        self._told += 1
        if self._told <= _TOLD:
            print(f"factcheck corpus: {place_of(outcome, path)}", file=sys.stderr)
        elif self._told == _TOLD + 1:
            print(f"factcheck corpus: more faults in {self.path or 'the report (--report FILE)'}", file=sys.stderr)

    def _opened(self, path: Path) -> TextIO:
        if self._file is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._stack.enter_context(path.open("w", encoding="utf-8"))
        return self._file


def _report_path(name: str | None, data_dir: Path, is_dry: bool) -> Path | None:
    if name == "-" or (is_dry and name is None):
        return None
    return Path(name) if name else data_dir / "imports" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.jsonl"


def _count_line(tally: ImportOutcome, is_dry: bool) -> str:
    left = sum(tally.left_out.values())
    counts = (
        f"{tally.new:,} new, {tally.replaced:,} replaced, {tally.same:,} unchanged, "
        f"{left:,} left out, {tally.refused:,} refused"
    )
    return f"dry run, nothing stored: {counts}" if is_dry else counts

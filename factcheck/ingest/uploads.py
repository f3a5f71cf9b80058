"""Uploaded archives on this host's disk, from the first byte to the report of the import.

Web processes write files and wishes, the importer writes progress and outcomes, each into files of its own that are renamed into
place. Which files are there is the state of an import: no lock, and nothing to repair after `kill -9`.
"""

import json
import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from time import time
from typing import Any, BinaryIO
from uuid import uuid4

from factcheck.errors import ImportNotReady, InvalidInput, InvalidInputDetail, UnknownImport
from factcheck.ingest.archive_file import ArchiveFile, ByteMeter
from factcheck.timestamps import timestamp

IMPORT_ID = r"[0-9a-f]{32}"
LONGEST_NAME = 1_000
ALIVE_S = 30.0
"""An importer that has not been seen for so long does not run."""
_FOLDER, _HEARTBEAT = "uploads", "importer"
_RECORD, _NAMES, _FILES = "record.json", "names.jsonl", "files"
_COMPLETE, _START, _CANCEL = "complete", "start", "cancel"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class ImportPhase(StrEnum):
    """What the importer does: a dry run, then the import. The value names its files."""

    DRY_RUN = "dry_run"
    IMPORT = "import"


class ImportStatus(StrEnum):
    """States of an import, in their order; the last three are final."""

    RECEIVING = "receiving"
    CHECKING = "checking"
    READY = "ready"
    IMPORTING = "importing"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


FINAL = frozenset({ImportStatus.FINISHED, ImportStatus.FAILED, ImportStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """`zone` and `format` as of `factcheck corpus import`; `source` and `published_at` are for reports that name none."""

    zone: str | None
    format: str | None
    source: str | None
    published_at: str | None


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import as it stands. `progress` and the outcomes are the importer's JSON; `bytes` are those received."""

    id: str
    created_at: str
    by: str | None
    options: ImportOptions
    status: ImportStatus
    files: int
    bytes: int
    progress: Mapping[str, Any] | None
    dry_run: Mapping[str, Any] | None
    result: Mapping[str, Any] | None
    error: str | None


class UploadArea:
    """All uploads of one host, in the data folder."""

    def __init__(self, data_dir: Path) -> None:
        self.root = data_dir / _FOLDER

    def create(self, options: ImportOptions, by: str | None) -> str:
        """The id of a new import, which receives files."""
        import_id = uuid4().hex
        folder = self.root / import_id
        (folder / _FILES).mkdir(parents=True)
        write_json(folder / _RECORD, {"created_at": timestamp(), "by": by, "options": asdict(options)})
        return import_id

    def open_file(self, import_id: str) -> BinaryIO:
        """A new file to write an upload to. It counts once it is added."""
        return (self.folder(import_id) / _FILES / uuid4().hex).open("xb")

    def add(self, import_id: str, name: str, path: Path) -> None:
        """Makes a written file a part of the import. A file of the same name takes the place of the one before it."""
        line = json.dumps({"name": name, "stored": path.name, "bytes": path.stat().st_size}) + "\n"
        with (self.folder(import_id) / _NAMES).open("ab", buffering=0) as names:
            names.write(line.encode())  # one write: lines of several requests do not mix

    def complete(self, import_id: str) -> None:
        """All files are there: the importer makes a dry run."""
        entries = self.manifest(import_id).values()
        write_json(self.folder(import_id) / _COMPLETE, _size(entries))

    def start(self, import_id: str) -> None:
        """After the dry run: import. Starting twice is starting once. Raises `ImportNotReady`."""
        status = self.read(import_id).status
        if status not in (ImportStatus.READY, ImportStatus.IMPORTING, ImportStatus.FINISHED):
            raise ImportNotReady(import_id, status)
        (self.folder(import_id) / _START).touch()

    def cancel(self, import_id: str) -> None:
        """Ends it, and removes its files. What was stored stays stored."""
        folder = self.folder(import_id)
        (folder / _CANCEL).touch()
        shutil.rmtree(folder / _FILES, ignore_errors=True)

    def read(self, import_id: str) -> ImportRecord:
        """Raises `UnknownImport`."""
        folder = self.folder(import_id)
        head = read_json(folder / _RECORD)
        if head is None:
            raise UnknownImport(import_id)
        size = read_json(folder / _COMPLETE) or _size(self.manifest(import_id).values())
        phase = ImportPhase.IMPORT if (folder / _START).exists() else ImportPhase.DRY_RUN
        return ImportRecord(
            id=import_id,
            created_at=head["created_at"],
            by=head["by"],
            options=ImportOptions(**head["options"]),
            status=self.status(import_id),
            files=size["files"],
            bytes=size["bytes"],
            progress=read_json(folder / f"{phase}.progress.json"),
            dry_run=read_json(folder / f"{ImportPhase.DRY_RUN}.json"),
            result=read_json(folder / f"{ImportPhase.IMPORT}.json"),
            error=(read_json(folder / "failed.json") or {}).get("error"),
        )

    def status(self, import_id: str) -> ImportStatus:
        """Raises `UnknownImport`."""
        folder = self.folder(import_id)
        for name, status in (
            (_CANCEL, ImportStatus.CANCELLED),
            ("failed.json", ImportStatus.FAILED),
            (f"{ImportPhase.IMPORT}.json", ImportStatus.FINISHED),
            (_START, ImportStatus.IMPORTING),
            (f"{ImportPhase.DRY_RUN}.json", ImportStatus.READY),
            (_COMPLETE, ImportStatus.CHECKING),
        ):
            if (folder / name).exists():
                return status
        return ImportStatus.RECEIVING

    def report(self, import_id: str) -> Path | None:
        """JSON lines of what was not taken, of the import, before it of the dry run; None if there are none."""
        folder = self.folder(import_id)
        ended = [phase for phase in (ImportPhase.IMPORT, ImportPhase.DRY_RUN) if (folder / f"{phase}.json").exists()]
        path = folder / f"{ended[0]}.jsonl" if ended else None
        return path if path and path.exists() else None

    def ids(self) -> list[str]:
        """All imports, the newest first."""
        folders = [path for path in self.root.glob("*/") if re.fullmatch(IMPORT_ID, path.name)]
        made = {path.name: record.stat().st_mtime for path in folders if (record := path / _RECORD).exists()}
        return sorted(made, key=lambda name: -made[name])

    def files(self, import_id: str, meter: ByteMeter) -> Iterator[ArchiveFile]:
        """What was uploaded, in the order of names."""
        folder = self.folder(import_id) / _FILES
        for name, entry in sorted(self.manifest(import_id).items()):
            yield ArchiveFile(name, folder / entry["stored"], meter)

    def manifest(self, import_id: str) -> dict[str, dict[str, Any]]:
        """Name → stored name and bytes. A line that was cut off by a full disk is passed over."""
        try:
            lines = (self.folder(import_id) / _NAMES).read_bytes().splitlines()
        except FileNotFoundError:
            return {}
        entries = (json.loads(line) for line in lines if line.endswith(b"}"))
        return {entry["name"]: entry for entry in entries}

    def folder(self, import_id: str) -> Path:
        """Raises `UnknownImport`."""
        folder = self.root / import_id
        if not re.fullmatch(IMPORT_ID, import_id) or not folder.is_dir():
            raise UnknownImport(import_id)
        return folder

    def clean(self, import_id: str) -> None:
        """Removes the uploaded files of an import that has ended."""
        shutil.rmtree(self.folder(import_id) / _FILES, ignore_errors=True)

    def forget(self, import_id: str) -> None:
        """Removes all of it."""
        shutil.rmtree(self.folder(import_id), ignore_errors=True)

    def idle_s(self, import_id: str) -> float:
        """Seconds since anything of it was written."""
        folder = self.folder(import_id)
        times = [path.stat().st_mtime for path in (*folder.iterdir(), folder / _FILES) if path.exists()]
        return time() - max(times, default=0.0)

    def scratch(self) -> Path:
        """An empty folder on the disk of the uploads, to unpack members of ZIPs: /tmp may be small, and in memory."""
        folder = self.root / "unpacked"
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.iterdir():
            left.unlink(missing_ok=True)
        return folder

    def beat(self) -> None:
        """Tells that an importer runs."""
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / _HEARTBEAT).touch()

    def has_importer(self) -> bool:
        """True if an importer runs on this host."""
        try:
            return time() - (self.root / _HEARTBEAT).stat().st_mtime < ALIVE_S
        except OSError:
            return False


def plain_name(raw: str) -> str:
    """The name of an uploaded file, relative to the dropped folder. It is a label and never a path on this machine.

    Raises `InvalidInput` at `/file`.

    >>> plain_name("/2018/../a.txt")
    '2018/a.txt'
    """
    parts = [part for part in raw.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    name = "/".join(parts)
    if not name or len(name) > LONGEST_NAME or _CONTROL.search(name) or not _is_utf8(name):
        raise InvalidInput(
            [InvalidInputDetail("/file", f"a file name has 1 to {LONGEST_NAME:,} characters; got {raw[:40]!r}")]
        )
    return name


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Readers see the old content or the new one."""
    draft = path.with_suffix(f".{uuid4().hex[:8]}.new")
    draft.write_text(json.dumps(value), encoding="utf-8")
    os.replace(draft, path)


def read_json(path: Path) -> dict[str, Any] | None:
    """None if there is no such file."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found
    except FileNotFoundError:
        return None


def _size(entries: Collection[Mapping[str, Any]]) -> dict[str, Any]:
    return {"files": len(entries), "bytes": sum(entry["bytes"] for entry in entries)}


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True

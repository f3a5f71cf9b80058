"""Archives for tests: written to a folder, read with a fixed clock."""

from datetime import UTC, datetime, tzinfo
from pathlib import Path

from factcheck.evidence import Document
from factcheck.ingest.archive_file import ByteMeter
from factcheck.ingest.archive_reader import ArchiveReader
from factcheck.ingest.raw_documents import AcceptedDocument, NewsroomClock, Outcome, RejectedDocument

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


def outcomes(
    folder: Path, files: dict[str, str | bytes], zone: tzinfo | None = None, format_name: str | None = None
) -> list[Outcome]:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(ArchiveReader(folder, NewsroomClock(zone, NOW), format_name, ByteMeter()).outcomes())


def documents(folder: Path, name: str, content: str | bytes, zone: tzinfo | None = None) -> list[Document]:
    """Of one file in which everything is taken."""
    found = outcomes(folder, {name: content}, zone)
    assert [outcome for outcome in found if isinstance(outcome, RejectedDocument)] == []
    return [outcome.document for outcome in found if isinstance(outcome, AcceptedDocument)]


def document(folder: Path, name: str, content: str | bytes, zone: tzinfo | None = None) -> Document:
    (found,) = documents(folder, name, content, zone)
    return found


def left_out(folder: Path, name: str, content: str | bytes) -> RejectedDocument:
    """Of one file that holds one report, which is not taken."""
    (found,) = outcomes(folder, {name: content})
    assert isinstance(found, RejectedDocument), found
    return found

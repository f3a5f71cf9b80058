"""JSON and JSON lines: our own documents, ninjs or ANS, each known by its members."""

import json
from collections.abc import Iterator
from typing import Any

from factcheck.errors import UnreadableSource
from factcheck.import_origin import ImportOrigin
from factcheck.ingest.ans import ans_report, is_ans
from factcheck.ingest.archive_file import ArchiveFile, decoded
from factcheck.ingest.ninjs import is_ninjs, ninjs_reports
from factcheck.ingest.raw_documents import Item, PublishingStatus, RawDate, RawDocument, UnreadableEntry
from factcheck.json_mapping import from_json

LINES, JSON = "jsonl", "json"
_OPTIONAL_TEXTS = ("title", "source", "url", "language", "corrects")
_LISTS = ("documents", "items", "content_elements")
_LONGEST_LINE_BYTES = 64 * 1024 * 1024


def read_lines(file: ArchiveFile) -> Iterator[Item]:
    """One document a line, streamed; a line that is none gives a fault."""
    with file.opened() as raw:
        number = 0
        while line := raw.readline(_LONGEST_LINE_BYTES):
            number += 1
            yield from _line(line, f"line {number}", is_first=number == 1)


def read_json(file: ArchiveFile) -> Iterator[Item]:
    """One document, a list of them, or `{"documents": [...]}`. Raises `UnreadableSource`."""
    value = parse_json(file.text())
    rows = _rows(value)
    if rows is None:
        yield from row_reports(value, None, file.name)
        return
    for number, row in enumerate(rows, 1):
        yield from row_reports(row, f"document {number}", None)


def row_reports(row: Any, entry: str | None, name: str | None) -> Iterator[Item]:
    """Reports of one JSON value. `name` becomes the id of a document of our own that has none."""
    if not isinstance(row, dict):
        yield UnreadableEntry(entry, "not a JSON object")
    elif is_ninjs(row):
        yield from ninjs_reports(row, entry)
    elif is_ans(row):
        yield ans_report(row, entry)
    else:
        yield _own({"id": name, **row} if name else row, entry)


def parse_json(text: str) -> Any:
    """Raises `UnreadableSource`."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(f"not JSON ({error})") from None


def fault_of(row: dict[str, Any]) -> str | None:
    """What is wrong with a document of our own, but for its date."""
    for name in ("id", "text"):
        if not isinstance(row.get(name), str) or not row[name].strip():
            return f"`{name}` is missing, empty or not text"
    for name in _OPTIONAL_TEXTS:
        if not isinstance(row.get(name), str | None):
            return f"`{name}` is not text"
    tags = row.get("tags") or []
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        return "`tags` is not a list of texts"
    return None if isinstance(row.get("retracted", False), bool) else "`retracted` is not true or false"


def _line(line: bytes, entry: str, is_first: bool) -> Iterator[Item]:
    if len(line) == _LONGEST_LINE_BYTES:
        yield UnreadableEntry(entry, f"is longer than {_LONGEST_LINE_BYTES >> 20} MB")
        return
    try:
        text = decoded(line, "")
        if text.strip():
            yield from row_reports(parse_json(text), entry, None)
    except UnreadableSource as fault:
        yield UnreadableEntry(None if is_first and "UTF-8" in str(fault) else entry, str(fault))


def _rows(value: Any) -> list[Any] | None:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise UnreadableSource("not a document, nor a list of them")
    if "text" in value or is_ninjs(value) or is_ans(value):
        return None
    return next((value[name] for name in _LISTS if isinstance(value.get(name), list)), None)


def _exported_origin(raw: Any) -> ImportOrigin | None:
    """As `factcheck corpus export` writes it; None for anything else."""
    if not isinstance(raw, dict):
        return None
    try:
        origin = from_json(ImportOrigin, raw)
        return origin if isinstance(origin.file, str) and isinstance(origin.reader, str) else None
    except (KeyError, TypeError, AttributeError):
        return None


def _own(row: dict[str, Any], entry: str | None) -> Item:
    wrong = fault_of(row)
    if wrong:
        return UnreadableEntry(entry, wrong)
    raw = row.get("published_at")
    return RawDocument(
        entry=entry,
        id=row["id"],
        title=row.get("title") or "",
        text=row["text"],
        source=row.get("source"),
        url=row.get("url"),
        language=row.get("language"),
        tags=tuple(row.get("tags") or ()),
        corrects=row.get("corrects"),
        status=PublishingStatus.RETRACTED if row.get("retracted") else PublishingStatus.PUBLISHED,
        published=(RawDate("published_at", str(raw)),) if raw not in (None, "") else (),
        origin=_exported_origin(row.get("origin")),
        is_own=True,
        fields=(("title", "title"), ("text", "text"), ("id", "id")),
    )

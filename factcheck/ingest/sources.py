"""Documents read from files: JSONL (also .gz), JSON (also ninjs), text, Markdown, HTML, feeds, NewsML-G2; or a folder.

Every fault is an `UnreadableSource` that names file and line.
"""

import gzip
import json
import logging
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from factcheck.codec import document_from_json
from factcheck.errors import InvalidInput, UnreadableSource
from factcheck.evidence import Document
from factcheck.ingest.feeds import read_xml
from factcheck.ingest.ninjs import is_ninjs, read_ninjs
from factcheck.ingest.page_extraction import read_report
from factcheck.publication_date import parse_published

_log = logging.getLogger(__name__)

Outcome: TypeAlias = Document | UnreadableSource
_LINES = (".jsonl", ".ndjson")
_TEXTS = (".txt", ".md", ".markdown")
_PAGES = (".html", ".htm")
_FEEDS = (".xml", ".rss", ".atom")
_READABLE = (*_LINES, *_TEXTS, *_PAGES, *_FEEDS, ".json")
_OPTIONAL_TEXTS = ("title", "source", "url", "language", "corrects")
_HEADING = re.compile(r"\A\s*#\s+(.+?)\s*#*\s*$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_TOLD_DATES = 3
_DATE_NAMES = ("published_at", "published", "date")


class UnreadableDate(UnreadableSource):
    """A document with nothing wrong but its date; `undated` is the document without it."""

    def __init__(self, message: str, undated: Document) -> None:
        super().__init__(message)
        self.undated = undated


def read_corpus(path: Path) -> Iterator[Document]:
    """Every document at `path`; raises `UnreadableSource` at the first fault, but for a date: that counts as unknown."""
    undated = 0
    for outcome in read_outcomes(path):
        if isinstance(outcome, UnreadableDate):
            undated += 1
            if undated <= _TOLD_DATES:
                _log.warning("%s; the document counts as undated", outcome)
            yield outcome.undated
        elif isinstance(outcome, UnreadableSource):
            raise outcome
        else:
            yield outcome
    if undated > _TOLD_DATES:
        _log.warning("%s: %d documents in all count as undated", path, undated)


def read_outcomes(path: Path) -> Iterator[Outcome]:
    """Every document at `path`, or in its place the fault that a line has; raises where nothing can be read at all."""
    if not path.is_dir():
        yield from _read_file(path, path.name)
        return
    files = [file for file in sorted(path.rglob("*")) if _suffix(file) in _READABLE and file.is_file()]
    if not files:
        raise UnreadableSource(f"{path} is a folder without any {', '.join(_READABLE)} file")
    for file in files:
        yield from _read_file(file, file.relative_to(path).as_posix())


def count_lines(path: Path) -> int | None:
    """How many lines a JSONL file has, for progress; None for anything else, and where it cannot be read."""
    try:
        return sum(1 for _ in _chunks(path)) if path.is_file() and _suffix(path) in _LINES else None
    except UnreadableSource:
        return None


def _suffix(path: Path) -> str:
    return Path(path.stem).suffix.lower() if path.suffix.lower() == ".gz" else path.suffix.lower()


def _read_file(path: Path, name: str) -> Iterator[Outcome]:
    """`name` becomes the id of a document that has none of its own."""
    suffix = _suffix(path)
    if suffix in _PAGES:
        yield _found(path, lambda text: read_report(name, text))
    elif suffix in _TEXTS:
        yield _found(path, lambda text: _plain(name, text, str(path)))
    elif suffix in _FEEDS:
        yield from _read_feed(path, name)
    elif suffix == ".json":
        yield from _read_json(path, name)
    else:
        yield from _read_lines(path)


def _found(path: Path, read: Callable[[str], Document]) -> Outcome:
    try:
        text = _text(path, b"".join(_chunks(path)))
        document = read(text) if text.strip() else None
    except UnreadableSource as fault:
        return fault
    return document if document and document.text.strip() else UnreadableSource(f"{path} holds no text")


def _plain(name: str, text: str, where: str) -> Document:
    """Text or Markdown, with the title, source and date that a front matter (`title: …` between `---`) may name."""
    matter = _FRONT_MATTER.match(text)
    fields = dict(_pairs(matter[1])) if matter else {}
    body = text[matter.end() :] if matter else text
    heading = _HEADING.match(body)
    date = next((fields[name] for name in _DATE_NAMES if fields.get(name)), None)
    raw = {
        "id": name,
        "text": body,
        "title": fields.get("title") or (heading[1] if heading else ""),
        "published_at": date,
    }
    return document_from_object({**raw, "source": fields.get("source"), "url": fields.get("url")}, where)


def _pairs(lines: str) -> Iterator[tuple[str, str]]:
    for line in lines.splitlines():
        key, colon, value = line.partition(":")
        if colon:
            yield key.strip().lower(), value.strip().strip("\"'")


def _read_json(path: Path, name: str) -> Iterator[Outcome]:
    """One document, a list of them, or `{"documents": [...]}`."""
    value = _parse(_text(path, b"".join(_chunks(path))), str(path))
    rows = value.get("documents", value) if isinstance(value, dict) else value
    if isinstance(rows, dict) and isinstance(rows.get("items"), list) and "text" not in rows:
        rows = rows["items"]
    if isinstance(rows, dict):
        yield _outcome({"id": name, **rows}, str(path))
    elif isinstance(rows, list):
        yield from (_outcome(row, f"{path}, document {number}") for number, row in enumerate(rows, 1))
    else:
        raise UnreadableSource(f"{path}: not a document, nor a list of them")


def _read_feed(path: Path, name: str) -> Iterator[Outcome]:
    try:
        rows = list(read_xml(name, b"".join(_chunks(path)), str(path)))
    except UnreadableSource as fault:
        yield fault
        return
    if not rows:
        yield UnreadableSource(f"{path} holds no report with text")
    yield from (_outcome(row, f"{path}, report {number}") for number, row in enumerate(rows, 1))


def _read_lines(path: Path) -> Iterator[Outcome]:
    for number, line in enumerate(_chunks(path), 1):
        where = f"{path}, line {number}"
        try:
            text = _text(Path(where), line) if number > 1 else _text(path, line)
            if text.strip():
                yield document_from_object(_parse(text, where), where)
        except UnreadableSource as fault:
            yield fault


def _outcome(row: Any, where: str) -> Outcome:
    try:
        return document_from_object(row, where)
    except UnreadableSource as fault:
        return fault


def _chunks(path: Path) -> Iterator[bytes]:
    """The file's lines, unpacked."""
    try:
        with gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb") as file:
            yield from file
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableSource(f"{path} is no whole gzip file: {error}") from error
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be read: {error.strerror}") from error


def _text(where: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"{where} is not UTF-8: {error.reason} at byte {error.start}") from error


def _parse(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(f"{where}: not JSON ({error})") from None


def document_from_object(row: Any, where: str) -> Document:
    """A document from one JSON value; raises `UnreadableSource` that begins with `where`. Members unknown here are let be.

    >>> document_from_object({"id": "a", "text": "One."}, "corpus.jsonl, line 1").id
    'a'
    """
    if not isinstance(row, dict):
        raise UnreadableSource(f"{where}: not a JSON object")
    row = read_ninjs(row) if is_ninjs(row) else row
    for name in ("id", "text"):
        if not isinstance(row.get(name), str) or not row[name].strip():
            raise UnreadableSource(f"{where}: `{name}` is missing, empty or not text")
    for name in _OPTIONAL_TEXTS:
        if not isinstance(row.get(name), str | None):
            raise UnreadableSource(f"{where}: `{name}` is not text")
    tags = row.get("tags") or []
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise UnreadableSource(f"{where}: `tags` is not a list of texts")
    if not isinstance(row.get("retracted", False), bool):
        raise UnreadableSource(f"{where}: `retracted` is not true or false")
    return _dated(document_from_json({**row, "published_at": None}), row.get("published_at"), where)


def _dated(document: Document, raw: Any, where: str) -> Document:
    if raw is None or raw == "":
        return document
    if not isinstance(raw, str):
        raise UnreadableDate(f"{where}: `published_at` is not text", document)
    try:
        return replace(document, published_at=parse_published(raw, "published_at"))
    except InvalidInput as error:
        raise UnreadableDate(f"{where}: {error}", document) from None

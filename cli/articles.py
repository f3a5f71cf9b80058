"""Reading what the command line is given; every fault is an `UnreadableSource` or `InvalidInput` that names file and line."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from factcheck.article import Article, Format
from factcheck.check import Options
from factcheck.codec import article_from_json
from factcheck.dateline import parse_published
from factcheck.errors import Detail, InvalidInput, UnreadableSource

_FORMATS = {".html": Format.HTML, ".htm": Format.HTML, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN}
_TIME_LIMIT_S = 3_600.0
Kind = TypeVar("Kind")


def options(max_evidence: int) -> Options:
    """A check of the command line: every source, an hour at most."""
    return Options(max_evidence=max_evidence, sources_include=(), sources_exclude=(), time_limit_s=_TIME_LIMIT_S)


def read_article_file(name: str, published: str | None) -> Article:
    """An article from a file or, for "-", from standard input."""
    text = _read(name)
    suffix = Path(name).suffix.lower()
    article = _from_json(name, text) if suffix == ".json" else _bare(text, _FORMATS.get(suffix, Format.TEXT))
    if not article.text.strip():
        raise InvalidInput([Detail("/article/text", "the article is empty")])
    return replace(article, published_at=parse_published(published, "--published")) if published else article


def _bare(text: str, form: Format) -> Article:
    return Article(text, None, None, None, None, None, form)


def _from_json(name: str, text: str) -> Article:
    row = _object(name, text)
    row = row.get("article", row)
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise InvalidInput([Detail("/article/text", f"{name} has no article text")])
    if row.get("published_at") is not None:
        row["published_at"] = parse_published(str(row["published_at"]), "/article/published_at")
    return article_from_json(row)


def read_json_lines(path: Path | str) -> Iterator[dict[str, Any]]:
    """Objects of a JSONL file or, for "-", of standard input, one line at a time."""
    for number, line in enumerate(_read(str(path)).splitlines(), 1):
        if line.strip():
            yield _object(f"{path}, line {number}", line)


def _read(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"{name} is not UTF-8: {error.reason} at byte {error.start}") from error
    except OSError as error:
        raise UnreadableSource(f"{name} cannot be read: {error.strerror}") from error


def _object(where: str, text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(f"{where}: not JSON ({error})") from error
    if not isinstance(value, dict):
        raise UnreadableSource(f"{where}: not a JSON object")
    return value


class Fields:
    """Members of one JSON line, checked for presence and type."""

    def __init__(self, where: Path | str, row: dict[str, Any]) -> None:
        self._where = where
        self._row = row

    def of(self, name: str, kind: type[Kind]) -> Kind:
        """The member; `UnreadableSource` names file, id and member where it is missing or of another type."""
        value = self._row.get(name)
        if not isinstance(value, kind):
            raise UnreadableSource(f"{self._where}, id {self._row.get('id')!r}: no {name!r} of type {kind.__name__}")
        return value

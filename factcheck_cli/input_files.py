"""Readers of the command line's input files.

Raises: `UnreadableSource` or `InvalidInput`, each of which names file and line.
"""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, TypeVar
from urllib.parse import quote

from factcheck.article import Article
from factcheck.check import CheckOptions
from factcheck.errors import UnreadableSource
from factcheck.ingest.drafts import Draft, read_draft
from factcheck.publication_date import parse_published

_log = logging.getLogger(__name__)
_TIME_LIMIT_S = 3_600.0
_KINDS: dict[type, str] = {str: "text", list: "a list", dict: "an object"}
Kind = TypeVar("Kind")


def options(max_evidence: int) -> CheckOptions:
    """Options of a check from the command line: every source, time limit one hour."""
    return CheckOptions(max_evidence=max_evidence, sources_include=(), sources_exclude=(), time_limit_s=_TIME_LIMIT_S)


def read_draft_file(name: str, limit_chars: int) -> Draft:
    """The draft in a file or, for "-", on standard input.

    Raises: `UnreadableSource`, `InvalidInput`, `ArticleTooLong`.
    """
    return read_draft("standard input" if name == "-" else name, _read(name), limit_chars)


def read_article_file(name: str, published: str | None, limit_chars: int) -> Article:
    """An article from a file or, for "-", from standard input; `published` goes before the date that the file names.

    Raises: `UnreadableSource`, `InvalidInput`, `ArticleTooLong`.
    """
    draft = read_draft_file(name, limit_chars)
    for note in draft.notes:
        _log.warning("%s: %s", name, note)
    if published:
        return replace(draft.article, published_at=parse_published(published, "--published"))
    if draft.dated_by and Path(name).suffix.lower() != ".json":
        _log.warning(
            "%s: dated %s (%s); --published gives another date", name, draft.article.published_at, draft.dated_by
        )
    return draft.article


def file_uri(name: str) -> str | None:
    """The file as a URI reference (RFC 3986): relative as given, else `file:`; None for standard input.

    >>> file_uri("my drafts/draft ö.md")
    'my%20drafts/draft%20%C3%B6.md'
    """
    if name == "-":
        return None
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def read_json_lines(path: Path | str) -> Iterator["JsonLine"]:
    """Objects of a JSONL file or, for "-", of standard input. Yields each as soon as its line is complete."""
    with _opened(str(path)) as file:
        for number, line in enumerate(file, 1):
            where = f"{path}, line {number}"
            text = _decoded(line, where)
            if text.strip():
                yield JsonLine(where, _object(where, text.strip()))


def _read(name: str) -> bytes:
    with _opened(name) as file:
        return file.read()


@contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else Path(name).open("rb") as file:
            yield file
    except OSError as error:
        raise UnreadableSource(f"{name} cannot be read: {error.strerror}") from error


def _decoded(raw: bytes, where: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"{where} is not UTF-8: {error.reason} at byte {error.start}") from error


def _object(where: str, text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableSource(f"{where}: not JSON ({error})") from error
    if not isinstance(value, dict):
        raise UnreadableSource(f"{where}: not a JSON object")
    return value


class JsonLine:
    """One object of a JSONL file, with checked access to its members. `where` names file and line."""

    def __init__(self, where: str, row: dict[str, Any]) -> None:
        self.where = where
        self._row = row

    @property
    def id(self) -> Any:
        """The member `id`; None if there is none."""
        return self._row.get("id")

    def of(self, name: str, kind: type[Kind]) -> Kind:
        """The member `name`.

        Raises: `UnreadableSource` where it is missing or of another type.
        """
        value = self._row.get(name)
        if not isinstance(value, kind):
            raise UnreadableSource(f"{self.where}: `{name}` is missing or not {_KINDS[kind]}")
        return value

    def texts(self, name: str) -> list[str]:
        """A member that is one text or a list of texts.

        Raises: `UnreadableSource` where it is missing or of another type.
        """
        value = self._row.get(name)
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise UnreadableSource(f"{self.where}: `{name}` is missing or neither a text nor a list of texts")
        return texts

    def published(self) -> str | None:
        """`published_at` in ISO form.

        Raises: `UnreadableSource` where it is not text, `InvalidInput` where it is not a date.
        """
        value = self._row.get("published_at")
        if not isinstance(value, str | None):
            raise UnreadableSource(f"{self.where}: `published_at` is not text")
        return parse_published(value, f"{self.where}, published_at") if value else None

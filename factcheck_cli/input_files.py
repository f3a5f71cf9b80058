"""Readers of the command line's input files.

Raises: `UnreadableSource` or `InvalidInput`, each of which names file and line.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, TypeVar
from urllib.parse import quote

from factcheck.article import Article, Format
from factcheck.check import CheckOptions
from factcheck.codec import article_from_json
from factcheck.errors import ArticleTooLong, Detail, InvalidInput, UnreadableSource
from factcheck.publication_date import parse_published

_FORMATS = {".html": Format.HTML, ".htm": Format.HTML, ".md": Format.MARKDOWN, ".markdown": Format.MARKDOWN}
_OPTIONAL_TEXTS = ("title", "source", "url", "language", "format", "published_at")
_TIME_LIMIT_S = 3_600.0
_KINDS: dict[type, str] = {str: "text", list: "a list", dict: "an object"}
Kind = TypeVar("Kind")


def options(max_evidence: int) -> CheckOptions:
    """Options of a check from the command line: every source, time limit one hour."""
    return CheckOptions(max_evidence=max_evidence, sources_include=(), sources_exclude=(), time_limit_s=_TIME_LIMIT_S)


def read_article_file(name: str, published: str | None, limit_chars: int) -> Article:
    """An article from a file or, for "-", from standard input.

    Raises: `UnreadableSource`, `InvalidInput`, `ArticleTooLong`.
    """
    text, suffix = _read(name), Path(name).suffix.lower()
    if suffix == ".json":
        article = article_from_object(_article_of(_object(name, text)), name)
    else:
        article = _article_from_text(text, _FORMATS.get(suffix, Format.TEXT))
    if not article.text.strip():
        raise InvalidInput([Detail("/article/text", f"the article in {name} is empty")])
    if len(article.text) > limit_chars:
        raise ArticleTooLong(limit_chars, len(article.text))
    return replace(article, published_at=parse_published(published, "--published")) if published else article


def file_uri(name: str) -> str | None:
    """The file as a URI reference (RFC 3986): relative as given, else `file:`; None for standard input.

    >>> file_uri("my drafts/draft ö.md")
    'my%20drafts/draft%20%C3%B6.md'
    """
    if name == "-":
        return None
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def article_from_object(row: Any, where: str) -> Article:
    """An article from one JSON value. Ignores unknown members.

    Raises: `InvalidInput` that begins with `where`.
    """
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise InvalidInput([Detail(where, "there is no article with a `text`")])
    for name in _OPTIONAL_TEXTS:
        if not isinstance(row.get(name), str | None):
            raise InvalidInput([Detail(where, f"`{name}` of the article is not text")])
    if row.get("format") not in (None, *Format):
        raise InvalidInput([Detail(where, f"`format` of the article is none of {', '.join(Format)}")])
    published = row.get("published_at")
    return article_from_json({**row, "published_at": parse_published(published, where) if published else None})


def read_json_lines(path: Path | str) -> Iterator["JsonLine"]:
    """Objects of a JSONL file or, for "-", of standard input. Yields each as soon as its line is complete."""
    with _opened(str(path)) as file:
        for number, line in enumerate(file, 1):
            where = f"{path}, line {number}"
            text = _decoded(line, where)
            if text.strip():
                yield JsonLine(where, _object(where, text.strip()))


def _article_from_text(text: str, form: Format) -> Article:
    return Article(text, None, None, None, None, None, form)


def _article_of(row: dict[str, Any]) -> Any:
    """The article object, or the `article` member of an API request body."""
    return row.get("article", row)


def _read(name: str) -> str:
    with _opened(name) as file:
        return _decoded(file.read(), name)


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
        """The member `id`; None where there is none."""
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

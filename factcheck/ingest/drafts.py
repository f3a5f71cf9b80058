"""One draft from one file, in any format of an archive: the same article for command line, HTTP and web page.

Text, Markdown, HTML and JSON keep the file's own text, so that offsets are those of the file. Of other formats the
words are taken.
"""

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any

from factcheck.article import Article, Format
from factcheck.boilerplate import boilerplate_kind, boilerplate_prefix
from factcheck.errors import ArticleTooLong, InvalidInput, InvalidInputDetail, UnreadableSource
from factcheck.ingest.archive_file import ArchiveFile
from factcheck.ingest.characters import one_line
from factcheck.ingest.dates import first_moment
from factcheck.ingest.formats import FORMATS, ZIP, detect
from factcheck.ingest.formats import SUFFIXES as FORMAT_SUFFIXES
from factcheck.ingest.html import decoded_page, page_report
from factcheck.ingest.json_documents import parse_json, row_reports
from factcheck.ingest.printed_dates import printed_stamps
from factcheck.ingest.raw_documents import RawDate, RawDocument, UnreadableEntry
from factcheck.ingest.text_with_front_matter import date_stamps, split_front_matter
from factcheck.json_mapping import from_json
from factcheck.publication_date import parse_published

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".docx", ".docm", ".odt", ".pdf", ".eml", ".json")
READABLE = "text, Markdown, HTML, Word (.docx), OpenDocument (.odt), PDF, e-mail (.eml) or JSON"
_MANY = frozenset({"jsonl", "mbox", "feed", "wordpress", ZIP})
_OPTIONAL_TEXTS = ("title", "source", "url", "language", "format", "published_at")
_OF_THE_FILE = ("docProps/", "meta.xml", "CreationDate", "ModDate")
"""Dates of the file, not of the article."""
_STRANGERS = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"BM", "a picture"),
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"Rar!", "a packed file (RAR)"),
    (b"7z\xbc\xaf", "a packed file (7z)"),
    (b"\x7fELF", "a program"),
)
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF")
_HEADLINE = re.compile(r"[ \t]*((?!by\b|#|[-*•>|])\w[^\r\n]{2,98}[^\s.!?…:;,])[ \t]*\r?\n[ \t]*\r?\n(?=\s*\S)", re.I)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_H1 = re.compile(r"<h1[\s>]", re.I)
_H1_WORDS = re.compile(r"<h1(?:\s[^<>]*)?>(.{1,2000}?)</h1\s*>", re.I | re.S)
_TAG = re.compile(r"<[^<>]*>")
_UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RuntimeError, AssertionError)
"""What a parser may raise on a damaged file beside its own errors."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a file has it. `dated_by` says where the file names its date; None if it names none."""

    article: Article
    dated_by: str | None
    notes: tuple[str, ...] = ()


def read_draft(name: str, raw: bytes, limit_chars: int, *, as_words: bool = False) -> Draft:
    """The draft in a file. `as_words`: of HTML the words, for people to edit, instead of the markup.

    Raises: `UnreadableSource`, `InvalidInput`, `ArticleTooLong`; the first two begin with `name`.
    """
    try:
        draft = _read(name, raw, as_words)
    except UnreadableSource as fault:
        raise UnreadableSource(f"{name} {fault}") from None
    except _UNREADABLE as error:
        raise UnreadableSource(f"{name} is damaged and cannot be read ({type(error).__name__})") from error
    if not draft.article.text.strip():
        raise InvalidInput([InvalidInputDetail("/article/text", f"the article in {name} is empty")])
    if len(draft.article.text) > limit_chars:
        raise ArticleTooLong(limit_chars, len(draft.article.text))
    return draft


def with_front_matter(article: Article) -> Article:
    """Title and date of the front matter, where the article has none of its own. The text stays as it is."""
    if article.format is Format.HTML or not article.text.startswith(("---", "+++")):
        return article
    try:
        matter, _ = split_front_matter(article.text)
    except UnreadableSource:
        return article
    title, published = str(matter.get("title") or "").strip() or None, first_moment(tuple(date_stamps(matter)), None)[0]
    return replace(article, title=article.title or title, published_at=article.published_at or published)


def article_from_object(row: Any, where: str) -> Article:
    """An article from one JSON value. Ignores unknown members.

    Raises: `InvalidInput` that begins with `where`.
    """
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise InvalidInput([InvalidInputDetail(where, "there is no article with a `text`")])
    for name in _OPTIONAL_TEXTS:
        if not isinstance(row.get(name), str | None):
            raise InvalidInput([InvalidInputDetail(where, f"`{name}` of the article is not text")])
    if row.get("format") not in (None, *Format):
        raise InvalidInput([InvalidInputDetail(where, f"`format` of the article is none of {', '.join(Format)}")])
    published = row.get("published_at")
    return from_json(Article, {**row, "published_at": parse_published(published, where) if published else None})


def _read(name: str, raw: bytes, as_words: bool) -> Draft:
    for start, what in _STRANGERS:
        if raw.startswith(start):
            raise UnreadableSource(f"is {what}; a draft is {READABLE}")
    with tempfile.NamedTemporaryFile(prefix="factcheck-") as target:
        target.write(raw)
        target.flush()
        file = ArchiveFile(Path(name).name, Path(target.name))
        kind = _kind(file, raw)
        if kind in ("text", "markdown"):
            return _of_text(file, raw, Format(kind), as_words)
        if kind == "html":
            return _of_page(file, raw, as_words)
        if kind == "json":
            return _of_json(name, raw)
        return _of_report(file, kind)


def _kind(file: ArchiveFile, raw: bytes) -> str:
    """Name of the format. Text is what is nothing else. Raises `UnreadableSource`."""
    if file.suffix == ".docm":
        return "docx"
    is_known = file.suffix in FORMAT_SUFFIXES or raw.startswith(_MAGIC)
    kind = detect(file) if is_known else "text"
    if kind in _MANY:
        what = "a ZIP archive without a Word document in it" if kind == ZIP else "an archive of many reports"
        raise UnreadableSource(f"is {what}; give one draft: {READABLE}")
    return "html" if kind == "text" and raw.lstrip()[:14].lower().startswith((b"<!doctype html", b"<html")) else kind


def _of_text(file: ArchiveFile, raw: bytes, form: Format, as_words: bool) -> Draft:
    text, notes = _decoded(raw)
    matter, body = split_front_matter(text)
    stamps = [RawDate(f"front matter, {stamp.field}", stamp.raw) for stamp in date_stamps(matter)]
    title = str(matter.get("title") or "").strip() or None
    if form is Format.TEXT and not matter and (headline := _first_line(text)):
        title, end = headline
        text = text[end:].lstrip() if as_words else " " * end + text[end:]  # places stay those of the file
    article = Article(text, title, None, None, None, None, form)
    return _dated(article, (*stamps, *_printed(body.split("\n"), file.basename)), notes)


def _first_line(text: str) -> tuple[str, int] | None:
    """The headline of a plain text, and where its line ends: short, without a full stop, with an empty line below it. A date, a
    byline or a label is none.
    """
    found = _HEADLINE.match(text)
    if found is None:
        return None
    line = found[1]
    is_boilerplate = boilerplate_kind(line) or boilerplate_prefix(line, 0, len(line))
    return None if is_boilerplate or any(printed_stamps([line])) else (line, found.end(1))


def _printed(lines: Sequence[str], name: str) -> Iterator[RawDate]:
    """Of a heading, byline or dateline; then Jekyll's `2018-01-30-title.md`."""
    yield from printed_stamps([line.strip() for line in lines if line.strip()])
    if found := re.match(r"(\d{4}-\d{2}-\d{2})[-_]", name):
        yield RawDate("the file's name", found[1])


def _of_page(file: ArchiveFile, raw: bytes, as_words: bool) -> Draft:
    page = decoded_page(raw).removeprefix("\ufeff")
    if _CONTROL.search(page):
        raise UnreadableSource("is no text")
    report = page_report(page, file.basename)
    if as_words:
        article = Article(report.text, _headline(page) or report.title or None, None, None, None, None, Format.TEXT)
    else:
        title = None if _H1.search(page) else report.title or None
        article = Article(page, title, None, None, None, None, Format.HTML)
    return _dated(article, report.published, ())


def _headline(page: str) -> str:
    """The only heading of the first level, where the page declares no title for readers of links."""
    found = _H1_WORDS.findall(page)
    return one_line(unescape(_TAG.sub("", found[0]))) if len(found) == 1 and "og:title" not in page else ""


def _of_json(name: str, raw: bytes) -> Draft:
    value = parse_json(_utf8(raw))
    if not isinstance(value, dict):
        raise UnreadableSource("is not a JSON object")
    row = value.get("article", value)
    if isinstance(row, dict) and "text" not in row:
        item = next(row_reports(row, None, name))
        if isinstance(item, RawDocument) and item.text.strip():
            return _of_item(item)
    article = article_from_object(row, name)
    unknown = ", ".join(f"`{member}`" for member in row if member not in ("text", *_OPTIONAL_TEXTS))
    notes = (f"not read: {unknown}; an article has text, {', '.join(_OPTIONAL_TEXTS)}",) if unknown else ()
    return Draft(article, "published_at" if article.published_at else None, notes)


def _of_report(file: ArchiveFile, kind: str) -> Draft:
    items = FORMATS[kind].read(file)
    first, second = next(items, None), next(items, None)
    if first is None or isinstance(first, UnreadableEntry):
        raise UnreadableSource(first.reason if first else "holds no text")
    if second is not None:
        raise UnreadableSource("holds more than one report; give one draft")
    return _of_item(first)


def _of_item(item: RawDocument) -> Draft:
    article = Article(item.text, item.title or None, None, None, item.url or None, None, Format.TEXT)
    return _dated(article, item.published, ())


def _dated(article: Article, stamps: Sequence[RawDate], notes: tuple[str, ...]) -> Draft:
    """With the first date that is the article's."""
    own = tuple(stamp for stamp in stamps if not stamp.field.startswith(_OF_THE_FILE))
    moment, field = first_moment(own, None)
    return Draft(replace(article, published_at=moment), field, notes)


def _decoded(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-8, UTF-16 with its mark, else Windows-1252, with a note. Raises `UnreadableSource` if it is no text."""
    notes: tuple[str, ...] = ()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _strict(raw, "utf-16")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text, notes = _strict(raw, "cp1252"), ("it is not UTF-8, and was read as Windows-1252",)
    if _CONTROL.search(text):
        raise UnreadableSource(f"is no text; a draft is {READABLE}")
    return text, notes


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableSource(f"is no text; a draft is {READABLE}") from None


def _utf8(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"is not UTF-8: {error.reason} at byte {error.start}; JSON has to be") from None

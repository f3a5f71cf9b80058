"""Text and Markdown, with the front matter that static site generators write: YAML between `---`, TOML between `+++`.

YAML is read by PyYAML without its types: a date stays as it is written, with its zone, and `no` stays a word.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from factcheck.errors import UnreadableSource
from factcheck.ingest.archive_file import ArchiveFile
from factcheck.ingest.optional_libraries import require
from factcheck.ingest.raw_documents import Item, PublishingStatus, RawDate, RawDocument

TEXT, MARKDOWN = "text", "markdown"
_YAML = re.compile(r"\A---[ \t]*\r?\n(.*?)(?:\n|\A)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ \t]*\r?\n(.*?)\n\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"\A\s*#\s+(.+?)\s*#*\s*$", re.MULTILINE)
_STRUCK = re.compile(r"(?<![~\\])~~(?=\S)(?:(?!\n\s*\n).)+?(?<=\S)~~(?!~)", re.DOTALL)
_STRUCK_HTML = re.compile(r"<(del|s|strike)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"^(```+|~~~+).*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_NAME_DATE = re.compile(r"(?:^|/)(\d{4}-\d{2}-\d{2})[-_]")
_PUBLISHED = ("published_at", "published", "publishdate", "pubdate", "date")
_MODIFIED = ("modified", "lastmod", "updated", "last_modified_at", "modified_at")
_EMBARGO = ("embargo", "embargoed", "embargo_until", "publish_after")
_STATUSES = {
    "published": PublishingStatus.PUBLISHED,
    "publish": PublishingStatus.PUBLISHED,
    "draft": PublishingStatus.DRAFT,
    "hidden": PublishingStatus.PRIVATE,
    "private": PublishingStatus.PRIVATE,
    "skip": PublishingStatus.DRAFT,
    "pending": PublishingStatus.DRAFT,
    "scheduled": PublishingStatus.SCHEDULED,
    "trash": PublishingStatus.TRASHED,
    "withheld": PublishingStatus.WITHHELD,
    "retracted": PublishingStatus.RETRACTED,
    "withdrawn": PublishingStatus.RETRACTED,
    "cancelled": PublishingStatus.CANCELLED,
    "canceled": PublishingStatus.CANCELLED,
}
_TRUE, _FALSE = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})


def read(file: ArchiveFile) -> Iterator[Item]:
    """The one report of the file. Raises `UnreadableSource`."""
    text = file.text()
    matter, body = split_front_matter(text)
    is_markdown = file.suffix != ".txt"
    heading = _HEADING.match(body)
    yield _report(file, matter, without_struck(body) if is_markdown else body, heading[1] if heading else "")


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Fields with their names in lower case, and the text after them. Raises `UnreadableSource`."""
    for form, parse in ((_YAML, _yaml), (_TOML, _toml)):
        if found := form.match(text):
            fields = parse(found[1])
            if fields is not None:
                return {str(name).lower(): value for name, value in fields.items()}, text[found.end() :]
    return {}, text


def date_stamps(matter: Mapping[str, Any]) -> Iterator[RawDate]:
    """Dates of publication in a front matter, the best first."""
    yield from _stamps(matter, _PUBLISHED)


def without_struck(markdown: str) -> str:
    """Markdown without what is struck out (`~~` of GFM, `<del>`, `<s>`) and without comments; code stays as it is.

    >>> without_struck("On ~~Monday~~ Tuesday.")
    'On Tuesday.'
    """
    parts, at = [], 0
    for fence in _FENCE.finditer(markdown):
        parts += [_unstruck(markdown[at : fence.start()]), fence[0]]
        at = fence.end()
    return "".join([*parts, _unstruck(markdown[at:])])


def _unstruck(text: str) -> str:
    for form in (_COMMENT, _STRUCK_HTML, _STRUCK):
        text = form.sub("\ufdd2", text)
    return re.sub(r"(?:(?<=\s)|^)\ufdd2+[ \t]?|[ \t]?\ufdd2+", "", text) if "\ufdd2" in text else text


def _report(file: ArchiveFile, matter: Mapping[str, Any], body: str, heading: str) -> RawDocument:
    status, reason = _status(matter)
    return RawDocument(
        id=_string(matter.get("id")) or file.name,
        title=_string(matter.get("title")) or heading,
        text=body,
        source=_string(matter.get("source")),
        url=_string(matter.get("url")) or _string(matter.get("canonical_url")) or _string(matter.get("permalink")),
        language=_string(matter.get("lang")) or _string(matter.get("language")),
        tags=tuple(_strings(matter.get("tags")) + _strings(matter.get("categories"))),
        corrects=_string(matter.get("corrects")),
        status=status,
        reason=reason,
        published=tuple(_stamps(matter, _PUBLISHED)) or _name_date(file.name),
        modified=tuple(_stamps(matter, _MODIFIED)),
        embargo=tuple(_stamps(matter, _EMBARGO)),
        byline=", ".join(_strings(matter.get("author")) + _strings(matter.get("authors"))),
        dateline=_string(matter.get("dateline")),
        fields=(("title", "title" if matter.get("title") else "heading"), ("text", "body")),
    )


def _status(matter: Mapping[str, Any]) -> tuple[PublishingStatus, str | None]:
    if _string(matter.get("draft") or "").lower() in _TRUE:
        return PublishingStatus.DRAFT, "draft: true"
    for name in ("published", "publish"):
        if _string(matter.get(name) or "").lower() in _FALSE:
            return PublishingStatus.DRAFT, f"{name}: false"
    given = _string(matter.get("status") or "").lower()
    if _string(matter.get("retracted") or "").lower() in _TRUE:
        return PublishingStatus.RETRACTED, "retracted: true"
    status = _STATUSES.get(given, PublishingStatus.PUBLISHED)
    return status, f"status: {given}" if status is not PublishingStatus.PUBLISHED else None


def _stamps(matter: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[RawDate]:
    for name in names:
        words = _string(matter.get(name))
        if words and words.lower() not in _TRUE | _FALSE:
            yield RawDate(name, words)


def _name_date(name: str) -> tuple[RawDate, ...]:
    """Jekyll's `2018-01-30-title.md`."""
    found = _NAME_DATE.search(name)
    return (RawDate("file name", found[1]),) if found else ()


def _yaml(text: str) -> dict[str, Any] | None:
    """None if it is no mapping: a thematic break begins a text, too."""
    yaml = require("yaml", "front matters")
    try:
        fields = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        problem = getattr(error, "problem", None) or type(error).__name__
        raise UnreadableSource(f"its front matter is not YAML ({problem})") from None
    return fields if isinstance(fields, dict) else None


def _toml(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableSource(f"its front matter is not TOML ({error})") from None


def _string(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [words for part in values if (words := _string(part.get("name") if isinstance(part, dict) else part))]

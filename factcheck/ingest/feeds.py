"""RSS and Atom by feedparser. Its dates are in UTC and lose the zone, so the written date is read here.

feedparser is given bytes, never an address: nothing is fetched.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from factcheck.ingest.archive_file import ArchiveFile
from factcheck.ingest.element_trees import html_line, html_text, parse_xml
from factcheck.ingest.optional_libraries import require
from factcheck.ingest.raw_documents import Item, RawDate, RawDocument

NAME = "feed"
_PUBLISHED = ("published", "created", "issued")


def read(file: ArchiveFile) -> Iterator[Item]:
    """One report an entry. Raises `UnreadableSource` if it is not XML, or declares entities."""
    raw = file.whole()
    parse_xml(raw)
    feedparser = require("feedparser", "feeds")
    feed = feedparser.parse(BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    for number, entry in enumerate(feed.entries, 1):
        yield _report(entry, feed.feed, number, file.basename)


def _report(entry: Any, feed: Any, number: int, name: str) -> RawDocument:
    title = html_line(entry.get("title", ""))
    field, body = _body(entry)
    return RawDocument(
        entry=f"entry {number}",
        id=entry.get("id") or entry.get("link") or f"{name}#{number}",
        title=title,
        text=_text(body) or title,
        source=(entry.get("source") or {}).get("title") or feed.get("title"),
        url=entry.get("link"),
        language=entry.get("language") or feed.get("language"),
        tags=tuple(tag["term"] for tag in entry.get("tags", ()) if tag.get("term")),
        published=tuple(_published(entry)),
        modified=tuple(_stamps(entry, ("updated",))),
        byline=entry.get("author"),
        fields=(("title", "title"), ("text", field), ("id", "id")),
    )


def _body(entry: Any) -> tuple[str, dict[str, str]]:
    bodies = [("content", part) for part in entry.get("content", ())]
    if entry.get("summary"):
        bodies.append(("summary", entry.get("summary_detail") or {"value": entry["summary"]}))
    return max(bodies, key=lambda body: len(body[1].get("value") or ""), default=("title", {}))


def _text(body: dict[str, str]) -> str:
    """A body of type text/plain is no markup: feedparser escapes nothing in it."""
    value = body.get("value") or ""
    if body.get("type") == "text/plain" and "<" not in value:
        return value.strip() if "&" not in value else html_text(value)
    return html_text(value)


def _published(entry: Any) -> Iterator[RawDate]:
    """The date of publication; of a feed that has none, the date of the last change: most feeds of RSS 1.0 and Atom do so."""
    yield from (
        _stamps(entry, _PUBLISHED) if any(entry.get(name) for name in _PUBLISHED) else _stamps(entry, ("updated",))
    )


def _stamps(entry: Any, names: tuple[str, ...]) -> Iterator[RawDate]:
    for name in names:
        if name in entry and entry[name]:  # noqa: RUF019  feedparser answers `get("updated")` with the date of publication
            yield RawDate(name, str(entry[name]))

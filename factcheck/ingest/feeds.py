"""Reports out of a file that news systems exchange as XML: an RSS or Atom feed, or NewsML-G2.

Nothing is fetched, and a file that declares entities is refused: that is how XML is made to grow or to read other files.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import feedparser
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from factcheck.errors import UnreadableSource
from factcheck.ingest.html import read_webpage
from factcheck.ingest.newsml import ITEM, PACKAGES, read_news_items

_FEEDS = ("rss", "feed", "RDF")
Row = dict[str, Any]


def read_xml(name: str, raw: bytes, where: str) -> Iterator[Row]:
    """One object a report, as `document_from_object` takes it. `name` begins the id of a report that has none.

    Raises `UnreadableSource` that begins with `where`.
    """
    root = _root(raw, where)
    kind = root.tag.rpartition("}")[2]
    if kind in _FEEDS:
        yield from _entries(name, raw)
    elif kind == ITEM or kind in PACKAGES:
        yield from read_news_items(root)
    else:
        raise UnreadableSource(f"{where}: <{kind}> is neither a feed (RSS, Atom) nor NewsML-G2")


def _root(raw: bytes, where: str) -> Element:
    try:
        root: Element = fromstring(raw)
        return root
    except DefusedXmlException:
        raise UnreadableSource(f"{where} declares entities; such files are not read") from None
    except (ParseError, ValueError, LookupError) as error:
        raise UnreadableSource(f"{where}: not XML ({error})") from None


def _entries(name: str, raw: bytes) -> Iterator[Row]:
    feed = feedparser.parse(BytesIO(raw))
    for number, entry in enumerate(feed.entries, 1):
        document_id = entry.get("id") or entry.get("link") or f"{name}#{number}"
        bodies = [part.get("value", "") for part in entry.get("content", ())] or [entry.get("summary", "")]
        longest = max(bodies, key=len)
        yield {
            "id": document_id,
            "title": _words(entry.get("title", "")),
            "text": read_webpage(document_id, longest).text or _words(entry.get("title", "")),
            "source": entry.get("source", {}).get("title") or feed.feed.get("title"),
            "published_at": _moment(entry),
            "url": entry.get("link"),
            "language": feed.feed.get("language"),
            "tags": [tag["term"] for tag in entry.get("tags", ()) if tag.get("term")],
        }


def _words(html: str) -> str:
    return " ".join(read_webpage("", html).text.split())


def _moment(entry: Any) -> str | None:
    """In UTC; what feedparser cannot read is handed on, to be told of."""
    name = next((name for name in ("published", "updated") if name in entry), None)
    if name is None:
        return None
    parsed = entry.get(f"{name}_parsed") if f"{name}_parsed" in entry else None
    if parsed is None:
        return str(entry[name])
    year, month, day, hour, minute, second = parsed[:6]
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC).isoformat()

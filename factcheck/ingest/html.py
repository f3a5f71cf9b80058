"""Saved web pages: the report without menus, letters and related stories, and what the page declares of it.

trafilatura decides which paragraphs are the report's; their words come from our own rendering, since the library drops
`<time>` inside of sentences, cuts `<q>` out and keeps what is struck out. Where it finds nothing, or is not installed,
the paragraphs of `<article>`, `<main>` or the body are taken.
"""

import logging
import re
from collections.abc import Iterator
from functools import cache
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from factcheck.ingest.archive_file import ArchiveFile
from factcheck.ingest.element_trees import html_text, parse_html, text_line
from factcheck.ingest.optional_libraries import require
from factcheck.ingest.page_dates import LinkedData, event_stamps, metadata, modified_stamps, published_stamps
from factcheck.ingest.page_text import main_paragraphs, simplified
from factcheck.ingest.printed_dates import printed_stamps
from factcheck.ingest.raw_documents import Item, PublishingStatus, RawDocument

NAME = "html"
_LONGEST = 2_000_000
_CHARSET = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]*encoding=[\"']([\w.:-]+)", re.IGNORECASE
)
_ALIASES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}
_TITLE_TAIL = re.compile(r"\s+[|•·–—-]\s+[^|•·–—]{2,40}$")
_log = logging.getLogger(__name__)


def read(file: ArchiveFile) -> Iterator[Item]:
    """The one report of the page. Raises `UnreadableSource`."""
    yield page_report(decoded_page(file.whole()), file.name)


def decoded_page(raw: bytes) -> str:
    """By byte order mark, declared charset, UTF-8, or Windows-1252, in that order.

    Source: HTML Living Standard, 13.2.3 and the labels of the Encoding Standard.
    """
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    found = _CHARSET.search(raw[:4096])
    declared = (found[1] or found[2]).decode().lower() if found else "utf-8"
    for name in (_ALIASES.get(declared, declared), "utf-8", "cp1252"):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")


def page_report(html: str, name: str) -> RawDocument:
    """One report; `name` is its id."""
    root = parse_html(html)
    if root is None:
        return RawDocument(id=name)
    meta, data = metadata(root), LinkedData(root)
    url = _url(root, meta, data)
    published = list(published_stamps(root, meta, data, url))
    modified, events = tuple(modified_stamps(root, meta, data)), tuple(event_stamps(root, data))
    title = _title(root, meta, data)
    head, paragraphs = main_paragraphs(root, _located(root, html))
    if not published:
        published = list(printed_stamps(head))
    status, reason = _status(meta)
    return RawDocument(
        id=name,
        title=title,
        text="\n\n".join(_without_headline(paragraphs, {title, *_labels(root)})) or html_text(html),
        source=meta.get("og:site_name") or data.text("publisher") or meta.get("application-name"),
        url=url or None,
        language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or meta.get("og:locale"),
        tags=tuple(_tags(root)),
        status=status,
        reason=reason,
        published=tuple(published),
        modified=modified,
        events=events,
        byline=data.text("author") or meta.get("author") or meta.get("article:author"),
        dateline=data.text("dateline") or None,
        fields=(("title", "og:title" if meta.get("og:title") else "title"), ("text", "page")),
    )


def _title(root: Any, meta: dict[str, str], data: LinkedData) -> str:
    declared = meta.get("og:title") or data.text("headline")
    if declared:
        return declared
    heading = next((words for h1 in root.iter("h1") if (words := text_line(h1))), "")
    title = next((words for element in root.iter("title") if (words := text_line(element))), "")
    return heading if heading and (not title or heading in title) else _TITLE_TAIL.sub("", title) or heading


def _labels(root: Any) -> Iterator[str]:
    """Words that head the report and are none of its own: the headline, and dates that stand alone."""
    yield from (text_line(element) for element in root.iter("h1", "time"))


def _without_headline(paragraphs: list[str], labels: set[str]) -> list[str]:
    return [part for part in paragraphs if part not in labels] or paragraphs


def _status(meta: dict[str, str]) -> tuple[PublishingStatus, str | None]:
    given = (meta.get("article:status") or meta.get("status") or "").lower()
    return (
        (PublishingStatus.DRAFT, f"meta status is {given}")
        if given in ("draft", "private", "pending")
        else (PublishingStatus.PUBLISHED, None)
    )


def _url(root: Any, meta: dict[str, str], data: LinkedData) -> str:
    links = (
        link.get("href") or "" for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    )
    candidates = (meta.get("og:url", ""), next(links, ""), data.text("url"), data.text("mainEntityOfPage"))
    return next((url for url in candidates if urlsplit(url).scheme in ("http", "https")), "")


def _tags(root: Any) -> Iterator[str]:
    for meta in root.iter("meta"):
        if (meta.get("property") or "").lower() == "article:tag":
            yield meta.get("content") or ""
        elif (meta.get("name") or "").lower() in ("keywords", "news_keywords"):
            yield from (meta.get("content") or "").split(",")


def _located(root: Any, html: str) -> str:
    """What trafilatura takes for the report; "" if it finds nothing."""
    library = _library()
    if library is None or len(html) > _LONGEST:
        return ""
    markup = require("lxml.etree", "HTML and XML").tostring(simplified(root), method="html", encoding="unicode")
    found = library.bare_extraction(
        markup, fast=True, favor_precision=True, include_comments=False, with_metadata=False
    )
    return (found.text or "") if found else ""


@cache
def _library() -> ModuleType | None:
    """Loaded with the first page only: it takes half a second."""
    try:
        import trafilatura
    except ImportError:
        _log.warning(
            "trafilatura is not installed: web pages are read by plain rules (pip install 'factcheck[ingest]')"
        )
        return None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs a page without text as an error of its own
    library: ModuleType = trafilatura
    return library

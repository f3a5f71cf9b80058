"""WordPress exports (WXR), streamed: an export may have gigabytes.

Source: `wp-admin/includes/export.php` of WordPress. Posts and pages with the status `publish` and without a password are
published; `post_date` is in the site's zone, which its twin `post_date_gmt` gives away.
"""

import codecs
import re
from collections.abc import Iterator
from typing import IO, Any

from factcheck.errors import UnreadableSource
from factcheck.ingest.archive_file import ArchiveFile
from factcheck.ingest.dates import shifted
from factcheck.ingest.element_trees import CONTROLS, html_line, html_text, refuse_entities
from factcheck.ingest.optional_libraries import require
from factcheck.ingest.raw_documents import Item, PublishingStatus, RawDate, RawDocument, UnreadableEntry
from factcheck.ingest.rendering import local_name
from factcheck.ingest.shortcodes import paragraphs, strip_shortcodes

NAME = "wordpress"
_STATUSES = {
    "publish": PublishingStatus.PUBLISHED,
    "draft": PublishingStatus.DRAFT,
    "auto-draft": PublishingStatus.DRAFT,
    "pending": PublishingStatus.DRAFT,
    "future": PublishingStatus.SCHEDULED,
    "private": PublishingStatus.PRIVATE,
    "trash": PublishingStatus.TRASHED,
}
_NO_REPORTS = frozenset(
    """attachment nav_menu_item revision custom_css customize_changeset oembed_cache user_request feedback acf-field
    acf-field-group elementor_library jp_mem_plan shop_order shop_coupon product product_variation wpcf7_contact_form""".split()
)
_NO_REPORT_PREFIXES = ("wp_", "acf-", "amp_", "elementor_")
_UTF8 = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?xml(?![^>]*encoding)|<\?xml[^>]*encoding=[\"']utf-?8|(?!<\?xml)<)", re.IGNORECASE
)
_TAGS = ("item", "{*}author", "title", "language", "{*}base_site_url")
_ZERO = "0000-00-00"


def read(file: ArchiveFile) -> Iterator[Item]:
    """One report a post or page. What is well formed before a fault is given. Raises `UnreadableSource` at the fault."""
    etree = require("lxml.etree", "WordPress exports")
    with file.opened() as raw:
        refuse_entities(raw)
    with file.opened() as raw:
        events = etree.iterparse(
            _SanitizedStream(raw),
            events=("end",),
            tag=_TAGS,
            resolve_entities=False,
            no_network=True,
            huge_tree=True,
            remove_comments=True,
        )
        yield from _items(events, etree.XMLSyntaxError, file.basename)


def _items(events: Any, broken: type[Exception], name: str) -> Iterator[Item]:
    site, authors, number = _Site(), {}, 0
    try:
        for _, element in events:
            kind = local_name(element)
            if kind == "author" and "wordpress.org/export" in element.tag:
                fields = _fields(element)
                authors[fields.get("author_login", "")] = fields.get("author_display_name") or ""
            elif kind == "item":
                number += 1
                yield _report(element, site, authors, f"item {number}", name)
                _forget(element)
            elif kind in ("title", "language", "base_site_url") and local_name(element.getparent()) == "channel":
                site.note(kind, element.text)
    except broken as error:
        raise UnreadableSource(f"is broken after item {number} ({error}); the items before it were read") from None


class _Site:
    """What the channel says of all its items."""

    def __init__(self) -> None:
        self.title, self.language, self.base_site_url = "", "", ""

    def note(self, name: str, words: str | None) -> None:
        """Keeps the first of each."""
        setattr(self, name, getattr(self, name) or (words or "").strip())


def _report(item: Any, site: _Site, authors: dict[str, str], entry: str, name: str) -> Item:
    fields = _fields(item)
    post = fields.get("post_id", "")
    entry = f"{entry} (post {post})" if post else entry
    status, reason = _status(fields)
    login = fields.get("creator", "")
    wanted = status is PublishingStatus.PUBLISHED
    try:
        text = _text(fields.get("encoded", "")) if wanted else ""
    except (ValueError, RecursionError) as error:
        return UnreadableEntry(entry, f"its text cannot be read ({error})")
    return RawDocument(
        entry=entry,
        id=fields.get("guid") or fields.get("link") or (f"{site.base_site_url or name}?p={post}" if post else ""),
        title=html_line(fields.get("title", "")) if wanted else "",
        text=text,
        source=site.title,
        url=fields.get("link"),
        language=site.language,
        tags=tuple(_categories(item)),
        status=status,
        reason=reason,
        published=tuple(_published(fields)),
        modified=tuple(_dates(fields, "post_modified")),
        byline=authors.get(login) or login,
        fields=(("title", "title"), ("text", "content:encoded"), ("id", "guid")),
    )


def _text(content: str) -> str:
    return html_text(paragraphs(strip_shortcodes(content))) if content.strip() else ""


def _status(fields: dict[str, str]) -> tuple[PublishingStatus, str | None]:
    kind, given = fields.get("post_type", "post"), fields.get("status", "publish")
    if kind in _NO_REPORTS or kind.startswith(_NO_REPORT_PREFIXES):
        return PublishingStatus.NOT_A_REPORT, f"wp:post_type is {kind}"
    status = _STATUSES.get(given)
    if status is None:
        return PublishingStatus.DRAFT, f"wp:status is {given!r}, which is not `publish`"
    if status is PublishingStatus.PUBLISHED and fields.get("post_password"):
        return PublishingStatus.PROTECTED, "the post has a password"
    return status, None if status is PublishingStatus.PUBLISHED else f"wp:status is {given}"


def _published(fields: dict[str, str]) -> Iterator[RawDate]:
    yield from _dates(fields, "post_date")
    if fields.get("pubDate"):
        yield RawDate("pubDate", fields["pubDate"])


def _dates(fields: dict[str, str], name: str) -> Iterator[RawDate]:
    local, utc = fields.get(name, ""), fields.get(f"{name}_gmt", "")
    both = shifted(local, utc) if local and utc else None
    if both:
        yield RawDate(f"wp:{name}", both)
    if utc and not utc.startswith(_ZERO):
        yield RawDate(f"wp:{name}_gmt", f"{utc}Z")
    if local and not local.startswith(_ZERO):
        yield RawDate(f"wp:{name}", local)


def _categories(item: Any) -> Iterator[str]:
    for child in item.iterchildren("category"):
        if child.get("domain") in ("category", "post_tag", None) and child.get("nicename") != "uncategorized":
            yield child.text or ""


def _fields(element: Any) -> dict[str, str]:
    """Local name to text; `encoded` is the content, never the excerpt."""
    fields: dict[str, str] = {}
    for child in element:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name == "encoded" and "excerpt" in child.tag:
            continue
        fields.setdefault(name, (child.text or "").strip())
    return fields


def _forget(element: Any) -> None:
    """Frees the item and what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _SanitizedStream:
    """The bytes without control characters, which WordPress lets into exports; in UTF-8, what is not becomes U+FFFD."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._decoder: Any = None
        self._is_first = True

    def read(self, size: int = -1) -> bytes:
        """At least one byte unless the file has ended."""
        while True:
            chunk = self._file.read(size)
            if self._is_first:
                self._is_first = False
                self._decoder = codecs.getincrementaldecoder("utf-8")("replace") if _UTF8.match(chunk) else None
            if self._decoder is None:
                return chunk
            mended: bytes = self._decoder.decode(chunk.translate(None, CONTROLS), not chunk).encode()
            if mended or not chunk:
                return mended

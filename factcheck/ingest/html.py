"""A report out of a web page: its paragraphs without the furniture around them, and the metadata that its head names.

Rules over the standard library's parser: paragraphs, headings, list items and quotes, inside of `<article>` or `<main>`
where there is one, outside of navigation, forms, scripts and the like.
"""

from html.parser import HTMLParser

from factcheck.errors import InvalidInput
from factcheck.evidence import Document
from factcheck.publication_date import parse_published
from factcheck.stray_markup import escape_stray_lt, unescape

_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li blockquote pre td th dd dt figcaption div section br".split())
_FURNITURE = frozenset(
    "script style noscript template nav header footer aside form button select svg iframe object head".split()
)
_BODY = ("article", "main")
_META = {
    "og:title": "title",
    "og:site_name": "source",
    "og:url": "url",
    "article:published_time": "published_at",
    "date": "published_at",
    "dc.date": "published_at",
    "datepublished": "published_at",
}


def read_webpage(document_id: str, html: str) -> Document:
    """The page's text may be empty. A date in another form than ISO 8601 counts as none."""
    return read_declared(document_id, html)[0]


def read_declared(document_id: str, html: str) -> tuple[Document, bool]:
    """The same, and whether the page's head or a `<time>` names a date, in whatever form."""
    page = _Page()
    page.feed(escape_stray_lt(html))
    page.close()
    page.end_block()
    found = page.inside if page.inside else page.outside
    meta = page.meta
    document = Document(
        id=document_id,
        title=meta.get("title") or " ".join("".join(page.title).split()),
        text="\n\n".join(found),
        source=meta.get("source"),
        published_at=_day(meta.get("published_at")),
        url=meta.get("url"),
        language=page.language,
        tags=(),
        retracted=False,
        corrects=None,
        story=None,
    )
    return document, "published_at" in meta


def _day(raw: str | None) -> str | None:
    try:
        return parse_published(raw, "published_at") if raw else None
    except InvalidInput:
        return None


class _Page(HTMLParser):
    """Collects blocks of text, apart for those inside and outside of the body elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.title: list[str] = []
        self.language: str | None = None
        self.inside: list[str] = []
        self.outside: list[str] = []
        self._block: list[str] = []
        self._open = {"furniture": 0, "body": 0, "title": 0}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes metadata, and where furniture, body and blocks begin."""
        given = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._note(given)
        elif tag == "html":
            self.language = given.get("lang") or None
        elif tag == "time" and given.get("datetime"):
            self.meta.setdefault("published_at", given["datetime"])
        self._count(tag, 1)

    def handle_endtag(self, tag: str) -> None:
        """Notes where furniture, body and blocks end."""
        self._count(tag, -1)

    def handle_data(self, data: str) -> None:
        """Text of the title or of the block at hand."""
        if self._open["title"]:
            self.title.append(unescape(data))
        elif not self._open["furniture"]:
            self._block.append(unescape(data))

    def end_block(self) -> None:
        """What was gathered becomes one block, unless it is blank."""
        text = " ".join("".join(self._block).split())
        self._block.clear()
        if text:
            (self.inside if self._open["body"] else self.outside).append(text)

    def _note(self, given: dict[str, str]) -> None:
        name = _META.get((given.get("property") or given.get("name") or given.get("itemprop") or "").lower())
        if name and given.get("content"):
            self.meta.setdefault(name, given["content"].strip())

    def _count(self, tag: str, step: int) -> None:
        if tag in _BLOCKS or tag in _FURNITURE or tag in _BODY:
            self.end_block()
        for kind, tags in (("furniture", _FURNITURE), ("body", _BODY), ("title", ("title",))):
            if tag in tags:
                self._open[kind] = max(0, self._open[kind] + step)

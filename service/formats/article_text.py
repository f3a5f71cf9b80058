"""The article's text by field: visible words of HTML, and spans converted to bytes, lines and UTF-16."""

from functools import cached_property
from html.parser import HTMLParser
from itertools import accumulate

from factcheck.article import Article, Field, Format, Span

MEDIA_TYPES = {Format.TEXT: "text/plain", Format.HTML: "text/html", Format.MARKDOWN: "text/markdown"}


class ArticleText:
    """An article with offset conversions. Built once per report."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.fields = {Field.TEXT: article.text}
        if article.title:
            self.fields[Field.TITLE] = article.title

    def is_html(self, field: Field) -> bool:
        """True if offsets count characters of markup. A title is always plain text."""
        return field is Field.TEXT and self.article.format is Format.HTML

    def media_type(self, field: Field) -> str:
        """Media type of title or text."""
        return MEDIA_TYPES[self.article.format if field is Field.TEXT else Format.TEXT]

    def bytes_of(self, span: Span) -> tuple[int, int]:
        """The span in bytes of UTF-8, half-open. A lone surrogate counts as three bytes."""
        text = self.fields[span.field]
        start = _size(text[: span.start])
        return start, start + _size(text[span.start : span.end])

    def words_of(self, span: Span) -> str:
        """The visible words of the span, without markup."""
        return plain_text(self.fields[span.field][span.start : span.end], self.is_html(span.field))

    def around(self, span: Span, limit: int) -> tuple[str, str]:
        """Up to `limit` visible characters before and after the span."""
        text, html = self.fields[span.field], self.is_html(span.field)
        # Markup makes the source longer than the visible text: 8 × limit usually holds `limit` visible characters.
        reach = limit * 8 if html else limit
        before = plain_text(text[max(0, span.start - reach) : span.start], html)
        after = plain_text(text[span.end : span.end + reach], html)
        return before[max(0, len(before) - limit) :], after[:limit]

    def readable_start(self, span: Span) -> int:
        """Start of the span in the text content (as `Node.textContent` in a browser), in code points."""
        if not self.is_html(span.field):
            return span.start
        return len(plain_text(self.fields[span.field][: span.start], html=True))

    @cached_property
    def lines(self) -> dict[Field, list[int]]:
        """Field → UTF-16 offset of each line start. Lines end with LF or CRLF."""
        return {field: _line_starts(text) for field, text in self.fields.items()}


def plain_text(source: str, html: bool) -> str:
    """The text; for HTML its text content with character references resolved."""
    if not html:
        return source
    reader = _TextContent()
    reader.feed(source)
    reader.close()
    return "".join(reader.pieces)


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


class _TextContent(HTMLParser):
    """Collects text content."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def _line_starts(text: str) -> list[int]:
    lengths = (utf16_length(line) + 1 for line in text.split("\n")[:-1])
    return list(accumulate(lengths, initial=0))


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))

"""PDF by pdfminer.six: lines with their places, put in reading order here (columns, running heads, hyphens at line ends)."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from factcheck.errors import UnreadableSource
from factcheck.ingest.archive_file import ArchiveFile
from factcheck.ingest.characters import as_seen, one_line
from factcheck.ingest.optional_libraries import require
from factcheck.ingest.pdf_layout import Line, paragraphs
from factcheck.ingest.printed_dates import printed_stamps
from factcheck.ingest.raw_documents import Item, RawDate, RawDocument

NAME = "pdf"
_MOST_PAGES = 2_000
_HEADLINE_RATIO = 1.25
_DATE = re.compile(r"D?:?(\d{14})(?:(Z)|([+-]\d{2})'?(\d{2})?'?)?")


def read(file: ArchiveFile) -> Iterator[Item]:
    """The one report of the file. Raises `UnreadableSource`, also for a password and for pages without text."""
    raw = file.whole()
    if not raw[:1024].lstrip().startswith(b"%PDF"):
        raise UnreadableSource("is no PDF")
    information, pages = _parsed(raw)
    lines = [line for page in pages for line in page]
    if not lines:
        raise UnreadableSource("has no text (scanned pages?); run it through text recognition first")
    title, body = _headline(paragraphs(pages))
    yield RawDocument(
        id=file.name,
        title=title or _text(information.get("Title")),
        text="\n\n".join(body),
        published=(*printed_stamps(body), *_stamps(information, "CreationDate")),
        modified=tuple(_stamps(information, "ModDate")),
        byline=_text(information.get("Author")),
        tags=tuple(_text(information.get("Keywords")).split(",")),
        fields=(("title", "largest line" if title else "Title"), ("text", "pages")),
    )


def _parsed(raw: bytes) -> tuple[dict[str, Any], list[list[Line]]]:
    high = require("pdfminer.high_level", "PDF files")
    layout, document, parser, psexceptions = (
        require(f"pdfminer.{name}", "PDF files") for name in ("layout", "pdfdocument", "pdfparser", "psexceptions")
    )
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    faults = (
        psexceptions.PSException,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
        AssertionError,
    )
    try:
        opened = document.PDFDocument(parser.PDFParser(io.BytesIO(raw)))
        information: dict[str, Any] = {}
        for part in reversed(opened.info):
            information |= part
        pages = [
            list(_lines(page, layout))
            for page in high.extract_pages(
                io.BytesIO(raw), maxpages=_MOST_PAGES, laparams=layout.LAParams(boxes_flow=None)
            )
        ]
        return information, pages
    except document.PDFPasswordIncorrect:
        raise UnreadableSource("has a password") from None
    except (*faults, OverflowError, ZeroDivisionError) as error:
        raise UnreadableSource(f"is a damaged PDF ({type(error).__name__})") from None


def _lines(page: Any, layout: Any) -> Iterator[Line]:
    """Text lines of one page; `top` counts from the page's top edge in points."""
    stack = list(page)
    while stack:
        element = stack.pop(0)
        if isinstance(element, layout.LTTextLine):
            yield from _line(element, page, layout)
        elif isinstance(element, layout.LTContainer) and not isinstance(element, layout.LTFigure):
            stack[:0] = list(element)


def _line(line: Any, page: Any, layout: Any) -> Iterator[Line]:
    characters = [part for part in line if isinstance(part, layout.LTChar)]
    text = as_seen(_words(line, layout)).rstrip("\n")
    if text.strip() and characters:
        size = sorted(part.size for part in characters)[len(characters) // 2]
        yield Line(text.strip(), line.x0, line.x1, page.height - line.y1, page.height - line.y0, size, page.height)


def _words(line: Any, layout: Any) -> str:
    """The soft hyphen at a line's end is a hyphen of the line, and goes with it later."""
    return "".join(part.get_text() for part in line if isinstance(part, layout.LTChar | layout.LTAnno)).replace(
        "\u00ad", "-"
    )


def _headline(found: list[tuple[str, float]]) -> tuple[str, list[str]]:
    """The first paragraph, where its letters are larger than those of most; then all others."""
    sizes = sorted(size for text, size in found for _ in range(1 + len(text) // 40))
    usual = sizes[len(sizes) // 2]
    for at, (text, size) in enumerate(found[:3]):
        if size >= usual * _HEADLINE_RATIO and len(found) > 1:
            return one_line(text), [other for place, (other, _) in enumerate(found) if place != at]
    return "", [text for text, _ in found]


def _stamps(information: dict[str, Any], name: str) -> Iterator[RawDate]:
    found = _DATE.match(_text(information.get(name)))
    if found:
        zone = "Z" if found[2] else f"{found[3]}{found[4] or '00'}" if found[3] else ""
        yield RawDate(name, f"{found[1][:8]}T{found[1][8:]}{zone}")


def _text(value: Any) -> str:
    """Text of a PDF string: UTF-16 with a byte order mark, or PDFDocEncoding, which is Latin-1 but for a few marks."""
    if not isinstance(value, bytes):
        return ""
    name = "utf-16" if value.startswith((b"\xfe\xff", b"\xff\xfe")) else "latin-1"
    return one_line(value.decode(name, "replace"))

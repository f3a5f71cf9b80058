"""The ways to read a page that are compared. Libraries that are not installed are left out."""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from factcheck.evidence import Document
from factcheck.ingest.html import read_webpage
from factcheck.ingest.page_extraction import read_report


@dataclass(frozen=True, slots=True)
class Read:
    """What one engine made of a page."""

    text: str
    title: str | None = None
    day: str | None = None
    source: str | None = None
    url: str | None = None


Engine = Callable[[str], Read]


def engines() -> Iterator[tuple[str, Engine]]:
    """Our rules, what the import does, then each library that is there with its own settings."""
    yield "plain rules", _of(read_webpage)
    yield "as imported", _of(read_report)
    for name, engine in (
        ("trafilatura", _trafilatura),
        ("readability", _readability),
        ("justext", _justext),
        ("resiliparse", _resiliparse),
    ):
        try:
            importlib.import_module(name)
        except ImportError:
            continue
        yield name, engine


def _of(read: Callable[[str, str], Document]) -> Engine:
    def engine(html: str) -> Read:
        d = read("d", html)
        return Read(d.text, d.title, d.published_at and d.published_at[:10], d.source, d.url)

    return engine


def _trafilatura(html: str) -> Read:
    found = importlib.import_module("trafilatura").bare_extraction(html, include_comments=False, with_metadata=True)
    return Read(found.text or "", found.title, found.date, found.sitename, found.url) if found else Read("")


def _readability(html: str) -> Read:
    document = importlib.import_module("readability").Document(html)
    words = importlib.import_module("lxml.html").fromstring(document.summary())
    return Read("\n".join(words.itertext()), document.short_title())


def _justext(html: str) -> Read:
    justext = importlib.import_module("justext")
    rows = justext.justext(html.encode(), justext.get_stoplist("English"))
    return Read("\n".join(row.text for row in rows if not row.is_boilerplate))


def _resiliparse(html: str) -> Read:
    extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    title = importlib.import_module("resiliparse.parse.html").HTMLTree.parse(html).title
    return Read(extract(html, main_content=True, preserve_formatting=False, comments=False), title)

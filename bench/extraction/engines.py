"""The ways to read a page that are compared. Libraries that are not installed are left out."""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from factcheck.ingest.element_trees import html_text
from factcheck.ingest.html import page_report
from factcheck.ingest.path_documents import present_clock
from factcheck.ingest.raw_documents import AcceptedDocument
from factcheck.ingest.raw_to_document import document_outcome


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
    """All text of the page, what the import does, then each library that is there with its own settings."""
    yield "all text", lambda html: Read(html_text(html))
    yield "as imported", _imported
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


def _imported(html: str) -> Read:
    found = document_outcome(page_report(html, "d"), "d.html", "html", present_clock(None))
    if not isinstance(found, AcceptedDocument):
        return Read("")
    d = found.document
    return Read(d.text, d.title, d.published_at and d.published_at[:10], d.source, d.url)


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

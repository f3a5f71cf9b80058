"""A report out of a whole web page, by trafilatura: what is left of the page without menus, letters, comments, related stories.

Our own rules (`factcheck.ingest.html`) read what is no page of a site (the bodies of feeds and of ninjs), and here
whatever the library leaves unread: a page in which it finds nothing, one that is very long, and all of them where it is
not installed, as in the web process. Figures of both: docs/adr/0019.
"""

import logging
from dataclasses import replace
from functools import cache
from types import ModuleType
from typing import Any

from factcheck.errors import InvalidInput
from factcheck.evidence import Document
from factcheck.ingest.html import read_declared
from factcheck.publication_date import parse_published

_LONGEST = 2_000_000
"""Characters; the library takes up to 16 µs for each markup-laden one of them, our own rules a fraction of that."""

_log = logging.getLogger(__name__)


def read_report(document_id: str, html: str) -> Document:
    """The page's text may be empty. A date that the page declares must be ISO 8601, or counts as none; else one is looked for.

    >>> read_report("a", "<title>Rain</title><p>It rained.</p>").text
    'It rained.'
    """
    own, is_dated = read_declared(document_id, html)
    found = _extracted(html)
    if found is None:
        return own
    return replace(
        own,
        text="\n\n".join(line.strip() for line in found.text.splitlines() if line.strip()),
        title=found.title or own.title,
        source=own.source or found.sitename,
        url=own.url or found.url,
        published_at=own.published_at if is_dated else _day(found.date),
    )


def _extracted(html: str) -> Any:
    """None where nothing was found. Precise rather than complete: furniture in the corpus is evidence of nothing."""
    library = _library()
    if library is None or len(html) > _LONGEST:
        return None
    found = library.bare_extraction(
        html,
        fast=True,
        favor_precision=True,
        include_comments=False,
        with_metadata=True,
        # Not any year that stands anywhere: a date of the footer would make an old report the newest.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return found if found and found.text and found.text.strip() else None


@cache
def _library() -> ModuleType | None:
    """Loaded with the first page only: it takes half a second."""
    try:
        import trafilatura
    except ImportError:
        _log.warning(
            "trafilatura is not installed: web pages are read by plain rules (pip install 'factcheck[worker]')"
        )
        return None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs a page without text as an error of its own
    library: ModuleType = trafilatura
    return library


def _day(raw: str | None) -> str | None:
    try:
        return parse_published(raw, "published_at") if raw else None
    except InvalidInput:
        return None

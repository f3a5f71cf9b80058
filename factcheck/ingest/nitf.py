"""NITF (IPTC), alone or inside NewsML-G2 and ninjs.

Source: NITF 3.6. `management-status` of `docdata` says what may be published; `date.release` is an embargo.
"""

from collections.abc import Iterator
from typing import Any

from factcheck.errors import UnreadableSource
from factcheck.ingest.archive_file import ArchiveFile
from factcheck.ingest.characters import one_line
from factcheck.ingest.element_trees import parse_xml
from factcheck.ingest.raw_documents import Item, PublishingStatus, RawDate, RawDocument
from factcheck.ingest.rendering import ElementRoles, join, local_name, render

NAME = "nitf"
BODY = ElementRoles(
    blocks=frozenset(
        """p block hl1 hl2 hedline dateline byline abstract bq ol ul li dl dt dd pre fn hr table tr caption note
        media media-caption nitf-table body.content body.head body.end body body-content tagline h1 h2 h3 h4 h5 h6 div
        blockquote""".split()
    ),
    skipped=frozenset("head media-producer media-reference media-metadata media-object del s strike".split()),
    breaks=frozenset({"br"}),
    quotes=frozenset({"q"}),
    credits=frozenset({"credit"}),
)
_STATUSES = {
    "usable": PublishingStatus.PUBLISHED,
    "embargoed": PublishingStatus.EMBARGOED,
    "withheld": PublishingStatus.WITHHELD,
    "canceled": PublishingStatus.CANCELLED,
    "cancelled": PublishingStatus.CANCELLED,
    "killed": PublishingStatus.CANCELLED,
}
_ROLES = ("nitf",)


def read(file: ArchiveFile) -> Iterator[Item]:
    """One report a `nitf` element, most often one a file. Raises `UnreadableSource`."""
    root = parse_xml(file.whole())
    found = [root] if local_name(root) in _ROLES else list(root.iter("{*}nitf"))
    if not found:
        raise UnreadableSource("holds no <nitf>")
    for number, nitf in enumerate(found, 1):
        yield nitf_report(nitf, f"nitf {number}" if len(found) > 1 else None, file.basename)


def nitf_report(nitf: Any, entry: str | None, name: str) -> RawDocument:
    """`name` is the id of a report that has none."""
    status, reason = _status(nitf)
    headline = _first(nitf, "hl1") or _first(nitf, "title")
    return RawDocument(
        entry=entry,
        id=_attribute(nitf, "doc-id", "id-string") or _attribute(nitf, "du-key", "key") or name,
        title=headline,
        text=nitf_text(nitf),
        source=_first(nitf, "distributor")
        or _attribute(nitf, "doc.copyright", "holder")
        or _attribute(nitf, "doc-id", "regsrc"),
        url=_attribute(nitf, "pubdata", "ex-ref") or None,
        language=nitf.get("{http://www.w3.org/XML/1998/namespace}lang"),
        tags=tuple(word.get("key") or "" for word in nitf.iter("{*}keyword")),
        corrects=_attribute(nitf, "correction", "id-string") or None,
        status=status,
        reason=reason,
        published=tuple(_stamps(nitf, ("date.issue", "norm"), ("pubdata", "date.publication"), ("story.date", "norm"))),
        modified=tuple(_stamps(nitf, ("revision-history", "norm"))),
        embargo=tuple(_stamps(nitf, ("date.release", "norm"))),
        byline=_first(nitf, "byline"),
        dateline=_first(nitf, "dateline"),
        fields=(("title", "hl1"), ("text", "body.content"), ("id", "doc-id")),
    )


def nitf_text(nitf: Any) -> str:
    """Paragraphs of the body: headline, byline and dateline stand apart, credits of pictures are left out."""
    body = next(nitf.iter("{*}body.content"), None)
    if body is None:
        body = next(nitf.iter("{*}body"), None)
    return "" if body is None else join(render(body, BODY))


def _status(nitf: Any) -> tuple[PublishingStatus, str | None]:
    given = _attribute(nitf, "docdata", "management-status").lower()
    status = _STATUSES.get(given, PublishingStatus.PUBLISHED if not given else PublishingStatus.WITHHELD)
    if status is PublishingStatus.EMBARGOED and _attribute(nitf, "date.release", "norm"):
        status = PublishingStatus.PUBLISHED
    return status, f"management-status is {given}" if given else None


def _stamps(nitf: Any, *places: tuple[str, str]) -> Iterator[RawDate]:
    for name, attribute in places:
        if raw := _attribute(nitf, name, attribute):
            yield RawDate(f"{name}/@{attribute}", raw)


def _attribute(nitf: Any, name: str, attribute: str) -> str:
    return next((value for e in nitf.iter(f"{{*}}{name}") if (value := (e.get(attribute) or "").strip())), "")


def _first(nitf: Any, name: str) -> str:
    element = next(nitf.iter(f"{{*}}{name}"), None)
    return "" if element is None else one_line("".join(element.itertext()))

"""ANS (Arc XP's news specification): stories with their content elements.

Source: https://github.com/washingtonpost/ans-schema, versions 0.5 to 0.10.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from factcheck.ingest.dates import as_aware, parse_moment
from factcheck.ingest.element_trees import html_line, html_text
from factcheck.ingest.raw_documents import PublishingStatus, RawDate, RawDocument

NAME = "ans"
_TYPES = frozenset({"story", "article", "blog"})
_UNPUBLISHED = frozenset({"draft", "unpublished", "pending", "working", "rough draft"})


def is_ans(row: Mapping[str, Any]) -> bool:
    """True for an object with an `_id` or a version of ANS and content elements or headlines."""
    has_parts = isinstance(row.get("content_elements"), list) or isinstance(row.get("headlines"), dict)
    return "text" not in row and has_parts and ("_id" in row or "canonical_url" in row or "version" in row)


def ans_report(row: Mapping[str, Any], entry: str | None) -> RawDocument:
    """One story; pictures, videos, galleries and the like are no reports."""
    status, reason = _status(row)
    published = _published(row)
    return RawDocument(
        entry=entry,
        id=_text(row, "_id") or _text(row, "canonical_url"),
        title=html_line(_text(row, "headlines", "basic") or _text(row, "headlines", "web")),
        text="\n\n".join(part for element in _list(row.get("content_elements")) for part in _element(element)),
        source=_text(row, "source", "name") or _text(row, "distributor", "name") or _text(row, "owner", "name"),
        url=_url(row),
        language=_text(row, "language") or None,
        tags=tuple(_text(tag, "text") or _text(tag, "name") for tag in _tags(row)),
        status=status,
        reason=reason,
        published=published,
        modified=tuple(_stamps(row, "last_updated_date")),
        embargo=tuple(_stamps(row, "embargo_date")),
        byline=", ".join(name for person in _list(_member(row, "credits", "by")) if (name := _text(person, "name"))),
        dateline=_text(row, "location") or _text(row, "dateline") or None,
        version=_text(row, "revision", "revision_id") or None,
        reader=NAME,
        fields=(("title", "headlines.basic"), ("text", "content_elements"), ("id", "_id")),
    )


def _status(row: Mapping[str, Any]) -> tuple[PublishingStatus, str | None]:
    kind = _text(row, "type") or "story"
    if kind not in _TYPES:
        return PublishingStatus.NOT_A_REPORT, f"an object of type {kind}"
    if _member(row, "revision", "published") is False or _member(row, "additional_properties", "is_published") is False:
        return PublishingStatus.DRAFT, "the revision is not published"
    if _text(row, "workflow", "status_code").lower() in _UNPUBLISHED or row.get("status") in _UNPUBLISHED:
        return PublishingStatus.DRAFT, "the workflow's status is that of a draft"
    if _text(row, "publishing", "status") in ("unpublished", "deleted") or row.get("deleted") is True:
        return PublishingStatus.RETRACTED, "the story was unpublished"
    return PublishingStatus.PUBLISHED, None


def _published(row: Mapping[str, Any]) -> tuple[RawDate, ...]:
    """`first_publish_date` of a story moved in from another system is the day of the move: an earlier `display_date` counts."""
    shown, first = (list(_stamps(row, name)) for name in ("display_date", "first_publish_date"))
    rest = list(_stamps(row, "publish_date", "created_date"))
    if shown and first and _is_earlier(shown[0], first[0]):
        return (*shown, *first, *rest)
    return (*first, *(rest[:1] if row.get("publish_date") else ()), *shown, *rest)


def _is_earlier(a: RawDate, b: RawDate) -> bool:
    left, right = parse_moment(a.raw, None), parse_moment(b.raw, None)
    return bool(left and right and as_aware(left, None) < as_aware(right, None))


def _element(element: Any) -> Iterator[str]:
    """Paragraphs of one content element."""
    if not isinstance(element, dict):
        return
    kind = element.get("type")
    if kind in ("text", "header", "raw_html", "correction"):
        yield from _paragraphs(_text(element, "content") or _text(element, "text"))
    elif kind == "list":
        yield from (part for item in _list(element.get("items")) for part in _element(item))
    elif kind in ("quote", "blockquote"):
        yield from (part for item in _list(element.get("content_elements")) for part in _element(item))
        yield from _paragraphs(_text(element, "citation", "content"))
    elif kind == "image":
        yield from _paragraphs(_text(element, "caption"))
    elif kind == "table":
        yield from _rows(element)


def _rows(table: Mapping[str, Any]) -> Iterator[str]:
    header = [_cell(cell) for cell in _list(table.get("header"))]
    rows = [[_cell(cell) for cell in _list(row)] for row in _list(table.get("rows"))]
    yield from (" | ".join(row) for row in (header, *rows) if any(row))


def _cell(cell: Any) -> str:
    return html_line(cell if isinstance(cell, str) else _text(cell, "content"))


def _paragraphs(html: str) -> Iterator[str]:
    text = html_text(html)
    if text:
        yield text


def _tags(row: Mapping[str, Any]) -> Iterator[Any]:
    for name in ("tags", "sections"):
        yield from _list(_member(row, "taxonomy", name))


def _url(row: Mapping[str, Any]) -> str | None:
    url = _text(row, "canonical_url") or _text(row, "website_url")
    return url if url.startswith(("http://", "https://")) else None


def _stamps(row: Mapping[str, Any], *names: str) -> Iterator[RawDate]:
    for name in names:
        if _text(row, name):
            yield RawDate(name, _text(row, name))


def _text(row: Any, *path: str) -> str:
    value = _member(row, *path)
    return value if isinstance(value, str) else ""


def _member(row: Any, *path: str) -> Any:
    for name in path:
        row = row.get(name) if isinstance(row, dict) else None
    return row


def _list(values: Any) -> list[Any]:
    return values if isinstance(values, list) else []

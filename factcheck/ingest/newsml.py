"""NewsML-G2 (IPTC): a `newsItem` with its text inline, alone or as one of many in a `newsMessage`.

A property's value stands in `qcode`, `uri` or `literal`. Packages and pictures are listed as no reports; nothing is fetched.
Source: NewsML-G2 2.35, pubStatus (http://cv.iptc.org/newscodes/pubstatusg2/) and signal (http://cv.iptc.org/newscodes/signal/).
"""

import re
from collections.abc import Iterator
from typing import Any

from factcheck.ingest.archive_file import ArchiveFile
from factcheck.ingest.element_trees import html_text, parse_xml, text_line
from factcheck.ingest.nitf import nitf_text
from factcheck.ingest.raw_documents import IPTC_STATUSES, Item, PublishingStatus, RawDate, RawDocument
from factcheck.ingest.rendering import HTML, join, local_name, render

NAME = "newsml-g2"
_KILLS = frozenset({"kill", "killed", "cancel", "canceled", "withdraw", "withdrawn", "retraction", "takedown"})
_CORRECTS = frozenset({"corrects", "correctionof", "replaces", "previousversion", "updates", "supersedes"})
_ITEMS = frozenset("newsItem packageItem conceptItem knowledgeItem planningItem catalogItem".split())
_MARKED = re.compile(r"<[a-zA-Z!/]")


def read(file: ArchiveFile) -> Iterator[Item]:
    """One report an item, in the order of the file. Raises `UnreadableSource`."""
    root = parse_xml(file.whole())
    items = [e for e in root.iter("{*}*") if isinstance(e.tag, str) and e.tag.rpartition("}")[2] in _ITEMS]
    for number, item in enumerate(items or [root], 1):
        yield item_report(item, f"item {number} ({item.get('guid') or 'no guid'})")


def item_report(item: Any, entry: str) -> RawDocument:
    """A report from one item; one without text inline is none."""
    text, field = _text(item)
    status, reason = _status(item, text)
    return RawDocument(
        entry=entry,
        id=item.get("guid") or "",
        title=_headline(item),
        text=text,
        source=_source(item),
        url=next((link for e in _all(item, "link") if (link := _canonical(e))), None),
        language=_attribute(item, "language", "tag") or item.get("{http://www.w3.org/XML/1998/namespace}lang"),
        tags=tuple(text_line(word) for word in _all(item, "keyword")),
        corrects=_corrected(item),
        status=status,
        reason=reason,
        published=tuple(_published(item)),
        modified=tuple(_stamps(item, "versionCreated", "contentModified")),
        embargo=tuple(_stamps(item, "embargoed")),
        byline=_first(item, "by") or _named(next(iter(_all(item, "creator")), None)),
        dateline=_first(item, "dateline"),
        version=item.get("version"),
        fields=(("title", "headline"), ("text", field), ("id", "newsItem/@guid")),
    )


def value_of(element: Any) -> str:
    """The last part of a qualified value, in lower case: of `stat:canceled` and of `http://…/canceled` it is "canceled"."""
    raw = element.get("qcode") or element.get("uri") or element.get("literal") or ""
    return re.split(r"[:/#]", raw.strip().rstrip("/"))[-1].lower()


def _status(item: Any, text: str) -> tuple[PublishingStatus, str | None]:
    given = [value_of(e) for e in _all(item, "pubStatus")]
    signals = {value_of(e) for e in _all(item, "signal")}
    withdrawn = next((name for name in given if IPTC_STATUSES.get(name) is not PublishingStatus.PUBLISHED), None)
    if withdrawn:
        return IPTC_STATUSES.get(withdrawn, PublishingStatus.WITHHELD), f"pubStatus is {withdrawn}"
    if signals & _KILLS:
        return PublishingStatus.CANCELLED, f"signal is {', '.join(sorted(signals & _KILLS))}"
    if text and local_name(item) == "newsitem":
        return PublishingStatus.PUBLISHED, None
    kind = value_of(_all(item, "itemClass")[0]) if _all(item, "itemClass") else local_name(item)
    return PublishingStatus.NOT_A_REPORT, f"{item.tag.rpartition('}')[2]} of class {kind}, without text inline"


def _published(item: Any) -> Iterator[RawDate]:
    """Truncated dates (2018-01) name no day; the next field may."""
    for stamp in _stamps(item, "contentCreated", "firstCreated", "versionCreated"):
        if len(stamp.raw.strip()) >= len("2018-01-30"):
            yield stamp


def _text(item: Any) -> tuple[str, str]:
    for inline in _all(item, "inlineXML"):
        nitf = next(inline.iter("{*}nitf"), None)
        text = nitf_text(nitf) if nitf is not None else join(render(inline, HTML))
        if text:
            return text, "inlineXML"
    for data in _all(item, "inlineData"):
        if data.text and data.text.strip() and "/" not in data.get("encoding", ""):
            return _plain(data.text.strip(), data.get("contenttype", "")), "inlineData"
    return "", "-"


def _plain(text: str, kind: str) -> str:
    return html_text(text) if "html" in kind or "xml" in kind or _MARKED.match(text) else text


def _headline(item: Any) -> str:
    """Of several, the one whose role is no short form."""
    headlines = [e for e in _all(item, "headline") if text_line(e)]
    roles = {value_of_role(e): text_line(e) for e in reversed(headlines)}
    main = next((roles[role] for role in ("main", "headline", "") if role in roles), None)
    return main or max((text_line(e) for e in headlines), key=len, default="")


def value_of_role(element: Any) -> str:
    """Last part of the `role`."""
    return re.split(r"[:/#]", element.get("role") or "")[-1].lower()


def _corrected(item: Any) -> str | None:
    for link in _all(item, "link"):
        rel = re.split(r"[:/#]", link.get("rel") or link.get("reluri") or "")[-1].lower()
        if rel in _CORRECTS and link.get("residref") != item.get("guid"):
            return str(link.get("residref") or link.get("href") or "") or None
    return None


def _canonical(link: Any) -> str | None:
    rel = re.split(r"[:/#]", link.get("rel") or "")[-1].lower()
    return str(link.get("href") or "") or None if rel in ("canonical", "sameas", "ispublishedas") else None


def _source(item: Any) -> str | None:
    return next((name for tag in ("infoSource", "provider") for e in _all(item, tag)[:1] if (name := _named(e))), None)


def _named(element: Any) -> str | None:
    if element is None:
        return None
    name = _first(element, "name") or element.get("literal")
    return name or re.split(r"[:/#]", element.get("qcode") or element.get("uri") or "")[-1] or None


def _stamps(item: Any, *names: str) -> Iterator[RawDate]:
    for name in names:
        for element in _all(item, name):
            if text_line(element):
                yield RawDate(name, text_line(element))


def _all(item: Any, name: str) -> list[Any]:
    """Descendants by local name, but for those of items inside this one."""
    return [e for e in item.iter(f"{{*}}{name}") if not any(_is_item(p) and p is not item for p in _up(e, item))]


def _up(element: Any, top: Any) -> Iterator[Any]:
    for parent in element.iterancestors():
        if parent is top:
            return
        yield parent


def _is_item(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2] in _ITEMS


def _attribute(item: Any, name: str, attribute: str) -> str | None:
    return next((value for e in _all(item, name) if (value := e.get(attribute))), None)


def _first(element: Any, name: str) -> str:
    return next((text_line(e) for e in _all(element, name) if text_line(e)), "")

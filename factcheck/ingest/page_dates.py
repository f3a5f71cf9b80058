"""Dates of a web page, by where they stand: JSON-LD, metadata, microdata, `<time>` at the head of the report.

A `<time>` inside of a sentence is the time of an event; one in a side column or a menu belongs to another report.
Source: schema.org `datePublished`, Open Graph `article:published_time`, Dublin Core, hAtom/h-entry `dt-published`.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from factcheck.ingest.characters import one_line
from factcheck.ingest.raw_documents import RawDate
from factcheck.ingest.rendering import local_name

_PUBLISHED_META = """article:published_time og:published_time og:article:published_time datepublished date.published
    publication_date publish_date publish-date publishdate pubdate article.published dcterms.issued dc.date.issued
    dcterms.created dc.date.created dcterms.date dc.date dc:date date parsely-pub-date sailthru.date article_date_original
    cxenseparse:recs:publishtime originalpublicationdate citation_publication_date citation_date bt:pubdate displaydate
    article:published rnews:datepublished vr:published_time created iso-8601-publish-date""".split()
_MODIFIED_META = """article:modified_time og:updated_time og:modified_time datemodified last-modified lastmod
    dcterms.modified dc.date.modified modified article.updated revised updated_time""".split()
_PUBLISHED_CLASS = re.compile(
    r"dt-published|entry-date|published|pubdate|publish|post-date|article-date|article__date|dateline|posted", re.I
)
_MODIFIED_CLASS = re.compile(r"modified|updated|dt-updated|last-?mod|revised", re.I)
_ASIDE = frozenset({"aside", "nav", "footer"})
_ASIDE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|sidebar|recommend|teaser|comment|latest|trending|promo|widget)", re.I
)
_PROSE = frozenset({"p", "li", "blockquote", "figcaption", "td", "dd"})
_URL_DATE = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)")
_ARTICLES = re.compile(r"(?:Article|BlogPosting|Report|Review|LiveBlogPosting|Posting|WebPage|ClaimReview)$")
_PROSE_CHARS = 60
_MOST_LABEL_WORDS = 2
_LABEL = re.compile(
    r"(?:by|von|par|por|av|af|di|door|first published|published|posted|last|updated|modified|written|date|on|veröffentlicht|publié|"
    r"publicado|pubblicato|publisert|publicerad|gepubliceerd|stand|aktualisiert)\b",
    re.IGNORECASE,
)
_DEEPEST = 12


class LinkedData:
    """What a page's JSON-LD says of its report: the first object of an article's type, or else of a page's."""

    def __init__(self, root: Any) -> None:
        objects = [
            found for script in root.iter("script") if _is_json_ld(script) for found in _objects(_parsed(script), 0)
        ]
        articles = [found for found in objects if _ARTICLES.search(_type(found))]
        articles.sort(key=lambda found: _type(found).endswith("WebPage"))
        self.article: dict[str, Any] = articles[0] if articles else {}
        self.event_dates = tuple(
            str(found["startDate"]) for found in objects if _type(found).endswith("Event") and found.get("startDate")
        )

    def text(self, name: str) -> str:
        """A member that is text, or the name of an object."""
        value = self.article.get(name)
        value = value[0] if isinstance(value, list) and value else value
        value = value.get("name") or value.get("@id") if isinstance(value, dict) else value
        return one_line(str(value)) if isinstance(value, str | int | float) else ""


def metadata(root: Any) -> dict[str, str]:
    """`<meta>` by lower-case name; the first of each."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        for key in ("property", "name", "itemprop", "http-equiv"):
            name, content = (meta.get(key) or "").strip().lower(), one_line(meta.get("content") or "")
            if name and content:
                found.setdefault(name, content)
    return found


def published_stamps(root: Any, meta: dict[str, str], data: LinkedData, url: str) -> Iterator[RawDate]:
    """From the surest place to the least sure."""
    yield from _linked(data, ("datePublished",))
    yield from (RawDate(f"meta {name}", meta[name]) for name in _PUBLISHED_META if meta.get(name))
    times = [time for time in root.iter("time", "span", "abbr", "div", "p") if _is_candidate(time)]
    yield from (RawDate("itemprop datePublished", _moment(time)) for time in times if _prop(time) == "datepublished")
    yield from (
        RawDate("time", _moment(time))
        for time in times
        if _is_marked(time, _PUBLISHED_CLASS) and _prop(time) != "datepublished"
    )
    yield from (RawDate("time", _moment(time)) for time in times if _is_plain(time))
    yield from _linked(data, ("dateCreated", "uploadDate"))
    if found := _URL_DATE.search(url):
        yield RawDate("address", f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}")


def modified_stamps(root: Any, meta: dict[str, str], data: LinkedData) -> Iterator[RawDate]:
    """Of the last change."""
    yield from _linked(data, ("dateModified",))
    yield from (RawDate(f"meta {name}", meta[name]) for name in _MODIFIED_META if meta.get(name))
    for time in root.iter("time", "span", "abbr"):
        if _prop(time) == "datemodified" or (time.tag == "time" and _is_modified(time)):
            yield RawDate("itemprop dateModified", _moment(time))


def event_stamps(root: Any, data: LinkedData) -> Iterator[RawDate]:
    """Of what the report tells: `<time datetime>` inside of sentences, and events of its JSON-LD."""
    yield from (RawDate("Event startDate", raw) for raw in data.event_dates)
    for time in root.iter("time"):
        if time.get("datetime") and _in_sentence(time) and not _in_aside(time):
            yield RawDate("time in text", time.get("datetime"))


def _linked(data: LinkedData, names: tuple[str, ...]) -> Iterator[RawDate]:
    for name in names:
        if data.text(name):
            yield RawDate(f"JSON-LD {name}", data.text(name))


def _is_candidate(element: Any) -> bool:
    if (
        element.tag != "time"
        and not _prop(element)
        and not (element.get("title") and "published" in (element.get("class") or ""))
    ):
        return False
    return bool(_moment(element)) and not _in_aside(element) and not _is_modified(element) and not _in_sentence(element)


def _is_modified(element: Any) -> bool:
    prop = _prop(element)
    if "datepublished" in prop or element.get("pubdate") is not None:
        return False
    if "datemodified" in prop or prop == "modified":
        return True
    around = f"{element.get('class') or ''} {element.getparent().get('class') or '' if element.getparent() is not None else ''}"
    if _MODIFIED_CLASS.search(around) and not re.search(r"published|entry-date", element.get("class") or "", re.I):
        return True
    words = one_line(f"{_before(element)} {''.join(element.itertext())}")
    return bool(
        re.search(
            r"\b(?:updated|modified|last changed|aktualisiert|mis à jour|actualizado|oppdatert|corrected)\b",
            words,
            re.I,
        )
    )


def _is_marked(element: Any, form: re.Pattern[str]) -> bool:
    parent = element.getparent()
    classes = f"{element.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}"
    return element.get("pubdate") is not None or bool(form.search(classes))


def _is_plain(element: Any) -> bool:
    """A `<time>` that nothing marks, but that stands in the report and not in a sentence."""
    return element.tag == "time" and not _is_marked(element, _PUBLISHED_CLASS) and not _prop(element)


def _in_sentence(element: Any) -> bool:
    """True if the paragraph around it says more than a date and names."""
    block = next((e for e in element.iterancestors() if local_name(e) in _PROSE), None)
    if block is None:
        return False
    words = one_line("".join(block.itertext()))
    own = one_line("".join(element.itertext()))
    rest = words.replace(own, "", 1).strip(" ,.:|·•–—-")
    if _LABEL.match(rest):
        return len(rest) > _PROSE_CHARS and words.rstrip("”\"')").endswith((".", "!", "?"))
    return len(rest.split()) > _MOST_LABEL_WORDS


def _in_aside(element: Any) -> bool:
    return any(
        local_name(e) in _ASIDE
        or (local_name(e) not in ("body", "html", "main") and _ASIDE_CLASS.search(e.get("class") or ""))
        for e in element.iterancestors()
    )


def _before(element: Any) -> str:
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return "".join(previous.itertext())[-30:] + (previous.tail or "")
    return (parent.text or "") if parent is not None else ""


def _moment(element: Any) -> str:
    return one_line(
        element.get("datetime") or element.get("content") or element.get("title") or "".join(element.itertext())
    )


def _prop(element: Any) -> str:
    return (element.get("itemprop") or element.get("property") or "").lower().rpartition(":")[2]


def _is_json_ld(script: Any) -> bool:
    return "ld+json" in (script.get("type") or "")


def _parsed(script: Any) -> Any:
    raw = (
        (script.text or "")
        .strip()
        .removeprefix("<!--")
        .removesuffix("-->")
        .removeprefix("<![CDATA[")
        .removesuffix("]]>")
    )
    try:
        return json.loads(raw, strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _objects(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "about", "itemListElement", "item"):
            yield from _objects(value.get(name), depth + 1)


def _type(found: dict[str, Any]) -> str:
    kind = found.get("@type")
    return str(kind[0] if isinstance(kind, list) and kind else kind or "")

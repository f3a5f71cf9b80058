"""ninjs (IPTC's news in JSON), versions 1, 2 and 3.

Bodies and headlines carry roles that are the provider's own words, and their order means nothing.
Source: ninjs 1.5, 2.1 and 3.1 (https://iptc.org/standards/ninjs/).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from factcheck.errors import UnreadableSource
from factcheck.ingest.element_trees import html_line, html_text, parse_xml
from factcheck.ingest.nitf import nitf_text
from factcheck.ingest.raw_documents import IPTC_STATUSES, PublishingStatus, RawDate, RawDocument

NAME = "ninjs"
_SHORT = frozenset(
    "summary abstract teaser lead brief short caption push sms alert social subheadline kicker slug seo".split()
)
_MAIN = frozenset("main body text story full article headline".split())
_OTHER_TYPES = frozenset("picture video audio graphic composite package planning event".split())
_MARKS = ("html", "xml")


def is_ninjs(row: Mapping[str, Any]) -> bool:
    """True for an object with an address of its own and a body or a ninjs status, and no `text` as our own documents have."""
    if "text" in row or not (row.get("uri") or row.get("guid")):
        return False
    names = {name.lower() for name in row}
    return bool(names & {"bodies", "pubstatus", "versioncreated", "headline", "headlines"}) or any(
        name.startswith("body_") for name in names
    )


def ninjs_reports(row: Mapping[str, Any], entry: str | None) -> Iterator[RawDocument]:
    """The item, then the reports among its associations that have a body; pictures and the like are none."""
    yield _report(row, entry)
    for key, value in _associations(row):
        if is_ninjs(value) and any(value.get(name) for name in value if name.lower().startswith("bod")):
            yield _report(value, f"{entry or 'item'}, association {key}")


def _report(row: Mapping[str, Any], entry: str | None) -> RawDocument:
    small = {name.lower(): value for name, value in row.items()}
    text, field = _body(small)
    status, reason = _status(small, text)
    return RawDocument(
        entry=entry,
        id=_string(row.get("uri")) or _string(row.get("guid")),
        title=html_line(_headline(small)),
        text=text,
        source=_source(small),
        url=_url(small),
        language=_string(small.get("language")),
        tags=tuple(_tags(small)),
        corrects=_corrected(small),
        status=status,
        reason=reason,
        published=tuple(_stamps(small, "firstcreated", "contentcreated", "versioncreated")),
        modified=tuple(_stamps(small, "versioncreated")),
        embargo=tuple(_stamps(small, "embargoed")),
        byline=_string(small.get("byline")) or ", ".join(_names(small.get("by"))),
        dateline=_string(small.get("located")),
        version=_string(small.get("version")),
        reader=NAME,
        fields=(("title", "headline"), ("text", field), ("id", "uri")),
    )


def _status(small: Mapping[str, Any], text: str) -> tuple[PublishingStatus, str | None]:
    given = str(small.get("pubstatus") or "usable").rpartition(":")[2].lower()
    status = IPTC_STATUSES.get(given, PublishingStatus.WITHHELD)
    kind = str(small.get("type") or "text").lower()
    if status is PublishingStatus.PUBLISHED and (kind in _OTHER_TYPES or (kind != "text" and not text)):
        return PublishingStatus.NOT_A_REPORT, f"an item of type {kind}"
    return status, None if status is PublishingStatus.PUBLISHED else f"pubstatus is {given}"


def _body(small: Mapping[str, Any]) -> tuple[str, str]:
    """The longest body whose role is no summary's; of versions 1, in any of its forms."""
    found = list(_bodies(small))
    full = [body for body in found if body[0] not in _SHORT] or found
    ranked = sorted(full, key=lambda body: (body[0] in _MAIN, len(body[1])), reverse=True)
    longest = max((len(text) for _, text, _ in full), default=0)
    return next(((text, field) for _, text, field in ranked if 2 * len(text) > longest), ("", "-"))


def _bodies(small: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Role, text and field."""
    for name, value in small.items():
        if name.startswith("body_") and isinstance(value, str) and value.strip():
            yield name.removeprefix("body_"), _readable(value, name), name
    for body in _objects(small.get("bodies")):
        if isinstance(body.get("value"), str):
            yield _role(body), _readable(body["value"], str(body.get("contenttype") or "")), f"bodies[{_role(body)}]"


def _readable(value: str, kind: str) -> str:
    start = value.lstrip()[:200].lower()
    if "nitf" in kind.lower() or "<nitf" in start:
        try:
            return nitf_text(parse_xml(value.encode()))
        except UnreadableSource:
            return html_text(value)
    is_marked = any(mark in kind.lower() for mark in _MARKS) or start.startswith(("<?xml", "<p", "<div", "<html"))
    return html_text(value) if is_marked else value


def _headline(small: Mapping[str, Any]) -> str:
    if isinstance(small.get("headline"), str) and small["headline"].strip():
        return str(small["headline"])
    found = [
        (_role(part), str(part["value"])) for part in _objects(small.get("headlines")) if _string(part.get("value"))
    ]
    main = next((words for role, words in found if role in _MAIN), None)
    full = [words for role, words in found if role not in _SHORT] or [words for _, words in found]
    return main or max(full, key=len, default="") or _string(small.get("title")) or ""


def _source(small: Mapping[str, Any]) -> str | None:
    sources = [*_names(small.get("infosources")), *_names(small.get("provider"))]
    return _string(small.get("source")) or next(iter(sources), None) or _string(small.get("copyrightholder"))


def _url(small: Mapping[str, Any]) -> str | None:
    uri = _string(small.get("canonicalurl")) or _string(small.get("url")) or _string(small.get("uri"))
    return uri if uri and uri.startswith(("http://", "https://")) else None


def _corrected(small: Mapping[str, Any]) -> str | None:
    evolved = small.get("evolvedfrom")
    found = _string(evolved) or next((_string(part.get("uri")) for part in _objects(evolved)), None)
    return found or next((_string(part.get("uri")) for part in _objects(small.get("corrects"))), None)


def _tags(small: Mapping[str, Any]) -> Iterator[str]:
    for name in ("subject", "subjects"):
        yield from _names(small.get(name))
    yield from (word for word in _list(small.get("keywords")) if isinstance(word, str))


def _associations(row: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    found = row.get("associations")
    if isinstance(found, dict):
        yield from ((key, value) for key, value in found.items() if isinstance(value, dict))
    yield from ((str(number), value) for number, value in enumerate(_objects(found), 1))


def _stamps(small: Mapping[str, Any], *names: str) -> Iterator[RawDate]:
    for name in names:
        if small.get(name):
            yield RawDate(name, str(small[name]))


def _role(part: Mapping[str, Any]) -> str:
    return str(part.get("role") or "").rpartition(":")[2].rpartition("/")[2].lower()


def _names(values: Any) -> list[str]:
    parts = values if isinstance(values, list) else [values]
    return [name for part in parts if (name := _string(part.get("name") if isinstance(part, dict) else part))]


def _objects(values: Any) -> Iterator[dict[str, Any]]:
    """Objects of a list, their members' names in lower case."""
    for value in _list(values):
        if isinstance(value, dict):
            yield {str(name).lower(): member for name, member in value.items()}


def _list(values: Any) -> list[Any]:
    return values if isinstance(values, list) else []


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None

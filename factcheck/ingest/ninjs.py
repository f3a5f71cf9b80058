"""ninjs (IPTC's news in JSON), versions 1 to 3: an item as `document_from_object` takes it."""

from collections.abc import Mapping
from typing import Any

from factcheck.ingest.html import read_webpage

_BODIES = ("body_text", "body_xhtml", "body_html", "bodies")
_GONE = ("canceled", "withheld")
_MARKUP = ("html", "xml")


def is_ninjs(row: Mapping[str, Any]) -> bool:
    """True for an object that has an address of its own and a body, and no `text` as our own documents have."""
    return "text" not in row and bool(row.get("uri") or row.get("guid")) and any(name in row for name in _BODIES)


def read_ninjs(row: Mapping[str, Any]) -> dict[str, Any]:
    """Names differ between versions: `headline` or `headlines`, `versioncreated` or `versionCreated`."""
    small = {name.lower(): value for name, value in row.items()}
    return {
        "id": row.get("uri") or row.get("guid"),
        "title": _value(small.get("headline") or _first(small.get("headlines"))),
        "text": _body(small),
        "source": small.get("source") or small.get("copyrightholder"),
        "published_at": small.get("firstcreated") or small.get("versioncreated") or small.get("contentcreated"),
        "url": _canonical(row.get("uri")),
        "language": small.get("language"),
        "tags": [name for subject in _list(small.get("subject") or small.get("subjects")) if (name := _value(subject))],
        "retracted": small.get("pubstatus") in _GONE,
    }


def _body(small: Mapping[str, Any]) -> str:
    if isinstance(small.get("body_text"), str):
        return str(small["body_text"])
    marked = small.get("body_xhtml") or small.get("body_html")
    if isinstance(marked, str):
        return read_webpage("", marked).text
    for body in _list(small.get("bodies")):
        if isinstance(body, dict) and isinstance(body.get("value"), str):
            kind = str(body.get("contentType") or body.get("contenttype") or "")
            is_marked = any(mark in kind for mark in _MARKUP)
            return read_webpage("", body["value"]).text if is_marked else body["value"]
    return ""


def _canonical(uri: Any) -> str | None:
    return uri if isinstance(uri, str) and uri.startswith(("http://", "https://")) else None


def _first(values: Any) -> Any:
    return next(iter(_list(values)), None)


def _list(values: Any) -> list[Any]:
    return values if isinstance(values, list) else []


def _value(part: Any) -> str:
    """Of `"words"`, `{"value": "words"}` or `{"name": "words"}`."""
    found = (part.get("value") or part.get("name")) if isinstance(part, dict) else part
    return found if isinstance(found, str) else ""

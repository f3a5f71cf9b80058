"""NewsML-G2 (IPTC): a `newsItem` with its text inline, alone or as one of many in a `newsMessage`."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

ITEM = "newsItem"
PACKAGES = ("newsMessage", "itemSet")
_GONE = ("canceled", "withheld")  # NewsML-G2's publishing status; its vocabulary spells it so
_BLOCKS = frozenset("p li h1 h2 h3 h4 h5 h6 hl2 blockquote".split())
_FURNITURE = frozenset("head style script table media figure".split())


def read_news_items(root: Element) -> Iterator[dict[str, Any]]:
    """One object a `newsItem` that has text inline; pictures, packages and the like are left out."""
    for item in [root] if _name(root) == ITEM else _all(root, ITEM):
        text = _text(item)
        if text:
            yield _row(item, text)


def _row(item: Element, text: str) -> dict[str, Any]:
    status = _first(item, "pubStatus")
    created = _first(item, "contentCreated"), _first(item, "firstCreated"), _first(item, "versionCreated")
    provider = _first(item, "provider")
    language = _first(item, "language")
    return {
        "id": item.get("guid", ""),
        "title": _words(_first(item, "headline")),
        "text": text,
        "source": _named(provider),
        "published_at": next((_words(moment) for moment in created if moment is not None and _words(moment)), None),
        "url": None,
        "language": language.get("tag") if language is not None else None,
        "tags": list(dict.fromkeys(_words(word) for word in _all(item, "keyword") if _words(word))),
        "retracted": status is not None and status.get("qcode", "").rpartition(":")[2] in _GONE,
    }


def _text(item: Element) -> str:
    """Of `inlineXML` (XHTML or NITF) the paragraphs; of `inlineData` the lines."""
    for inline in _all(item, "inlineXML"):
        blocks = [words for block in _blocks(inline) if (words := _words(block))]
        if blocks or _words(inline):
            return "\n\n".join(blocks) or _words(inline)
    plain = [
        data.text.strip() for data in _all(item, "inlineData") if data.text and "/" not in data.get("encoding", "")
    ]
    return next((text for text in plain if text), "")


def _blocks(element: Element) -> Iterator[Element]:
    for child in element:
        if _name(child) in _FURNITURE:
            continue
        if _name(child) in _BLOCKS and not any(_name(inner) in _BLOCKS for inner in child.iter() if inner is not child):
            yield child
        else:
            yield from _blocks(child)


def _named(provider: Element | None) -> str | None:
    if provider is None:
        return None
    return (
        _words(_first(provider, "name"))
        or provider.get("literal")
        or provider.get("qcode", "").rpartition(":")[2]
        or None
    )


def _all(element: Element, name: str) -> list[Element]:
    return [inner for inner in element.iter() if _name(inner) == name]


def _first(element: Element, name: str) -> Element | None:
    return next(iter(_all(element, name)), None)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _words(element: Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())

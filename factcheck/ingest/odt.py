"""ODT: paragraphs and headings as shown; deleted text, comments and hidden fields are left out, notes follow the text.

Source: OpenDocument 1.3 part 3. `text:tracked-changes` holds what was deleted; what was inserted stands in the text.
"""

from collections.abc import Iterator
from typing import Any

from factcheck.errors import UnreadableSource
from factcheck.ingest.archive_file import ArchiveFile
from factcheck.ingest.characters import as_seen, raised
from factcheck.ingest.office_zip import OfficeParts, first_text
from factcheck.ingest.printed_dates import printed_stamps
from factcheck.ingest.raw_documents import Item, RawDate, RawDocument

NAME = "odt"
_SKIPPED = frozenset(
    "tracked-changes annotation annotation-end sequence-decls bookmark forms note-citation ruby-text script".split()
)
_SPACES = {"s": " ", "tab": " ", "line-break": "\n"}
_BLOCKS = frozenset({"p", "h"})


def read(file: ArchiveFile) -> Iterator[Item]:
    """The one report of the file. Raises `UnreadableSource`."""
    parts = OfficeParts(file.whole(), "ODT")
    content = parts.tree("content.xml")
    body = None if content is None else next(content.iter("{*}text"), None)
    if body is None:
        raise UnreadableSource("is no ODT (no text in content.xml)")
    styles = _Styles(content)
    paragraphs = list(_TextWalker(styles).of(body))
    meta = parts.tree("meta.xml")
    headline = next((text for style, text in paragraphs[:3] if style in ("Title", "h")), "")
    texts = [text for _, text in paragraphs]
    if headline and texts[0] == headline:
        texts = texts[1:] or texts
    yield RawDocument(
        id=file.name,
        title=headline or first_text(meta, "title"),
        text="\n\n".join(texts),
        language=first_text(meta, "language") or None,
        tags=() if meta is None else tuple(e.text or "" for e in meta.iter("{*}keyword")),
        published=(*printed_stamps(texts), *_stamps(meta, "creation-date")),
        modified=tuple(_stamps(meta, "date")),
        byline=first_text(meta, "initial-creator") or first_text(meta, "creator"),
        fields=(("title", "Title style" if headline else "dc:title"), ("text", "content.xml")),
    )


class _Styles:
    """Automatic styles that hide, strike out or raise text, and what style a paragraph's own style stands on."""

    def __init__(self, content: Any) -> None:
        self.unseen: set[str] = set()
        self.raised: set[str] = set()
        self.parents: dict[str, str] = {}
        for style in content.iter("{*}style"):
            name = _attribute(style, "name")
            self.parents[name] = _attribute(style, "parent-style-name")
            for properties in style.iter("{*}text-properties"):
                self._note(name, properties)

    def _note(self, name: str, properties: Any) -> None:
        struck = _attribute(properties, "text-line-through-style") or _attribute(properties, "text-line-through-type")
        if struck not in ("", "none") or _attribute(properties, "display") == "none":
            self.unseen.add(name)
        if _attribute(properties, "text-position").startswith("super"):
            self.raised.add(name)


class _TextWalker:
    """Walks a text; notes and text boxes wait until their paragraph has ended."""

    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self._notes: list[Any] = []

    def of(self, body: Any) -> Iterator[tuple[str, str]]:
        """Style and words of each paragraph, then the notes."""
        yield from self._blocks(body)
        while self._notes:
            yield from self._blocks(self._notes.pop(0))

    def _blocks(self, root: Any) -> Iterator[tuple[str, str]]:
        stack = [iter(root)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
            elif _name(element) in _BLOCKS:
                yield from self._paragraph(element)
            elif _name(element) == "table-row":
                yield from self._row(element)
            elif _name(element) not in _SKIPPED:
                stack.append(iter(element))

    def _paragraph(self, element: Any) -> Iterator[tuple[str, str]]:
        boxes: list[Any] = []
        text = _tidy("".join(self._words(element, boxes)))
        style = _attribute(element, "style-name")
        if text:
            yield ("h" if _name(element) == "h" else self._styles.parents.get(style) or style), text
        for box in boxes:
            yield from self._blocks(box)

    def _row(self, row: Any) -> Iterator[tuple[str, str]]:
        cells = (" ".join(text for _, text in self._blocks(cell)) for cell in row if _name(cell) == "table-cell")
        text = " | ".join(cell for cell in cells if cell)
        if text:
            yield "", text

    def _words(self, element: Any, boxes: list[Any]) -> Iterator[str]:
        yield _flat(element.text)
        for child in element:
            yield from self._child(child, boxes)
            yield _flat(child.tail)

    def _child(self, child: Any, boxes: list[Any]) -> Iterator[str]:
        name = _name(child)
        if name in _SPACES:
            yield _SPACES[name]
        elif name == "note":
            self._notes += child.iterchildren("{*}note-body")
        elif name in ("text-box", "table"):
            boxes.append(child)
        elif name in _SKIPPED or _attribute(child, "style-name") in self._styles.unseen or name == "desc":
            return
        elif _attribute(child, "style-name") in self._styles.raised:
            yield raised("".join(self._words(child, boxes)))
        else:
            yield from self._words(child, boxes)


def _stamps(meta: Any, name: str) -> Iterator[RawDate]:
    if raw := first_text(meta, name):
        yield RawDate(f"meta.xml {name}", raw)


def _flat(words: str | None) -> str:
    """Line ends of the XML are spaces; those of the text are `text:line-break`."""
    return (words or "").replace("\n", " ")


def _tidy(words: str) -> str:
    lines = (" ".join(line.split()) for line in as_seen(words).split("\n"))
    return "\n".join(line for line in lines if line)


def _attribute(element: Any, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "script"

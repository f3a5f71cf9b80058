"""DOCX as Word shows it: tracked changes accepted, a text box once, footnotes after the text.

Source: ECMA-376 part 1 (WordprocessingML) and part 3 (`mc:AlternateContent`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from factcheck.errors import UnreadableSource
from factcheck.ingest.archive_file import ArchiveFile
from factcheck.ingest.characters import as_seen, raised
from factcheck.ingest.office_zip import OfficeParts, first_text
from factcheck.ingest.printed_dates import printed_stamps
from factcheck.ingest.raw_documents import Item, RawDate, RawDocument

NAME = "docx"
_SKIPPED = frozenset(
    """del moveFrom instrText delText fldData Fallback footnoteRef endnoteRef annotationRef rPr pPr tblPr sectPr
    commentReference footnoteReference endnoteReference""".split()
)
_BOX = "txbxContent"
_NOTE_PARTS = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))
_HIDDEN, _STRUCK = ("vanish", "webHidden"), ("strike", "dstrike")
_OFF = frozenset({"0", "false", "off", "none"})
_HEADLINES = ("Title", "Titel", "Titre", "Heading1", "berschrift1")


def read(file: ArchiveFile) -> Iterator[Item]:
    """The one report of the file. Raises `UnreadableSource`."""
    parts = OfficeParts(file.whole(), "DOCX")
    document = parts.tree("word/document.xml")
    if document is None:
        raise UnreadableSource("is no DOCX (no word/document.xml)")
    found = list(paragraphs(document))
    for part, name in _NOTE_PARTS:
        found += _notes(parts.tree(part), name)
    core = parts.tree("docProps/core.xml")
    title = first_text(core, "title")
    headline = headline_of(found)
    body = [paragraph.text for paragraph in body_of(found)]
    yield RawDocument(
        id=file.name,
        title=headline.text if headline else title,
        text="\n\n".join(body),
        language=first_text(core, "language") or None,
        tags=tuple(first_text(core, "keywords").replace(";", ",").split(",")),
        published=(*printed_stamps(body), *_stamps(core, "created")),
        modified=tuple(_stamps(core, "modified")),
        byline=first_text(core, "creator"),
        fields=(("title", "Title style" if headline else "dc:title"), ("text", "word/document.xml")),
    )


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`text` as a reader sees it. `pieces`: the same in order as it stands in the file, each with its `w:t` if it has one."""

    style: str
    text: str
    pieces: tuple["Piece", ...]


Piece: TypeAlias = tuple[str, Any]
"""Words, and the element `w:t` that they are the text of; None for a separator."""


def headline_of(found: Sequence[Paragraph]) -> Paragraph | None:
    """The paragraph near the head that has a title's style."""
    return next((paragraph for paragraph in found[:3] if paragraph.style.startswith(_HEADLINES)), None)


def body_of(found: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """All paragraphs but a headline that comes first, unless it is all there is."""
    return found[1:] if len(found) > 1 and found[0] is headline_of(found) else found


def paragraphs(root: Any) -> Iterator[Paragraph]:
    """Paragraphs that hold words; those of a text box follow the paragraph that it hangs on.

    A paragraph whose end mark was deleted runs on into the next one.
    """
    carried: list[Piece] = []
    for paragraph in _outer(root):
        boxes: list[Any] = []
        pieces = [*carried, *_words(paragraph, boxes)]
        carried = []
        if _is_end_deleted(paragraph):
            carried = pieces
        elif text := _text(pieces):
            yield Paragraph(_style(paragraph), text, tuple(pieces))
        for box in boxes:
            yield from paragraphs(box)
    if text := _text(carried):
        yield Paragraph("", text, tuple(carried))


def _text(pieces: Sequence[Piece]) -> str:
    return _tidy("".join(words for words, _ in pieces))


def _outer(root: Any) -> Iterator[Any]:
    """Paragraphs and table rows of `root`, in order; not those inside of other paragraphs."""
    stack = [iter(root)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif _name(element) == "p" or _name(element) == "tr":
            if not (_name(element) == "tr" and _is_deleted_row(element)):
                yield element
        elif _name(element) not in _SKIPPED:
            stack.append(iter(element))


def _words(element: Any, boxes: list[Any]) -> Iterator[Piece]:
    for child in element:
        name = _name(child)
        if name == _BOX:
            boxes.append(child)
        elif name == "t":
            yield child.text or "", child
        elif name in ("tab", "ptab"):
            yield " ", None
        elif name in ("br", "cr"):
            yield "\n", None
        elif name == "noBreakHyphen":
            yield "-", None
        elif name == "tc":
            yield from _cell(child, boxes)
        elif name == "r" and _is_unseen(child):
            continue
        elif name == "r" and _is_raised(child):
            yield from ((raised(words), place) for words, place in _words(child, boxes))
        elif name not in _SKIPPED:
            yield from _words(child, boxes)


def _cell(cell: Any, boxes: list[Any]) -> Iterator[Piece]:
    if cell.getprevious() is not None and _name(cell.getprevious()) == "tc":
        yield " | ", None
    for paragraph in cell.iter("{*}p"):
        yield from _words(paragraph, boxes)
        yield " ", None


def _notes(root: Any, name: str) -> Iterator[Paragraph]:
    if root is None:
        return
    for note in root.iter(f"{{*}}{name}"):
        if _value(note, "type") not in ("separator", "continuationSeparator", "continuationNotice"):
            yield from paragraphs(note)


def _is_unseen(run: Any) -> bool:
    properties = next(run.iterchildren("{*}rPr"), None)
    return properties is not None and any(_is_on(properties, name) for name in (*_HIDDEN, *_STRUCK))


def _is_raised(run: Any) -> bool:
    return any(_value(e, "val") == "superscript" for e in run.iterfind("{*}rPr/{*}vertAlign"))


def _is_on(properties: Any, name: str) -> bool:
    found = next(properties.iterchildren(f"{{*}}{name}"), None)
    return found is not None and (_value(found, "val") or "1") not in _OFF


def _is_end_deleted(paragraph: Any) -> bool:
    return any(True for _ in paragraph.iterfind("{*}pPr/{*}rPr/{*}del"))


def _is_deleted_row(row: Any) -> bool:
    return any(True for _ in row.iterfind("{*}trPr/{*}del"))


def _style(paragraph: Any) -> str:
    return next((_value(e, "val") or "" for e in paragraph.iterfind("{*}pPr/{*}pStyle")), "")


def _stamps(core: Any, name: str) -> Iterator[RawDate]:
    if raw := first_text(core, name):
        yield RawDate(f"docProps/core.xml {name}", raw)


def _tidy(words: str) -> str:
    lines = (" ".join(line.split()) for line in as_seen(words).split("\n"))
    return "\n".join(line for line in lines if line.strip(" |"))


def _value(element: Any, name: str) -> str | None:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "comment"

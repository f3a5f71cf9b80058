"""A Word document as the place of an article's characters: found in a draft's own file, or made from its text."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from copy import deepcopy
from html import unescape
from typing import Any, TypeAlias

from docx.oxml.ns import qn

from factcheck.article import Article, Field, Format
from factcheck.ingest.characters import as_seen
from factcheck.ingest.docx import Paragraph, body_of, headline_of, paragraphs

Place: TypeAlias = tuple[Any, int]
"""An element `w:t` and an index into its text."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|</?([a-zA-Z][\w-]*)[^<>]*>|&#?\w{1,30};", re.I | re.S)
_BLOCKS = frozenset(
    "address article blockquote br dd div dt figcaption h1 h2 h3 h4 h5 h6 li p pre section td th tr".split()
)
_BETWEEN = "\n\n"


class WordDocumentText:
    """Runs of the document by the offsets of title and text."""

    def __init__(self, document: Any, places: dict[Field, list[Place | None]]) -> None:
        self.document = document
        self._places = places
        self._segments: dict[Any, tuple[list[int], list[Any]]] = {}

    def cut(self, offsets: dict[Field, set[int]]) -> None:
        """Splits runs so that one begins at each of these offsets. Once, before `runs` is asked."""
        cuts: dict[Any, set[int]] = {}
        for field, places in self._places.items():
            for offset in offsets.get(field, ()):
                for place in (places[offset] if offset < len(places) else None, _after(places, offset)):
                    if place is not None:
                        cuts.setdefault(place[0], set()).add(place[1])
        for run in {element.getparent() for element in cuts}:
            _explode(run, cuts, self._segments)

    def runs(self, field: Field, start: int, end: int) -> list[Any]:
        """Elements `w:r` of the characters, in order; none where the file has no such place."""
        found: dict[Any, None] = {}
        for place in self._places.get(field, [])[start:end]:
            if place is not None:
                found[self._now(place).getparent()] = None
        return list(found)

    def _now(self, place: Place) -> Any:
        """The element that holds the character since the cut."""
        if place[0] not in self._segments:
            return place[0]
        starts, elements = self._segments[place[0]]
        return elements[bisect_right(starts, place[1]) - 1]


def of_file(document: Any, article: Article) -> WordDocumentText | None:
    """The places of an article in the file it was read from; None if the file holds other words."""
    found = list(paragraphs(document.element))
    headline = headline_of(found)
    text: list[Place | None] = []
    words: list[str] = []
    for paragraph in body_of(found):
        text += [*([None] * len(_BETWEEN) if words else []), *_placed(paragraph)]
        words.append(paragraph.text)
    if not _is_head(_BETWEEN.join(words), article.text):
        return None
    title = list(_placed(headline)) if headline and headline.text == article.title else []
    return WordDocumentText(document, {Field.TITLE: title, Field.TEXT: text})


def made(document: Any, article: Article) -> WordDocumentText:
    """A new document of the article's words, with their places."""
    places: dict[Field, list[Place | None]] = {Field.TITLE: [], Field.TEXT: [None] * len(article.text)}
    if article.title:
        run = document.add_heading(_ILLEGAL.sub(" ", article.title), 0).runs[0]
        places[Field.TITLE] = _whole_run(run, len(article.title))
    for line in _lines(article):
        run = document.add_paragraph().add_run()
        element = run._r.add_t("".join(char for char, _ in line))
        element.set(qn("xml:space"), "preserve")
        for index, (_, offset) in enumerate(line):
            places[Field.TEXT][offset] = (element, index)
    return WordDocumentText(document, places)


def clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def _is_head(words: str, text: str) -> bool:
    """Footnotes follow the body, and have no place here. A browser's text field may have trimmed the ends."""
    return text == words or text.startswith(words + _BETWEEN)


def _placed(paragraph: Paragraph) -> Iterator[Place | None]:
    """One place a character of `paragraph.text`. Both have the same letters in the same order, apart from white space."""
    letters = iter(
        (letter, (element, index))
        for words, element in paragraph.pieces
        if element is not None and element.getparent().tag == qn("w:r")
        for index, char in enumerate(words)
        for letter in as_seen(char)
        if not letter.isspace()
    )
    ahead = next(letters, None)
    last: Place | None = None
    for char in paragraph.text:
        if ahead is not None and char == ahead[0]:
            last = ahead[1]
            ahead = next(letters, None)
            yield last
        else:
            yield None


def _after(places: Sequence[Place | None], offset: int) -> Place | None:
    """Behind the last character before the offset that has a place, so that a span's end is a cut, too."""
    before = next((place for place in reversed(places[max(0, offset - 4) : offset]) if place is not None), None)
    return None if before is None else (before[0], before[1] + 1)


def _explode(run: Any, cuts: dict[Any, set[int]], segments: dict[Any, tuple[list[int], list[Any]]]) -> None:
    """One run for each child of the run, and for each piece of a text that is cut."""
    properties = run.find(qn("w:rPr"))
    for child in list(run):
        if child is properties:
            continue
        at = sorted({0, *(cut for cut in cuts.get(child, ()) if 0 < cut < len(child.text or ""))})
        pieces = [child] if len(at) == 1 else [_piece(child, a, b) for a, b in zip(at, [*at[1:], None], strict=True)]
        segments[child] = (at, pieces)
        for piece in pieces:
            own = _bare(run)
            if properties is not None:
                own.append(deepcopy(properties))
            run.addprevious(own)
            own.append(piece)
    run.getparent().remove(run)


def _bare(run: Any) -> Any:
    """A run with the same attributes, without children."""
    return run.makeelement(run.tag, dict(run.attrib), run.nsmap)


def _piece(element: Any, start: int, end: int | None) -> Any:
    piece = element.makeelement(element.tag, dict(element.attrib), element.nsmap)
    piece.text = element.text[start:end]
    piece.set(qn("xml:space"), "preserve")
    return piece


def _whole_run(run: Any, length: int) -> list[Place | None]:
    element = run._r.find(qn("w:t"))
    return [(element, index) for index in range(min(length, len(element.text or "")))]


def _lines(article: Article) -> Iterator[list[tuple[str, int]]]:
    """Paragraphs of the text: characters with their offsets, without those of markup."""
    line: list[tuple[str, int]] = []
    for char, offset in _characters(article):
        if char == "\n":
            if any(not c.isspace() for c, _ in line):
                yield line
            line = []
        else:
            line.append((_ILLEGAL.sub(" ", char) if char != "\r" else " ", offset))
    if any(not c.isspace() for c, _ in line):
        yield line


def _characters(article: Article) -> Iterator[tuple[str, int]]:
    if article.format is not Format.HTML:
        yield from zip(article.text, range(len(article.text)), strict=True)
        return
    at = 0
    for mark in _MARKUP.finditer(article.text):
        yield from _inline(article.text, at, mark.start())
        if mark[0].startswith("&"):
            yield from ((char, mark.start()) for char in unescape(mark[0]))
        elif (mark[2] or "").lower() in _BLOCKS:
            yield "\n", mark.start()
        at = mark.end()
    yield from _inline(article.text, at, len(article.text))


def _inline(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    yield from ((" " if text[at] in "\r\n\t" else text[at], at) for at in range(start, end))

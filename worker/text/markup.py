"""Converts markup to plain text that maps each character to its offset in the submission."""

import html
import re
import unicodedata
from collections.abc import Sequence
from html.parser import HTMLParser

from factcheck.article import Format
from factcheck.errors import UnreadableSource
from factcheck.html_parser_guard import escape_stray_lt, unescape
from factcheck.ingest.text_with_front_matter import split_front_matter
from factcheck.sentences import line_wraps
from worker.text.editor_marks import without_editor_marks
from worker.text.pipeline_types import PlainText

_BLOCKS = frozenset(
    "address article aside blockquote dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p "
    "pre section table td th tr ul".split()
)
_SILENT = frozenset(
    "script style template noscript head svg math iframe object select textarea title button del s strike nav form".split()
)
"""Elements whose text is not part of the draft: code, controls, deleted and struck-out text."""
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_INVISIBLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.I)
_PARAGRAPH_MARK = "\u2029"


def read_article(source: str, form: Format) -> PlainText:
    """The text without markup, with line breaks between blocks. Never raises on broken markup.

    Joins wrapped lines by a space, drops soft hyphens, and expands ligatures.
    """
    if form is Format.HTML:
        plain = _read_html(source)
    elif form is Format.MARKDOWN:
        plain = _read_markdown(source)
    else:
        plain = _without(source, [(0, _front_matter_end(source)), *(m.span() for m in _TABLE_RULE.finditer(source))])
    return without_editor_marks(_unwrapped(_spelled_out(plain)))


_TABLE_RULE = re.compile(
    r"^[ \t]*(?:[|+][ \t]*)?:?[-=]+:?(?:[ \t]*[|+][ \t]*:?[-=]+:?)*(?:[ \t]*[|+])?[ \t]*(?=\r?$)", re.M
)
"""The line between header and rows of a table: `|---|---:|`, `+-----+----+`."""


def _front_matter_end(source: str) -> int:
    """The offset after the front matter; 0 if there is none, or it cannot be read."""
    if not source.startswith(("---", "+++")):
        return 0
    try:
        return len(source) - len(split_front_matter(source)[1])
    except UnreadableSource:
        return 0


def _without(source: str, ranges: Sequence[tuple[int, int]]) -> PlainText:
    """The source without these ranges, which are in order."""
    kept: list[int] = []
    at = 0
    for start, end in ranges:
        kept += range(at, start)
        at = max(at, end)
    kept += range(at, len(source))
    return PlainText("".join(source[i] for i in kept), (*kept, len(source)))


_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\ufb00-\ufb06]")
"""Soft hyphen, zero-width space, word joiner, byte order mark; Latin ligatures."""


def _spelled_out(plain: PlainText) -> PlainText:
    if _UNSEEN.search(plain.text) is None:
        return plain
    pairs = [
        (letter, offset)
        for char, offset in zip(plain.text, plain.offsets, strict=False)
        for letter in (_letters(char) if _UNSEEN.match(char) else char)
    ]
    return _text_of(pairs, plain.offsets[-1])


def _letters(char: str) -> str:
    return unicodedata.normalize("NFKC", char) if char >= "\ufb00" and char != "\ufeff" else ""


def _unwrapped(plain: PlainText) -> PlainText:
    pairs: list[tuple[str, int]] = []
    at = 0
    for start, end in line_wraps(plain.text):
        pairs += [*zip(plain.text[at:start], plain.offsets[at:start], strict=True), (" ", plain.offsets[start])]
        at = end
    if not at:
        return plain
    return _text_of([*pairs, *zip(plain.text[at:], plain.offsets[at:], strict=False)], plain.offsets[-1])


def _text_of(pairs: Sequence[tuple[str, int]], end: int) -> PlainText:
    return PlainText("".join(char for char, _ in pairs), (*(offset for _, offset in pairs), end))


class _Collector(HTMLParser):
    """Collects text with the offset of each character in the source."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._line_starts = [0, *(m.end() for m in re.finditer("\n", source))]
        self._silent: list[str] = []
        self.chars: list[str] = []
        self.offsets: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS and self._silent[:1] == ["p"]:
            self._silent.clear()  # the next block ends a paragraph
        if tag not in _VOID and (self._silent or tag in _SILENT or _is_hidden(attrs)):
            self._silent.append(tag)
        self._break_at(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self._silent.clear()  # the element that contains the hidden one has ended
        self._break_at(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break_at(tag)

    def handle_data(self, data: str) -> None:
        at = self._at()
        for i, char in enumerate(unescape(data)):
            self._add(" " if char in "\r\n\t" else char, at + i)

    def handle_entityref(self, name: str) -> None:
        self._add_reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add_reference(f"&#{name};")

    def _add_reference(self, reference: str) -> None:
        for char in html.unescape(reference):
            self._add(" " if char == "\xa0" else char, self._at())

    def _at(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def _add(self, char: str, offset: int) -> None:
        if not self._silent and not (char == " " and (not self.chars or self.chars[-1].isspace())):
            self.chars.append(char)
            self.offsets.append(offset)

    def _break_at(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break(_PARAGRAPH_MARK)
        elif tag == "br":
            self._break("\n")

    def _break(self, mark: str) -> None:
        """Adds a line break. Two of them end the paragraph, as the end of a block does."""
        if self._silent or not self.chars or self.chars[-1] == _PARAGRAPH_MARK:
            return
        if self.chars[-1] == "\n":
            self.chars[-1] = _PARAGRAPH_MARK
        else:
            self.chars.append(mark)
            self.offsets.append(self._at())


def _is_hidden(attrs: Sequence[tuple[str, str | None]]) -> bool:
    return any(name == "hidden" or (name == "style" and _INVISIBLE.search(value or "")) for name, value in attrs)


def _read_html(source: str) -> PlainText:
    collector = _Collector(source)
    collector.feed(escape_stray_lt(source))
    collector.close()
    # Paragraph marks become two line breaks, so that paragraphs are not joined.
    pairs = [
        (char, offset)
        for mark, offset in zip(collector.chars, collector.offsets, strict=True)
        for char in ("\n\n" if mark == _PARAGRAPH_MARK else mark)
    ]
    return _text_of(pairs, len(source))


_FENCE = re.compile(r"^(```|~~~)[^\n]*\n.*?^\1[^\n]*$", re.M | re.S)
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^)\n]{0,2048}\)")  # bounded, so that unclosed brackets are scanned once
_LINE_MARK = re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d{1,3}[.)][ \t]+)+", re.M)
_RULE = re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}$", re.M)
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|`")


# Struck-out text and comments; of HTML within Markdown, deletions, and the tags of insertions and breaks.
_STRUCK = re.compile(
    r"~~(?=\S)[^~\n]{1,2000}(?<=\S)~~[ \t]?|<!--.{0,2000}?-->|<(?P<tag>del|s|strike)\b[^<>]{0,200}>.{0,2000}?</(?P=tag)\s*>[ \t]?"
    r"|</?(?:ins|mark|u|b|i|em|strong|span|sup|sub)\b[^<>]{0,200}>",
    re.I | re.S,
)
# A heading ends with its line and a list item begins one, so neither is joined with other lines.
_ITEM_LINE = re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t][^\n]*|(?:[-*+]|\d{1,3}[.)])[ \t]+)", re.M)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.I)


def _read_markdown(source: str) -> PlainText:
    hidden = bytearray(len(source))
    matter_end = _front_matter_end(source)
    hidden[:matter_end] = b"\x01" * matter_end
    for pattern in (_FENCE, _LINE_MARK, _RULE, _TABLE_RULE, _STRUCK, _EMPHASIS):
        for mark in pattern.finditer(source):
            hidden[mark.start() : mark.end()] = b"\x01" * (mark.end() - mark.start())
    for link in _LINK.finditer(source):
        hidden[link.start() : link.start(1)] = b"\x01" * (link.start(1) - link.start())
        hidden[link.end(1) : link.end()] = b"\x01" * (link.end() - link.end(1))
    apart = {edge for item in _ITEM_LINE.finditer(source) for edge in (item.start() - 1, item.end())}
    text = _BREAK_TAG.sub(lambda tag: "\n" + "\0" * (len(tag[0]) - 1), source)
    pairs = [
        (char, i)
        for i in range(len(source))
        if not hidden[i] and text[i] != "\0"
        for char in ("\n\n" if i in apart and source[i : i + 2] != "\n\n" and text[i] == "\n" else text[i])
    ]
    return _text_of(pairs, len(source))

"""Marked-up text → plain text whose every character knows where it stood in the submission."""

import html
import re
from html.parser import HTMLParser

from factcheck.article import Format
from factcheck.stray_markup import escape_stray_lt, unescape
from worker.text.claim_in_context import PlainText
from worker.text.editor_marks import without_editor_marks

_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p "
    "pre section table td th tr ul".split()
)
_SILENT = frozenset("script style template noscript head svg math iframe object select textarea title button".split())


def read_article(source: str, form: Format) -> PlainText:
    """The words without markup; line breaks stand where blocks end. Never raises on broken markup."""
    if form is Format.HTML:
        plain = _read_html(source)
    elif form is Format.MARKDOWN:
        plain = _read_markdown(source)
    else:
        plain = PlainText(source, tuple(range(len(source) + 1)))
    return without_editor_marks(plain)


class _Collector(HTMLParser):
    """Gathers text runs with the offsets of their characters in the source."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self._line_starts = [0, *(m.end() for m in re.finditer("\n", source))]
        self._silent = 0
        self.chars: list[str] = []
        self.offsets: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in _BLOCKS:
            self._break()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self._break()

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

    def _break(self) -> None:
        if self.chars and self.chars[-1] != "\n":
            self.chars.append("\n")
            self.offsets.append(self._at())


def _read_html(source: str) -> PlainText:
    collector = _Collector(source)
    collector.feed(escape_stray_lt(source))
    collector.close()
    # A paragraph must not flow on into the next: break marks count double.
    chars, offsets = _doubled(collector.chars, collector.offsets)
    return PlainText("".join(chars), (*offsets, len(source)))


def _doubled(chars: list[str], offsets: list[int]) -> tuple[list[str], list[int]]:
    pairs = [(c, o) for char, o in zip(chars, offsets, strict=True) for c in ("\n\n" if char == "\n" else char)]
    return [c for c, _ in pairs], [o for _, o in pairs]


_FENCE = re.compile(r"^(```|~~~)[^\n]*\n.*?^\1[^\n]*$", re.M | re.S)
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^)\n]{0,2048}\)")  # bounded, so that brackets without end are read once
_LINE_MARK = re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d{1,3}[.)][ \t]+)+", re.M)
_RULE = re.compile(r"^[ \t]*(?:[-*_=][ \t]*){3,}$", re.M)
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|`")


def _read_markdown(source: str) -> PlainText:
    hidden = bytearray(len(source))
    for pattern in (_FENCE, _LINE_MARK, _RULE, _EMPHASIS):
        for mark in pattern.finditer(source):
            hidden[mark.start() : mark.end()] = b"\x01" * (mark.end() - mark.start())
    for link in _LINK.finditer(source):
        hidden[link.start() : link.start(1)] = b"\x01" * (link.start(1) - link.start())
        hidden[link.end(1) : link.end()] = b"\x01" * (link.end() - link.end(1))
    kept = [i for i in range(len(source)) if not hidden[i]]
    return PlainText("".join(source[i] for i in kept), (*kept, len(source)))

"""The draft under check, and spans of its text."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from factcheck.json_mapping import JsonFieldOptions

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")  # characters of two UTF-16 code units


class Field(StrEnum):
    """The field of an article or document that a span lies in."""

    TEXT = "text"
    TITLE = "title"


class Format(StrEnum):
    """Markup of the submitted text."""

    TEXT = "text"
    HTML = "html"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of the submitted text, in Unicode code points and in UTF-16 code units."""

    field: Annotated[Field, JsonFieldOptions("The part of the article or document.")]
    start: Annotated[int, JsonFieldOptions("First code point.")]
    end: Annotated[int, JsonFieldOptions("Code point after the last.")]
    utf16_start: Annotated[int, JsonFieldOptions(name="start", inside="utf16")]
    utf16_end: Annotated[int, JsonFieldOptions(name="end", inside="utf16")]

    def overlaps(self, other: "Span") -> bool:
        """True if both spans lie in the same field and share at least one code point."""
        return self.field == other.field and self.start < other.end and other.start < self.end


class OffsetConverter:
    """Converts offsets of one text to spans. Built once per text, so that a UTF-16 offset costs a binary search instead of a scan.

    >>> OffsetConverter(Field.TEXT, "a😀b").span(2, 3)
    Span(field=<Field.TEXT: 'text'>, start=2, end=3, utf16_start=3, utf16_end=4)
    """

    def __init__(self, field: Field, text: str) -> None:
        self.field = field
        self.text = text
        self._astral = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]

    def span(self, start: int, end: int) -> Span:
        """The span `text[start:end]`.

        Raises: `ValueError` where the range is empty, reversed or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is no span of a text of {len(self.text)} characters")
        return Span(self.field, start, end, self._utf16(start), self._utf16(end))

    def slice(self, span: Span) -> str:
        """The text of a span."""
        return self.text[span.start : span.end]

    def _utf16(self, offset: int) -> int:
        return offset + bisect_right(self._astral, offset - 1)


@dataclass(frozen=True, slots=True)
class Article:
    """A draft as submitted. `published_at` is an ISO 8601 date or date-time, None if the draft has no dateline."""

    text: str
    title: str | None
    published_at: str | None
    source: str | None
    url: str | None
    language: str | None
    format: Annotated[Format, JsonFieldOptions(missing=Format.TEXT)]

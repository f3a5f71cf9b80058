"""Text with markup, as LanguageTool clients send it: the text to check, and the mapping back to the text as sent."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from factcheck.article import Field, OffsetConverter, Span


@dataclass(frozen=True, slots=True)
class AnnotatedPiece:
    """A piece of the input (`sent`) and what it is read as: itself for text, `interpretAs` for markup."""

    sent: str
    read: str

    @property
    def is_text(self) -> bool:
        """True if the piece is text, so that offsets map one to one."""
        return self.sent == self.read


class AnnotatedText:
    """`sent` is the client's text with its markup, `read` what is checked.

    >>> text = AnnotatedText([AnnotatedPiece("<b>", ""), AnnotatedPiece("Feb. 10", "Feb. 10"), AnnotatedPiece("</b>", "")])
    >>> text.read, text.range_utf16(0, 7)
    ('Feb. 10', (3, 10))
    """

    def __init__(self, pieces: Sequence[AnnotatedPiece]) -> None:
        self._pieces = [piece for piece in pieces if piece.sent or piece.read]
        self.sent = "".join(piece.sent for piece in self._pieces)
        self.read = "".join(piece.read for piece in self._pieces)
        self._sent_at = list(accumulate((len(piece.sent) for piece in self._pieces), initial=0))
        self._read_at = list(accumulate((len(piece.read) for piece in self._pieces), initial=0))
        self._ruler = OffsetConverter(Field.TEXT, self.sent)

    def range_utf16(self, start: int, end: int) -> tuple[int, int]:
        """Maps the non-empty range `read[start:end]` to a half-open range of `sent` in UTF-16 code units.

        Text read in place of markup maps to the whole markup. Text with no counterpart in `sent` maps to an empty range.
        """
        first, last = self._source(start)[0], self._source(end - 1)[1]
        if first >= last:
            at = self._ruler.span(0, first).utf16_end if first else 0
            return at, at
        span = self._ruler.span(first, last)
        return span.utf16_start, span.utf16_end

    def of_span(self, span: Span) -> tuple[int, int]:
        """`range_utf16` of a span of `read`."""
        return self.range_utf16(span.start, span.end)

    def _source(self, at: int) -> tuple[int, int]:
        index = bisect_right(self._read_at, at) - 1
        piece, base = self._pieces[index], self._sent_at[index]
        if not piece.is_text:
            return base, base + len(piece.sent)
        offset = base + at - self._read_at[index]
        return offset, offset + 1


def plain(text: str) -> AnnotatedText:
    """A text without markup."""
    return AnnotatedText([AnnotatedPiece(text, text)])

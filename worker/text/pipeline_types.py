"""The types that the steps of the pipeline pass on: text, sentence, claim, passage."""

from dataclasses import dataclass
from datetime import date

from factcheck.article import OffsetConverter, Span
from factcheck.claim import Claim
from factcheck.evidence import Passage
from worker.text.syntax import ParsedText


@dataclass(frozen=True, slots=True)
class PlainText:
    """Plain text. `offsets[i]` is the position of character `i` in the submission; one entry more than characters."""

    text: str
    offsets: tuple[int, ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The range of `text[start:end]` in the submission."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article: plain text, syntax, and offsets in the submission."""

    index: int
    parsed: ParsedText
    readable: PlainText
    ruler: OffsetConverter
    base: int

    @property
    def text(self) -> str:
        """The sentence's plain text."""
        return self.parsed.text

    def span(self, start: int, end: int) -> Span:
        """The span of `text[start:end]` in the submission."""
        return self.ruler.span(*self.readable.source(self.base + start, self.base + end))


@dataclass(frozen=True, slots=True)
class ClaimInContext:
    """A claim with the context needed to check it.

    `start`/`end` bound it within its sentence. `own` lists the ranges that no other claim of the sentence covers, `words` is
    their text. `query` is the claim as a complete sentence: subject repeated, pronouns replaced. `anchor` is the dateline.
    """

    claim: Claim
    sentence: Sentence
    start: int
    end: int
    own: tuple[tuple[int, int], ...]
    words: str
    query: str
    context: str
    subject: str
    checkable: bool
    anchor: date | None

    def owns(self, start: int, end: int) -> bool:
        """True if `text[start:end]` of the sentence belongs to this claim and no other."""
        return any(a <= start and end <= b for a, b in self.own)


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A retrieved passage. `similarity` is its cosine with the claim, in [-1, 1]; `rank` 0 is the most similar."""

    passage: Passage
    parsed: ParsedText
    anchor: date | None
    similarity: float
    rank: int

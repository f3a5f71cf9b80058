"""What the steps hand to each other."""

from dataclasses import dataclass
from datetime import date

from factcheck.article import Span, SpanBuilder
from factcheck.claim import Claim
from factcheck.evidence import Passage
from worker.text.syntax import Parsed


@dataclass(frozen=True, slots=True)
class PlainText:
    """Plain text; `offsets[i]` is where character `i` stands in the submission (one entry more than characters)."""

    text: str
    offsets: tuple[int, ...]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """The submission's range of `text[start:end]`."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article: its plain text, its syntax, and the way back to the submission."""

    index: int
    parsed: Parsed
    readable: PlainText
    ruler: SpanBuilder
    base: int

    @property
    def text(self) -> str:
        """The sentence's plain words."""
        return self.parsed.text

    def span(self, start: int, end: int) -> Span:
        """Where `text[start:end]` stands in the submission."""
        return self.ruler.span(*self.readable.source(self.base + start, self.base + end))


@dataclass(frozen=True, slots=True)
class ClaimInContext:
    """A claim with what is needed to check it.

    `start`/`end` bound it within its line; `own` lists the ranges that no other claim of the line covers, `words` what stands
    there. `query` is the claim as a sentence of its own: subject repeated, pronouns replaced. `anchor` is the article's
    dateline.
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
        """True if `text[start:end]` of the line belongs to this claim and to no other."""
        return any(a <= start and end <= b for a, b in self.own)


@dataclass(frozen=True, slots=True)
class RankedPassage:
    """A passage set beside a claim. `similarity` to the claim in [-1, 1], a cosine; `rank` 0 is the most similar."""

    passage: Passage
    parsed: Parsed
    anchor: date | None
    similarity: float
    rank: int

"""Spans of the article, and conflicts between two of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from factcheck.article import Field, Span
from factcheck.verdict import ClaimSide, ConflictKind, InternalConflict, Suggestion
from worker.text.pipeline_types import Sentence


@dataclass(frozen=True, slots=True)
class ArticleSpan:
    """The words `sentence.text[start:end]`. `value` is their normal form, None if there is none."""

    sentence: Sentence
    start: int
    end: int
    value: str | None

    @property
    def span(self) -> Span:
        """Where the words stand in the submission."""
        return self.sentence.span(self.start, self.end)

    @property
    def text(self) -> str:
        """The words as submitted."""
        return self.sentence.ruler.slice(self.span)

    @property
    def in_title(self) -> bool:
        """True in the headline."""
        return self.sentence.ruler.field is Field.TITLE


def conflict(
    kind: ConflictKind,
    a: ArticleSpan,
    b: ArticleSpan | None,
    message: str,
    repairs: Sequence[tuple[ArticleSpan, str]] = (),
) -> InternalConflict:
    """`repairs` are (span, replacement) pairs. Each alone resolves the conflict."""
    return InternalConflict(kind, _side(a), _side(b) if b else None, message, tuple(_suggestions(repairs)))


def _side(place: ArticleSpan) -> ClaimSide:
    return ClaimSide(place.span, place.text, place.value)


def _suggestions(repairs: Sequence[tuple[ArticleSpan, str]]) -> list[Suggestion]:
    return [Suggestion(place.span, words) for place, words in repairs if words != place.text]

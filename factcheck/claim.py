"""A statement of the article that can be true or false."""

from dataclasses import dataclass

from factcheck.article import Span


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement. `id` is stable over edits elsewhere in the article; `text` is the span's own words."""

    id: str
    span: Span
    text: str
    sentence_index: int

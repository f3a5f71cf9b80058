"""A claim: a statement of the article that can be true or false."""

from dataclasses import dataclass

from factcheck.article import Span


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim. `id` is stable under edits elsewhere in the article; `text` is the text of the span."""

    id: str
    span: Span
    text: str
    sentence_index: int

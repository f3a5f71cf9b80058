"""The corpus and what it says on a claim."""

from dataclasses import dataclass
from enum import StrEnum

from factcheck.article import Span
from factcheck.origin import Origin


class Stance(StrEnum):
    """How a passage bears on a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Document:
    """One report of the corpus. `published_at` is ISO 8601 (date or date-time); None where it is unknown.

    `story` is alike for reports that are near-copies of one another. The document store gives it; None outside of it.
    `origin` says where an imported document came from; None for one that a client sent.
    """

    id: str
    title: str
    text: str
    source: str | None
    published_at: str | None
    url: str | None
    language: str | None
    tags: tuple[str, ...]
    retracted: bool
    corrects: str | None
    story: str | None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """What a report says of a document: everything but its text."""

    id: str
    title: str
    source: str | None
    published_at: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a document, with the sentences before and after it as context ("" at the document's edges).

    `story` is the document's, or its id where it has none: passages of one story are one witness.
    """

    document: DocumentRef
    index: int
    span: Span
    text: str
    before: str
    after: str
    story: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that search found. `score` is the engine's own (BM25), comparable within one answer only."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that bears on a claim. `score` in [0, 1] is the strength of the stance."""

    document: DocumentRef
    span: Span
    text: str
    stance: Stance
    score: float

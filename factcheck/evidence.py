"""Documents and passages of the corpus, and the evidence drawn from them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from factcheck.article import Span
from factcheck.import_origin import ImportOrigin
from factcheck.json_mapping import JsonFieldOptions


class Stance(StrEnum):
    """Stance of a passage towards a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the corpus. `published_at` is an ISO 8601 date or date-time, None if it is unknown.

    Near-duplicate documents have the same `story`. The document store assigns it; None outside of the store.
    `origin` says where an imported document came from; None for one that a client sent.
    `note` is the desk's reason for a retraction or correction by hand; an import of the same version leaves such a report alone.
    """

    id: str
    title: Annotated[str, JsonFieldOptions("Empty if there is none.", missing="")]
    text: str
    source: str | None
    published_at: Annotated[str | None, JsonFieldOptions("ISO 8601 date or date-time.")]
    url: str | None
    language: str | None
    tags: Annotated[tuple[str, ...], JsonFieldOptions(missing=())]
    retracted: Annotated[bool, JsonFieldOptions(missing=False)]
    corrects: str | None
    story: Annotated[str | None, JsonFieldOptions(write=False)]
    origin: Annotated[ImportOrigin | None, JsonFieldOptions("Of imported reports only.", if_set=True)] = None
    note: Annotated[
        str | None, JsonFieldOptions("Why the desk retracted or corrected it; only where it did.", if_set=True)
    ] = None


@dataclass(frozen=True, slots=True)
class ReplacedDocument:
    """What a document was before it was replaced. `replaced_at` is ISO 8601 in UTC; `replaced_by` as in the audit log, None
    where there is none.
    """

    document: Document
    replaced_at: Annotated[str, JsonFieldOptions("ISO 8601, UTC.")]
    replaced_by: Annotated[str | None, JsonFieldOptions("As in the audit log.")]


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document without its text, as a report cites it."""

    id: str
    title: str
    source: str | None
    published_at: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of a document. `before` and `after` are its neighbours, "" at the ends of the document.

    `story` is the document's story, or the document's id where it has none. Passages of one story count as one source.
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
    """A passage that the search returned. `score` is the engine's BM25 score, comparable within one result list only."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that is relevant to a claim. `score` in [0, 1] is the strength of the stance."""

    document: DocumentRef
    span: Span
    text: Annotated[str, JsonFieldOptions("The words of the span.")]
    stance: Annotated[Stance, JsonFieldOptions("How it bears on the claim.")]
    score: Annotated[float, JsonFieldOptions("Strength of the stance, 0 to 1.", digits=4)]

"""The job: one article against the corpus, as clients see it."""

from dataclasses import dataclass
from enum import StrEnum

from factcheck.article import Article
from factcheck.evidence import Document
from factcheck.verdict import Report
from factcheck.watch import Watch


class CheckStatus(StrEnum):
    """Where a check stands."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """True where nothing will change any more."""
        return self in {CheckStatus.FINISHED, CheckStatus.FAILED, CheckStatus.CANCELLED}


class Priority(StrEnum):
    """Whether somebody waits for the check. Interactive ones go first."""

    INTERACTIVE = "interactive"
    BATCH = "batch"


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How to check. Empty `include` means every source; `time_limit_s` bounds the work on the article, in seconds."""

    max_evidence: int
    sources_include: tuple[str, ...]
    sources_exclude: tuple[str, ...]
    time_limit_s: float
    priority: Priority = Priority.BATCH


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What a client asked for. `documents` replaces the stored corpus where it is given (None: the stored corpus)."""

    article: Article
    documents: tuple[Document, ...] | None
    as_of: str | None
    callback_url: str | None
    options: CheckOptions

    @property
    def evidence_until(self) -> str | None:
        """Reports published after this moment are no evidence: `as_of` where it is given, else the article's own date."""
        return self.as_of or self.article.published_at


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a check failed, as RFC 9457 says it: a stable type, a title, a detail for people."""

    type: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a check is, in claims; both zero until the claims are known."""

    claims_total: int
    claims_done: int


@dataclass(frozen=True, slots=True)
class Check:
    """A check's record. Times are ISO 8601 in UTC. `revision` grows with every change and makes the ETag.

    `watch` is there where the article is checked again when the corpus changes; `report` is then that of the last recheck.
    """

    id: str
    owner: str
    status: CheckStatus
    created_at: str
    started_at: str | None
    finished_at: str | None
    progress: Progress
    report: Report | None
    error: Problem | None
    revision: int
    watch: Watch | None = None

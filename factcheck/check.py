"""The check: one article against the corpus, as clients see it."""

from dataclasses import dataclass
from enum import StrEnum

from factcheck.article import Article
from factcheck.evidence import Document
from factcheck.verdict import Report
from factcheck.watch import Watch


class CheckStatus(StrEnum):
    """State of a check."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """True if the state cannot change again."""
        return self in {CheckStatus.FINISHED, CheckStatus.FAILED, CheckStatus.CANCELLED}


class Priority(StrEnum):
    """Queue priority. The queue serves interactive checks before batch checks."""

    INTERACTIVE = "interactive"
    BATCH = "batch"


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """Options of a check. An empty `sources_include` means every source.

    `time_limit_s` bounds the processing of the article, in seconds.
    """

    max_evidence: int
    sources_include: tuple[str, ...]
    sources_exclude: tuple[str, ...]
    time_limit_s: float
    priority: Priority = Priority.BATCH


@dataclass(frozen=True, slots=True)
class OtherDocuments:
    """The part of the archive that may speak against one of its own reports: all but that report and its near-duplicates,
    and nothing older. Reports without a date count.

    `document_id` and `story` are the report's; `since` is its date, None if it has none.
    """

    document_id: str
    story: str | None
    since: str | None


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """A client's request. `documents`, where given, replaces the stored corpus for this check.

    `others` is set where a report of the archive is checked against the other ones.
    """

    article: Article
    documents: tuple[Document, ...] | None
    as_of: str | None
    callback_url: str | None
    options: CheckOptions
    others: OtherDocuments | None = None

    @property
    def evidence_until(self) -> str | None:
        """Reports published after this moment are no evidence: `as_of` where it is given, else the article's own date."""
        return self.as_of or self.article.published_at


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a check failed, as problem details (RFC 9457): a stable type, a title and a detail."""

    type: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress in claims. Both numbers are zero until the claims are known."""

    claims_total: int
    claims_done: int


@dataclass(frozen=True, slots=True)
class Check:
    """Record of a check. Times are ISO 8601 in UTC. `revision` grows with every change; the ETag is derived from it.

    `watch` is set where the article is rechecked when the corpus changes. `report` is then the report of the last recheck.
    `article_id` names the article in its history, of which this check is version number `version`, from 1; both are None
    for a check that no history keeps. `submitted_by` names a person or an API key.
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
    article_id: str | None = None
    version: int | None = None
    submitted_by: str | None = None

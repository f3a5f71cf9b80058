"""Ports: the interfaces between the parts, in domain terms. A port's fake and its adapter pass the same tests."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeAlias, TypeVar

from factcheck.audit_log import AuditEntry
from factcheck.bulk_job import BulkJob, JobFinding, JobKind, JobStatus
from factcheck.check import Check, CheckRequest, CheckStatus, Problem, Progress
from factcheck.check_history import ArticleFilter, ArticleState, CheckedVersion
from factcheck.claim_tracking import TrackedClaim
from factcheck.corpus_version import CorpusVersion
from factcheck.decision import Decision, DecisionEntry
from factcheck.disagreement_decision import DisagreementDecision, DisagreementDecisionEntry
from factcheck.evidence import Candidate, Document, ReplacedDocument
from factcheck.verdict import Report, Verdict
from factcheck.watch import Flip, RecheckState, Watch


@dataclass(frozen=True, slots=True)
class PassageQuery:
    """A search query: plain words, ranked by BM25. Dates are ISO days, inclusive. Empty tuples do not filter.

    `published_from` and `published_to` leave out documents without a date; `not_after` keeps them, and leaves out later ones.
    Of the `limit` places, `newest` go to the latest reports among those that match well and would else be left out.
    """

    words: str
    limit: int
    sources_include: tuple[str, ...] = ()
    sources_exclude: tuple[str, ...] = ()
    published_from: str | None = None
    published_to: str | None = None
    not_after: str | None = None
    newest: int = 0


class PassageSearch(Protocol):
    """Ranked passages of one corpus.

    Raises: `IndexUnavailable`.
    """

    def search(self, query: PassageQuery) -> list[Candidate]:
        """At most `query.limit` passages, best first; never from a retracted or deleted document."""

    def revision(self) -> str:
        """Identifies the state of the corpus that `search` sees. Changes with every change of the corpus."""

    def documents(self) -> int:
        """Number of documents that `search` sees."""


class IndexedSearch(PassageSearch, Protocol):
    """A `PassageSearch` over the stored corpus, whose index follows the changelog.

    Raises: `IndexUnavailable`.
    """

    def position(self) -> CorpusVersion:
        """The corpus version that the index has reached."""

    def wait_for(self, position: CorpusVersion, timeout_s: float) -> bool:
        """True as soon as the index has reached `position`, False after `timeout_s`."""


class PassageEmbeddingCodes(Protocol):
    """Vectors of archive passages as short codes, by a key made from the passage's text. Kept beside the index.

    Raises: `IndexUnavailable` where codes cannot be written. Codes that cannot be read count as missing.
    """

    def read(self, keys: Sequence[int]) -> dict[int, bytes]:
        """The codes that are known. Keys have 64 bits, signed."""

    def write(self, codes: Mapping[int, bytes], position: CorpusVersion | None = None) -> None:
        """Adds codes. `position` says that all passages of the corpus have a code up to that version."""

    def position(self) -> CorpusVersion | None:
        """The last position written; None if not all passages have been encoded yet."""


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list. `cursor` is opaque, and None on the last page."""

    items: tuple[Item, ...]
    cursor: str | None


class DocumentSort(StrEnum):
    """What the list of documents is sorted by."""

    ID = "id"
    DATE = "published_at"
    SOURCE = "source"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """Which documents to list: of a source (regardless of case), of days (ISO, inclusive), or without a date."""

    source: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    is_undated: bool = False


@dataclass(frozen=True, slots=True)
class ArchiveRecency:
    """How recent the archive is. `newest` is the date of its latest report, None if none has one. `days` are the last
    days with the number of reports of each, oldest first, today last.
    """

    documents: int
    undated: int
    newest: str | None
    days: tuple[tuple[str, int], ...]


class DocumentStore(Protocol):
    """The system of record of the corpus.

    Raises: `StoreUnavailable`.
    """

    def put(self, document: Document, by: str | None = None) -> bool:
        """Stores or replaces a document. True if the id is new.

        `by` is the actor of the audit entry, written in the same transaction. None writes no entry. The same holds below.
        """

    def get(self, document_id: str) -> Document:
        """The document.

        Raises: `UnknownDocument`.
        """

    def remove(self, document_id: str, by: str | None = None) -> None:
        """Removes the document.

        Raises: `UnknownDocument`.
        """

    def page(self, cursor: str | None, limit: int) -> Page[Document]:
        """Documents in the order of their ids."""

    def versions(self, document_id: str) -> tuple[ReplacedDocument, ...]:
        """What was replaced under this id, newest first. The oldest are dropped.

        Raises: `UnknownDocument`.
        """


class SortedDocuments(Protocol):
    """The corpus as a list in several orders.

    Raises: `StoreUnavailable`.
    """

    def sorted_page(
        self, wanted: DocumentFilter, sort: DocumentSort, is_descending: bool, cursor: str | None, limit: int
    ) -> Page[Document]:
        """Documents that the filter keeps. Only an empty one goes with the orders by title and id.

        Raises: `InvalidInput` at `/cursor`.
        """

    def matching(self, wanted: DocumentFilter) -> int:
        """Number of documents that the filter keeps."""

    def freshness(self, today: str, days: int) -> ArchiveRecency:
        """Of the whole corpus, with the last `days` days up to the ISO day `today`."""


class AuditLog(Protocol):
    """Who changed what, and when. The store that makes a change writes its entry.

    Raises: `StoreUnavailable`.
    """

    def page(self, cursor: str | None, limit: int) -> Page[AuditEntry]:
        """Entries, newest first.

        Raises: `InvalidInput` at `/cursor`.
        """


class CheckRepository(Protocol):
    """Checks as the service uses them: submit, read, drop.

    Raises: `StoreUnavailable`, `Busy`.
    """

    def submit(self, check: Check, request: CheckRequest, idempotency: "IdempotencyKey | None") -> Check:
        """Records and enqueues the check in one transaction. Returns the earlier check where the idempotency key is known.

        Raises: `IdempotencyConflict` where the key was used with another body.
        """

    def get(self, check_id: str, owner: str) -> Check:
        """The check, with the verdicts known so far.

        Raises: `UnknownCheck`, `ExpiredCheck`.
        """

    def drop(self, check_id: str, owner: str, by: str | None = None, forget: bool = False) -> None:
        """Cancels a queued or running check, or deletes an ended one. A cancelled check keeps its article and verdicts,
        unless it is to be forgotten at once.

        `by` is the actor of the audit entry; None writes no entry.

        Raises: `UnknownCheck`, `ExpiredCheck`.
        """

    def page(self, owner: str, status: CheckStatus | None, cursor: str | None, limit: int) -> Page[Check]:
        """Checks of the owner, newest first, without reports."""


class CheckHistory(Protocol):
    """Articles and their checks as versions.

    Raises: `StoreUnavailable`.
    """

    def page(self, owner: str, wanted: ArticleFilter, cursor: str | None, limit: int) -> Page[ArticleState]:
        """Articles of the owner, last checked first. Fewer than `limit` where the search took long; the cursor goes on."""

    def get(self, owner: str, article_id: str) -> ArticleState:
        """The article.

        Raises: `UnknownArticle`.
        """

    def count(self, owner: str, first: str | None, last: str | None) -> int:
        """Number of articles whose newest check lies within these ISO days, inclusive."""

    def recent(self, owner: str, since: str, limit: int) -> Page[ArticleState]:
        """Articles of the owner checked since a time (ISO 8601, UTC), last checked first. The cursor is set where more
        than `limit` are.
        """

    def flipped(self, owner: str) -> tuple[ArticleState, ...]:
        """Watched articles of the owner with a verdict that a recheck has flipped, last checked first."""

    def versions(self, owner: str, article_id: str, cursor: str | None, limit: int) -> Page[CheckedVersion]:
        """Versions of the article, newest first. `cursor` is the number of the last version of the page before.

        Raises: `UnknownArticle`.
        """

    def forget(self, owner: str, article_id: str, by: str | None = None) -> None:
        """Deletes the article: its checks with text and verdicts, and the decisions on them. Running checks are cancelled.

        `by` is the actor of the audit entry; None writes no entry.

        Raises: `UnknownArticle`.
        """


class DecisionStore(Protocol):
    """Decisions on the claims of articles.

    Raises: `StoreUnavailable`.
    """

    def read(self, owner: str, article_id: str) -> tuple[Decision, ...]:
        """All decisions on claims of the article."""

    def decide(
        self,
        owner: str,
        article_id: str,
        claim: TrackedClaim,
        entry: DecisionEntry,
        known: str | None,
        seen: int | None,
    ) -> Decision:
        """Adds an entry to the decision `known` (its id), or to a new one. `seen` is the state that the editor saw; None
        does not compare.

        Raises: `DecisionConflict` where the decision is in another state.
        """

    def move(self, owner: str, article_id: str, decisions: Sequence[Decision]) -> None:
        """Records that the decisions stand on other words now."""

    def dismissed(self, owner: str, claims: Sequence[TrackedClaim]) -> set[str]:
        """Ids of those claims that were dismissed under the same label, in whichever article of the owner."""


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """A client's Idempotency-Key and the SHA-256 of the body sent with it."""

    key: str
    body_sha256: str


class CheckExecution(Protocol):
    """Checks as the worker uses them. Writes are fenced by the execution.

    Raises: `StaleExecution`, `CheckCancelled`.
    """

    def start(self, check_id: str, execution: str) -> CheckRequest:
        """Assigns the check to this execution and returns the request.

        Raises: `UnknownCheck`, `ExpiredCheck`.
        """

    def record(self, check_id: str, execution: str, verdict: Verdict | None, claims_total: int) -> None:
        """Adds one verdict (None: only the total is known yet). Recording a claim twice has the effect of once."""

    def finish(self, check_id: str, execution: str, report: Report) -> None:
        """Ends the check with `report`."""

    def fail(self, check_id: str, execution: str, problem: Problem) -> None:
        """Ends the check with `problem`."""


class EventKind(StrEnum):
    """What changed in a check."""

    PROGRESS = "progress"
    CLAIM = "claim"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class CheckEvent:
    """One change of a check. `id` orders events and resumes after them. `verdict` is set for `claim` only."""

    id: str
    kind: EventKind
    status: CheckStatus
    progress: Progress
    verdict: Verdict | None


class CheckEventReader(Protocol):
    """Waiting for changes of a check, for long polls and server-sent events.

    Raises: `StoreUnavailable`.
    """

    def wait_for_change(self, check_id: str, after_event_id: str | None, timeout_s: float) -> list[CheckEvent]:
        """The events after `after_event_id` (None: from the first), as soon as there is one; [] at the timeout."""

    def wait_until_done(self, check_id: str, timeout_s: float) -> bool:
        """True as soon as the check has ended. False at the timeout, or where the check does not exist."""


class BulkDocumentStore(Protocol):
    """Operations on the whole corpus.

    Raises: `StoreUnavailable`.
    """

    def put_many(self, documents: Sequence[Document], by: str | None = None) -> list[bool]:
        """Stores or replaces all documents, or none. True for each new id.

        Raises: `InvalidInput` at `/0/id`, `/1/id` …
        """

    def export(self) -> Iterator[Document]:
        """Every document in the order of ids. A document written or removed during the export may or may not appear."""

    def count(self) -> int:
        """Number of stored documents, including retracted ones."""


@dataclass(frozen=True, slots=True)
class CorpusChange:
    """A write or removal of a document. `document` is its current state, None if it is removed."""

    position: CorpusVersion
    document_id: str
    document: Document | None


class Changelog(Protocol):
    """Changes of the corpus, as read by one index host.

    Raises: `StoreUnavailable`.
    """

    def position(self) -> CorpusVersion:
        """Position of the newest change."""

    def read(self, after: CorpusVersion, limit: int, timeout_s: float) -> list[CorpusChange]:
        """Up to `limit` changes after `after`, oldest first; [] if none arrived within `timeout_s`.

        Raises: `ChangelogLost`.
        """

    def documents(self) -> Iterator[Document]:
        """Every document of the corpus, for a rebuild. A concurrent write may be missing here, but appears in the changes."""

    def commit(self, host: str, position: CorpusVersion) -> None:
        """Records that this host has applied all changes up to `position`. Changes that all hosts have applied are dropped."""


@dataclass(frozen=True, slots=True)
class EntailmentScores:
    """Probabilities that a premise entails, is neutral to, or contradicts a hypothesis. They sum to 1."""

    supported: float
    unverified: float
    contradicted: float


class EntailmentModel(Protocol):
    """A natural language inference (NLI) model."""

    def name(self) -> str:
        """Name and version, as the report shows it."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[EntailmentScores]:
        """(premise, hypothesis) → probabilities, in the order of `pairs`. Premises are truncated to the model's input limit."""


VerdictSink: TypeAlias = Callable[[Verdict | None, int], None]
"""Receives each verdict as soon as it is known (None: only the number of claims is known yet), and the number of claims."""


@dataclass(frozen=True, slots=True)
class PendingWebhook:
    """A webhook that is due: the check has ended, or a recheck has flipped a verdict. `tries` counts earlier attempts.

    `recheck` is the number of the recheck, None for the end of the check.
    """

    check: Check
    url: str
    tries: int
    recheck: int | None = None

    @property
    def id(self) -> str:
        """Id within the outbox."""
        return self.check.id if self.recheck is None else f"{self.check.id}:{self.recheck}"

    @property
    def flips(self) -> tuple[Flip, ...]:
        """Flips of the recheck; empty for the end of the check."""
        return self.check.watch.flipped_by(self.recheck) if self.check.watch and self.recheck else ()


class WebhookOutbox(Protocol):
    """Webhooks that are due. Each one is kept until it is settled.

    Raises: `StoreUnavailable`.
    """

    def take(self, lease_s: float) -> PendingWebhook | None:
        """Leases a due webhook to this process; None if none is due. It is due again when the lease expires."""

    def settle(self, callback_id: str) -> None:
        """Removes a webhook that was delivered or abandoned."""

    def disable(self, callback_id: str) -> None:
        """Settles the webhook, and sends no further webhook for its check, watched or not."""

    def postpone(self, callback_id: str, delay_s: float) -> None:
        """Makes the webhook due again after `delay_s`."""


@dataclass(frozen=True, slots=True)
class WatchedCheck:
    """A finished check whose article is watched, and the request to repeat it."""

    check: Check
    report: Report
    watch: Watch
    order: CheckRequest


class WatchList(Protocol):
    """The checks whose articles are watched.

    Raises: `StoreUnavailable`.
    """

    def lead(self, lease_s: float) -> bool:
        """Acquires or renews the lease to schedule rechecks. True for one process at a time."""

    def watched(self) -> list[str]:
        """Ids of all checks with an active watch, including checks that have not ended."""

    def read(self, check_id: str) -> WatchedCheck | None:
        """The watched check; None if it has not ended, or no longer exists."""

    def renew(self, check_id: str, report: Report, watch: Watch | None) -> bool:
        """Replaces report and watch (None: there is none), and enqueues a webhook where the recheck flipped a verdict.

        False if the check no longer exists.
        """


class RecheckStates(Protocol):
    """Persistent recheck states of the watched checks, so that a restart loses nothing.

    Raises: `StoreUnavailable`.
    """

    def load(self) -> dict[str, RecheckState]:
        """All states by check id."""

    def save(self, check_id: str, state: RecheckState | None) -> None:
        """Stores the state; None deletes it."""

    def position(self) -> CorpusVersion | None:
        """The corpus version up to which all watched checks were examined; None at first."""

    def advance(self, position: CorpusVersion) -> None:
        """Records that all watched checks were examined up to `position`."""


class MetricSink(Protocol):
    """Sums of counters over all workers.

    Raises: `StoreUnavailable`.
    """

    def add(self, amounts: Mapping[str, float]) -> None:
        """Adds an amount to each series (see `factcheck.metric_names`)."""


class VerdictCacheStore(Protocol):
    """Cache of earlier verdicts. A cache key covers all inputs of the verdict. Entries may be evicted at any time.

    Never raises: a missing verdict is computed again.
    """

    def recall(self, cache_keys: Sequence[str]) -> list[Verdict | None]:
        """The cached verdict of each cache key; None if there is none."""

    def keep(self, verdicts: Mapping[str, Verdict]) -> None:
        """Caches each verdict under its cache key."""


class ParseCacheStore(Protocol):
    """Storage of parsed sentences of articles, shared by the workers. A store that fails counts as empty."""

    def recall(self, cache_keys: Sequence[str]) -> list[bytes | None]:
        """One stored value or None per key, in order."""

    def keep(self, parses: Mapping[str, bytes]) -> None:
        """Stores new values."""


class BulkJobRepository(Protocol):
    """Bulk jobs as the service uses them.

    Raises: `StoreUnavailable`.
    """

    def start(self, job: BulkJob) -> None:
        """Records the job and hands it to the workers.

        Raises: `JobUnderWay` where the owner has another job of this kind that has not ended.
        """

    def get(self, kind: JobKind, owner: str, job_id: str) -> BulkJob:
        """The job.

        Raises: `UnknownJob`.
        """

    def page(self, kind: JobKind, owner: str) -> tuple[BulkJob, ...]:
        """The kept jobs of the owner, newest first."""

    def move(self, kind: JobKind, owner: str, job_id: str, status: JobStatus) -> BulkJob:
        """Pauses, resumes or cancels the job. Nothing happens where it is in that state already.

        Raises: `UnknownJob`; `JobEnded` where it has ended in another one.
        """

    def noted(self, job_id: str, notes: Sequence[str]) -> set[str]:
        """Those that the job has noted."""

    def findings(self, job_id: str, cursor: str | None, limit: int, by_weight: bool = False) -> Page[JobFinding]:
        """What the job has found so far, oldest first, or with the greatest weight first.

        Raises: `InvalidInput` at `/query/cursor`.
        """

    def finding(self, job_id: str, key: str) -> JobFinding | None:
        """One of them; None where the job has not found it."""


class DisagreementDecisionStore(Protocol):
    """Decisions on passages of the archive that disagree. `key` is that of `disagreement_decision.passages_key`.

    Raises: `StoreUnavailable`.
    """

    def read(self, keys: Sequence[str]) -> dict[str, DisagreementDecision]:
        """Those that were decided on."""

    def decide(self, key: str, entry: DisagreementDecisionEntry, seen: int | None) -> DisagreementDecision:
        """Adds an entry. `seen` is the state that the editor saw; None does not compare.

        Raises: `DecisionConflict` where the decision is in another state.
        """


class BulkJobExecution(Protocol):
    """Bulk jobs as the worker uses them. Each write is fenced by what the caller has read.

    Raises: `StoreUnavailable`.
    """

    def active(self) -> tuple[BulkJob, ...]:
        """Jobs that have not ended, and cancelled ones with checks in flight, oldest first."""

    def flight(self, job_id: str) -> dict[str, tuple[str, int]]:
        """Item → id of the check on it, and number of tries so far."""

    def begin(self, job: BulkJob, cursor: str, item: str | None, check_id: str, note: str | None = None) -> bool:
        """Moves the job's cursor and records the check on `item`; None: an item was left out. `note` is kept with the job.

        False if the job was changed meanwhile.
        """

    def retry(self, job_id: str, item: str, held: tuple[str, int], check_id: str) -> bool:
        """Notes another check on the item. False if `held` is not its state any more."""

    def settle(self, job_id: str, item: str, check_id: str, findings: Sequence[JobFinding] | None) -> bool:
        """The check on the item has ended; findings None: it failed. False if it was settled before."""

    def end(self, job: BulkJob) -> None:
        """Ends the job where nothing of it is in flight."""

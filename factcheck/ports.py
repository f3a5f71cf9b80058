"""What the parts need of each other, in domain terms. A Protocol's fake and real adapter pass the same tests."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeAlias, TypeVar

from factcheck.audit import AuditEntry
from factcheck.check import Check, CheckRequest, CheckStatus, Problem, Progress
from factcheck.corpus_version import CorpusVersion
from factcheck.evidence import Candidate, Document
from factcheck.verdict import Report, Verdict
from factcheck.watch import Flip, RecheckState, Watch


@dataclass(frozen=True, slots=True)
class PassageQuery:
    """What to look for: plain words, ranked by BM25. Dates are ISO days, inclusive; empty tuples filter nothing.

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
    """Ranked passages of one corpus. Raises `IndexUnavailable`."""

    def search(self, query: PassageQuery) -> list[Candidate]:
        """At most `query.limit` passages, best first; never one of a retracted or deleted document."""

    def revision(self) -> str:
        """Names the state of the corpus that `search` sees; changes with every change of it."""

    def documents(self) -> int:
        """How many documents `search` sees."""


class IndexedSearch(PassageSearch, Protocol):
    """A `PassageSearch` over the stored corpus, whose index follows the changelog. Raises `IndexUnavailable`."""

    def position(self) -> CorpusVersion:
        """Up to which change of the corpus the index has come."""

    def wait_for(self, position: CorpusVersion, timeout_s: float) -> bool:
        """True as soon as the index has come to `position`, False where it has not in time."""


Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a listing; `cursor` is opaque and None on the last page."""

    items: tuple[Item, ...]
    cursor: str | None


class DocumentStore(Protocol):
    """The system of record of the corpus. Raises `StoreUnavailable`."""

    def put(self, document: Document, by: str | None = None) -> bool:
        """Store or replace; True where the id is new.

        `by` is who stands in the audit log for it, here and below, in the same transaction; None: it has no line.
        """

    def get(self, document_id: str) -> Document:
        """Raises `UnknownDocument`."""

    def remove(self, document_id: str, by: str | None = None) -> None:
        """Raises `UnknownDocument`."""

    def page(self, cursor: str | None, limit: int) -> Page[Document]:
        """Documents in the order of their ids."""


class AuditLog(Protocol):
    """Who changed what, and when; written by whoever changes something. Raises `StoreUnavailable`."""

    def page(self, cursor: str | None, limit: int) -> Page[AuditEntry]:
        """Newest first. Raises `InvalidInput` at `/cursor`."""


class CheckRepository(Protocol):
    """The service's side of checks: hand in, read, drop. Raises `StoreUnavailable`, `Busy`."""

    def submit(self, check: Check, order: CheckRequest, idempotency: "Idempotency | None") -> Check:
        """Record and enqueue in one transaction; answers the earlier check where the idempotency key is known.

        Raises `IdempotencyConflict` where that key came with another body.
        """

    def get(self, check_id: str, owner: str) -> Check:
        """With the verdicts known so far. Raises `UnknownCheck`, `ExpiredCheck`."""

    def drop(self, check_id: str, owner: str, by: str | None = None) -> None:
        """Cancel where it is queued or running; forget where it is over. Raises `UnknownCheck`, `ExpiredCheck`.

        `by` is who stands in the audit log for it; None: it has no line.
        """

    def page(self, owner: str, status: CheckStatus | None, cursor: str | None, limit: int) -> Page[Check]:
        """Newest first, without reports."""


@dataclass(frozen=True, slots=True)
class Idempotency:
    """A client's Idempotency-Key and the SHA-256 of the body it came with."""

    key: str
    body_sha256: str


class CheckExecution(Protocol):
    """The worker's side of a check. Writes are fenced by the execution: raises `StaleExecution`, `CheckCancelled`."""

    def start(self, check_id: str, execution: str) -> CheckRequest:
        """Claim the check for this execution and hand out the order. Raises `UnknownCheck`, `ExpiredCheck`."""

    def record(self, check_id: str, execution: str, verdict: Verdict | None, claims_total: int) -> None:
        """One verdict more (None: only the total is known now). Writing the same claim twice is the same as once."""

    def finish(self, check_id: str, execution: str, report: Report) -> None:
        """The check is done; readers see `report`."""

    def fail(self, check_id: str, execution: str, problem: Problem) -> None:
        """The check cannot be done."""


class EventKind(StrEnum):
    """What changed in a check."""

    PROGRESS = "progress"
    CLAIM = "claim"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class CheckEvent:
    """One change of a check. `id` orders events and resumes after them; `verdict` is there for `claim` only."""

    id: str
    kind: EventKind
    status: CheckStatus
    progress: Progress
    verdict: Verdict | None


class CheckEvents(Protocol):
    """Waiting for a check, for long polls and server-sent events. Raises `StoreUnavailable`."""

    def wait_for_change(self, check_id: str, after_event_id: str | None, timeout_s: float) -> list[CheckEvent]:
        """The events after that one (None: from the first on), as soon as there are any; [] at the timeout."""

    def wait_until_done(self, check_id: str, timeout_s: float) -> bool:
        """True as soon as the check is over, False at the timeout or where the check does not exist."""


class CheckReaper(Protocol):
    """Ends checks that no job will ever end. Raises `StoreUnavailable`."""

    def reap(self, problem: Problem) -> list[str]:
        """Fail, for that reason, each unfinished check whose job is gone or over; answers their ids."""


class BulkDocumentStore(Protocol):
    """The corpus as a whole. Raises `StoreUnavailable`."""

    def put_many(self, documents: Sequence[Document], by: str | None = None) -> list[bool]:
        """Store or replace, all or none; True for each whose id is new. Raises `InvalidInput` at `/0/id`, `/1/id` …"""

    def export(self) -> Iterator[Document]:
        """Every document in the order of ids. Of those written or removed meanwhile, some may show and some not."""

    def count(self) -> int:
        """How many documents the record holds, retracted ones too."""


@dataclass(frozen=True, slots=True)
class Change:
    """A document that was written or removed, as it is now: None where it is gone."""

    position: CorpusVersion
    document_id: str
    document: Document | None


class Changelog(Protocol):
    """What happened to the corpus, for one index host. Raises `StoreUnavailable`."""

    def position(self) -> CorpusVersion:
        """The newest change."""

    def read(self, after: CorpusVersion, limit: int, timeout_s: float) -> list[Change]:
        """Up to `limit` changes after it, oldest first; [] where none came in time. Raises `ChangelogLost`."""

    def documents(self) -> Iterator[Document]:
        """Every document of the corpus, for a rebuild; a write meanwhile may not show here, but does in the changes."""

    def commit(self, host: str, position: CorpusVersion) -> None:
        """This host needs nothing up to there any more; changes that no host needs are dropped."""


@dataclass(frozen=True, slots=True)
class EntailmentScores:
    """Probabilities that a premise entails, says nothing on, or contradicts a hypothesis; they sum to 1."""

    supported: float
    unverified: float
    contradicted: float


class EntailmentModel(Protocol):
    """A model that reads premise and hypothesis."""

    def name(self) -> str:
        """Name and version, as the report shows it."""

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[EntailmentScores]:
        """Premise, hypothesis → probabilities, in the order given. Long premises are read to the model's limit only."""


VerdictSink: TypeAlias = Callable[[Verdict | None, int], None]
"""Called with each verdict as soon as it is known (None: only the number of claims is known yet) and that number."""


@dataclass(frozen=True, slots=True)
class PendingWebhook:
    """A check whose client wants to be told: that it is over, or what a recheck has changed. `tries` counts earlier ones.

    `recheck` is None, or the number of the recheck that flipped something.
    """

    check: Check
    url: str
    tries: int
    recheck: int | None = None

    @property
    def id(self) -> str:
        """Names it in its box."""
        return self.check.id if self.recheck is None else f"{self.check.id}:{self.recheck}"

    @property
    def flips(self) -> tuple[Flip, ...]:
        """What the recheck has changed."""
        return self.check.watch.flipped_by(self.recheck) if self.check.watch and self.recheck else ()


class WebhookOutbox(Protocol):
    """Callbacks that are due, each one kept until it is settled. Raises `StoreUnavailable`."""

    def take(self, lease_s: float) -> PendingWebhook | None:
        """One that is due, for this process alone: after `lease_s` without a word it is due again. None: nothing is due."""

    def settle(self, callback_id: str) -> None:
        """Told, or given up."""

    def disable(self, callback_id: str) -> None:
        """Settled; and its check calls nobody back any more, whatever happens to a watched article."""

    def postpone(self, callback_id: str, delay_s: float) -> None:
        """Due again after that time."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A check that is over and whose article is watched: what is known of it, and how to check it again."""

    check: Check
    report: Report
    watch: Watch
    order: CheckRequest


class WatchList(Protocol):
    """The checks whose articles are watched. Raises `StoreUnavailable`."""

    def lead(self, lease_s: float) -> bool:
        """True where this process, and no other, is to follow the corpus until the lease ends or is renewed."""

    def watched(self) -> list[str]:
        """Ids of all watched checks, those not over yet among them; without those whose watch has ended."""

    def read(self, check_id: str) -> Watched | None:
        """None where the check is not over yet, or gone."""

    def renew(self, check_id: str, report: Report, watch: Watch) -> bool:
        """Readers see this report from now on, and are called back where its recheck flipped something.

        False where the check is gone.
        """


class RecheckStates(Protocol):
    """Where each watched check stands, so that a restart loses nothing. Raises `StoreUnavailable`."""

    def load(self) -> dict[str, RecheckState]:
        """By check id."""

    def save(self, check_id: str, state: RecheckState | None) -> None:
        """None forgets the check."""

    def position(self) -> CorpusVersion | None:
        """Up to which change of the corpus all checks were looked at; None at first."""

    def advance(self, position: CorpusVersion) -> None:
        """They were looked at up to there."""


class MetricSink(Protocol):
    """Sums that metrics tell. Raises `StoreUnavailable`."""

    def add(self, amounts: Mapping[str, float]) -> None:
        """Add to each series (see `factcheck.metric_names`)."""


class VerdictStore(Protocol):
    """Verdicts of earlier checks, under names that stand for all that decided them. It may forget at any time.

    Never raises: what cannot be remembered is judged again.
    """

    def recall(self, names: Sequence[str]) -> list[Verdict | None]:
        """What was kept under each name; None where nothing is."""

    def keep(self, verdicts: Mapping[str, Verdict]) -> None:
        """Keep each verdict under its name, for a while."""

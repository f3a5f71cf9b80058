"""The adapters of an app in one object: set by `create_app`, read by views through `services()`."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias, cast

from flask import current_app, g

from factcheck.api_keys import LOCAL_OWNER
from factcheck.article import Article
from factcheck.check import Check, CheckRequest, CheckStatus
from factcheck.check_history import moved_decisions
from factcheck.claim_tracking import decided
from factcheck.errors import Busy, StoreUnavailable
from factcheck.ports import (
    AuditLog,
    BulkDocumentStore,
    BulkJobRepository,
    CheckEventReader,
    CheckHistory,
    CheckRepository,
    DecisionStore,
    DisagreementDecisionStore,
    DocumentStore,
    IdempotencyKey,
    PassageSearch,
    SortedDocuments,
)
from factcheck.settings import Settings
from service.http.wait_slots import QueueFullFlag, WaitSlots
from service.middleware.metrics import Metrics

_EXTENSION = "factcheck"


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """Result of a readiness probe; `detail` is for operators."""

    ok: bool
    detail: str


Probes: TypeAlias = Mapping[str, Callable[[], ProbeResult]]
"""Part → probe. A probe returns within about a second; an error counts as not ready."""


Gauges: TypeAlias = Mapping[str, Callable[[], float]]
"""Metric name → function that reads its current value."""


GaugeReaders: TypeAlias = Sequence[Callable[[], Mapping[str, float]]]
"""Functions that each read several series at once: series name (`factcheck.metric_names`) → current value."""


class SubmittedArticleReader(Protocol):
    """Reads articles under check, for formats that show a report in its text."""

    def article(self, check_id: str, owner: str) -> Article:
        """Raises `UnknownCheck`, `ExpiredCheck`, `StoreUnavailable`."""


class Corpus(DocumentStore, BulkDocumentStore, SortedDocuments, Protocol):
    """The stored corpus: single documents and bulk."""


@dataclass(frozen=True, slots=True)
class ServiceContext:
    """Everything a view may use.

    `slots` bounds how many requests of this process wait at the same time. `queue_full` caches whether the queue is full.
    """

    settings: Settings
    checks: CheckRepository
    events: CheckEventReader
    documents: Corpus
    search: PassageSearch
    articles: SubmittedArticleReader | None
    probes: Probes
    gauges: Gauges
    gauge_readers: GaugeReaders
    metrics: Metrics
    slots: WaitSlots
    queue_full: QueueFullFlag
    audit: AuditLog | None
    history: CheckHistory | None
    decisions: DecisionStore | None
    bulk: BulkJobRepository | None
    disagreement_decisions: DisagreementDecisionStore | None


def install(extensions: dict[str, object], services: ServiceContext) -> None:
    """Stores `services` in an app's extensions."""
    extensions[_EXTENSION] = services


def services() -> ServiceContext:
    """The adapters of the app that serves the current request."""
    return cast(ServiceContext, current_app.extensions[_EXTENSION])


def submit_check(check: Check, request: CheckRequest, idempotency: IdempotencyKey | None) -> Check:
    """`CheckRepository.submit`. On `Busy`, admission control refuses the next submissions before they reach the app."""
    context = services()
    try:
        return context.checks.submit(check, request, idempotency)
    except Busy:
        context.queue_full.set()
        raise


def read_check(check_id: str) -> Check:
    """The check of the current owner, with the decisions on its claims.

    Raises: `UnknownCheck`, `ExpiredCheck`, `StoreUnavailable`.
    """
    return with_decisions(services().checks.get(check_id, owner()))


def with_decisions(check: Check) -> Check:
    """The check with the decisions on its claims. Its revision grows with each decision."""
    book = services().decisions
    if book is None or check.article_id is None or check.report is None:
        return check
    decisions = book.read(check.owner, check.article_id)
    if not decisions:
        return check
    if check.status is CheckStatus.FINISHED and (moved := moved_decisions(check.report, decisions)):
        with suppress(StoreUnavailable):  # found again by the next reader
            book.move(check.owner, check.article_id, moved)
    revision = check.revision + sum(decision.count for decision in decisions)
    return replace(check, report=decided(check.report, decisions), revision=revision)


def actor_name() -> str:
    """Who acts, as other people read it: the API key's name, or `local` where the service requires none."""
    return str(g.get("actor_name", LOCAL_OWNER))


def author() -> str | None:
    """The actor for audit entries of the current request; None if there is no audit log."""
    return None if services().audit is None else str(g.get("actor", owner()))


def owner() -> str:
    """The owner of the checks that the current request may see: the API key's id, or one shared owner without keys."""
    return str(g.get("owner", LOCAL_OWNER))

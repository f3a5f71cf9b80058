"""What the service stands on, bundled: handed to the app at its creation, found again in each request."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, cast

from flask import current_app, g

from factcheck.api_keys import LOCAL_OWNER
from factcheck.article import Article
from factcheck.check import Check, CheckRequest
from factcheck.errors import Busy
from factcheck.ports import (
    AuditLog,
    BulkDocumentStore,
    CheckEvents,
    CheckRepository,
    DocumentStore,
    Idempotency,
    PassageSearch,
)
from factcheck.settings import Settings
from service.http.wait_slots import QueueFullFlag, WaitSlots
from service.middleware.metrics import Metrics

_EXTENSION = "factcheck"


@dataclass(frozen=True, slots=True)
class Probe:
    """Whether one part of the house is ready, and in words what it found."""

    ok: bool
    detail: str


Probes: TypeAlias = Mapping[str, Callable[[], Probe]]
"""Part → how to look at it. A probe answers promptly; what it raises counts as not ready."""


Gauges: TypeAlias = Mapping[str, Callable[[], float]]
"""Name of a metric → how to read it now."""


Readings: TypeAlias = Sequence[Callable[[], Mapping[str, float]]]
"""Each reads several series at once: their names (see `factcheck.metric_names`) → values now."""


class ArticleReader(Protocol):
    """The articles under check, for shapes that show a report in its text."""

    def article(self, check_id: str, owner: str) -> Article:
        """Raises `UnknownCheck`, `ExpiredCheck`, `StoreUnavailable`."""


class Corpus(DocumentStore, BulkDocumentStore, Protocol):
    """The stored corpus, one by one and in bulk."""


@dataclass(frozen=True, slots=True)
class ServiceContext:
    """All that a view may need. `slots` bounds how many requests of this process wait at the same time, `brake` knows
    whether the queue is full.
    """

    settings: Settings
    desk: CheckRepository
    events: CheckEvents
    documents: Corpus
    search: PassageSearch
    drafts: ArticleReader | None
    probes: Probes
    gauges: Gauges
    readings: Readings
    metrics: Metrics
    slots: WaitSlots
    brake: QueueFullFlag
    audit: AuditLog | None


def install(extensions: dict[str, object], services: ServiceContext) -> None:
    """Make `services` known to an app's views."""
    extensions[_EXTENSION] = services


def services() -> ServiceContext:
    """Those of the app that serves the current request."""
    return cast(ServiceContext, current_app.extensions[_EXTENSION])


def submit_check(check: Check, order: CheckRequest, idempotency: Idempotency | None) -> Check:
    """`CheckDesk.submit`; where the queue is full, the next ones are refused at the door."""
    house = services()
    try:
        return house.desk.submit(check, order, idempotency)
    except Busy:
        house.brake.pull()
        raise


def author() -> str | None:
    """Who stands in the audit log for what the current request changes; None where no log is kept."""
    return None if services().audit is None else owner()


def owner() -> str:
    """Whose checks the current request may see: the key's name, or one name for all where no keys are asked for."""
    return str(g.get("owner", LOCAL_OWNER))

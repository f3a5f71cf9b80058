"""In-memory fakes of the ports. They fulfil the contracts in factcheck/ports.py, and nothing more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from threading import Condition
from time import monotonic
from typing import Any, NoReturn

from factcheck.api_keys import ApiKey, RateLimitState, Scope
from factcheck.article import Article
from factcheck.audit_log import AuditEntry
from factcheck.check import Check, CheckRequest, CheckStatus, Problem, Progress
from factcheck.check_json import document_ref
from factcheck.claim_tracking import TrackedClaim
from factcheck.decision import Decision, DecisionEntry, DecisionKind
from factcheck.errors import (
    Busy,
    CheckCancelled,
    DecisionConflict,
    ExpiredCheck,
    IdempotencyConflict,
    StaleExecution,
    StoreUnavailable,
    UnknownCheck,
    UnknownDocument,
)
from factcheck.evidence import Candidate, Document, ReplacedDocument
from factcheck.ports import (
    ArchiveRecency,
    CheckEvent,
    DocumentFilter,
    DocumentSort,
    EventKind,
    IdempotencyKey,
    Page,
    PassageQuery,
)
from factcheck.search.passages import split_passages
from factcheck.search.recency_quota import with_newest
from factcheck.verdict import CorpusInfo, Coverage, EngineInfo, Report, Verdict

NOW = "2018-02-01T09:00:00.000Z"


@dataclass
class StoredCheck:
    """What the fake stores of one check."""

    check: Check
    request: CheckRequest
    execution: str = ""
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    events: list[CheckEvent] = field(default_factory=list)


class InMemoryChecks:
    """`CheckRepository`, `CheckExecution`, `CheckEventReader` and article store over one dictionary."""

    def __init__(self, queue_limit: int = 1_000) -> None:
        self.stored: dict[str, StoredCheck] = {}
        self.graves: dict[str, str] = {}
        self.known_keys: dict[tuple[str, str], tuple[str, str]] = {}
        self.queue_limit = queue_limit
        self.changed = Condition()

    # ── CheckRepository ──

    def submit(self, check: Check, request: CheckRequest, idempotency: IdempotencyKey | None) -> Check:
        with self.changed:
            if idempotency and (known := self.known_keys.get((check.owner, idempotency.key))):
                check_id, body = known
                if body != idempotency.body_sha256:
                    raise IdempotencyConflict("this Idempotency-Key was used with another body")
                return self.get(check_id, check.owner)
            if sum(not f.check.status.final for f in self.stored.values()) >= self.queue_limit:
                raise Busy(10)
            self.stored[check.id] = StoredCheck(check, request)
            if idempotency:
                self.known_keys[check.owner, idempotency.key] = (check.id, idempotency.body_sha256)
            return check

    def get(self, check_id: str, owner: str) -> Check:
        return self._find(check_id, owner).check

    def drop(self, check_id: str, owner: str, by: str | None = None, forget: bool = False) -> None:
        entry = self._find(check_id, owner)
        if entry.check.status.final:
            del self.stored[check_id]
            self.graves[check_id] = owner
        else:
            self._end(entry, CheckStatus.CANCELLED)

    def page(self, owner: str, status: CheckStatus | None, cursor: str | None, limit: int) -> Page[Check]:
        mine = [f.check for f in reversed(self.stored.values()) if f.check.owner == owner]
        chosen = [replace(check, report=None) for check in mine if status in (None, check.status)]
        start = int(cursor) if cursor and cursor.isdecimal() else 0
        more = str(start + limit) if start + limit < len(chosen) else None
        return Page(tuple(chosen[start : start + limit]), more)

    # ── CheckExecution ──

    def start(self, check_id: str, execution: str) -> CheckRequest:
        entry = self._find(check_id, None)
        if entry.check.status is CheckStatus.CANCELLED:
            raise CheckCancelled
        entry.execution = execution
        entry.check = replace(entry.check, status=CheckStatus.RUNNING, started_at=NOW)
        self._emit(entry, EventKind.PROGRESS)
        return entry.request

    def record(self, check_id: str, execution: str, verdict: Verdict | None, claims_total: int) -> None:
        entry = self._fenced(check_id, execution)
        if verdict is not None:
            entry.verdicts[verdict.claim.id] = verdict
        progress = Progress(claims_total, len(entry.verdicts))
        entry.check = replace(entry.check, progress=progress, report=_partial(entry, claims_total))
        self._emit(entry, EventKind.CLAIM if verdict else EventKind.PROGRESS, verdict)

    def finish(self, check_id: str, execution: str, report: Report) -> None:
        entry = self._fenced(check_id, execution)
        progress = Progress(len(report.verdicts), len(report.verdicts))
        entry.check = replace(entry.check, progress=progress, report=report)
        self._end(entry, CheckStatus.FINISHED)

    def fail(self, check_id: str, execution: str, problem: Problem) -> None:
        entry = self._fenced(check_id, execution)
        entry.check = replace(entry.check, error=problem)
        self._end(entry, CheckStatus.FAILED)

    # ── CheckEventReader ──

    def wait_for_change(self, check_id: str, after_event_id: str | None, timeout_s: float) -> list[CheckEvent]:
        after = int(after_event_id) if after_event_id and after_event_id.isdecimal() else 0
        deadline = monotonic() + timeout_s
        with self.changed:
            while True:
                entry = self.stored.get(check_id)
                found = [e for e in entry.events if int(e.id) > after] if entry else []
                left_s = deadline - monotonic()
                if found or left_s <= 0:
                    return found
                self.changed.wait(left_s)

    def wait_until_done(self, check_id: str, timeout_s: float) -> bool:
        def over() -> bool:
            entry = self.stored.get(check_id)
            return entry is None or entry.check.status.final

        with self.changed:
            return self.changed.wait_for(over, timeout_s) and check_id in self.stored

    # ── articles ──

    def article(self, check_id: str, owner: str) -> Article:
        return self._find(check_id, owner).request.article

    # ──

    def run(self, check_id: str, *verdicts: Verdict, report: Report) -> None:
        """Runs a check from start to end, as a worker would."""
        self.start(check_id, "x1")
        for verdict in verdicts:
            self.record(check_id, "x1", verdict, len(verdicts))
        self.finish(check_id, "x1", report)

    def _find(self, check_id: str, owner: str | None) -> StoredCheck:
        entry = self.stored.get(check_id)
        if entry is not None and owner in (None, entry.check.owner):
            return entry
        raise ExpiredCheck(check_id) if self.graves.get(check_id) == owner else UnknownCheck(check_id)

    def _fenced(self, check_id: str, execution: str) -> StoredCheck:
        entry = self._find(check_id, None)
        if entry.check.status is CheckStatus.CANCELLED:
            raise CheckCancelled
        if entry.check.status is not CheckStatus.RUNNING or entry.execution != execution:
            raise StaleExecution
        return entry

    def _end(self, entry: StoredCheck, status: CheckStatus) -> None:
        entry.check = replace(entry.check, status=status, finished_at=NOW)
        self._emit(entry, EventKind.DONE)

    def _emit(self, entry: StoredCheck, kind: EventKind, verdict: Verdict | None = None) -> None:
        with self.changed:
            entry.check = replace(entry.check, revision=entry.check.revision + 1)
            event_id = str(len(entry.events) + 1)
            entry.events.append(CheckEvent(event_id, kind, entry.check.status, entry.check.progress, verdict))
            self.changed.notify_all()


def _partial(entry: StoredCheck, claims_total: int) -> Report:
    done = len(entry.verdicts)
    coverage = Coverage(claims_total, done, 0, claims_total - done)
    return Report(tuple(entry.verdicts.values()), (), coverage, CorpusInfo("", 0, None), EngineInfo("", "", ""))


class InMemoryDecisionBook:
    """A `DecisionStore`."""

    def __init__(self) -> None:
        self.stored: dict[tuple[str, str], dict[str, Decision]] = {}

    def read(self, owner: str, article_id: str) -> tuple[Decision, ...]:
        return tuple(self.stored.get((owner, article_id), {}).values())

    def decide(
        self,
        owner: str,
        article_id: str,
        claim: TrackedClaim,
        entry: DecisionEntry,
        known: str | None,
        seen: int | None,
    ) -> Decision:
        decisions = self.stored.setdefault((owner, article_id), {})
        before = decisions.get(known or claim.id) or Decision(known or claim.id, (), "", (), (), 0)
        if seen not in (None, before.count):
            raise DecisionConflict(before.last.by, before.last.kind.value, before.last.comment)
        decisions[before.id] = before.added(entry, claim.id, claim.text, claim.odd)
        return decisions[before.id]

    def move(self, owner: str, article_id: str, decisions: Sequence[Decision]) -> None:
        known = self.stored.get((owner, article_id), {})
        known.update({d.id: d for d in decisions if d.id in known and known[d.id].count == d.count})

    def dismissed(self, owner: str, claims: Sequence[TrackedClaim]) -> set[str]:
        mine = [d for (who, _), decisions in self.stored.items() if who == owner for d in decisions.values()]
        return {
            claim.id
            for claim in claims
            for d in mine
            if claim.id in d.claim_ids and d.kind_for(claim.label) is DecisionKind.DISMISSED
        }


class InMemoryDocuments:
    """A `DocumentStore`, `BulkDocumentStore` and `SortedDocuments`."""

    def __init__(self, *documents: Document) -> None:
        self.documents = {document.id: document for document in documents}
        self.earlier: dict[str, list[ReplacedDocument]] = {}

    def put(self, document: Document, by: str | None = None) -> bool:
        new = document.id not in self.documents
        if not new and self.documents[document.id] != document:
            replaced = ReplacedDocument(self.documents[document.id], NOW, by)
            self.earlier.setdefault(document.id, []).insert(0, replaced)
        self.documents[document.id] = document
        return new

    def put_many(self, documents: Sequence[Document], by: str | None = None) -> list[bool]:
        return [self.put(document) for document in documents]

    def export(self) -> Iterator[Document]:
        yield from (self.documents[document_id] for document_id in sorted(self.documents))

    def count(self) -> int:
        return len(self.documents)

    def get(self, document_id: str) -> Document:
        if document_id not in self.documents:
            raise UnknownDocument(document_id)
        return self.documents[document_id]

    def get_many(self, document_ids: Sequence[str]) -> list[Document | None]:
        return [self.documents.get(document_id) for document_id in document_ids]

    def remove(self, document_id: str, by: str | None = None) -> None:
        self.get(document_id)
        del self.documents[document_id]
        self.earlier.pop(document_id, None)

    def versions(self, document_id: str) -> tuple[ReplacedDocument, ...]:
        self.get(document_id)
        return tuple(self.earlier.get(document_id, ()))

    def sorted_page(
        self, wanted: DocumentFilter, sort: DocumentSort, is_descending: bool, cursor: str | None, limit: int
    ) -> Page[Document]:
        found = sorted(
            (d for d in self.documents.values() if _listed(d, wanted)), key=lambda d: (getattr(d, sort) or "", d.id)
        )
        ids = [d.id for d in (reversed(found) if is_descending else found)]
        start = ids.index(cursor) + 1 if cursor in ids else 0
        shown = ids[start : start + limit]
        return Page(tuple(self.documents[i] for i in shown), shown[-1] if start + limit < len(ids) else None)

    def matching(self, wanted: DocumentFilter) -> int:
        return sum(_listed(d, wanted) for d in self.documents.values())

    def freshness(self, today: str, days: int) -> ArchiveRecency:
        last = date.fromisoformat(today)
        shown = [(last - timedelta(days=ago)).isoformat() for ago in reversed(range(days))]
        known = [d.published_at for d in self.documents.values() if d.published_at]
        counts = tuple((day, sum(at[:10] == day for at in known)) for day in shown)
        return ArchiveRecency(len(self.documents), len(self.documents) - len(known), max(known, default=None), counts)

    def page(self, cursor: str | None, limit: int) -> Page[Document]:
        later = sorted(i for i in self.documents if cursor is None or i > cursor)
        shown = later[:limit]
        return Page(tuple(self.documents[i] for i in shown), shown[-1] if len(later) > limit else None)


def _listed(document: Document, wanted: DocumentFilter) -> bool:
    day = (document.published_at or "")[:10]
    return (
        (wanted.source is None or (document.source or "").casefold() == wanted.source.casefold())
        and (wanted.published_from is None or day >= wanted.published_from)
        and (wanted.published_to is None or "" < day <= wanted.published_to)
        and not (wanted.is_undated and day)
    )


class InMemorySearch:
    """A `PassageSearch` that scores by the number of common words."""

    def __init__(self, store: InMemoryDocuments) -> None:
        self.store = store

    def search(self, query: PassageQuery) -> list[Candidate]:
        words = set(query.words.lower().split())
        found = [
            Candidate(passage, float(len(words & set(passage.text.lower().split()))))
            for document in self.store.documents.values()
            if _wanted(document, query)
            for passage in split_passages(document)
        ]
        return with_newest(sorted((c for c in found if c.score), key=lambda c: -c.score), query)

    def revision(self) -> str:
        return f"r{len(self.store.documents)}"

    def documents(self) -> int:
        return len(self.store.documents)


def _wanted(document: Document, query: PassageQuery) -> bool:
    day = document_ref(document).published_at or ""
    return (
        not document.retracted
        and (not query.sources_include or document.source in query.sources_include)
        and document.source not in query.sources_exclude
        and (query.published_from is None or query.published_from <= day)
        and (query.published_to is None or day <= query.published_to)
        and (query.not_after is None or day <= query.not_after)
    )


class InMemoryAuditLog:
    """An `AuditLog`."""

    def __init__(self, *lines: AuditEntry) -> None:
        self.lines = list(lines)

    def page(self, cursor: str | None, limit: int) -> Page[AuditEntry]:
        number = len(self.lines) if cursor is None else int(cursor.partition("-")[0])
        older = self.lines[:number][::-1]
        return Page(tuple(older[:limit]), older[limit - 1].id if len(older) > limit else None)


class SingleApiKey:
    """An API key store with one key, which has every scope."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def use(self, secret: str, per_minute: int) -> tuple[ApiKey, RateLimitState | None] | None:
        if secret != self.secret:
            return None
        key = ApiKey("k1", "the one", frozenset({Scope.ADMIN}), NOW, None)
        return key, RateLimitState(per_minute, per_minute - 1, 0.1, 0)

    def is_empty(self) -> bool:
        return False


class UnreachableStore:
    """Any adapter whose Redis is unreachable: each call raises `StoreUnavailable`."""

    def __getattr__(self, name: str) -> Any:
        def refuse(*_: object, **__: object) -> NoReturn:
            raise StoreUnavailable("Redis does not answer")

        return refuse

"""In-memory stand-ins for the ports. They keep the promises that factcheck/ports.py makes, and nothing more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Condition
from time import monotonic
from typing import Any, NoReturn

from factcheck.api_keys import ApiKey, RateLimit, Scope
from factcheck.article import Article
from factcheck.audit import AuditEntry
from factcheck.check import Check, CheckRequest, CheckStatus, Problem, Progress
from factcheck.codec import document_ref
from factcheck.errors import (
    Busy,
    CheckCancelled,
    ExpiredCheck,
    IdempotencyConflict,
    StaleExecution,
    StoreUnavailable,
    UnknownCheck,
    UnknownDocument,
)
from factcheck.evidence import Candidate, Document
from factcheck.ports import CheckEvent, EventKind, Idempotency, Page, PassageQuery
from factcheck.search.passages import split_passages
from factcheck.search.recency import with_newest
from factcheck.verdict import CorpusInfo, Coverage, EngineInfo, Report, Verdict

NOW = "2018-02-01T09:00:00.000Z"


@dataclass
class StoredCheck:
    """What is kept of one check."""

    check: Check
    order: CheckRequest
    execution: str = ""
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    events: list[CheckEvent] = field(default_factory=list)


class InMemoryChecks:
    """Desk, ledger, events and drafts over one dictionary."""

    def __init__(self, queue_limit: int = 1_000) -> None:
        self.folders: dict[str, StoredCheck] = {}
        self.graves: dict[str, str] = {}
        self.known_keys: dict[tuple[str, str], tuple[str, str]] = {}
        self.queue_limit = queue_limit
        self.changed = Condition()

    # ── CheckDesk ──

    def submit(self, check: Check, order: CheckRequest, idempotency: Idempotency | None) -> Check:
        with self.changed:
            if idempotency and (known := self.known_keys.get((check.owner, idempotency.key))):
                check_id, body = known
                if body != idempotency.body_sha256:
                    raise IdempotencyConflict("this Idempotency-Key was used with another body")
                return self.get(check_id, check.owner)
            if sum(not f.check.status.final for f in self.folders.values()) >= self.queue_limit:
                raise Busy(10)
            self.folders[check.id] = StoredCheck(check, order)
            if idempotency:
                self.known_keys[check.owner, idempotency.key] = (check.id, idempotency.body_sha256)
            return check

    def get(self, check_id: str, owner: str) -> Check:
        return self._folder(check_id, owner).check

    def drop(self, check_id: str, owner: str, by: str | None = None) -> None:
        folder = self._folder(check_id, owner)
        if folder.check.status.final:
            del self.folders[check_id]
            self.graves[check_id] = owner
        else:
            self._end(folder, CheckStatus.CANCELLED)

    def page(self, owner: str, status: CheckStatus | None, cursor: str | None, limit: int) -> Page[Check]:
        mine = [f.check for f in reversed(self.folders.values()) if f.check.owner == owner]
        chosen = [replace(check, report=None) for check in mine if status in (None, check.status)]
        start = int(cursor) if cursor and cursor.isdecimal() else 0
        more = str(start + limit) if start + limit < len(chosen) else None
        return Page(tuple(chosen[start : start + limit]), more)

    # ── CheckLedger ──

    def start(self, check_id: str, execution: str) -> CheckRequest:
        folder = self._folder(check_id, None)
        if folder.check.status is CheckStatus.CANCELLED:
            raise CheckCancelled
        folder.execution = execution
        folder.check = replace(folder.check, status=CheckStatus.RUNNING, started_at=NOW)
        self._tell(folder, EventKind.PROGRESS)
        return folder.order

    def record(self, check_id: str, execution: str, verdict: Verdict | None, claims_total: int) -> None:
        folder = self._fenced(check_id, execution)
        if verdict is not None:
            folder.verdicts[verdict.claim.id] = verdict
        progress = Progress(claims_total, len(folder.verdicts))
        folder.check = replace(folder.check, progress=progress, report=_partial(folder, claims_total))
        self._tell(folder, EventKind.CLAIM if verdict else EventKind.PROGRESS, verdict)

    def finish(self, check_id: str, execution: str, report: Report) -> None:
        folder = self._fenced(check_id, execution)
        progress = Progress(len(report.verdicts), len(report.verdicts))
        folder.check = replace(folder.check, progress=progress, report=report)
        self._end(folder, CheckStatus.FINISHED)

    def fail(self, check_id: str, execution: str, problem: Problem) -> None:
        folder = self._fenced(check_id, execution)
        folder.check = replace(folder.check, error=problem)
        self._end(folder, CheckStatus.FAILED)

    # ── CheckEvents ──

    def wait_for_change(self, check_id: str, after_event_id: str | None, timeout_s: float) -> list[CheckEvent]:
        after = int(after_event_id) if after_event_id and after_event_id.isdecimal() else 0
        deadline = monotonic() + timeout_s
        with self.changed:
            while True:
                folder = self.folders.get(check_id)
                found = [e for e in folder.events if int(e.id) > after] if folder else []
                left_s = deadline - monotonic()
                if found or left_s <= 0:
                    return found
                self.changed.wait(left_s)

    def wait_until_done(self, check_id: str, timeout_s: float) -> bool:
        def over() -> bool:
            folder = self.folders.get(check_id)
            return folder is None or folder.check.status.final

        with self.changed:
            return self.changed.wait_for(over, timeout_s) and check_id in self.folders

    # ── Drafts ──

    def article(self, check_id: str, owner: str) -> Article:
        return self._folder(check_id, owner).order.article

    # ──

    def run(self, check_id: str, *verdicts: Verdict, report: Report) -> None:
        """The whole life of a check, as a worker would live it."""
        self.start(check_id, "x1")
        for verdict in verdicts:
            self.record(check_id, "x1", verdict, len(verdicts))
        self.finish(check_id, "x1", report)

    def _folder(self, check_id: str, owner: str | None) -> StoredCheck:
        folder = self.folders.get(check_id)
        if folder is not None and owner in (None, folder.check.owner):
            return folder
        raise ExpiredCheck(check_id) if self.graves.get(check_id) == owner else UnknownCheck(check_id)

    def _fenced(self, check_id: str, execution: str) -> StoredCheck:
        folder = self._folder(check_id, None)
        if folder.check.status is CheckStatus.CANCELLED:
            raise CheckCancelled
        if folder.check.status is not CheckStatus.RUNNING or folder.execution != execution:
            raise StaleExecution
        return folder

    def _end(self, folder: StoredCheck, status: CheckStatus) -> None:
        folder.check = replace(folder.check, status=status, finished_at=NOW)
        self._tell(folder, EventKind.DONE)

    def _tell(self, folder: StoredCheck, kind: EventKind, verdict: Verdict | None = None) -> None:
        with self.changed:
            folder.check = replace(folder.check, revision=folder.check.revision + 1)
            event_id = str(len(folder.events) + 1)
            folder.events.append(CheckEvent(event_id, kind, folder.check.status, folder.check.progress, verdict))
            self.changed.notify_all()


def _partial(folder: StoredCheck, claims_total: int) -> Report:
    done = len(folder.verdicts)
    coverage = Coverage(claims_total, done, 0, claims_total - done)
    return Report(tuple(folder.verdicts.values()), (), coverage, CorpusInfo("", 0, None), EngineInfo("", "", ""))


class InMemoryDocuments:
    """A `DocumentStore` and `DocumentBulk`."""

    def __init__(self, *documents: Document) -> None:
        self.documents = {document.id: document for document in documents}

    def put(self, document: Document, by: str | None = None) -> bool:
        new = document.id not in self.documents
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

    def page(self, cursor: str | None, limit: int) -> Page[Document]:
        later = sorted(i for i in self.documents if cursor is None or i > cursor)
        shown = later[:limit]
        return Page(tuple(self.documents[i] for i in shown), shown[-1] if len(later) > limit else None)


class InMemorySearch:
    """A `PassageSearch` that counts common words."""

    def __init__(self, shelf: InMemoryDocuments) -> None:
        self.shelf = shelf

    def search(self, query: PassageQuery) -> list[Candidate]:
        words = set(query.words.lower().split())
        found = [
            Candidate(passage, float(len(words & set(passage.text.lower().split()))))
            for document in self.shelf.documents.values()
            if _wanted(document, query)
            for passage in split_passages(document)
        ]
        return with_newest(sorted((c for c in found if c.score), key=lambda c: -c.score), query)

    def revision(self) -> str:
        return f"r{len(self.shelf.documents)}"

    def documents(self) -> int:
        return len(self.shelf.documents)


def _wanted(document: Document, query: PassageQuery) -> bool:
    day = document_ref(document).published_at or ""
    return (
        not document.retracted
        and (not query.sources_include or document.source in query.sources_include)
        and document.source not in query.sources_exclude
        and (query.published_from is None or query.published_from <= day)
        and (query.published_to is None or day <= query.published_to)
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
    """A key ring with one key, which may do everything."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def use(self, secret: str, per_minute: int) -> tuple[ApiKey, RateLimit | None] | None:
        if secret != self.secret:
            return None
        key = ApiKey("k1", "the one", frozenset({Scope.ADMIN}), NOW, None)
        return key, RateLimit(per_minute, per_minute - 1, 0.1, 0)

    def is_empty(self) -> bool:
        return False


class UnreachableStore:
    """Any adapter whose Redis is away: each call raises `StoreUnavailable`."""

    def __getattr__(self, name: str) -> Any:
        def refuse(*_: object, **__: object) -> NoReturn:
            raise StoreUnavailable("Redis does not answer")

        return refuse

"""Client of a running service: submit articles, wait for verdicts, follow events.

    client = Client("http://127.0.0.1:8080")
    report = client.check("The opening ceremony is on Feb. 10.", published_at="2018-02-01")

Depends on the standard library and this package's types only. One object may serve many threads.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

from factcheck.article import Article, Format, Span
from factcheck.bulk_job_client import JobClient, RemoteJob
from factcheck.check import CheckOptions, CheckStatus, Problem, Progress
from factcheck.check_json import options_to_json, report_from_json, verdict_from_json
from factcheck.client_transport import (
    ClientError,
    Conflict,
    Gone,
    HttpTransport,
    InvalidRequest,
    NotAllowed,
    NotFound,
    NotThisService,
    Refused,
    ServerFault,
    TooBusy,
    Unreachable,
)
from factcheck.evidence import Document, DocumentRef
from factcheck.json_mapping import from_json, to_json
from factcheck.verdict import Label, Report, Verdict
from factcheck.watch import Watch

__all__ = [
    "Article",
    "CheckEnded",
    "CheckOptions",
    "CheckStatus",
    "ClaimEvent",
    "Client",
    "ClientError",
    "Conflict",
    "Document",
    "DocumentRef",
    "DoneEvent",
    "Event",
    "Format",
    "FoundPassage",
    "GateOutcome",
    "GateReason",
    "Gone",
    "InvalidRequest",
    "JobClient",
    "Label",
    "NotAllowed",
    "NotFound",
    "NotThisService",
    "Problem",
    "Progress",
    "ProgressEvent",
    "Refused",
    "RemoteCheck",
    "RemoteJob",
    "Report",
    "ServerFault",
    "Span",
    "StillRunning",
    "TooBusy",
    "Unreachable",
    "Verdict",
    "Watch",
]

_POLL_S = 20.0
_RETRY_S = 1.0


@dataclass(frozen=True, slots=True)
class RemoteCheck:
    """A check as the service returns it. While the check runs, `report` holds the verdicts known so far."""

    id: str
    status: CheckStatus
    created_at: str
    started_at: str | None
    finished_at: str | None
    progress: Progress
    report: Report | None
    error: Problem | None
    watch: Watch | None


@dataclass(frozen=True, slots=True)
class ProgressEvent:
    """Progress of the check."""

    progress: Progress


@dataclass(frozen=True, slots=True)
class ClaimEvent:
    """One verdict, as soon as it is known. A claim may appear twice; the later verdict replaces the earlier one."""

    verdict: Verdict


@dataclass(frozen=True, slots=True)
class DoneEvent:
    """The check has ended; no event follows."""

    status: CheckStatus
    progress: Progress


Event: TypeAlias = ProgressEvent | ClaimEvent | DoneEvent


@dataclass(frozen=True, slots=True)
class GateReason:
    """A reason for the gate's outcome.

    `kind` is a label, `internal_conflict`, `incomplete`, `failed` or `cancelled`; `message` is for people.
    """

    kind: str
    message: str
    claim_id: str | None
    span: Span | None
    text: str | None


@dataclass(frozen=True, slots=True)
class GateOutcome:
    """Outcome of the publish gate: `pass`, `fail` or, while the check runs, `pending`."""

    outcome: str
    reasons: tuple[GateReason, ...]

    @property
    def passed(self) -> bool:
        """True if the outcome is `pass`; False also while it is pending."""
        return self.outcome == "pass"


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage of the stored corpus. `score` is comparable within one result list only."""

    document: DocumentRef
    span: Span
    text: str
    before: str
    after: str
    score: float


class CheckEnded(ClientError):
    """The check failed or was cancelled, so it has no complete report."""

    def __init__(self, check: RemoteCheck) -> None:
        super().__init__(f"the check ended as {check.status.value}: {check.error.detail if check.error else ''}")
        self.check = check


class StillRunning(ClientError):
    """The check did not end within the time limit. `check` is its last known state."""

    def __init__(self, check: RemoteCheck) -> None:
        super().__init__(f"the check {check.id} is still {check.status.value}")
        self.check = check


class Client:
    """Client of the service at `url`. `timeout_s` bounds the wait for each response.

    `rechecks` and `corpus_audits` start and follow bulk jobs.

    Raises: every method raises `ClientError`.
    """

    def __init__(self, url: str, key: str | None = None, timeout_s: float = 30.0) -> None:
        self._http = HttpTransport(url, key, timeout_s)
        self.rechecks = JobClient(self._http, "/v1/rechecks")
        self.corpus_audits = JobClient(self._http, "/v1/corpus-audits")

    # ── checks ──

    def submit(
        self,
        article: Article | str,
        *,
        title: str | None = None,
        published_at: str | None = None,
        format: Format = Format.TEXT,
        documents: Iterable[Document] | None = None,
        as_of: str | None = None,
        options: CheckOptions | None = None,
        callback_url: str | None = None,
        watch: bool = False,
        idempotency_key: str | None = None,
        wait_s: float = 0,
    ) -> RemoteCheck:
        """Submits an article: its text with `title`, `published_at` and `format`, or an `Article`.

        `documents` replace the stored corpus for this check. With `idempotency_key` the call can be repeated safely.
        """
        if isinstance(article, str):
            article = Article(article, title, published_at, None, None, None, format)
        body = {
            "article": _given(to_json(article)),
            "documents": None if documents is None else [_given(to_json(d)) for d in documents],
            "as_of": as_of,
            "callback_url": callback_url,
            "watch": watch or None,
            "options": None if options is None else options_to_json(options),
        }
        headers = {"Idempotency-Key": idempotency_key} if idempotency_key else {}
        return _check(self._http.call("POST", f"/v1/checks{_wait(wait_s)}", _given(body), headers, wait_s))

    def read(self, check_id: str, wait_s: float = 0) -> RemoteCheck:
        """The check's current state. Waits up to `wait_s` seconds for the check to end."""
        return _check(self._http.call("GET", f"{_path(check_id)}{_wait(wait_s)}", wait_s=wait_s))

    def wait(self, check_id: str, timeout_s: float = 120.0) -> RemoteCheck:
        """The check after it has ended. Retries while the service restarts or is busy.

        Raises: `StillRunning` where the check has not ended after `timeout_s`.
        """
        deadline, check = time.monotonic() + timeout_s, None
        while True:
            left_s = deadline - time.monotonic()
            try:
                check = self.read(check_id, max(0.0, min(_POLL_S, left_s)))
            except (Unreachable, TooBusy) as error:
                if left_s <= 0:
                    raise
                time.sleep(min(left_s, getattr(error, "retry_after_s", _RETRY_S)))
                continue
            if check.status.final:
                return check
            if left_s <= 0:
                raise StillRunning(check)

    def check(self, article: Article | str, *, timeout_s: float = 120.0, **request: Any) -> Report:
        """Submits the article, waits, and returns the report. Keyword arguments as for `submit`.

        Raises: `CheckEnded`, `StillRunning`.
        """
        check = self.submit(article, **{"wait_s": min(_POLL_S, timeout_s), **request})
        if not check.status.final:
            check = self.wait(check.id, timeout_s)
        if check.status is not CheckStatus.FINISHED or check.report is None:
            raise CheckEnded(check)
        return check.report

    def events(self, check_id: str, timeout_s: float = 600.0) -> Iterator[Event]:
        """Events of a check from its beginning, as they occur; `DoneEvent` is the last one.

        Reconnects and resumes after a broken connection.

        Raises: `StillRunning` where the check has not ended after `timeout_s`.
        """
        deadline, after = time.monotonic() + timeout_s, None
        while time.monotonic() < deadline:
            try:
                for event in self._http.stream(f"{_path(check_id)}/events", after):
                    after = event.id or after
                    yield _event(event.kind, event.data)
                    if event.kind == "done":
                        return
            except (Unreachable, TooBusy) as error:
                time.sleep(min(max(0.0, deadline - time.monotonic()), getattr(error, "retry_after_s", _RETRY_S)))
        raise StillRunning(self.read(check_id))

    def drop(self, check_id: str) -> None:
        """Cancels a check that has not ended, or deletes one that has. A watch ends with its check."""
        self._http.call("DELETE", _path(check_id))

    def checks(self, status: CheckStatus | None = None) -> Iterator[RemoteCheck]:
        """All checks of this API key, newest first, without reports."""
        cursor = None
        while True:
            page = self._http.call("GET", f"/v1/checks{_query({'status': status, 'cursor': cursor, 'limit': 100})}")
            yield from (_check(item) for item in page["items"])
            cursor = page["cursor"]
            if cursor is None:
                return

    def gate(
        self, check_id: str, fail_on: Sequence[str] = (Label.CONTRADICTED, Label.DISPUTED), wait_s: float = 0
    ) -> GateOutcome:
        """Whether the article may be published. `fail_on` lists labels, and `internal_conflict`."""
        query = _query({"fail_on": ",".join(fail_on), "wait": _whole(wait_s)})
        raw = self._http.call("GET", f"{_path(check_id)}/gate{query}", wait_s=wait_s)
        return GateOutcome(raw["outcome"], tuple(from_json(GateReason, reason) for reason in raw["reasons"]))

    # ── corpus ──

    def store(self, document: Document) -> None:
        """Stores a document, or replaces the stored document with the same id."""
        self._http.call("POST", "/v1/documents", _given(to_json(document)))

    def search(
        self,
        words: str,
        *,
        limit: int = 10,
        source: str | None = None,
        from_: str | None = None,
        to: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> list[FoundPassage]:
        """Passages of the stored corpus, best first. `from_` and `to` are ISO days of publication, inclusive.

        `since` and `until` are their names of earlier versions.
        """
        query = _query({"q": words, "limit": limit, "source": source, "from": from_ or since, "to": to or until})
        return [
            from_json(FoundPassage, item) for item in self._http.call("GET", f"/v1/documents/search{query}")["items"]
        ]


def _path(check_id: str) -> str:
    return f"/v1/checks/{quote(check_id, safe='')}"


def _query(parameters: Mapping[str, object]) -> str:
    given = {name: value for name, value in parameters.items() if value is not None}
    return f"?{urlencode(given)}" if given else ""


def _wait(wait_s: float) -> str:
    return _query({"wait": _whole(wait_s)})


def _whole(wait_s: float) -> int | None:
    """The wait in whole seconds, rounded up, as the service expects it; None for no wait."""
    return -int(-wait_s // 1) or None


def _given(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without absent members."""
    return {name: value for name, value in row.items() if value is not None}


def _check(raw: Any) -> RemoteCheck:
    try:
        return RemoteCheck(
            id=raw["id"],
            status=CheckStatus(raw["status"]),
            created_at=raw["created_at"],
            started_at=raw["started_at"],
            finished_at=raw["finished_at"],
            progress=Progress(**raw["progress"]),
            report=None if raw["report"] is None else report_from_json(raw["report"]),
            error=None if raw["error"] is None else from_json(Problem, raw["error"]),
            watch=None if raw.get("watch") is None else from_json(Watch, raw["watch"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NotThisService("what answers there is not this service: it sends no check") from error


def _event(kind: str, data: Mapping[str, Any]) -> Event:
    try:
        if kind == "claim":
            return ClaimEvent(verdict_from_json(data))
        progress = Progress(**data["progress"])
        return DoneEvent(CheckStatus(data["status"]), progress) if kind == "done" else ProgressEvent(progress)
    except (KeyError, TypeError, ValueError) as error:
        raise NotThisService("what answers there is not this service: it sends no event of a check") from error

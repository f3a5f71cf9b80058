"""Bulk jobs of a running service, as its client sees them: rechecks of kept articles, and audits of the archive."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from factcheck.bulk_job import JobProgress, JobStatus
from factcheck.client_transport import HttpTransport, NotThisService, TooBusy, Unreachable

_POLL_S = 0.5
_PAGE = 100


@dataclass(frozen=True, slots=True)
class RemoteJob:
    """A bulk job as the service returns it. `found` are numbers of findings by kind. Times are ISO 8601 in UTC."""

    id: str
    status: JobStatus
    selection: Mapping[str, Any]
    created_at: str
    started_by: str
    finished_at: str | None
    progress: JobProgress
    in_flight: int
    found: Mapping[str, int]


class JobClient:
    """Jobs of one kind at `path`, such as `/v1/rechecks`.

    Raises: every method raises `ClientError`.
    """

    def __init__(self, http: HttpTransport, path: str) -> None:
        self._http = http
        self._path = path

    def start(self, **selection: Any) -> RemoteJob:
        """Starts a job. The keywords are those of the API; `from` is a word of Python: pass `**{"from": day}`."""
        return _job(self._http.call("POST", self._path, selection))

    def jobs(self) -> list[RemoteJob]:
        """The newest jobs, newest first."""
        return [_job(raw) for raw in self._http.call("GET", self._path)["items"]]

    def read(self, job_id: str) -> RemoteJob:
        """The job's present state."""
        return _job(self._http.call("GET", f"{self._path}/{job_id}"))

    def pause(self, job_id: str) -> RemoteJob:
        """Begins no further check until the job is resumed."""
        return _job(self._http.call("POST", f"{self._path}/{job_id}/pause"))

    def resume(self, job_id: str) -> RemoteJob:
        """Goes on with a paused job."""
        return _job(self._http.call("POST", f"{self._path}/{job_id}/resume"))

    def cancel(self, job_id: str) -> RemoteJob:
        """Ends the job. What it has found stays."""
        return _job(self._http.call("POST", f"{self._path}/{job_id}/cancel"))

    def findings(self, job_id: str, **filters: str) -> Iterator[dict[str, Any]]:
        """What the job has found so far, as the API describes it. `filters` are those of the API, such as `sort="likely"`."""
        cursor: str | None = None
        while True:
            query = urlencode({**filters, "limit": _PAGE, **({} if cursor is None else {"cursor": cursor})})
            page = self._http.call("GET", f"{self._path}/{job_id}/findings?{query}")
            yield from page["items"]
            cursor = page["cursor"]
            if cursor is None:
                return

    def follow(self, job_id: str, show: Callable[[RemoteJob], object] = lambda job: None) -> RemoteJob:
        """The job, as soon as it does not run any more: ended or paused. `show` hears how far it is, twice a second.

        Goes on while the service restarts or is busy.
        """
        while True:
            try:
                job = self.read(job_id)
            except (Unreachable, TooBusy) as error:
                time.sleep(max(_POLL_S, getattr(error, "retry_after_s", _POLL_S)))
                continue
            show(job)
            if job.status is not JobStatus.RUNNING:
                return job
            time.sleep(_POLL_S)


def _job(raw: Any) -> RemoteJob:
    try:
        progress = raw["progress"]
        return RemoteJob(
            id=raw["id"],
            status=JobStatus(raw["status"]),
            selection=raw["selection"],
            created_at=raw["created_at"],
            started_by=raw["started_by"],
            finished_at=raw["finished_at"],
            progress=JobProgress(progress["total"], progress["done"], progress["skipped"], progress["failed"]),
            in_flight=progress["in_flight"],
            found=raw["found"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise NotThisService("what answers there is not this service: it sends no job") from error

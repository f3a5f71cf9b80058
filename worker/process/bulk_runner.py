"""Runs bulk jobs as ordinary checks with batch priority, a bounded number at a time.

Runs in the thread of the process that holds the lease for rechecks. All state is in the store: if a process is killed, the
next one continues with the checks in flight.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import uuid4

from factcheck.bulk_job import BulkJob, JobFinding, JobKind, JobStatus
from factcheck.check import Check, CheckRequest, CheckStatus, Priority, Progress
from factcheck.errors import Busy, ExpiredCheck, FactcheckError, RateLimited, StoreUnavailable, UnknownCheck
from factcheck.ports import BulkJobExecution, CheckRepository
from factcheck.timestamps import timestamp
from factcheck.verdict import Report

OWNER = "bulk jobs"
"""Owner of the checks. No API key has this name, so the checks are not listed."""

AT_ONCE = 8
"""Maximum number of checks in flight, over all jobs. Never more than half of the workers, to keep the others for people."""

TRIES = 3
"""Number of times that the check on an item may fail or get lost."""

_LOOKED_AT = 50
"""Maximum number of items per step, so that the lease is renewed in time."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class NextJobItem:
    """The next item of a job, and the cursor after it. `item` is None if it is skipped. `note` is stored with the job."""

    cursor: str
    item: str | None
    note: str | None = None


class BulkTask(Protocol):
    """One kind of bulk job."""

    def next(self, job: BulkJob) -> NextJobItem | None:
        """The first item after the job's cursor; None at the end."""

    def request(self, job: BulkJob, item: str) -> CheckRequest | None:
        """The check on an item; None if the item no longer exists."""

    def settle(self, job: BulkJob, item: str, report: Report) -> Sequence[JobFinding]:
        """The findings of the report. Called again with the same report if the process was killed."""


class BulkRunner:
    """`workers()` is the number of live workers. `people_wait()`: whether interactive checks are queued."""

    def __init__(
        self,
        work: BulkJobExecution,
        checks: CheckRepository,
        tasks: Mapping[JobKind, BulkTask],
        workers: Callable[[], int],
        people_wait: Callable[[], bool],
    ) -> None:
        self._work = work
        self._checks = checks
        self._tasks = tasks
        self._workers = workers
        self._people_wait = people_wait

    def step(self) -> bool:
        """Settles ended checks and submits new ones. False if no job is running.

        Raises: `StoreUnavailable`.
        """
        jobs = self._work.active()
        if not jobs:
            return False
        flights = {job.id: self._settled(job) for job in jobs}
        self._begin([job for job in jobs if job.status is JobStatus.RUNNING], flights)
        return any(job.status is JobStatus.RUNNING or flights[job.id] for job in jobs)

    # ── what has ended ──

    def _settled(self, job: BulkJob) -> int:
        """Settles ended checks. Returns the number still in flight."""
        left = 0
        for item, held in self._work.flight(job.id).items():
            if job.status is JobStatus.CANCELLED:
                self._drop(held[0])
                self._work.settle(job.id, item, held[0], None)
            else:
                left += not self._look_at(job, item, held)
        return left

    def _look_at(self, job: BulkJob, item: str, held: tuple[str, int]) -> bool:
        """Settles the item's check if it has ended. True if the item is done."""
        try:
            check = self._checks.get(held[0], OWNER)
        except UnknownCheck:  # the queue was full, or the process was killed before submitting
            return self._submit_late(job, item, held)
        except ExpiredCheck:
            return self._try_again(job, item, held)
        if not check.status.final:
            return False
        if check.status is not CheckStatus.FINISHED or check.report is None or not check.report.coverage.complete:
            return self._try_again(job, item, held)
        findings = self._findings(job, item, check.report)
        self._work.settle(job.id, item, check.id, findings)
        self._drop(check.id)
        return True

    def _findings(self, job: BulkJob, item: str, report: Report) -> Sequence[JobFinding] | None:
        try:
            return self._tasks[job.kind].settle(job, item, report)
        except StoreUnavailable:
            raise
        except FactcheckError as error:
            _log.warning("item of a bulk job failed", extra={"job": job.id, "error": type(error).__name__})
            return None

    def _submit_late(self, job: BulkJob, item: str, held: tuple[str, int]) -> bool:
        """Submits a check that is still missing. True if the item no longer exists."""
        request = self._tasks[job.kind].request(job, item)
        if request is None:
            return self._work.settle(job.id, item, held[0], None)
        self._submit(_hidden_check(held[0]), request)
        return False

    def _try_again(self, job: BulkJob, item: str, held: tuple[str, int]) -> bool:
        """Starts another try. True if there is none left."""
        request = self._tasks[job.kind].request(job, item) if held[1] < TRIES else None
        if request is None:
            _log.warning("item of a bulk job failed", extra={"job": job.id, "tries": held[1]})
            self._work.settle(job.id, item, held[0], None)
            self._drop(held[0])
            return True
        check = _hidden_check(uuid4().hex)
        if self._work.retry(job.id, item, held, check.id):
            self._drop(held[0])
            self._submit(check, request)
        return False

    # ── what may begin ──

    def _begin(self, jobs: Sequence[BulkJob], flights: Mapping[str, int]) -> None:
        """Submits new checks. Each job gets an equal share, at least one."""
        if not jobs:
            return
        allowed = max(1, min(AT_ONCE, self._workers() // 2))
        free = 0 if self._people_wait() else allowed - sum(flights.values())
        share = max(1, allowed // len(jobs))
        for job in jobs:
            free -= self._advance(job, min(free, share - flights[job.id]), flights[job.id])

    def _advance(self, job: BulkJob, free: int, in_flight: int) -> int:
        """Submits checks on the job's next items. Returns their number."""
        begun = 0
        for _ in range(_LOOKED_AT):
            if begun >= free:
                break
            step = self._tasks[job.kind].next(job)
            if step is None:
                if begun + in_flight == 0:
                    self._work.end(job)
                break
            request = self._tasks[job.kind].request(job, step.item) if step.item is not None else None
            check = _hidden_check(uuid4().hex)
            if not self._work.begin(job, step.cursor, step.item if request else None, check.id, step.note):
                break  # paused or cancelled in the meantime
            job = replace(job, cursor=step.cursor)
            if request is not None:
                begun += 1
                self._submit(check, request)
        return begun

    def _submit(self, check: Check, request: CheckRequest) -> None:
        """Submits a check. If the queue is full, the item stays in flight without a check and is submitted later."""
        options = replace(request.options, priority=Priority.BATCH)
        with suppress(Busy, RateLimited):
            self._checks.submit(check, replace(request, callback_url=None, options=options), None)

    def _drop(self, check_id: str) -> None:
        with suppress(UnknownCheck, ExpiredCheck):
            self._checks.drop(check_id, OWNER, forget=True)


def _hidden_check(check_id: str) -> Check:
    return Check(
        id=check_id,
        owner=OWNER,
        status=CheckStatus.QUEUED,
        created_at=timestamp(),
        started_at=None,
        finished_at=None,
        progress=Progress(0, 0),
        report=None,
        error=None,
        revision=1,
    )

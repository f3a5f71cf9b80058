"""Requeues the jobs of dead workers, and fails checks whose job is lost.

Runs as a thread of every worker, because RQ's own maintenance runs only between jobs. A lock in Redis lets one of them run at
a time.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from rq.exceptions import NoSuchJobError
from rq.job import Job
from rq.utils import as_text
from rq.worker_registration import clean_worker_registry

from factcheck import redis_keys
from factcheck.store.fair_queue import FairQueue
from worker.process.rq_worker import CheckQueue

SWEEP_INTERVAL_S = 1.0
_STRANDED_S = 5.0  # taken from the queue, not yet started: normally milliseconds
_LOST_S = 15.0
_RESCUE_INTERVAL_S = 5.0
_log = logging.getLogger(__name__)

# KEYS: registry of started jobs. ARGV: prefix of the keys of executions. Redis drops such a key when nobody beat for it. The
# scores are no measure: each is of the clock of the host that wrote it.
_MARK_DEAD = """
for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if redis.call('EXISTS', ARGV[1] .. member) == 0 then redis.call('ZADD', KEYS[1], 'XX', 1, member) end
end
"""
_EXECUTION = "rq:execution:"  # of `rq.executions.Execution.key`
_DEAD = 1


OnFailure = Callable[..., bool | None]


class JobGone(Exception):
    """A check's job is neither queued nor running."""


class JobRecovery:
    """Maintains one queue.

    `on_failure(job, type, error, traceback)` is called for every job that is retried or given up. `reap` fails the checks whose
    job no longer exists, and returns their ids.
    """

    def __init__(self, queue: CheckQueue, on_failure: OnFailure, reap: Callable[[], list[str]]) -> None:
        self._queue = queue
        self._lanes = FairQueue(queue.connection)
        self._mark_dead = queue.connection.register_script(_MARK_DEAD)
        self._on_failure = on_failure
        self._reap = reap
        self._seen_stranded: dict[str, float] = {}
        self._seen_lost: dict[str, float] = {}
        self._next_rescue = 0.0

    def start(self) -> None:
        """Sweeps every second until the process ends."""
        threading.Thread(target=self._run, name="job-recovery", daemon=True).start()

    def sweep(self) -> None:
        """One round, unless another process holds the lock."""
        if not self._queue.acquire_maintenance_lock():
            return
        try:
            self._free_dead()
            self._queue.failed_job_registry.cleanup()
            clean_worker_registry(self._queue)
            self._return_stranded()
            self._lanes.feed()
            if time.monotonic() >= self._next_rescue:
                self._next_rescue = time.monotonic() + _RESCUE_INTERVAL_S
                self._rescue_lost()
        finally:
            self._queue.release_maintenance_lock()

    def _run(self) -> None:
        while True:
            try:
                self.sweep()
            except Exception as error:  # Redis is unreachable: the next round retries
                _log.info("no sweep", extra={"error": type(error).__name__})
            time.sleep(SWEEP_INTERVAL_S)

    def _free_dead(self) -> None:
        """Jobs whose worker beats no more, by Redis's clock: those of hosts differ."""
        started = self._queue.started_job_registry
        self._mark_dead(keys=[started.key], args=[_EXECUTION])
        started.cleanup(_DEAD, [self._on_failure])

    def _return_stranded(self) -> None:
        """Requeues jobs whose worker died between dequeuing and starting them. This does not count as a try."""
        waiting = set(self._queue.intermediate_queue.get_job_ids())
        stranded = waiting - set(self._queue.started_job_registry.get_job_ids(cleanup=False))
        for job_id in _older_than(_STRANDED_S, self._seen_stranded, stranded, time.monotonic()):
            self._push_back(job_id)

    def _push_back(self, job_id: str) -> None:
        _log.warning("stranded job returned to the queue", extra={"check_id": job_id})
        with self._queue.connection.pipeline() as pipeline:
            pipeline.lrem(self._queue.intermediate_queue_key, 1, job_id)
            pipeline.lpush(self._queue.key, job_id)
            pipeline.execute()

    def _rescue_lost(self) -> None:
        """Requeues checks that wait for a job that no longer exists."""
        on_their_way = {
            *self._lanes.waiting(),
            *self._queue.get_job_ids(),
            *self._queue.intermediate_queue.get_job_ids(),
            *self._queue.started_job_registry.get_job_ids(cleanup=False),
        }
        active = {as_text(entry) for entry in self._queue.connection.zrange(redis_keys.ACTIVE_CHECKS, 0, -1)}  # type: ignore[arg-type]
        for check_id in _older_than(_LOST_S, self._seen_lost, active - on_their_way, time.monotonic()):
            self._rescue(check_id)
        for check_id in self._reap():
            _log.error("a check's job was gone; the check is failed", extra={"check_id": check_id})

    def _rescue(self, check_id: str) -> None:
        try:
            job = Job.fetch(check_id, connection=self._queue.connection, serializer=self._queue.serializer)
        except NoSuchJobError:
            return  # left to the reaper
        self._on_failure(job, JobGone, JobGone(), None)
        if job.should_retry:
            self._try_again(job)

    def _try_again(self, job: Job) -> None:
        with self._queue.connection.pipeline() as pipeline:
            job.retry(self._queue, pipeline)
            pipeline.execute()


def _older_than(age_s: float, first_seen: dict[str, float], now_seen: set[str], now_s: float) -> list[str]:
    """Ids that were seen continuously for at least `age_s`. Updates `first_seen`."""
    for vanished in first_seen.keys() - now_seen:
        del first_seen[vanished]
    for job_id in now_seen:
        first_seen.setdefault(job_id, now_s)
    ripe = [job_id for job_id, since in first_seen.items() if now_s - since >= age_s]
    for job_id in ripe:
        del first_seen[job_id]
    return ripe


def failure_listener(record: Callable[[str, type[BaseException], int], None]) -> OnFailure:
    """An RQ exception handler that calls `record(check_id, error type, tries left)`. RQ calls it before it counts the try."""

    def heard(job: Job, error_type: type[BaseException], *_: Any) -> bool:
        record(job.id, error_type, job.retries_left or 0)
        return True

    return heard

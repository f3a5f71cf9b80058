"""The RQ worker: runs jobs in its own process, with heartbeats from a thread and maintenance by `job_recovery`.

Reasons for not using RQ's defaults: docs/adr/0004-worker-process-model.md.
"""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol
from uuid import uuid4

from rq import Queue, SimpleWorker
from rq.exceptions import NoSuchJobError, StopRequested
from rq.job import Job
from rq.registry import StartedJobRegistry
from rq.serializers import JSONSerializer
from rq.utils import as_text
from rq.worker.base import WorkerStatus

from factcheck import redis_keys
from factcheck.errors import StoreUnavailable
from factcheck.redis_connection import store_errors
from factcheck.store.fair_queue import FairQueue
from factcheck.store.queue import WORKER_KEY_LIFETIME_S
from worker.process.metrics import resident_bytes

JOB_MONITORING_INTERVAL_S = 3
EXECUTION_TTL_S = 8  # allows two missed heartbeats; a dead worker's job is free after 5 to 8 s
MAINTENANCE_INTERVAL_S = 3
WORKER_TTL_S = WORKER_KEY_LIFETIME_S - 60  # as RQ adds to it at birth; an idle worker wakes every WORKER_TTL_S - 15 s
_MAINTENANCE_LOCK_S = 10
_REST_S = 1.0
_log = logging.getLogger(__name__)


class CheckQueue(Queue):
    """The queue of checks."""

    def acquire_maintenance_lock(self) -> bool:
        """A short lock. RQ's own lasts 15 minutes, during which nobody could replace a killed process."""
        return bool(self.connection.set(self.registry_cleaning_key, 1, nx=True, ex=_MAINTENANCE_LOCK_S))

    def release_maintenance_lock(self) -> None:
        """Releases the lock before it expires."""
        self.connection.delete(self.registry_cleaning_key)


class CheckWorker(SimpleWorker):
    """Runs one job at a time in this process, which has loaded the models."""

    queue_class = CheckQueue
    lanes: FairQueue
    memory_limit_bytes = 0
    _woken: threading.Event
    _waiting = False

    def dequeue_job_and_maintain_ttl(
        self, timeout: int | None, max_idle_time: int | None = None
    ) -> tuple[Job, Queue] | None:
        """The next job; None if there is none and `timeout` is None. Raises: `StopRequested`.

        Replaces RQ's method, which can be interrupted after it dequeued a job. The job is then stranded until `JobRecovery` runs.
        """
        if 0 < self.memory_limit_bytes < resident_bytes():
            _log.warning("this worker has grown too large; it ends, and another one starts")
            self._stop_requested = True
        while not self._stop_requested:
            try:
                with store_errors():
                    job_id, job = self._next(timeout)
            except StoreUnavailable as error:
                self._rest(error)
                continue
            if job:
                return job, self.queues[0]
            if job_id is None and timeout is None:
                return None
        raise StopRequested

    def execute_job(self, job: Job, queue: Queue) -> None:
        """As `SimpleWorker`, with heartbeats during the job. If Redis becomes unreachable, the job is requeued, because its
        heartbeats stop.
        """
        try:
            with store_errors():
                self.prepare_execution(job)
                with heartbeats(lambda: self.maintain_heartbeats(job), JOB_MONITORING_INTERVAL_S):
                    self.perform_job(job, queue)
        except StoreUnavailable as error:
            self._rest(error)

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        """Of one lifetime always, whatever RQ asks for: readers tell the beat's age from what is left of it.

        A beat that Redis refuses is missed; it would end the worker.
        """
        with suppress(StoreUnavailable), store_errors():
            super().heartbeat(WORKER_KEY_LIFETIME_S, pipeline)

    def get_heartbeat_ttl(self, job: Job) -> int:
        """Seconds that a worker without heartbeats counts as alive."""
        return EXECUTION_TTL_S

    def handle_job_success(self, job: Job, queue: Queue, started_job_registry: StartedJobRegistry) -> None:
        """As RQ's, but keeps a job that was given to another worker in the meantime."""
        if self._holds(job):
            self._forget_dead_executions(job)
            super().handle_job_success(job, queue, started_job_registry)
        else:
            self._let_go(job)

    def handle_job_failure(
        self, job: Job, queue: Queue, started_job_registry: Any = None, exc_string: str = ""
    ) -> None:
        """As RQ's, but does not requeue a job that was given to another worker in the meantime."""
        if self._holds(job):
            super().handle_job_failure(job, queue, started_job_registry, exc_string)
        else:
            self._let_go(job)

    def _shutdown(self) -> None:
        """Stops at once while waiting for a job, else after the current job."""
        self._stop_requested = True
        self._woken.set()
        if self._waiting:
            raise StopRequested

    def run_maintenance_tasks(self) -> None:
        """No-op: `JobRecovery` does this, because RQ calls it only between jobs."""

    def subscribe(self) -> None:
        """No-op: the worker takes no remote commands. Checks are cancelled through their record."""

    def unsubscribe(self) -> None:
        """No-op, see `subscribe`."""

    def _next(self, timeout: int | None) -> tuple[str | None, Job | None]:
        """Id and job of the next check. The job is None if the check was cancelled in the meantime."""
        self._be_known()
        self.lanes.feed()
        job_id = self._take(timeout)
        if job_id is None:
            return None, None
        self.lanes.feed(taken=job_id)
        return job_id, self._fetch(job_id)

    def _be_known(self) -> None:
        """Sends a heartbeat. Registers again if Redis lost its data."""
        if self.connection.hexists(self.key, "birth"):
            self.set_state(WorkerStatus.IDLE)
            self.heartbeat()
        else:
            self.connection.delete(self.key)
            self.register_birth()  # type: ignore[no-untyped-call]

    def _rest(self, error: StoreUnavailable) -> None:
        """Waits if Redis responds with an error: a replica, full, loading, wrong password. (If unreachable, each call waits.)"""
        _log.warning("this worker waits for the store", extra={"reason": str(error)})
        self._woken.wait(_REST_S)

    def _take(self, timeout_s: int | None) -> str | None:
        source, shelf = self.queues[0].key, self.queues[0].intermediate_queue_key
        if timeout_s is None:
            taken = self.connection.lmove(source, shelf, "LEFT", "LEFT")
        else:
            self._waiting = True
            try:
                taken = self.connection.blmove(source, shelf, timeout_s, "LEFT", "LEFT")
            finally:
                self._waiting = False
        return None if taken is None else as_text(taken)

    def _fetch(self, job_id: str) -> Job | None:
        try:
            job = Job.fetch(job_id, connection=self.connection, serializer=self.serializer)
        except NoSuchJobError:  # cancelled between submission and now
            self.queues[0].intermediate_queue.remove(job_id)
            return None
        job.redis_server_version = self.get_redis_server_version()  # type: ignore[no-untyped-call]
        return job

    def _holds(self, job: Job) -> bool:
        execution = self.execution
        if execution is None:
            return False
        return self.connection.zscore(job.started_job_registry.key, execution.composite_key) is not None

    def _forget_dead_executions(self, job: Job) -> None:
        """Removes executions of killed workers. RQ deletes a finished job only if each listed execution has a record."""
        registry = job.execution_registry
        ours = self.execution.id if self.execution else ""
        for execution_id in registry.get_execution_ids():
            if execution_id != ours:
                self.connection.zrem(registry.key, execution_id)

    def _let_go(self, job: Job) -> None:
        _log.warning("a stalled execution ended after its job was given away", extra={"check_id": job.id})
        with self.connection.pipeline() as pipeline:
            self.cleanup_execution(job, pipeline=pipeline)
            pipeline.execute()


class _StopEvent(Protocol):
    """The part of `threading.Event` that `heartbeats` needs."""

    def wait(self, timeout: float) -> bool:
        """Waits at most `timeout` seconds. True once the block is over."""


@contextmanager
def heartbeats(beat: Callable[[], object], interval_s: float) -> Iterator[None]:
    """Calls `beat` every `interval_s` from a thread while the block runs. A failed call is logged and ignored."""
    done = threading.Event()
    thread = threading.Thread(target=_beat_until, args=(done, beat, interval_s), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(timeout=1)


def _beat_until(done: _StopEvent, beat: Callable[[], object], interval_s: float) -> None:
    while not done.wait(interval_s):
        try:
            beat()
        except Exception as error:  # Redis is unreachable, or the job ended between the two lines above
            _log.info("no heartbeat", extra={"error": type(error).__name__})


def open_queue(connection: Any) -> CheckQueue:
    """The queue on a connection of `factcheck.store`."""
    return CheckQueue(redis_keys.QUEUE, connection=connection, serializer=JSONSerializer)


def open_worker(connection: Any, on_failure: Callable[..., bool | None], memory_limit_bytes: int = 0) -> CheckWorker:
    """A worker with our settings. `on_failure(job, type, error, traceback)` is called for every failed try.

    It ends between two checks if it uses more memory than `memory_limit_bytes` (0: no limit).
    """
    worker = CheckWorker(
        [open_queue(connection)],
        name=f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}",
        connection=connection,
        exception_handlers=[on_failure],
        serializer=JSONSerializer,
        job_monitoring_interval=JOB_MONITORING_INTERVAL_S,
        maintenance_interval=MAINTENANCE_INTERVAL_S,
        worker_ttl=WORKER_TTL_S,
        log_job_description=False,
    )
    worker._woken = threading.Event()
    worker.lanes, worker.memory_limit_bytes = FairQueue(connection), memory_limit_bytes
    return worker

"""Live workers and waiting checks, for readiness and metrics."""

import os
import socket
from datetime import UTC, datetime

from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer
from rq.worker import BaseWorker

from factcheck import redis_keys
from factcheck.errors import StoreTooNew, StoreUnavailable
from factcheck.redis_connection import as_text, store_errors
from factcheck.store.fair_queue import FairQueue
from factcheck.store.queue import WORKER_KEY_LIFETIME_S, open_queue
from factcheck.store.record_format import FORMAT, require_format

_BEAT_S = 4.0  # one beat and the time it may be late
_FRESH_S = 20.0  # workers send a heartbeat every few seconds; RQ counts a dead one for over a minute

_SHARE_OF_LIMIT = 0.9
_SHARE_OF_MACHINE = 0.6  # a server without maxmemory shares the machine with workers

# Substring of a Redis error → phrase for operators.
_CAUSES = {
    "READONLY": "is a read-only replica",
    "read only": "is a read-only replica",
    "OOM": "has no memory left",
    "maxmemory": "has no memory left",
    "MISCONF": "cannot write its files",
    "LOADING": "is loading its files",
    "loading": "is loading its files",
    "AuthenticationError": "rejects the password",
    "already authenticated": "wants a password, and REDIS_URL has none",
    "NOAUTH": "wants a password, and REDIS_URL has none",
    "WRONGPASS": "rejects the password",
    "NOREPLICAS": "lacks replicas",
}


class RedisQueueHealth:
    """Live workers and waiting checks.

    Raises: `StoreUnavailable`.
    """

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._queue = open_queue(client)
        self._fair_queue = FairQueue(client)

    def store_trouble(self) -> str:
        """Why Redis rejects writes, as a phrase for operators; "" if it accepts them. Never raises."""
        try:
            require_format(self._client)
            with store_errors():
                self._client.set(redis_keys.PROBE, 1, ex=60)
        except StoreTooNew:
            return "holds records of a newer version"
        except StoreUnavailable as error:
            return next((words for mark, words in _CAUSES.items() if mark in _message(error)), "does not answer")
        return ""

    def live_workers(self) -> int:
        """Number of workers with a heartbeat within 20 s by Redis's clock, without those of this host whose process has ended."""
        with store_errors():
            workers = Worker.all(queue=self._queue, serializer=JSONSerializer)
            with self._client.pipeline(transaction=False) as pipe:
                for worker in workers:
                    pipe.pttl(worker.key)
                left_ms = pipe.execute()
        return sum(
            _is_alive(worker, WORKER_KEY_LIFETIME_S - ms / 1000) for worker, ms in zip(workers, left_ms, strict=True)
        )

    def queue_age_s(self) -> float:
        """Age of the oldest waiting check, in seconds; 0 where none waits."""
        with store_errors():
            names = [redis_keys.check(check_id) for check_id in self._fair_queue.oldest()]
            created = [as_text(self._client.hget(name, "created_at")) for name in names]
        return max((_age_s(datetime.fromisoformat(moment)) for moment in created if moment), default=0.0)

    def callbacks_due(self) -> int:
        """Number of webhooks that are still to be delivered."""
        with store_errors():
            return int(self._client.zcard(redis_keys.CALLBACKS))

    def store_memory(self) -> tuple[int, int]:
        """Bytes that Redis uses, and its limit (0: unlimited)."""
        with store_errors():
            info = self._client.info("memory")
        return int(info["used_memory"]), int(info.get("maxmemory", 0))

    def is_full(self, queue_limit: int) -> bool:
        """True if the service should reject new checks: `queue_limit` reached, memory short, or records of a newer version.

        The remaining memory is reserved for the reports of accepted checks.
        """
        with store_errors(), self._client.pipeline(transaction=False) as pipe:
            pipe.zcard(redis_keys.ACTIVE_CHECKS)
            pipe.info("memory")
            pipe.get(redis_keys.FORMAT)
            unfinished, info, stored = pipe.execute()
        limit_bytes = info.get("maxmemory") or info.get("total_system_memory", 0) * _SHARE_OF_MACHINE
        too_new = int(as_text(stored) or FORMAT) > FORMAT
        return too_new or int(unfinished) >= queue_limit or 0 < limit_bytes * _SHARE_OF_LIMIT < info["used_memory"]

    def unfinished_checks(self) -> int:
        """Number of queued and running checks."""
        with store_errors():
            return int(self._client.zcard(redis_keys.ACTIVE_CHECKS))


def _is_alive(worker: BaseWorker, age_s: float) -> bool:
    """A process that is gone beats no more; one that beats in another container of this host is not gone."""
    return age_s < _BEAT_S or (age_s < _FRESH_S and not _is_gone(worker))


def _is_gone(worker: BaseWorker) -> bool:
    """True if the worker ran on this host, and no process has its id."""
    if worker.hostname != socket.gethostname() or not worker.pid:
        return False
    try:
        os.kill(worker.pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _age_s(moment: datetime) -> float:
    return (datetime.now(UTC) - moment.replace(tzinfo=moment.tzinfo or UTC)).total_seconds()


def _message(error: StoreUnavailable) -> str:
    """Type and message of Redis's error."""
    return f"{type(error.__cause__).__name__} {error}"

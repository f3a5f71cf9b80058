"""Who is at work, and how much waits, for readiness and metrics."""

from datetime import UTC, datetime

from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer

from factcheck import redis_keys
from factcheck.errors import StoreUnavailable
from factcheck.redis_connection import as_text, store_errors
from factcheck.store.fair_queue import FairQueue
from factcheck.store.queue import open_queue

_FRESH_S = 20.0  # a worker beats every few seconds; RQ itself counts a dead one for over a minute

_OF_BOUND = 0.9
_OF_MACHINE = 0.6  # a server without a bound of its own shares the machine with workers

# What Redis says → what it means.
_TROUBLES = {
    "READONLY": "is a replica, which takes nothing in",
    "read only": "is a replica, which takes nothing in",
    "OOM": "has no memory left",
    "maxmemory": "has no memory left",
    "MISCONF": "cannot write its files",
    "LOADING": "is loading its files",
    "loading": "is loading its files",
    "AuthenticationError": "wants another password",
    "NOAUTH": "wants another password",
    "WRONGPASS": "wants another password",
    "NOREPLICAS": "misses its replicas",
}


class RedisHealth:
    """Workers and waiting checks. Raises `StoreUnavailable`."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._queue = open_queue(client)
        self._lanes = FairQueue(client)

    def store_trouble(self) -> str:
        """What keeps Redis from taking something in, in words for operators; "" where nothing does. Never raises."""
        try:
            with store_errors():
                self._client.set(redis_keys.PROBE, 1, ex=60)
        except StoreUnavailable as error:
            return next((words for mark, words in _TROUBLES.items() if mark in _told(error)), "does not answer")
        return ""

    def live_workers(self) -> int:
        """How many workers gave a sign of life lately."""
        with store_errors():
            workers = Worker.all(queue=self._queue, serializer=JSONSerializer)
            return sum(_age_s(worker.last_heartbeat) < _FRESH_S for worker in workers)

    def queue_age_s(self) -> float:
        """How long the check that has waited longest waits already; 0 where none waits."""
        with store_errors():
            names = [redis_keys.check(check_id) for check_id in self._lanes.oldest()]
            births = [as_text(self._client.hget(name, "created_at")) for name in names]
        return max((_age_s(datetime.fromisoformat(birth)) for birth in births if birth), default=0.0)

    def callbacks_due(self) -> int:
        """How many callbacks are still to be delivered."""
        with store_errors():
            return int(self._client.zcard(redis_keys.CALLBACKS))

    def store_memory(self) -> tuple[int, int]:
        """Bytes that Redis uses, and may use (0: as many as there are)."""
        with store_errors():
            told = self._client.info("memory")
        return int(told["used_memory"]), int(told.get("maxmemory", 0))

    def is_full(self, queue_limit: int) -> bool:
        """True where no more checks should be taken in: so many are unfinished, or memory runs short.

        What is left of the memory is for the reports of the checks that are there.
        """
        with store_errors(), self._client.pipeline(transaction=False) as pipe:
            pipe.zcard(redis_keys.ACTIVE_CHECKS)
            pipe.info("memory")
            unfinished, told = pipe.execute()
        bound = told.get("maxmemory") or told.get("total_system_memory", 0) * _OF_MACHINE
        return int(unfinished) >= queue_limit or 0 < bound * _OF_BOUND < told["used_memory"]

    def unfinished_checks(self) -> int:
        """How many checks are queued or running."""
        with store_errors():
            return int(self._client.zcard(redis_keys.ACTIVE_CHECKS))


def _age_s(moment: datetime | None) -> float:
    if moment is None:
        return float("inf")
    return (datetime.now(UTC) - moment.replace(tzinfo=moment.tzinfo or UTC)).total_seconds()


def _told(error: StoreUnavailable) -> str:
    """The type of Redis's own error, and its words."""
    return f"{type(error.__cause__).__name__} {error}"

"""Who is at work, and how much waits, for readiness and metrics."""

from datetime import UTC, datetime

from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer

from factcheck import keys
from factcheck.store.connection import answers, store_errors
from factcheck.store.queue import open_queue

_FRESH_S = 20.0  # a worker beats every few seconds; RQ itself counts a dead one for over a minute


class RedisPresence:
    """Workers and waiting checks. Raises `StoreUnavailable`."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._queue = open_queue(client)

    def store_answers(self) -> bool:
        """True where Redis answers a ping; never raises."""
        return answers(self._client)

    def live_workers(self) -> int:
        """How many workers gave a sign of life lately."""
        with store_errors():
            workers = Worker.all(queue=self._queue, serializer=JSONSerializer)
            return sum(_age_s(worker.last_heartbeat) < _FRESH_S for worker in workers)

    def unfinished_checks(self) -> int:
        """How many checks are queued or running."""
        with store_errors():
            return int(self._client.zcard(keys.ACTIVE_CHECKS))


def _age_s(moment: datetime | None) -> float:
    if moment is None:
        return float("inf")
    return (datetime.now(UTC) - moment.replace(tzinfo=moment.tzinfo or UTC)).total_seconds()

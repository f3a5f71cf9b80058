"""Counters and memory use of the workers, for the metrics endpoint of the web server."""

from collections.abc import Mapping

from redis import Redis

from factcheck import redis_keys
from factcheck.redis_connection import as_text, store_errors

_FRESH_S = 30.0


class RedisMetricSink:
    """`MetricSink` in Redis: sums over all workers, by series name."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    def add(self, amounts: Mapping[str, float]) -> None:
        """Adds in one round trip.

        Raises: `StoreUnavailable`.
        """
        with store_errors(), self._client.pipeline(transaction=False) as pipe:
            for name, amount in amounts.items():
                pipe.hincrbyfloat(redis_keys.WORK_DONE, name, amount)
            pipe.execute()

    def sums(self) -> dict[str, float]:
        """The sum of every series.

        Raises: `StoreUnavailable`.
        """
        with store_errors():
            return {as_text(name): float(amount) for name, amount in self._client.hgetall(redis_keys.WORK_DONE).items()}

    def report_memory(self, worker: str, size_bytes: int) -> None:
        """Stores this worker's resident memory, in bytes.

        Raises: `StoreUnavailable`.
        """
        with store_errors():
            self._client.hset(redis_keys.WORKER_MEMORY, worker, f"{size_bytes} {self._now_s()}")

    def memory(self) -> dict[str, int]:
        """Resident bytes of each worker that reported within 30 s. Deletes the rows of the others.

        Raises: `StoreUnavailable`.
        """
        with store_errors():
            rows = {as_text(name): as_text(row) for name, row in self._client.hgetall(redis_keys.WORKER_MEMORY).items()}
            now_s = self._now_s()
            stale = [name for name, row in rows.items() if now_s - float(row.split()[1]) > _FRESH_S]
            if stale:
                self._client.hdel(redis_keys.WORKER_MEMORY, *stale)
        return {name: int(row.split()[0]) for name, row in rows.items() if name not in stale}

    def _now_s(self) -> int:
        """By Redis's clock: those of hosts differ."""
        return int(self._client.time()[0])

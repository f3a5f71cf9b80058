"""Cache of bytes in Redis, each entry with a lifetime that starts anew when it is read."""

import logging
from collections.abc import Callable, Mapping, Sequence

from redis import Redis

from factcheck.errors import StoreUnavailable
from factcheck.redis_connection import store_errors

_log = logging.getLogger(__name__)


class RedisExpiringCache:
    """Entries under `redis_key` of their cache keys. `lifetime_s` counts from the last use; 0 disables the cache.

    Never raises where the store is unavailable: it counts as empty, and a warning in the log says what, by `content`.
    """

    def __init__(self, client: Redis, lifetime_s: int, redis_key: Callable[[str], str], content: str) -> None:
        self._client = client
        self._lifetime_s = lifetime_s
        self._redis_key = redis_key
        self._content = content

    def recall(self, cache_keys: Sequence[str]) -> list[bytes | None]:
        """Reads in one round trip, and restarts the lifetime of each entry found."""
        if not cache_keys or not self._lifetime_s:
            return [None] * len(cache_keys)
        try:
            with store_errors(), self._client.pipeline(transaction=False) as pipe:
                for cache_key in cache_keys:
                    pipe.getex(self._redis_key(cache_key), ex=self._lifetime_s)
                return list(pipe.execute())
        except StoreUnavailable:
            _log.warning("%s not read from cache", self._content, extra={"count": len(cache_keys)})
            return [None] * len(cache_keys)

    def keep(self, values: Mapping[str, bytes]) -> None:
        """Writes in one round trip."""
        if not values or not self._lifetime_s:
            return
        try:
            with store_errors(), self._client.pipeline(transaction=False) as pipe:
                for cache_key, value in values.items():
                    pipe.set(self._redis_key(cache_key), value, ex=self._lifetime_s)
                pipe.execute()
        except StoreUnavailable:
            _log.warning("%s not cached", self._content, extra={"count": len(values)})

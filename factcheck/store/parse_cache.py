"""Cache of parsed sentences, so that an edited article is parsed only where it was edited, whichever worker checks it."""

import logging
from collections.abc import Mapping, Sequence

from redis import Redis

from factcheck import redis_keys
from factcheck.errors import StoreUnavailable
from factcheck.redis_connection import store_errors

_log = logging.getLogger(__name__)


class RedisParseCacheStore:
    """`ParseCacheStore` in Redis. `lifetime_s` counts from the last use; 0 disables the cache."""

    def __init__(self, client: Redis, lifetime_s: int) -> None:
        self._client = client
        self._lifetime_s = lifetime_s

    def recall(self, cache_keys: Sequence[str]) -> list[bytes | None]:
        """Reads in one round trip, and restarts the lifetime of each entry found."""
        if not cache_keys or not self._lifetime_s:
            return [None] * len(cache_keys)
        try:
            with store_errors(), self._client.pipeline(transaction=False) as pipe:
                for cache_key in cache_keys:
                    pipe.getex(redis_keys.cached_parse(cache_key), ex=self._lifetime_s)
                return list(pipe.execute())
        except StoreUnavailable:
            _log.warning("parsed sentences not read from cache", extra={"count": len(cache_keys)})
            return [None] * len(cache_keys)

    def keep(self, parses: Mapping[str, bytes]) -> None:
        """Writes in one round trip."""
        if not parses or not self._lifetime_s:
            return
        try:
            with store_errors(), self._client.pipeline(transaction=False) as pipe:
                for cache_key, parse in parses.items():
                    pipe.set(redis_keys.cached_parse(cache_key), parse, ex=self._lifetime_s)
                pipe.execute()
        except StoreUnavailable:
            _log.warning("parsed sentences not cached", extra={"count": len(parses)})

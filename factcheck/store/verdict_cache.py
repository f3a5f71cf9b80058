"""Cache of verdicts, so that an edited article is checked again only where it was edited."""

import logging
from collections.abc import Mapping, Sequence

from redis import Redis

from factcheck import redis_keys
from factcheck.check_json import verdict_from_json, verdict_to_json
from factcheck.errors import StoreUnavailable
from factcheck.redis_connection import store_errors
from factcheck.store.json_codec import pack, unpack
from factcheck.verdict import Verdict

_log = logging.getLogger(__name__)


class RedisVerdictCacheStore:
    """`VerdictCacheStore` in Redis. `lifetime_s` counts from the last use; 0 disables the cache."""

    def __init__(self, client: Redis, lifetime_s: int) -> None:
        self._client = client
        self._lifetime_s = lifetime_s

    def recall(self, cache_keys: Sequence[str]) -> list[Verdict | None]:
        """Reads in one round trip, and restarts the lifetime of each entry found."""
        if not cache_keys or not self._lifetime_s:
            return [None] * len(cache_keys)
        try:
            with store_errors(), self._client.pipeline(transaction=False) as pipe:
                for cache_key in cache_keys:
                    pipe.getex(redis_keys.cached_verdict(cache_key), ex=self._lifetime_s)
                rows = pipe.execute()
        except StoreUnavailable:
            _log.warning("verdicts not read from cache", extra={"count": len(cache_keys)})
            return [None] * len(cache_keys)
        return [None if row is None else verdict_from_json(unpack(row)) for row in rows]

    def keep(self, verdicts: Mapping[str, Verdict]) -> None:
        """Writes in one round trip."""
        if not verdicts or not self._lifetime_s:
            return
        try:
            with store_errors(), self._client.pipeline(transaction=False) as pipe:
                for cache_key, verdict in verdicts.items():
                    pipe.set(redis_keys.cached_verdict(cache_key), pack(verdict_to_json(verdict)), ex=self._lifetime_s)
                pipe.execute()
        except StoreUnavailable:
            _log.warning("verdicts not cached", extra={"count": len(verdicts)})

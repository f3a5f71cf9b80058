"""Cache of verdicts, so that an edited article is checked again only where it was edited."""

from collections.abc import Mapping, Sequence

from redis import Redis

from factcheck import redis_keys
from factcheck.check_json import verdict_from_json, verdict_to_json
from factcheck.store.expiring_cache import RedisExpiringCache
from factcheck.store.json_codec import pack, unpack
from factcheck.verdict import Verdict


class RedisVerdictCacheStore:
    """`VerdictCacheStore` in Redis. `lifetime_s` counts from the last use; 0 disables the cache."""

    def __init__(self, client: Redis, lifetime_s: int) -> None:
        self._cache = RedisExpiringCache(client, lifetime_s, redis_keys.cached_verdict, "verdicts")

    def recall(self, cache_keys: Sequence[str]) -> list[Verdict | None]:
        """Reads in one round trip, and restarts the lifetime of each entry found."""
        rows = self._cache.recall(cache_keys)
        return [None if row is None else verdict_from_json(unpack(row)) for row in rows]

    def keep(self, verdicts: Mapping[str, Verdict]) -> None:
        """Writes in one round trip."""
        self._cache.keep({cache_key: pack(verdict_to_json(verdict)) for cache_key, verdict in verdicts.items()})

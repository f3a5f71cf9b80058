"""Cache of parsed sentences, so that an edited article is parsed only where it was edited, whichever worker checks it."""

from redis import Redis

from factcheck import redis_keys
from factcheck.store.expiring_cache import RedisExpiringCache


class RedisParseCacheStore(RedisExpiringCache):
    """`ParseCacheStore` in Redis. `lifetime_s` counts from the last use; 0 disables the cache."""

    def __init__(self, client: Redis, lifetime_s: int) -> None:
        super().__init__(client, lifetime_s, redis_keys.cached_parse, "parsed sentences")

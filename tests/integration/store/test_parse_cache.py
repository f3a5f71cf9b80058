from redis import Redis

from factcheck import redis_keys
from factcheck.redis_connection import connect_briefly
from factcheck.store.parse_cache import RedisParseCacheStore


def test_a_parse_is_recalled_under_its_name(redis_client: Redis):
    memory = RedisParseCacheStore(redis_client, 60)
    memory.keep({"a": b"[1]"})
    assert memory.recall(["b", "a"]) == [None, b"[1]"]


def test_what_is_used_lives_on(redis_client: Redis):
    memory = RedisParseCacheStore(redis_client, 60)
    memory.keep({"a": b"[]"})
    redis_client.expire(redis_keys.cached_parse("a"), 5)
    memory.recall(["a"])
    assert 55 <= redis_client.ttl(redis_keys.cached_parse("a")) <= 60


def test_a_lifetime_of_zero_remembers_nothing(redis_client: Redis):
    memory = RedisParseCacheStore(redis_client, 0)
    memory.keep({"a": b"[]"})
    assert memory.recall(["a"]) == [None]
    assert redis_client.keys("*") == []


def test_without_a_store_everything_is_forgotten_and_nothing_raised():
    memory = RedisParseCacheStore(connect_briefly("unix:///nowhere/redis.sock"), 60)
    memory.keep({"a": b"[]"})
    assert memory.recall(["a", "b"]) == [None, None]

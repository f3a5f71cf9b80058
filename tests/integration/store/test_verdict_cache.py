from redis import Redis

from factcheck import redis_keys
from factcheck.redis_connection import connect_briefly
from factcheck.store.verdict_cache import RedisVerdictCacheStore
from tests.builders import a_verdict


def test_a_verdict_is_recalled_under_its_name(redis_client: Redis):
    memory, verdict = RedisVerdictCacheStore(redis_client, 60), a_verdict(text="A lone \ud800 and a 😀.")
    memory.keep({"a": verdict})
    assert memory.recall(["b", "a"]) == [None, verdict]


def test_what_is_used_lives_on_and_what_is_not_is_forgotten(redis_client: Redis):
    memory = RedisVerdictCacheStore(redis_client, 60)
    memory.keep({"a": a_verdict()})
    redis_client.expire(redis_keys.cached_verdict("a"), 5)
    memory.recall(["a"])
    assert 55 <= redis_client.ttl(redis_keys.cached_verdict("a")) <= 60


def test_a_lifetime_of_zero_remembers_nothing(redis_client: Redis):
    memory = RedisVerdictCacheStore(redis_client, 0)
    memory.keep({"a": a_verdict()})
    assert memory.recall(["a"]) == [None]
    assert redis_client.keys("*") == []


def test_without_a_store_everything_is_forgotten_and_nothing_raised():
    memory = RedisVerdictCacheStore(connect_briefly("unix:///nowhere/redis.sock"), 60)
    memory.keep({"a": a_verdict()})
    assert memory.recall(["a", "b"]) == [None, None]

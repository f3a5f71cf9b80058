from redis import Redis

from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.health import RedisHealth
from tests.builders import a_check, an_order


def test_the_house_is_full_at_the_bound_of_its_queue(redis_client: Redis):
    presence = RedisHealth(redis_client)
    assert not presence.is_full(1)
    RedisCheckRepository(redis_client, Settings()).submit(a_check(), an_order(), None)
    assert presence.is_full(1)
    assert not presence.is_full(2)


def test_it_is_full_before_the_store_has_no_memory_left(redis_client: Redis):
    presence, (used, _) = RedisHealth(redis_client), RedisHealth(redis_client).store_memory()
    try:
        redis_client.config_set("maxmemory", used * 2)
        assert not presence.is_full(10)
        redis_client.config_set("maxmemory", int(used * 1.05))
        assert presence.is_full(10)
    finally:
        redis_client.config_set("maxmemory", 0)

"""How much one key may ask, counted in a real Redis."""

import time

import pytest
from flask.testing import FlaskClient
from redis import Redis

from factcheck.api_keys import Scope
from factcheck.store.api_keys import RedisApiKeys
from tests.integration.service.test_keys import bearing, client_on

CHECKING = frozenset({Scope.CHECK})


@pytest.fixture
def ring(redis_client: Redis) -> RedisApiKeys:
    return RedisApiKeys(redis_client)


@pytest.fixture
def client(redis_client: Redis) -> FlaskClient:
    return client_on(redis_client)


def test_each_answer_says_what_is_left(client: FlaskClient, ring: RedisApiKeys):
    headers = bearing(ring.create("desk", CHECKING, per_minute=3)[1])
    told = [client.get("/v1/checks", headers=headers).headers for _ in range(2)]
    assert [answer["RateLimit-Remaining"] for answer in told] == ["2", "1"]
    assert told[0]["RateLimit-Limit"] == "3"
    assert 0 < int(told[0]["RateLimit-Reset"]) <= 20 < int(told[1]["RateLimit-Reset"]) <= 40
    assert told[1]["RateLimit-Policy"] == '"key";q=3;w=60'
    assert told[1]["RateLimit"].startswith('"key";r=1;t=')


def test_beyond_the_limit_a_key_gets_retry_after(client: FlaskClient, ring: RedisApiKeys):
    headers = bearing(ring.create("desk", CHECKING, per_minute=2)[1])
    statuses = [client.get("/v1/checks", headers=headers).status_code for _ in range(3)]
    refused = client.get("/v1/checks", headers=headers)
    assert statuses == [200, 200, 429]
    assert refused.json
    assert refused.json["type"] == "urn:factcheck:problem:rate-limited"
    assert 0 < int(refused.headers["Retry-After"]) <= 30
    assert refused.headers["RateLimit-Remaining"] == "0"


def test_what_is_refused_costs_nothing_and_the_limit_refills(client: FlaskClient, ring: RedisApiKeys):
    headers = bearing(ring.create("desk", CHECKING, per_minute=120)[1])
    statuses = [client.get("/v1/checks", headers=headers).status_code for _ in range(140)]
    assert statuses[:120] == [200] * 120
    assert 429 in statuses[120:]
    deadline = time.monotonic() + 60
    while client.get("/v1/checks", headers=headers).status_code == 429:
        assert time.monotonic() < deadline, "half a second is enough for one request more"


def test_one_key_s_greed_is_nothing_to_another(client: FlaskClient, ring: RedisApiKeys):
    greedy, modest = (bearing(ring.create(name, CHECKING, per_minute=1)[1]) for name in ("greedy", "modest"))
    for _ in range(5):
        client.get("/v1/checks", headers=greedy)
    assert client.get("/v1/checks", headers=modest).status_code == 200


def test_a_key_without_a_limit_and_a_service_without_keys_are_not_counted(client: FlaskClient, ring: RedisApiKeys):
    assert "RateLimit-Limit" not in client.get("/v1/checks").headers
    headers = bearing(ring.create("desk", CHECKING, per_minute=0)[1])
    assert "RateLimit-Limit" not in client.get("/v1/checks", headers=headers).headers


def test_a_full_redis_still_lets_keys_read(client: FlaskClient, ring: RedisApiKeys, redis_client: Redis):
    headers = bearing(ring.create("desk", CHECKING)[1])
    redis_client.config_set("maxmemory", "1")
    try:
        answers = [client.get("/v1/checks", headers=headers).status_code for _ in range(2)]
    finally:
        redis_client.config_set("maxmemory", "0")
    assert answers == [200, 200]


def test_what_counts_a_key_s_requests_is_gone_after_a_minute(
    client: FlaskClient, ring: RedisApiKeys, redis_client: Redis
):
    headers = bearing(ring.create("desk", CHECKING)[1])
    client.get("/v1/checks", headers=headers)
    (counter,) = redis_client.keys("factcheck:rate:*")
    assert 0 < redis_client.pttl(counter) <= 60_000

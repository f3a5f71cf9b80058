import os
import signal
import tempfile
import time
from pathlib import Path

import pytest
from redis import Redis

from factcheck.errors import InvalidSetting, StoreUnavailable
from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckDesk
from factcheck.store.connection import answers, connect_briefly, connect_patiently
from factcheck.store.documents import RedisDocumentStore
from tests.builders import a_check, a_document, an_order
from tests.conftest import running_server


def test_a_server_that_is_not_there_is_reported_within_two_seconds():
    client = connect_briefly("unix:///nowhere/redis.sock")
    began = time.monotonic()
    with pytest.raises(StoreUnavailable):
        RedisDocumentStore(client).put(a_document())
    assert not answers(client)
    assert time.monotonic() - began < 2


def test_a_server_that_hangs_is_reported_within_two_seconds():
    with tempfile.TemporaryDirectory(prefix="fc-") as folder, running_server(Path(folder)) as server:
        client = connect_briefly(f"unix://{folder}/redis.sock")
        assert answers(client)
        os.kill(server.pid, signal.SIGSTOP)
        began = time.monotonic()
        with pytest.raises(StoreUnavailable):
            RedisCheckDesk(client, Settings()).submit(a_check(), an_order(), None)
        assert time.monotonic() - began < 2.5
        client.close()


def test_a_worker_waits_for_a_server_that_comes_back_and_finds_everything():
    with tempfile.TemporaryDirectory(prefix="fc-") as folder:
        client = connect_patiently(f"unix://{folder}/redis.sock")
        store = RedisDocumentStore(client)
        with running_server(Path(folder)):
            store.put(a_document("kept"))
        with running_server(Path(folder)):
            assert store.get("kept") == a_document("kept")
        client.close()


def test_a_full_server_is_unavailable_and_keeps_what_it_has(redis_client: Redis, redis_url: str):
    store = RedisDocumentStore(connect_briefly(redis_url))
    store.put(a_document("kept"))
    redis_client.config_set("maxmemory", "1")
    try:
        with pytest.raises(StoreUnavailable):
            store.put(a_document("refused"))
    finally:
        redis_client.config_set("maxmemory", "0")
    assert store.count() == 1


def test_a_url_that_is_none_is_an_invalid_setting():
    with pytest.raises(InvalidSetting, match="REDIS_URL"):
        connect_briefly("localhost:6379")

import os
import resource
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Timer

import pytest
from redis import Redis

from factcheck.errors import InvalidSetting, StoreUnavailable
from factcheck.redis_connection import answers, connect_briefly, connect_patiently
from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.documents import RedisDocumentStore
from tests.builders import a_check, a_document, a_request
from tests.conftest import running_server


def test_the_waits_of_a_brief_connection_sum_up_to_five_seconds_at_most():
    options = connect_briefly("redis://localhost").connection_pool.connection_kwargs
    assert options["socket_connect_timeout"] + options["socket_timeout"] <= 5


def test_a_server_that_is_not_there_is_reported():
    client = connect_briefly("unix:///nowhere/redis.sock")
    with pytest.raises(StoreUnavailable):
        RedisDocumentStore(client).put(a_document())
    assert not answers(client)


def test_a_server_that_hangs_is_reported():
    """A connection that does not give up hangs until the test is ended."""
    with tempfile.TemporaryDirectory(prefix="fc-") as folder, running_server(Path(folder)) as server:
        client = connect_briefly(f"unix://{folder}/redis.sock")
        assert answers(client)
        os.kill(server.pid, signal.SIGSTOP)
        with pytest.raises(StoreUnavailable):
            RedisCheckRepository(client, Settings()).submit(a_check(), a_request(), None)
        client.close()


def test_a_server_that_is_silent_for_two_seconds_is_waited_for_and_asked_once():
    """So that requests do not fail where its disk or its cores are busy for a moment."""
    with tempfile.TemporaryDirectory(prefix="fc-") as folder, running_server(Path(folder)) as server:
        client = connect_briefly(f"unix://{folder}/redis.sock")
        assert answers(client)
        os.kill(server.pid, signal.SIGSTOP)
        goes_on = Timer(2, os.kill, (server.pid, signal.SIGCONT))
        goes_on.start()
        assert client.incr("asked") == 1
        goes_on.join()
        assert client.get("asked") == b"1"
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


def test_a_full_disk_is_told_as_unavailable_and_what_was_acknowledged_before_is_there_after_a_crash():
    """The server notices at its next flush, so the first write or two may still be taken."""
    with tempfile.TemporaryDirectory(prefix="fc-") as folder:
        url = f"unix://{folder}/redis.sock"
        with running_server(Path(folder)) as server:
            store = RedisDocumentStore(connect_briefly(url))
            store.put(a_document("before"))
            _, most = resource.prlimit(server.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (64, most))  # no file can grow: as a full disk does
            _until(lambda: not _is_taken(store, "during"))
            assert store.get("before").id == "before"
            resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (most, most))
            _until(lambda: _is_taken(store, "after"))
        with running_server(Path(folder)):
            assert {"before", "after"} <= {document.id for document in store.export()}


def _is_taken(store: RedisDocumentStore, document_id: str) -> bool:
    with suppress(StoreUnavailable):
        store.put(a_document(document_id))
        return True
    return False


def _until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_url_that_is_none_is_an_invalid_setting():
    with pytest.raises(InvalidSetting, match="REDIS_URL"):
        connect_briefly("localhost:6379")

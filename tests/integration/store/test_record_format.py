"""Records of a newer version are refused by everything that would write to them."""

from pathlib import Path
from threading import Event

import pytest
from redis import Redis

from factcheck import redis_keys
from factcheck.errors import StoreTooNew
from factcheck.settings import Settings
from factcheck.store.queue_health import RedisQueueHealth
from factcheck.store.record_format import FORMAT, await_format, require_format
from factcheck_cli.embedded_redis import reachable_redis
from tests.integration.service.test_start import PROCESSES, start


@pytest.fixture
def newer(redis_client: Redis) -> Redis:
    redis_client.set(redis_keys.FORMAT, FORMAT + 1)
    return redis_client


def test_an_empty_store_takes_our_format(redis_client: Redis) -> None:
    require_format(redis_client)
    assert int(redis_client.get(redis_keys.FORMAT)) == FORMAT
    require_format(redis_client)


def test_a_newer_store_is_refused_with_what_to_do(newer: Redis) -> None:
    with pytest.raises(
        StoreTooNew, match=f"format {FORMAT + 1}.*install the newer version again, or import an archive"
    ):
        require_format(newer)
    with pytest.raises(StoreTooNew):
        await_format(newer, Event())


def test_readiness_and_submissions_refuse_a_newer_store(newer: Redis) -> None:
    assert RedisQueueHealth(newer).store_trouble() == "holds records of a newer version"
    assert RedisQueueHealth(newer).is_full(10)


def test_the_command_line_refuses_a_newer_store(newer: Redis, redis_server_url: str) -> None:
    settings = Settings(redis_url=redis_server_url)
    with pytest.raises(StoreTooNew), reachable_redis(settings, {"REDIS_URL": redis_server_url}):
        pass


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process[0])
def test_each_process_ends_on_a_newer_store(newer: Redis, redis_server_url: str, process: list[str], tmp_path: Path):
    started = start(process, REDIS_URL=redis_server_url, FACTCHECK_DATA_DIR=str(tmp_path))
    assert started.returncode != 0
    assert f"the database holds records of format {FORMAT + 1}" in started.stderr
    assert "Traceback" not in started.stderr

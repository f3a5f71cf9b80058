import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from redis import Redis
from rq import Worker
from rq.serializers import JSONSerializer

from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.queue import WORKER_KEY_LIFETIME_S, open_queue
from factcheck.store.queue_health import RedisQueueHealth
from factcheck_cli.doctor import examine
from tests.builders import a_check, a_request
from tests.conftest import running_server


def test_the_house_is_full_at_the_bound_of_its_queue(redis_client: Redis):
    presence = RedisQueueHealth(redis_client)
    assert not presence.is_full(1)
    RedisCheckRepository(redis_client, Settings()).submit(a_check(), a_request(), None)
    assert presence.is_full(1)
    assert not presence.is_full(2)


def test_it_is_full_before_the_store_has_no_memory_left(redis_client: Redis):
    presence, (used, _) = RedisQueueHealth(redis_client), RedisQueueHealth(redis_client).store_memory()
    try:
        redis_client.config_set("maxmemory", used * 2)
        assert not presence.is_full(10)
        redis_client.config_set("maxmemory", int(used * 1.05))
        assert presence.is_full(10)
    finally:
        redis_client.config_set("maxmemory", 0)


def a_worker(client: Redis, pid: int, silent_s: float, host: str) -> None:
    """As RQ registers one, whose last heartbeat was `silent_s` ago, on a host whose clock is an hour behind."""
    worker = Worker([open_queue(client)], connection=client, serializer=JSONSerializer)
    worker.register_birth()  # type: ignore[no-untyped-call]
    last = datetime.now(UTC) - timedelta(hours=1)
    client.hset(
        worker.key, mapping={"pid": pid, "hostname": host, "last_heartbeat": last.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    )
    client.pexpire(worker.key, int((WORKER_KEY_LIFETIME_S - silent_s) * 1000))


@pytest.mark.parametrize(
    ("ended", "silent_s", "here", "alive"),
    [
        (True, 4.5, True, 0),  # its process is gone
        (True, 1.0, True, 1),  # it beats: a container of this host has process ids of its own
        (True, 15.0, False, 1),  # of another host only its heartbeat is known
        (False, 15.0, True, 1),  # busy, not dead
        (False, 25.0, True, 0),
    ],
)
def test_a_worker_whose_process_has_ended_is_noticed_within_five_seconds(
    redis_client: Redis, ended: bool, silent_s: float, here: bool, alive: int
):
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        if ended:
            process.kill()
            process.wait()
        a_worker(redis_client, process.pid, silent_s, socket.gethostname() if here else "elsewhere")
        assert RedisQueueHealth(redis_client).live_workers() == alive
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder whose path leaves room for a socket's."""
    with tempfile.TemporaryDirectory(prefix="fc-") as folder:
        yield Path(folder)


@pytest.mark.parametrize(
    ("given", "told"),
    [("", "wants a password, and REDIS_URL has none"), (":wrong@", "refuses the password in REDIS_URL")],
)
def test_a_missing_or_wrong_password_is_named_as_such_by_the_doctor(
    short: Path, monkeypatch: pytest.MonkeyPatch, given: str, told: str
):
    with running_server(short):
        address = f"{short}/redis.sock"
        with Redis(unix_socket_path=address) as client:
            client.config_set("requirepass", "right")
        monkeypatch.setenv("REDIS_URL", f"unix://{given}{address}")
        found = {
            finding.subject: finding
            for finding in examine(Settings(data_dir=short, redis_url=f"unix://{given}{address}"))
        }
    assert (found["Redis"].ok, found["Redis"].detail) == (False, told)
    assert "redis://:PASSWORD@" in found["Redis"].remedy

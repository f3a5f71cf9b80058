"""The whole service, started as people start it. One start serves all tests; those about starting start it once more each."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

LONG_S = 60.0  # far beyond what a busy machine takes
ROOT = Path(__file__).parents[2]
ARTICLE = {"text": "The opening ceremony is scheduled for Feb. 10.", "published_at": "2018-02-01"}
DOCUMENT = {
    "id": "ceremony",
    "title": "The Games are near",
    "text": "The 2018 Winter Olympics opening ceremony is scheduled for Feb. 9.",
    "published_at": "2018-01-30",
}


@dataclass(frozen=True)
class Serve:
    process: subprocess.Popen[str]
    url: str
    data: Path

    def check(self) -> dict[str, Any]:
        answer = requests.post(f"{self.url}v1/checks", json={"article": ARTICLE}, timeout=LONG_S)
        assert answer.status_code == 202, answer.text
        return self.follow(answer.json()["id"])

    def follow(self, check_id: str) -> dict[str, Any]:
        deadline = time.monotonic() + LONG_S
        while True:
            check: dict[str, Any] = requests.get(f"{self.url}v1/checks/{check_id}?wait=2", timeout=LONG_S).json()
            if check["status"] not in {"queued", "running"}:
                return check
            assert time.monotonic() < deadline, check

    def children(self) -> dict[str, int]:
        """Command line → process id of all descendants."""
        return {command(pid): pid for pid in descendants(self.process.pid)}


def descendants(pid: int) -> list[int]:
    try:
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [found for child in children for found in (child, *descendants(child))]


def command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONG_S
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def serve_command(data: Path, *flags: str) -> list[str]:
    return [sys.executable, "-m", "factcheck_cli.main", "serve", "--data", str(data), *flags]


def environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k != "REDIS_URL" and not k.startswith("FACTCHECK_")}


@contextmanager
def serving(data: Path) -> Iterator[Serve]:
    """Ready when entered; gone, with all its children, when left."""
    process = subprocess.Popen(
        serve_command(data, "--port", "0", "--workers", "1"),
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        ready = re.search(r"ready at (\S+)", process.stdout.readline())
        assert ready, process.poll()
        yield Serve(process, ready[1], data)
    finally:
        process.terminate()
        process.wait(LONG_S)
        process.stdout.close()


class Folder:
    """A data folder, and the service that runs on it: another one after `start`."""

    def __init__(self, data: Path, running: ExitStack) -> None:
        self._data = data
        self._running = running
        self.service = self.start()

    def start(self) -> Serve:
        """A service on the folder, where the one before has ended."""
        self.service = self._running.enter_context(serving(self._data))
        return self.service


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    with ExitStack() as running:
        folder = Folder(tmp_path_factory.mktemp("data"), running)
        url = folder.service.url
        requests.post(f"{url}v1/documents", json=DOCUMENT, timeout=LONG_S).raise_for_status()
        until(lambda: bool(requests.get(f"{url}v1/documents/search?q=ceremony", timeout=LONG_S).json()["items"]))
        yield folder


@pytest.fixture
def service(folder: Folder) -> Serve:
    return folder.service


def test_an_article_is_checked_against_the_stored_corpus(service: Serve):
    check = service.check()
    assert check["status"] == "finished"
    (claim,) = check["report"]["claims"]
    assert claim["evidence"][0]["document"]["id"] == "ceremony"


def test_a_second_start_on_the_same_folder_is_refused_with_exit_code_2(service: Serve):
    second = subprocess.run(
        serve_command(service.data, "--port", "0"),
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=LONG_S,
    )
    assert (second.returncode, second.stdout) == (2, "")
    assert re.fullmatch(r"factcheck serve: another `factcheck serve` uses the data folder .*\n", second.stderr)


def test_a_port_in_use_is_refused_with_exit_code_2(service: Serve, tmp_path: Path):
    port = service.url.rstrip("/").rpartition(":")[2]
    second = subprocess.run(
        serve_command(tmp_path, "--port", port),
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=LONG_S,
    )
    assert second.returncode == 2
    assert f"port {port} of 127.0.0.1 is in use" in second.stderr


@pytest.mark.parametrize(
    "kind",
    [
        "valkey-server",
        "-m worker",
        "gunicorn",
        "factcheck.indexer",
        "factcheck.import_process",
        "worker.archive_encoder",
    ],
)
def test_a_killed_child_is_replaced_and_the_next_check_finishes(service: Serve, kind: str):
    def of_kind() -> list[int]:
        return [pid for line, pid in service.children().items() if f"{kind} " in f"{line} "]

    victim = of_kind()[0]
    os.kill(victim, signal.SIGKILL)
    until(lambda: any(pid != victim for pid in of_kind()))
    until(lambda: ready(service))
    assert service.check()["status"] == "finished"


def ready(service: Serve) -> bool:
    try:
        return requests.get(f"{service.url}readyz", timeout=2).ok
    except requests.RequestException:
        return False


def test_the_doctor_finds_the_running_service_well(service: Serve):
    doctor = subprocess.run(
        [sys.executable, "-m", "factcheck_cli.main", "doctor", "--data", str(service.data)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=LONG_S,
    )
    assert doctor.returncode == 0, doctor.stdout
    assert re.search(r"ok    workers: \d alive", doctor.stdout)


def test_stopping_and_starting_again_loses_nothing_and_leaves_no_process(folder: Folder):
    first = folder.service
    check_id = requests.post(f"{first.url}v1/checks", json={"article": ARTICLE}, timeout=LONG_S).json()["id"]
    children = list(first.children().values())
    first.process.send_signal(signal.SIGINT)
    assert first.process.wait(LONG_S) == 0
    assert not [pid for pid in children if alive(pid)]
    assert folder.start().follow(check_id)["status"] == "finished"


def test_children_do_not_outlive_a_killed_supervisor_and_the_next_one_starts_at_once(folder: Folder):
    first = folder.service
    children = list(first.children().values())
    first.process.kill()
    first.process.wait()
    assert folder.start().check()["status"] == "finished"
    until(lambda: not [pid for pid in children if alive(pid)])

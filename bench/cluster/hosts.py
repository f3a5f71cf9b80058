"""Hosts on this machine: a data folder and a `factcheck serve` each, on one database."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from bench.chaos.victims import descendants
from bench.cluster.servers import free_ports, until
from bench.versus.trees import Tree
from factcheck_cli.demo import own_environment

_READY_S = 180.0


@dataclass(slots=True)
class Host:
    """Comes back on the same folder and port after `kill`."""

    name: str
    folder: Path
    settings: Mapping[str, str]
    workers: int
    tree: Tree
    port: int = field(default_factory=lambda: free_ports(1)[0])
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Ends with a slash."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def pid(self) -> int:
        """The supervisor's."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Does not wait for readiness."""
        command = [self.tree.python, "-m", self.tree.cli, "serve", "--port", str(self.port)]
        command += ["--data", str(self.folder), "--workers", str(self.workers)]
        with self.folder.with_suffix(".log").open("ab") as log:
            environ = {**own_environment(), "PYTHONPATH": str(self.tree.root), **self.settings}
            self._process = subprocess.Popen(command, cwd=self.tree.root, env=environ, stdout=log, stderr=log)

    def await_ready(self) -> None:
        """Raises: `TimeoutError`."""
        until(self._is_ready, f"{self.name} is ready", _READY_S)

    def kill(self) -> None:
        """All of its processes at once, as a power cut does."""
        for pid in [self.pid, *descendants(self.pid)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        assert self._process is not None
        self._process.wait()

    def stop(self) -> None:
        """Politely."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(60)

    def _is_ready(self) -> bool:
        with suppress(requests.RequestException):
            return requests.get(f"{self.url}readyz", timeout=5).ok
        return False


class Hosts:
    """A client that turns to the other host where one does not answer, as a load balancer does."""

    def __init__(self, urls: list[str]) -> None:
        self._urls = urls
        self._next = 0
        self.again = 0

    def ask(self, method: str, path: str, accept: Callable[[requests.Response], bool], **how: Any) -> requests.Response:
        """The first acceptable answer; asks for minutes.

        Raises: `TimeoutError`.
        """
        deadline = time.monotonic() + 300
        while time.monotonic() < deadline:
            url = self._urls[self._next % len(self._urls)]
            with suppress(requests.RequestException):
                answer = requests.request(method, f"{url}{path}", timeout=10, **how)
                if accept(answer):
                    return answer
            self._next += 1
            self.again += 1
            time.sleep(0.1)
        raise TimeoutError(f"{method} {path}: no acceptable answer for five minutes")

"""A service of a tree on a folder of its own, and what is asked of it over HTTP. The same calls serve both builds."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests

from bench.serving import Service, ready_url
from bench.versus.processes import settle
from bench.versus.trees import Tree
from factcheck_cli.demo import own_environment

_STOP_LIMIT_S, _CHECK_LIMIT_S = 60, 3_600
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds from the submission of one article to its first verdict and to its last."""

    first_s: float
    done_s: float


@contextmanager
def service_of(tree: Tree, workers: int, settings: Mapping[str, str] | None = None) -> Iterator[Service]:
    """Ready, with an empty archive. Verdicts are never remembered unless `settings` say so; no bound on requests."""
    limits = {"FACTCHECK_REQUESTS_PER_MINUTE": "0", "FACTCHECK_VERDICT_MEMORY_S": "0"}
    environ = {**own_environment(), "PYTHONPATH": str(tree.root), **limits, **(settings or {})}
    with TemporaryDirectory(prefix="fc-versus-data-") as folder:
        command = [tree.python, "-m", tree.cli, "serve", "--port", "0", "--data", folder, "--workers", str(workers)]
        with Path(os.devnull).open("wb") as sink:
            process = subprocess.Popen(command, cwd=tree.root, env=environ, stdout=subprocess.PIPE, stderr=sink)
        try:
            yield Service(ready_url(process), process.pid, Path(folder))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(_STOP_LIMIT_S)
            if process.stdout is not None:
                process.stdout.close()


def store(service: Service, documents: Sequence[Mapping[str, object]]) -> float:
    """Stores the documents, and waits until the service has done all its work on them. Returns the seconds waited."""
    for at in range(0, len(documents), _BATCH):
        lines = "\n".join(json.dumps(document) for document in documents[at : at + _BATCH])
        headers = {"Content-Type": "application/x-ndjson"}
        requests.post(f"{service.url}v1/documents", data=lines, headers=headers, timeout=120).raise_for_status()
    return settle(service.pid)


def submit(service: Service, article: Mapping[str, object]) -> str:
    """The id of a check of the article."""
    answer = requests.post(f"{service.url}v1/checks", json={"article": article}, timeout=30)
    answer.raise_for_status()
    return str(answer.json()["id"])


def finished(service: Service, checks: Iterable[str]) -> int:
    """Waits for the checks; the number of their claims. Raises: `RuntimeError` where one failed, or takes an hour."""
    return sum(_claims(_wait(service, check)) for check in checks)


def follow(service: Service, article: Mapping[str, object]) -> Times:
    """Submits an article and reads its events, as the page does."""
    began = time.monotonic()
    check, first_s = submit(service, article), 0.0
    with requests.get(f"{service.url}v1/checks/{check}/events", stream=True, timeout=600) as stream:
        for line in stream.iter_lines(chunk_size=None):
            if line == b"event: claim":
                first_s = first_s or time.monotonic() - began
            if line == b"event: done":
                break
    done_s = time.monotonic() - began
    finished(service, [check])
    return Times(first_s, done_s)


def _wait(service: Service, check: str) -> Any:
    deadline = time.monotonic() + _CHECK_LIMIT_S
    while time.monotonic() < deadline:
        found = requests.get(f"{service.url}v1/checks/{check}", params={"wait": "20"}, timeout=60).json()
        if found["status"] == "finished":
            return found
        if found["status"] in ("failed", "cancelled"):
            raise RuntimeError(f"the check is {found['status']}: {json.dumps(found['error'])}")
    raise RuntimeError("the check takes longer than an hour")


def _claims(check: Any) -> int:
    return int(check["report"]["summary"]["claims"])

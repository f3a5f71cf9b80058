"""A service of one's own for a bench: started on a temporary folder and a free port, spoken to over HTTP only."""

import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from factcheck_cli.demo import own_environment

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds" / "documents.jsonl"
_STOP_LIMIT_S = 60


@dataclass(frozen=True, slots=True)
class Service:
    """`pid` is the supervisor's, `data` its data folder."""

    url: str
    pid: int
    data: Path


@contextmanager
def running_service(
    workers: int = 2,
    log: Path | None = None,
    settings: Mapping[str, str] | None = None,
    port: int = 0,
    is_empty: bool = False,
) -> Iterator[Service]:
    """Ready, with the seed reports stored unless `is_empty`. What it prints goes to `log`, or nowhere. `settings` are
    variables. Port 0: any free one.
    """
    with tempfile.TemporaryDirectory(prefix="fc-bench-") as folder:
        command = [
            sys.executable,
            "-m",
            "factcheck_cli.main",
            "serve",
            "--port",
            str(port),
            "--data",
            folder,
            "--workers",
            str(workers),
        ]
        with (log or Path(os.devnull)).open("wb") as sink:
            environ = {**own_environment(), **(settings or {})}
            process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=sink)
        try:
            url = ready_url(process)
            if not is_empty:
                store_seeds(url)
            yield Service(url, process.pid, Path(folder))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(_STOP_LIMIT_S)
            if process.stdout is not None:
                process.stdout.close()


def store_seeds(url: str) -> None:
    """The seed reports, searchable when this returns."""
    headers = {"Content-Type": "application/x-ndjson"}
    requests.post(f"{url}v1/documents", data=SEEDS.read_bytes(), headers=headers, timeout=30).raise_for_status()
    deadline = time.monotonic() + 10
    while not requests.get(f"{url}v1/documents/search", {"q": "Olympics"}, timeout=10).json().get("items"):
        if time.monotonic() > deadline:
            raise TimeoutError("the seed reports cannot be found")
        time.sleep(0.05)


def machine() -> dict[str, Any]:
    """Where and when a figure was measured."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 2),
    }


def show(title: str, figures: Mapping[str, object]) -> None:
    """A Markdown table for people, then one JSON line for machines."""
    print(f"| {title} | |\n|---|---|")
    for name, value in figures.items():
        print(f"| {name} | {value} |")
    print(json.dumps({"bench": title, **machine(), **figures}))


def ready_url(process: subprocess.Popen[bytes]) -> str:
    """From the line that the supervisor prints when all is ready."""
    assert process.stdout is not None
    line = process.stdout.readline().decode()
    if "ready at " not in line:
        raise RuntimeError(f"the service did not start (exit code {process.poll()}): {line}")
    return line.split("ready at ")[1].strip()

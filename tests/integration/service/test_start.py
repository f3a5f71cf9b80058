"""Starting the processes of an image without, or with wrong, settings."""

import os
import socket
import subprocess
import sys

import pytest

PROCESSES = [
    ["worker"],
    ["factcheck.indexer"],
    ["gunicorn", "--config", "python:service.gunicorn_conf", "service.wsgi:app", "--no-control-socket"],
]


def start(process: list[str], **settings: str) -> subprocess.CompletedProcess[str]:
    environ = {k: v for k, v in os.environ.items() if k != "REDIS_URL" and not k.startswith("FACTCHECK_")}
    return subprocess.run(
        [sys.executable, "-m", *process], env=environ | settings, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process[0])
def test_a_process_without_an_address_of_redis_says_which_setting_is_missing(process: list[str]) -> None:
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", 6379)) == 0:
            pytest.skip("a Redis runs at the default address of this machine")
    started = start(process)
    assert started.returncode != 0
    assert "REDIS_URL is not set" in started.stderr
    assert "Traceback" not in started.stderr


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process[0])
def test_a_process_names_the_setting_that_is_wrong(process: list[str]) -> None:
    started = start(process, REDIS_URL="redis://127.0.0.1:1/0", FACTCHECK_PORT="eighty")
    assert started.returncode != 0
    assert "FACTCHECK_PORT='eighty'" in started.stderr
    assert "Traceback" not in started.stderr

"""Rechecks and the audit of the archive by a whole service with its models, from the command line."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from bench.serving import Service, running_service
from factcheck.client import Client, RemoteJob
from factcheck_cli.main import main

OSTRA = Path(__file__).parents[1] / "data" / "ostra.jsonl"
DRAFT = "The reservoir at Brenn was built in 1967. The ferry Marta carries 120 passengers across Lake Ostra."
PAIRS = {("sluice-1", "sluice-2"), ("school-1", "school-2"), ("school-0", "school-3"), ("bridge-1", "bridge-2")}


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with running_service(workers=2) as service:
        body = OSTRA.read_bytes()
        headers = {"Content-Type": "application/x-ndjson"}
        requests.post(f"{service.url}/v1/documents", data=body, headers=headers, timeout=30).raise_for_status()
        yield service


def checked(service: Service, article_id: str) -> dict[str, Any]:
    article = {"text": DRAFT, "title": article_id, "published_at": "2021-01-01"}
    body = {"article": article, "article_id": article_id}
    answer = requests.post(f"{service.url}/v1/checks?wait=30", json=body, timeout=60)
    assert answer.json()["status"] == "finished"
    return dict(answer.json())


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def workers_of(service: Service) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(service.pid)], capture_output=True, text=True)
    return [
        int(line.split()[0]) for line in listed.stdout.splitlines() if "-m worker" in line and "encoder" not in line
    ]


def test_a_report_that_changed_flips_a_verdict_and_the_command_says_which(
    service: Service, capsys: pytest.CaptureFixture[str]
):
    checked(service, "draft-1")
    changed = {"text": "The sluice gate at the Brenn reservoir works again. The reservoir was built in 1976."}
    requests.patch(f"{service.url}/v1/documents/sluice-2", json=changed, timeout=10).raise_for_status()
    requests.patch(f"{service.url}/v1/documents/sluice-2b", json={"retracted": True}, timeout=10).raise_for_status()
    arguments = ["recheck", "--url", service.url, "--outdated", "corpus"]
    assert main([*arguments, "--trial"]) == 1
    out = capsys.readouterr().out
    assert "→ contradicted  draft-1" in out
    assert "contradicts │ sluice-" in out
    assert main([*arguments, "--format", "json"]) == 1
    [flip] = [flip for flip in lines(capsys) if flip["after"]["label"] == "contradicted"]
    assert flip["after"]["evidence"][0]["document"]["id"] in {"sluice-1", "sluice-2"}
    assert main(arguments) == 0  # all have seen the present archive
    assert "0 articles checked, 1 left out, 0 failed; 0 flipped" in capsys.readouterr().out


def test_the_archive_is_read_against_itself(service: Service, capsys: pytest.CaptureFixture[str]):
    assert main(["corpus", "audit", "--url", service.url, "--all", "--format", "ndjson"]) == 1
    found = {(pair["earlier"]["document"]["id"], pair["later"]["document"]["id"]): pair for pair in lines(capsys)}
    assert {tuple(sorted(pair)) for pair in found} >= PAIRS
    assert not [pair for pair in found if "mill-1" in pair or "storm-1" in pair]
    assert found["bridge-1", "bridge-2"]["state"] == "corrected"
    job_id = Client(service.url).corpus_audits.jobs()[0].id
    assert main(["corpus", "audit", "--url", service.url, "--follow", job_id]) == 1
    table = capsys.readouterr().out
    assert "310" not in table  # a correction stands in the archive
    assert "“85” ≠ “58”" in table or "“58” ≠ “85”" in table


def test_a_job_goes_on_after_all_workers_were_killed(service: Service, capsys: pytest.CaptureFixture[str]):
    jobs = Client(service.url).corpus_audits
    job = jobs.start()
    killed = False

    def kill_once(seen: RemoteJob) -> None:
        nonlocal killed
        if not killed and seen.progress.done:
            killed = True
            for pid in workers_of(service):
                os.kill(pid, signal.SIGKILL)

    ended = jobs.follow(job.id, kill_once)
    assert killed
    assert (ended.status, ended.progress.failed) == ("finished", 0)
    assert ended.progress.done + ended.progress.skipped == ended.progress.total
    keys = [json.dumps([pair["earlier"], pair["later"]]) for pair in jobs.findings(job.id)]
    assert len(keys) == len(set(keys))


def test_a_job_is_paused_resumed_listed_and_cancelled_from_the_command_line(
    service: Service, capsys: pytest.CaptureFixture[str]
):
    checked(service, "draft-2")
    assert main(["recheck", "--url", service.url, "--no-wait"]) == 0
    job_id = capsys.readouterr().out.strip()
    jobs = Client(service.url).rechecks
    if jobs.read(job_id).status == "running":
        main(["recheck", "--url", service.url, "--pause", job_id])
    main(["recheck", "--url", service.url, "--follow", job_id])
    capsys.readouterr()
    assert main(["recheck", "--url", service.url, "--list"]) == 0
    assert job_id in capsys.readouterr().out
    if jobs.read(job_id).status == "paused":
        assert main(["recheck", "--url", service.url, "--resume", job_id]) == 0
    assert jobs.read(job_id).status == "finished"
    assert main(["recheck", "--url", service.url, "--cancel", job_id]) == 2
    assert "is finished; start a new one" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["recheck", "--follow", "a" * 32],
        ["recheck", "--from", "yesterday"],
        ["recheck", "--fail-on", "wrong"],
        ["corpus", "audit", "--from", "2021-02-01", "--to", "2021-01-01"],
        ["corpus", "audit", "--corpus", "nowhere", "--url", "http://127.0.0.1:9"],
    ],
)
def test_bad_input_is_told_in_one_line(service: Service, arguments: list[str], capsys: pytest.CaptureFixture[str]):
    url = [] if "--url" in arguments else ["--url", service.url]
    assert main([*arguments, *url]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_service_that_is_away_is_not_completed(capsys: pytest.CaptureFixture[str]):
    assert main(["recheck", "--url", "http://127.0.0.1:9"]) == 3
    assert "127.0.0.1:9" in capsys.readouterr().err

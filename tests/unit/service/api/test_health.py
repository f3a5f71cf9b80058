"""Liveness, readiness, metrics, headers."""

from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factcheck.errors import StoreUnavailable
from factcheck.settings import Settings
from service.app import create_app
from service.context import ProbeResult, Probes
from service.middleware.metrics import Metrics
from service.middleware.process_counters import ProcessCounters
from tests.fakes import InMemoryChecks, InMemoryDocuments, InMemorySearch


def app_with(settings: Settings, probes: Probes) -> Flask:
    room, shelf = InMemoryChecks(), InMemoryDocuments()
    return create_app(
        settings,
        room,
        room,
        shelf,
        InMemorySearch(shelf),
        probes=probes,
        gauges={"factcheck_checks_unfinished": lambda: 7},
    )


def yes() -> ProbeResult:
    return ProbeResult(True, "answers")


def no() -> ProbeResult:
    return ProbeResult(False, "0 alive")


def away() -> NoReturn:
    raise StoreUnavailable("Redis at 10.0.0.7 does not answer")


def test_liveness_asks_nobody(client_without_store: FlaskClient) -> None:
    answer = client_without_store.get("/healthz")
    assert (answer.status_code, answer.json and answer.json["status"]) == (200, "ok")


def test_a_service_whose_parts_are_ready_is_ready(settings: Settings) -> None:
    answer = app_with(settings, {"redis": yes, "worker": yes}).test_client().get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {
        "status": "ready",
        "parts": {"redis": {"ok": True, "detail": "answers"}, "worker": {"ok": True, "detail": "answers"}},
    }


def test_each_missing_part_is_named(settings: Settings) -> None:
    answer = app_with(settings, {"redis": away, "worker": no, "index": yes}).test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert {part: found["ok"] for part, found in answer.json["parts"].items()} == {
        "redis": False,
        "worker": False,
        "index": True,
    }
    assert "worker: 0 alive" in answer.json["detail"]
    assert "10.0.0.7" not in answer.text


def test_metrics_count_what_was_answered(settings: Settings) -> None:
    client = app_with(settings, {"worker": no}).test_client()
    client.post("/v1/checks", json={"article": {"text": "a"}})
    client.get("/v1/documents/a-secret-name")
    answer = client.get("/metrics")
    assert answer.mimetype == "text/plain"
    lines = answer.text.splitlines()
    assert 'factcheck_http_requests_total{method="POST",route="/v1/checks",status="202"} 1' in lines
    assert 'factcheck_http_request_seconds_bucket{route="/v1/checks",le="+Inf"} 1' in lines
    assert "factcheck_checks_submitted_total 1" in lines
    assert "factcheck_checks_unfinished 7" in lines
    assert 'factcheck_ready{part="worker"} 0' in lines
    assert "a-secret-name" not in answer.text


def test_buckets_stand_in_the_order_of_their_bounds(settings: Settings) -> None:
    client = app_with(settings, {}).test_client()
    client.get("/healthz")
    bounds = [
        float(line.partition('le="')[2].partition('"')[0])
        for line in client.get("/metrics").text.splitlines()
        if line.startswith("factcheck_http_request_seconds_bucket")
    ]
    assert bounds == sorted(bounds)


def test_sums_are_those_of_all_processes(tmp_path: Path) -> None:
    one, other = ProcessCounters(tmp_path), ProcessCounters(tmp_path)
    one.add("a", 1)
    one.add("a", 2)
    other.add("a", 0.5)
    other.add("é", 1)
    assert one.sums() == other.sums() == {"a": 3.5, "é": 1.0}


def test_full_counters_drop_new_names_and_keep_the_old(tmp_path: Path) -> None:
    tally = ProcessCounters(tmp_path)
    for number in range(3_000):
        tally.add(f"{number}-{'x' * 100}", 1)
    tally.add(f"0-{'x' * 100}", 1)
    sums = tally.sums()
    assert 1_000 < len(sums) < 3_000
    assert sums[f"0-{'x' * 100}"] == 2


def test_labels_are_escaped() -> None:
    metrics = Metrics(ProcessCounters(None))
    metrics.count("factcheck_checks_submitted_total", by='a"\n\\')
    assert r'factcheck_checks_submitted_total{by="a\"\n\\"} 1' in metrics.render({}, {})


@pytest.mark.parametrize("path", ["/healthz", "/docs", "/nowhere", "/openapi.yaml", "/docs/static/reference.css"])
def test_every_answer_carries_the_security_headers(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        headers = answer.headers
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"

"""What workers did and what waits, as the web server tells it; the alerts that watch it."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from redis import Redis

from factcheck.check import Priority
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings
from factcheck.store.changelog import RedisChangelog
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.counters import RedisMetricSink
from factcheck.store.executions import RedisCheckExecution
from factcheck.store.fair_queue import FairQueue
from factcheck.store.queue_health import RedisQueueHealth
from factcheck.verdict import Label
from service.middleware.gauges import store_gauges
from service.middleware.metrics import FAMILIES, Metrics
from service.middleware.process_counters import ProcessCounters
from tests.builders import a_check, a_report, a_request, a_verdict
from worker.process.jobs import WorkerContext, configure, record_failed_try, run_check
from worker.process.metrics import WorkerMetrics, resident_bytes
from worker.process.watchdog import Watchdog

ROOT = Path(__file__).parents[3]


class Index(MemorySearch):
    """Behind, at the position where the changelog was when it was made."""

    def __init__(self, changelog: RedisChangelog) -> None:
        super().__init__([])
        self.at = changelog.position()

    def position(self):
        return self.at

    def wait_for(self, position, timeout_s):
        return self.at.reached(position)


@pytest.fixture
def told(redis_client: Redis):
    changelog = RedisChangelog(redis_client)
    sources = store_gauges(
        RedisQueueHealth(redis_client),
        FairQueue(redis_client),
        RedisMetricSink(redis_client),
        Index(changelog),
        changelog,
    )

    def tell() -> dict[str, float]:
        now = {name: value for read in sources for name, value in read().items()}
        rows = [
            line.rpartition(" ")
            for line in Metrics(ProcessCounters(None)).render({}, now).splitlines()
            if line[0] != "#"
        ]
        return {name: float(value) for name, _, value in rows}

    return tell


def submitted(redis_client: Redis, check_id: str, priority: Priority = Priority.BATCH) -> str:
    order = a_request()
    order = replace(order, options=replace(order.options, priority=priority))
    return RedisCheckRepository(redis_client, Settings()).submit(a_check(id=check_id), order, None).id


def test_what_a_worker_did_is_told(redis_client: Redis, told):
    verdicts = [a_verdict("c1"), a_verdict("c2"), a_verdict("c3", label=Label.DISPUTED)]

    def checker(order, corpus, sink):
        return a_report(*verdicts)

    meter = WorkerMetrics(RedisMetricSink(redis_client))
    ledger = RedisCheckExecution(redis_client, Settings())
    configure(WorkerContext(ledger, MemorySearch([]), MemorySearch, checker, Watchdog(), meter=meter))
    run_check(submitted(redis_client, "one"))
    record_failed_try(ledger, submitted(redis_client, "two"), ValueError, 0, meter)
    now = told()
    assert now['factcheck_checks_total{status="finished"}'] == now['factcheck_checks_total{status="failed"}'] == 1
    assert now['factcheck_claims_total{label="supported"}'] == 2
    assert now['factcheck_claims_total{label="disputed"}'] == 1
    assert now["factcheck_check_seconds_count"] == now["factcheck_tries_failed_total"] == 1


def test_what_waits_is_told_with_its_age(redis_client: Redis, told):
    for number in range(3):
        submitted(redis_client, f"b{number}")
    submitted(redis_client, "i", Priority.INTERACTIVE)
    now = told()
    assert now['factcheck_queue_depth{priority="batch"}'] == 2
    assert now["factcheck_checks_unfinished"] == 4
    assert now["factcheck_queue_age_seconds"] > 86_400  # built to be of 2018


def test_memory_of_workers_and_store_is_told_and_that_of_dead_workers_is_not(redis_client: Redis, told):
    RedisMetricSink(redis_client).report_memory("w1", 1_000)
    redis_client.hset("factcheck:work:memory", "dead", "1000 1517302800")
    now = told()
    assert now['factcheck_worker_memory_bytes{worker="w1"}'] == 1_000
    assert 'factcheck_worker_memory_bytes{worker="dead"}' not in now
    assert now["factcheck_store_memory_bytes"] > 100_000
    assert redis_client.hkeys("factcheck:work:memory") == [b"w1"]


def test_how_far_the_index_is_behind_is_told(redis_client: Redis, told):
    assert told()["factcheck_index_lag_seconds"] == 0
    redis_client.xadd("factcheck:corpus:changes", {"id": "d"})
    assert told()["factcheck_index_lag_seconds"] > 0


def test_a_worker_knows_its_own_size():
    assert resident_bytes() > 10_000_000


def alert_rules() -> list[dict[str, str]]:
    groups = yaml.safe_load((ROOT / "docs/alerts.yml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def test_alerts_use_metrics_that_exist():
    known = {name + suffix for name in FAMILIES for suffix in ("", "_sum", "_count", "_bucket")}
    asked = {name for rule in alert_rules() for name in re.findall(r"factcheck_\w+", rule["expr"])}
    assert asked - known == set()


def test_each_alert_is_explained_to_operators():
    guide = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    assert [rule["alert"] for rule in alert_rules() if f"### {rule['alert']}\n" not in guide] == []

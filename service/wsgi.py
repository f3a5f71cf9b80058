"""Composition root of the web process: `gunicorn service.wsgi:app`. Each process creates its app after the fork."""

import os
from logging.config import dictConfig
from typing import Any

from flask import Flask

from factcheck import logs
from factcheck.ports import Changelog, IndexedSearch
from factcheck.redis_connection import connect_briefly
from factcheck.search.factory import open_search
from factcheck.settings import Settings, read_settings
from factcheck.store.api_keys import RedisApiKeys
from factcheck.store.audit_log import RedisAuditLog
from factcheck.store.bulk_jobs import RedisBulkJobs
from factcheck.store.changelog import RedisChangelog
from factcheck.store.check_history import RedisCheckHistory
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.counters import RedisMetricSink
from factcheck.store.decisions import RedisDecisionStore
from factcheck.store.disagreement_decisions import RedisDisagreementDecisions
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.event_stream import RedisCheckEventReader
from factcheck.store.fair_queue import FairQueue
from factcheck.store.queue_health import RedisQueueHealth
from factcheck.store.sessions import RedisSessions
from factcheck.store.submitted_articles import RedisArticles
from factcheck.telemetry.traces import open_traces
from service.app import create_app
from service.context import ProbeResult, Probes
from service.middleware.gauges import store_gauges
from service.middleware.metrics import Metrics
from service.middleware.process_counters import ProcessCounters, shared_folder

_INDEX_WAIT_S = 0.5


def create(settings: Settings | None = None) -> Flask:
    """The app on Redis and this host's search index. `settings` default to the environment.

    Opens no connection: Redis may be unreachable at start, and every request tries again.

    Raises:
        InvalidSetting: a variable has a bad value.
    """
    settings = settings or read_settings(os.environ)
    dictConfig(logs.config(settings.log_level, settings.log_format))
    client = connect_briefly(settings.redis_url)
    search, health = open_search(settings), RedisQueueHealth(client)
    checks = RedisCheckRepository(client, settings)
    return create_app(
        settings,
        checks,
        RedisCheckEventReader(client),
        RedisDocumentStore(client, settings.replicas, settings.audit_entries),
        search,
        articles=RedisArticles(client),
        probes=probes(health, search, RedisChangelog(client)),
        gauge_readers=store_gauges(health, FairQueue(client), RedisMetricSink(client), search, RedisChangelog(client)),
        metrics=Metrics(ProcessCounters(shared_folder())),
        api_keys=RedisApiKeys(client),
        audit_log=RedisAuditLog(client),
        traces=open_traces(settings.traces_url, "web"),
        is_full=lambda: health.is_full(settings.queue_limit),
        history=RedisCheckHistory(client, checks),
        decisions=RedisDecisionStore(client, settings),
        bulk=RedisBulkJobs(client, settings),
        disagreement_decisions=RedisDisagreementDecisions(client),
        sessions=RedisSessions(client, settings.session_lifetime_s),
    )


def probes(health: RedisQueueHealth, search: IndexedSearch, changelog: Changelog) -> Probes:
    """The probes of `/readyz`."""

    def redis() -> ProbeResult:
        fault = health.store_trouble()
        return ProbeResult(not fault, fault or "answers")

    def worker() -> ProbeResult:
        alive = health.live_workers()
        return ProbeResult(alive > 0, f"{alive} alive")

    def index() -> ProbeResult:
        caught_up = search.wait_for(changelog.position(), _INDEX_WAIT_S)
        return ProbeResult(caught_up, "caught up" if caught_up else "behind the corpus")

    return {"redis": redis, "worker": worker, "index": index}


def __getattr__(name: str) -> Any:
    """Creates `app` on first access, so that importing this module has no side effects."""
    if name == "app":
        return create()
    raise AttributeError(name)

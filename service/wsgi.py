"""Composition root of the web process: `gunicorn service.wsgi:app`. Each process makes its own app, after the fork."""

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
from factcheck.store.articles import RedisArticles
from factcheck.store.audit import RedisAuditLog
from factcheck.store.changelog import RedisChangelog
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.counters import RedisMetricSink
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.event_stream import RedisCheckEvents
from factcheck.store.fair_queue import FairQueue
from factcheck.store.health import RedisHealth
from factcheck.telemetry.traces import open_traces
from service.app import create_app
from service.context import Probe, Probes
from service.middleware.gauges import store_gauges
from service.middleware.metrics import Metrics
from service.middleware.process_counters import ProcessCounters, shared_folder

_INDEX_PATIENCE_S = 0.5


def create(settings: Settings | None = None) -> Flask:
    """The app on Redis and on this host's index; settings from the environment where none are given.

    Opens no connection: Redis may be away, and is met again with each request. Raises `InvalidSetting`.
    """
    settings = settings or read_settings(os.environ)
    dictConfig(logs.config(settings.log_level, settings.log_format))
    client = connect_briefly(settings.redis_url)
    search, presence = open_search(settings), RedisHealth(client)
    return create_app(
        settings,
        RedisCheckRepository(client, settings),
        RedisCheckEvents(client),
        RedisDocumentStore(client, settings.replicas, settings.audit_entries),
        search,
        drafts=RedisArticles(client),
        probes=probes(presence, search, RedisChangelog(client)),
        readings=store_gauges(presence, FairQueue(client), RedisMetricSink(client), search, RedisChangelog(client)),
        metrics=Metrics(ProcessCounters(shared_folder())),
        ring=RedisApiKeys(client),
        audit_log=RedisAuditLog(client),
        traces=open_traces(settings.traces_url, "web"),
        is_full=lambda: presence.is_full(settings.queue_limit),
    )


def probes(presence: RedisHealth, search: IndexedSearch, changelog: Changelog) -> Probes:
    """What `/readyz` looks at."""

    def redis() -> Probe:
        trouble = presence.store_trouble()
        return Probe(not trouble, trouble or "answers")

    def worker() -> Probe:
        alive = presence.live_workers()
        return Probe(alive > 0, f"{alive} alive")

    def index() -> Probe:
        caught_up = search.wait_for(changelog.position(), _INDEX_PATIENCE_S)
        return Probe(caught_up, "caught up" if caught_up else "behind the corpus")

    return {"redis": redis, "worker": worker, "index": index}


def __getattr__(name: str) -> Any:
    """`app`, made when it is asked for, so that importing this module does nothing."""
    if name == "app":
        return create()
    raise AttributeError(name)

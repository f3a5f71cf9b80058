"""Composition root of the web process: `gunicorn service.wsgi:app`. Each process makes its own app, after the fork."""

import os
from logging.config import dictConfig
from typing import Any

from flask import Flask

from factcheck import logs
from factcheck.ports import Changelog, IndexedSearch
from factcheck.search.opening import open_search
from factcheck.settings import Settings, read_settings
from factcheck.store.audit import RedisAuditLog
from factcheck.store.changelog import RedisChangelog
from factcheck.store.checks import RedisCheckDesk
from factcheck.store.connection import connect_briefly
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.drafts import RedisDrafts
from factcheck.store.events import RedisCheckEvents
from factcheck.store.keyring import RedisKeyRing
from factcheck.store.lanes import Lanes
from factcheck.store.presence import RedisPresence
from factcheck.store.worklog import RedisWorkLog
from factcheck.telemetry.traces import open_traces
from service.app import create_app
from service.backends import Probe, Probes
from service.metrics import Metrics
from service.readings import readings
from service.tally import Tally, shared_folder

_INDEX_PATIENCE_S = 0.5


def create(settings: Settings | None = None) -> Flask:
    """The app on Redis and on this host's index; settings from the environment where none are given.

    Opens no connection: Redis may be away, and is met again with each request. Raises `InvalidSetting`.
    """
    settings = settings or read_settings(os.environ)
    dictConfig(logs.config(settings.log_level, settings.log_format))
    client = connect_briefly(settings.redis_url)
    search, presence = open_search(settings), RedisPresence(client)
    return create_app(
        settings,
        RedisCheckDesk(client, settings),
        RedisCheckEvents(client),
        RedisDocumentStore(client, settings.replicas, settings.audit_entries),
        search,
        drafts=RedisDrafts(client),
        probes=probes(presence, search, RedisChangelog(client)),
        readings=readings(presence, Lanes(client), RedisWorkLog(client), search, RedisChangelog(client)),
        metrics=Metrics(Tally(shared_folder())),
        ring=RedisKeyRing(client),
        audit_log=RedisAuditLog(client),
        traces=open_traces(settings.traces_url, "web"),
        is_full=lambda: presence.is_full(settings.queue_limit),
    )


def probes(presence: RedisPresence, search: IndexedSearch, changelog: Changelog) -> Probes:
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

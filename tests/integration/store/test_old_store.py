"""What an earlier build left in Redis is read, and its open work is finished. `tests/data/write_store_dump.py` wrote it."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from factcheck.check import CheckStatus
from factcheck.check_json import check_to_json
from factcheck.json_mapping import to_json
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings
from factcheck.store.api_keys import RedisApiKeys
from factcheck.store.audit_log import RedisAuditLog
from factcheck.store.changelog import RedisChangelog
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.event_stream import RedisCheckEventReader
from factcheck.store.executions import RedisCheckExecution
from factcheck.store.submitted_articles import RedisArticles
from factcheck.store.watch_list import RedisRecheckStates, RedisWatchList
from factcheck.store.webhook_outbox import RedisWebhookOutbox
from tests.builders import a_report, a_verdict
from worker.process.jobs import WorkerContext, configure
from worker.process.rq_worker import open_worker
from worker.process.watchdog import Watchdog

OWNER = "desk"
DUMP: dict[str, Any] = json.loads((Path(__file__).parents[2] / "data" / "store-cf16b1c.json").read_text("utf-8"))


def raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def fields(row: dict[str, str]) -> dict[bytes, bytes]:
    return {raw(name): raw(value) for name, value in row.items()}


def restore(client: Redis) -> None:
    for row in DUMP["keys"]:
        key, value = raw(row["key"]), row["value"]
        write: Callable[[], object] = {
            "string": lambda key=key, value=value: client.set(key, raw(value)),
            "hash": lambda key=key, value=value: client.hset(key, mapping=fields(value)),
            "list": lambda key=key, value=value: client.rpush(key, *map(raw, value)),
            "zset": lambda key=key, value=value: client.zadd(key, {raw(name): score for name, score in value.items()}),
            "stream": lambda key=key, value=value: [client.xadd(key, fields(entry), at) for at, entry in value],
        }[row["type"]]
        write()
        if row["ttl_ms"] is not None:
            client.pexpire(key, row["ttl_ms"])


@pytest.fixture
def client(redis_client: Redis) -> Redis:
    restore(redis_client)
    return redis_client


@pytest.fixture
def checks(client: Redis) -> RedisCheckRepository:
    return RedisCheckRepository(client, Settings())


def is_part_of(old: Any, new: Any) -> bool:
    """True where `new` says all that `old` says; it may say more."""
    if isinstance(old, dict):
        return isinstance(new, dict) and all(name in new and is_part_of(old[name], new[name]) for name in old)
    if isinstance(old, list):
        return isinstance(new, list) and len(old) == len(new) and all(map(is_part_of, old, new))
    return bool(old == new)


def test_documents_are_the_same(client: Redis):
    documents = [to_json(document) for document in RedisDocumentStore(client).export()]
    assert len(documents) == 3
    assert is_part_of(DUMP["documents"], documents)


def test_a_further_copy_joins_the_story_of_the_old_ones(client: Redis):
    store = RedisDocumentStore(client)
    first = store.get("ferry")
    store.put(replace(first, id="third", story=None))
    assert first.story
    assert store.get("third").story == store.get("ferry-copy").story == first.story


@pytest.mark.parametrize("name", ["finished", "watched", "running", "queued"])
def test_a_check_is_the_same(checks: RedisCheckRepository, name: str):
    assert is_part_of(DUMP["checks"][name], check_to_json(checks.get(name, OWNER)))


def test_every_check_is_listed_and_the_dropped_one_is_cancelled(checks: RedisCheckRepository):
    listed = {check.id: check.status.value for check in checks.page(OWNER, None, None, 10).items}
    assert listed == {
        "finished": "finished",
        "watched": "finished",
        "running": "running",
        "queued": "queued",
        "waiting": "queued",
        "dropped": "cancelled",
    }


def test_the_article_and_the_events_of_a_check_are_read(client: Redis):
    assert RedisArticles(client).article("finished", OWNER).title == "Ferry back in service"
    told = [event.kind.value for event in RedisCheckEventReader(client).wait_for_change("finished", None, 0)]
    assert (told.count("claim"), told[-1]) == (5, "done")


def test_unfinished_checks_are_finished_by_our_worker(client: Redis, checks: RedisCheckRepository):
    report = a_report(a_verdict("c1"))
    read: list[str | None] = []

    def checker(request, corpus, sink):
        read.append(request.article.title)
        return report

    execution = RedisCheckExecution(client, Settings())
    configure(WorkerContext(execution, MemorySearch([]), MemorySearch, checker, Watchdog()))
    open_worker(client, lambda *_: True).work(burst=True, logging_level="WARNING")
    assert read == ["Ferry back in service"] * 3
    for name in ("running", "queued", "waiting"):
        check = checks.get(name, OWNER)
        assert (check.status, check.report) == (CheckStatus.FINISHED, report)


def test_the_callback_is_due_with_its_report(client: Redis):
    due = RedisWebhookOutbox(client).take(30)
    assert due is not None
    assert (due.url, due.tries) == ("https://cms.example.org/hook", 0)
    assert is_part_of(DUMP["checks"]["finished"], check_to_json(due.check))


def test_the_watch_goes_on_where_it_was(client: Redis):
    watches, states = RedisWatchList(client, "me"), RedisRecheckStates(client)
    assert watches.watched() == ["watched"]
    watched = watches.read("watched")
    assert watched is not None
    assert watched.order.article.title == "Ferry back in service"
    assert states.load().keys() == {"watched"}
    assert states.position() == RedisChangelog(client).position()


def test_keys_and_the_audit_log_are_read(client: Redis):
    (key,) = RedisApiKeys(client).all()
    assert (key.name, sorted(key.scopes), key.per_minute) == ("cms", ["check", "corpus:read"], 600)
    acts = [entry.act for entry in RedisAuditLog(client).page(None, 10).items]
    assert acts.count("document.put") == 3

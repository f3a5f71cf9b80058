"""Writes `store-cf16b1c.json`: what the build of commit cf16b1c leaves in Redis. Runs on that build's code, not on ours.

    git archive cf16b1c factcheck worker | tar -x -C OLD
    PYTHONPATH=OLD python tests/data/write_store_dump.py REDIS_URL > tests/data/store-cf16b1c.json

`REDIS_URL` is an empty server. A key's value is text as Redis holds it, bytes that are no UTF-8 as lone surrogates.
"""

import json
import sys
from typing import Any

from redis import Redis

from factcheck.access import Scope
from factcheck.article import Article, Format
from factcheck.check import Check, Options, Order, Progress, Status
from factcheck.check_json import check_to_json
from factcheck.evidence import Document
from factcheck.json_mapping import to_json
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings
from factcheck.store.changelog import RedisChangelog
from factcheck.store.checks import RedisCheckDesk
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.keyring import RedisKeyRing
from factcheck.store.ledger import RedisCheckLedger
from factcheck.store.verdicts import RedisVerdictMemory
from factcheck.store.watches import RedisWatchRounds
from factcheck.watch import Round, Watch
from worker.__main__ import load_checker
from worker.jobs import Workshop, furnish, run_check
from worker.watchdog import Watchdog

OWNER, FAR = "desk", "2099-01-01T00:00:00.000Z"
REPORT = (
    "The ferry between Ostheim and the island of Lunne will start again on Monday, March 4, 2019, the harbour office said. "
    "The new ship carries 240 passengers. It cost 3.2 million euros."
)
DOCUMENTS = [
    Document(
        "ferry", "Ferry starts again", REPORT, "Harbour News", "2019-02-20", None, "en", ("sea",), False, None, None
    ),
    Document("ferry-copy", "Ferry to start", REPORT, "Coast Post", "2019-02-21", None, "en", (), False, None, None),
    Document("naïve/withdrawn", "Old", "The ferry is sold.", None, "2019-01-02", None, None, (), True, None, None),
]
ARTICLE = Article(
    "The ferry to Lunne starts again on March 5, 2019, the harbour office said. The new ship carries 240 passengers. "
    "Is that enough? 🚢 Tickets cost 9 euros.",
    "Ferry back in service",
    "2019-02-25",
    "Harbour News",
    None,
    "en",
    Format.TEXT,
)
OPTIONS = Options(max_evidence=5, sources_include=(), sources_exclude=(), time_limit_s=60.0)


def main(url: str) -> None:
    client, settings = Redis.from_url(url), Settings()
    store, desk = RedisDocumentStore(client), RedisCheckDesk(client, settings)
    ledger = RedisCheckLedger(client, settings)
    store.put_many(DOCUMENTS, by="k0")
    checker = load_checker(settings, RedisVerdictMemory(client, settings.verdict_memory_s))
    furnish(Workshop(ledger, MemorySearch(list(store.export())), MemorySearch, checker, Watchdog()))

    def submit(check_id: str, watch: Watch | None = None, callback_url: str | None = None) -> None:
        order = Order(ARTICLE, None, None, callback_url, OPTIONS)
        check = Check(
            check_id, OWNER, Status.QUEUED, "2019-02-25T09:00:00.000Z", None, None, Progress(0, 0), None, None, 1, watch
        )
        desk.submit(check, order, None)

    def finish(check_id: str) -> None:
        client.lrem("rq:queue:checks", 1, check_id)
        run_check(check_id)
        client.delete(f"rq:job:{check_id}")

    submit("finished", callback_url="https://cms.example.org/hook")
    finish("finished")
    submit("watched", watch=Watch(FAR, 0, None, ()))
    finish("watched")
    position = RedisChangelog(client).position()
    RedisWatchRounds(client).save("watched", Round(position, None, None, None))
    RedisWatchRounds(client).advance(position)
    submit("dropped")
    desk.drop("dropped", OWNER)
    submit("running")
    verdicts = desk.get("finished", OWNER).report.verdicts
    ledger.start("running", "x1")
    ledger.record("running", "x1", None, len(verdicts))
    ledger.record("running", "x1", verdicts[0], len(verdicts))
    submit("queued")
    submit("waiting")
    RedisKeyRing(client).create("cms", frozenset({Scope.CHECK, Scope.CORPUS_READ}), 600, by="k0")
    told = {
        "about": "what commit cf16b1c leaves in Redis; written by write_store_dump.py",
        "documents": [to_json(document) for document in store.export()],
        "checks": {name: check_to_json(desk.get(name, OWNER)) for name in ("finished", "watched", "running", "queued")},
        "keys": [row(client, key) for key in sorted(client.scan_iter(count=1000))],
    }
    print(json.dumps(told, indent=1))


def text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def row(client: Redis, key: bytes) -> dict[str, Any]:
    kind = text(client.type(key))
    ttl_ms = client.pttl(key)
    value: Any = {
        "string": lambda: text(client.get(key)),
        "hash": lambda: {text(name): text(value) for name, value in sorted(client.hgetall(key).items())},
        "list": lambda: [text(value) for value in client.lrange(key, 0, -1)],
        "set": lambda: sorted(text(value) for value in client.smembers(key)),
        "zset": lambda: {text(name): score for name, score in client.zrange(key, 0, -1, withscores=True)},
        "stream": lambda: [
            [text(entry), {text(name): text(value) for name, value in fields.items()}]
            for entry, fields in client.xrange(key)
        ],
    }[kind]()
    return {"key": text(key), "type": kind, "ttl_ms": ttl_ms if ttl_ms >= 0 else None, "value": value}


if __name__ == "__main__":
    main(sys.argv[1])

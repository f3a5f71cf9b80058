"""The whole service on a real Redis, with keys: what an attacker meets from outside."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from redis import Redis

from factcheck.api_keys import Scope
from factcheck.logs import JsonFormatter
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings
from factcheck.store.api_keys import RedisApiKeys
from factcheck.store.audit_log import RedisAuditLog
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.event_stream import RedisCheckEventReader
from factcheck.store.executions import RedisCheckExecution
from factcheck.store.submitted_articles import RedisArticles
from service.app import create_app
from tests.builders import a_report

Headers = dict[str, str]


def bearing(secret: str) -> Headers:
    return {"Authorization": f"Bearer {secret}"}


@dataclass
class House:
    """A running service and its keys: Alice and Bob check, Wanda writes the corpus, Ada may everything."""

    client: FlaskClient
    ring: RedisApiKeys
    redis: Redis
    settings: Settings
    alice: Headers
    bob: Headers
    wanda: Headers
    ada: Headers

    def submit(self, headers: Headers, text: str = "It rained.", **article: Any) -> str:
        answer = self.client.post("/v1/checks", json={"article": {"text": text, **article}}, headers=headers)
        assert answer.status_code == 202, answer.text
        body: Any = answer.json
        return str(body["id"])

    def finish(self, check_id: str, *verdicts: Any) -> None:
        ledger = RedisCheckExecution(self.redis, self.settings)
        ledger.start(check_id, "x1")
        ledger.finish(check_id, "x1", a_report(*verdicts))


@pytest.fixture
def house(redis_client: Redis, tmp_path: Path) -> House:
    settings = Settings(
        data_dir=tmp_path, article_limit_chars=5_000, document_limit_chars=5_000, body_limit_bytes=50_000
    )
    ring = RedisApiKeys(redis_client)
    scopes = {
        "alice": {Scope.CHECK, Scope.CORPUS_READ},
        "bob": {Scope.CHECK},
        "wanda": {Scope.CORPUS_WRITE},
        "ada": {Scope.ADMIN},
    }
    keys = {name: bearing(ring.create(name, frozenset(may))[1]) for name, may in scopes.items()}
    app = create_app(
        settings,
        RedisCheckRepository(redis_client, settings),
        RedisCheckEventReader(redis_client),
        RedisDocumentStore(redis_client),
        MemorySearch([]),
        articles=RedisArticles(redis_client),
        api_keys=ring,
        audit_log=RedisAuditLog(redis_client),
    )
    return House(client=app.test_client(), ring=ring, redis=redis_client, settings=settings, **keys)


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that this process logs, down to DEBUG, as the service writes it."""
    sink, root = StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(sink), root.level
    handler.setFormatter(JsonFormatter())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield sink
    root.removeHandler(handler)
    root.setLevel(level)


def logged(log: StringIO) -> list[dict[str, Any]]:
    """Each line is one JSON object, or this raises."""
    return [json.loads(line) for line in log.getvalue().splitlines()]

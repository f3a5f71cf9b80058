"""The audit log: written by every way to change the corpus, read by those who may."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from redis import Redis

from factcheck import redis_keys
from factcheck.api_keys import Scope
from factcheck.errors import InvalidInput, UnknownDocument, UnknownKey
from factcheck.settings import Settings
from factcheck.store.api_keys import RedisApiKeys
from factcheck.store.audit_log import RedisAuditLog
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.event_stream import RedisCheckEventReader
from factcheck_cli.main import main
from service.app import create_app
from tests.builders import a_document
from tests.fakes import InMemoryDocuments, InMemorySearch
from tests.integration.service.test_keys import ARTICLE, DOCUMENT, bearing


@pytest.fixture
def log(redis_client: Redis) -> RedisAuditLog:
    return RedisAuditLog(redis_client)


@pytest.fixture
def client(redis_client: Redis, log: RedisAuditLog) -> FlaskClient:
    settings = Settings()
    return create_app(
        settings,
        RedisCheckRepository(redis_client, settings),
        RedisCheckEventReader(redis_client),
        RedisDocumentStore(redis_client),
        InMemorySearch(InMemoryDocuments()),
        api_keys=RedisApiKeys(redis_client),
        audit_log=log,
    ).test_client()


def told(log: RedisAuditLog) -> list[tuple[str, str, str]]:
    """Oldest first."""
    return [(entry.actor, entry.act.value, entry.subject) for entry in log.entries()][::-1]


def test_every_change_of_the_corpus_is_told_with_who_did_it(
    client: FlaskClient, log: RedisAuditLog, redis_client: Redis
):
    key, secret = RedisApiKeys(redis_client).create("desk", frozenset({Scope.CORPUS_WRITE}))
    headers = bearing(secret)
    client.post("/v1/documents", json=DOCUMENT, headers=headers)
    client.put("/v1/documents/a/b", json={"text": "It rained."}, headers=headers)
    lines = '{"id": "n1", "text": "One."}\n{broken\n{"id": "n2", "text": "Two."}\n'
    client.post("/v1/documents", data=lines, content_type="application/x-ndjson", headers=headers).get_data()
    client.delete("/v1/documents/n1", headers=headers)
    assert told(log) == [
        (key.id, "document.put", "d"),
        (key.id, "document.put", "a/b"),
        (key.id, "document.put", "n1"),
        (key.id, "document.put", "n2"),
        (key.id, "document.remove", "n1"),
    ]


def test_what_changed_nothing_is_not_told(client: FlaskClient, log: RedisAuditLog):
    client.delete("/v1/documents/never-was")
    client.delete("/v1/checks/never-was")
    client.post("/v1/documents", json={"id": "d", "text": ""})
    assert told(log) == []


def test_deleting_a_check_is_told(client: FlaskClient, log: RedisAuditLog):
    check: Any = client.post("/v1/checks", json=ARTICLE).json
    client.delete(f"/v1/checks/{check['id']}")
    assert told(log) == [("local", "check.drop", check["id"])]


def test_the_log_is_read_by_admins_alone_newest_first_page_by_page(client: FlaskClient, redis_client: Redis):
    ring = RedisApiKeys(redis_client)
    admin = bearing(ring.create("admin", frozenset({Scope.ADMIN}))[1])
    writer = bearing(ring.create("desk", frozenset({Scope.CORPUS_WRITE, Scope.CHECK}))[1])
    for number in range(3):
        client.put(f"/v1/documents/d{number}", json={"text": "It rained."}, headers=writer)
    assert client.get("/v1/audit", headers=writer).status_code == 403
    first: Any = client.get("/v1/audit?limit=2", headers=admin).json
    assert [row["subject"] for row in first["items"]] == ["d2", "d1"]
    rest: Any = client.get(f"/v1/audit?limit=2&cursor={first['cursor']}", headers=admin).json
    assert [row["subject"] for row in rest["items"]] == ["d0"]
    assert rest["cursor"] is None
    assert client.get("/v1/audit?cursor=no", headers=admin).status_code == 422


def test_the_command_line_tells_and_shows(
    redis_url: str,
    log: RedisAuditLog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setenv("REDIS_URL", redis_url)
    monkeypatch.setenv("LOGNAME", "alice")
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(json.dumps(DOCUMENT) + "\n")
    assert main(["corpus", "add", str(corpus)]) == 0
    assert main(["corpus", "remove", "d"]) == 0
    assert main(["corpus", "remove", "d"]) == 2
    assert main(["keys", "create", "desk"]) == 0
    capsys.readouterr()
    assert main(["audit", "--subject", "d", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(row["actor"], row["act"]) for row in rows] == [
        ("cli:alice", "document.remove"),
        ("cli:alice", "document.put"),
    ]
    assert main(["audit", "--limit", "1"]) == 0
    assert "  cli:alice  key.create  " in capsys.readouterr().out


def test_an_id_cannot_forge_a_line(redis_client: Redis, redis_url: str, monkeypatch: pytest.MonkeyPatch, capsys: Any):
    monkeypatch.setenv("REDIS_URL", redis_url)
    store = RedisDocumentStore(redis_client)
    store.put(a_document("x\n2018-01-01  root  document.remove  \x1b[2Jy"), "local")
    assert main(["audit"]) == 0
    shown = capsys.readouterr().out
    assert shown.count("\n") == 1
    assert "\x1b" not in shown


def test_the_oldest_entries_give_way(redis_client: Redis, log: RedisAuditLog):
    store = RedisDocumentStore(redis_client, audit_entries=1_000)
    for start in range(0, 3_000, 500):
        store.put_many([a_document(f"d{number}") for number in range(start, start + 500)], "local")
    assert 1_000 <= redis_client.xlen(redis_keys.AUDIT) < 1_500
    assert next(log.entries()).subject == "d2999"


def test_of_many_who_do_the_same_only_those_who_changed_something_are_told(redis_client: Redis, log: RedisAuditLog):
    documents, ring = RedisDocumentStore(redis_client), RedisApiKeys(redis_client)
    documents.put(a_document("d"))
    key, _ = ring.create("desk", frozenset({Scope.CHECK}))

    def change(who: int) -> None:
        with suppress(UnknownDocument):
            documents.remove("d", f"k{who}")
        with suppress(UnknownKey):
            ring.revoke(key.id, f"k{who}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(change, range(8)))
    assert sorted((act, subject) for _, act, subject in told(log)) == [("document.remove", "d"), ("key.revoke", key.id)]


def test_where_nobody_is_named_there_is_no_line(redis_client: Redis, log: RedisAuditLog):
    RedisDocumentStore(redis_client).put(a_document("d"))
    RedisApiKeys(redis_client).create("desk", frozenset({Scope.CHECK}))
    assert told(log) == []


@pytest.mark.parametrize("cursor", ["); FLUSHALL", "0-0", "00-1", "1", "99999999999999999999-0"])
def test_a_cursor_that_is_none_is_refused(log: RedisAuditLog, cursor: str):
    with pytest.raises(InvalidInput):
        log.page(cursor, 10)

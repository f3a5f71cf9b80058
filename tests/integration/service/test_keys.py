"""Who gets in, with keys in a real Redis."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from redis import Redis

from factcheck.api_keys import Scope
from factcheck.settings import Settings
from factcheck.store.api_keys import RedisApiKeys
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.event_stream import RedisCheckEventReader
from factcheck_cli.main import main
from service.app import create_app
from tests.fakes import InMemoryDocuments, InMemorySearch

ARTICLE = {"article": {"text": "The ceremony opens on Friday."}}
DOCUMENT = {"id": "d", "text": "The ceremony opens on Friday."}


@pytest.fixture
def ring(redis_client: Redis) -> RedisApiKeys:
    return RedisApiKeys(redis_client)


def client_on(redis_client: Redis, host: str = "127.0.0.1") -> FlaskClient:
    settings, ring = Settings(host=host), RedisApiKeys(redis_client)
    desk, events, store = (
        RedisCheckRepository(redis_client, settings),
        RedisCheckEventReader(redis_client),
        RedisDocumentStore(redis_client),
    )
    return create_app(settings, desk, events, store, InMemorySearch(InMemoryDocuments()), api_keys=ring).test_client()


@pytest.fixture
def client(redis_client: Redis) -> FlaskClient:
    return client_on(redis_client)


def bearing(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def made(ring: RedisApiKeys, *scopes: Scope) -> dict[str, str]:
    return bearing(ring.create("desk", frozenset(scopes))[1])


def test_without_any_key_the_service_is_open_to_this_machine_alone(client: FlaskClient, redis_client: Redis):
    assert client.post("/v1/checks", json=ARTICLE).status_code == 202
    assert client_on(redis_client, "0.0.0.0").post("/v1/checks", json=ARTICLE).status_code == 401
    assert client_on(redis_client, "0.0.0.0").get("/healthz").status_code == 200


def test_with_the_first_key_everybody_needs_one(client: FlaskClient, ring: RedisApiKeys):
    key = made(ring, Scope.CHECK)
    refused = client.post("/v1/checks", json=ARTICLE)
    assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert refused.json
    assert refused.json["type"].endswith("unauthorized")
    assert client.post("/v1/checks", json=ARTICLE, headers=bearing("fck_guess")).status_code == 401
    assert client.post("/v1/checks", json=ARTICLE, headers=key).status_code == 202


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/openapi.yaml", "/docs", "/", "/v2/languages"])
def test_pages_and_health_need_no_key(client: FlaskClient, ring: RedisApiKeys, path: str):
    made(ring, Scope.CHECK)
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/v1/checks", Scope.CHECK),
        ("GET", "/v1/checks/c", Scope.CHECK),
        ("GET", "/v1/checks/c/events", Scope.CHECK),
        ("GET", "/v1/checks/c/gate", Scope.CHECK),
        ("GET", "/v1/checks/c/article", Scope.CHECK),
        ("DELETE", "/v1/checks/c", Scope.CHECK),
        ("POST", "/v2/check", Scope.CHECK),
        ("GET", "/v2/check", Scope.CHECK),
        ("POST", "/check", Scope.CHECK),
        ("GET", "/v1/documents", Scope.CORPUS_READ),
        ("GET", "/v1/documents/d", Scope.CORPUS_READ),
        ("GET", "/v1/documents/search?q=x", Scope.CORPUS_READ),
        ("POST", "/v1/documents", Scope.CORPUS_WRITE),
        ("PUT", "/v1/documents/d", Scope.CORPUS_WRITE),
        ("DELETE", "/v1/documents/d", Scope.CORPUS_WRITE),
    ],
)
def test_each_call_needs_its_scope(client: FlaskClient, ring: RedisApiKeys, method: str, path: str, scope: Scope):
    others = {Scope.CHECK, Scope.CORPUS_READ, Scope.CORPUS_WRITE} - {scope}
    if scope is Scope.CORPUS_READ:
        others.remove(Scope.CORPUS_WRITE)
    answers = {
        who: client.open(path, method=method, headers=headers).status_code
        for who, headers in {
            "nobody": {},
            "others": made(ring, *others),
            "right": made(ring, scope),
            "admin": made(ring, Scope.ADMIN),
        }.items()
    }
    assert (answers["nobody"], answers["others"]) == (401, 403)
    assert not {answers["right"], answers["admin"]} & {401, 403}


def test_one_key_s_checks_are_nothing_to_another(client: FlaskClient, ring: RedisApiKeys):
    mine, yours = made(ring, Scope.CHECK), made(ring, Scope.CHECK, Scope.ADMIN)
    check = client.post("/v1/checks", json=ARTICLE, headers={**mine, "Idempotency-Key": "k"}).json
    assert check
    path = f"/v1/checks/{check['id']}"
    for tail in ("", "/events", "/gate", "/article"):
        assert client.get(path + tail, headers=yours).status_code == 404, tail
    assert client.delete(path, headers=yours).status_code == 404
    listed = client.get("/v1/checks", headers=yours).json
    assert listed is not None
    assert listed["items"] == []
    again = client.post("/v1/checks", json=ARTICLE, headers={**yours, "Idempotency-Key": "k"}).json
    assert again
    assert again["id"] != check["id"]
    assert client.get(path, headers=mine).status_code == 200


def test_editors_send_their_key_as_they_know_it(client: FlaskClient, ring: RedisApiKeys):
    secret = made(ring, Scope.CORPUS_READ)["Authorization"].removeprefix("Bearer ")
    refused = client.post("/v2/check", data={"text": "It rained.", "language": "en-US", "apiKey": secret})
    assert refused.status_code == 403  # known, but of another scope


def test_a_revoked_key_opens_nothing(client: FlaskClient, ring: RedisApiKeys):
    ring.create("other", frozenset({Scope.ADMIN}))
    key, secret = ring.create("desk", frozenset({Scope.CHECK}))
    assert client.get("/v1/checks", headers=bearing(secret)).status_code == 200
    ring.revoke(key.id)
    assert client.get("/v1/checks", headers=bearing(secret)).status_code == 401


def test_no_key_is_stored_in_the_clear(ring: RedisApiKeys, redis_client: Redis):
    _, secret = ring.create("desk", frozenset({Scope.CHECK}))
    assert secret.encode() not in b"".join(redis_client.dump(key) or b"" for key in redis_client.keys("*"))


def test_keys_are_made_listed_and_revoked_from_the_command_line(
    redis_url: str, ring: RedisApiKeys, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("REDIS_URL", redis_url)
    assert main(["keys", "create", "the desk", "--scope", "check", "--scope", "corpus:write"]) == 0
    secret = capsys.readouterr().out.strip()
    found = ring.find(secret)
    assert found is not None
    assert found.scopes == {Scope.CHECK, Scope.CORPUS_WRITE}
    assert main(["keys", "list"]) == 0
    listed = capsys.readouterr().out
    assert found.id in listed
    assert "the desk" in listed
    assert secret not in listed
    assert main(["keys", "revoke", found.id]) == 0
    assert ring.find(secret) is None
    assert main(["keys", "revoke", found.id]) == 2
    assert "no key has the id" in capsys.readouterr().err


def test_serve_refuses_to_listen_to_others_without_a_key(
    redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("REDIS_URL", redis_url)
    assert main(["serve", "--host", "0.0.0.0", "--port", "0", "--data", str(tmp_path)]) == 2
    assert "refusing to listen on 0.0.0.0 without API keys" in capsys.readouterr().err

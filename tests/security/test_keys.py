"""Attacks on keys: guessing, borrowing, reading what another key's client handed in, doing more than the scope allows."""

from hashlib import sha256
from typing import Any

import pytest

from tests.security.conftest import House, bearing


def secret_of(headers: dict[str, str]) -> str:
    return headers["Authorization"].removeprefix("Bearer ")


# Name → what is sent, made from a real key.
GUESSES = {
    "nothing": lambda real: {},
    "an empty key": lambda real: {"Authorization": "Bearer "},
    "blanks": lambda real: {"Authorization": "Bearer    "},
    "a made-up key": lambda real: bearing("fck_" + "A" * 43),
    "all but the last character": lambda real: bearing(real[:-1]),
    "one character more": lambda real: bearing(real + "A"),
    "the key in other case": lambda real: bearing(real.swapcase()),
    "its stored digest": lambda real: bearing(sha256(real.encode()).hexdigest()),
    "a wildcard": lambda real: bearing("*"),
    "a null byte after the key": lambda real: bearing(real + "\x00"),
    "a script for the store": lambda real: bearing("'] return redis.call('FLUSHALL') --"),
    "a query": lambda real: bearing("' OR '1'='1"),
    "a very long key": lambda real: bearing("A" * 60_000),
    "another scheme": lambda real: {"Authorization": f"Basic {real}"},
    "the key in a cookie": lambda real: {"Cookie": f"key={real}"},
    "the key behind a proxy's header": lambda real: {"X-Forwarded-Authorization": f"Bearer {real}"},
    "a claim to be this machine": lambda real: {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"},
}


@pytest.mark.parametrize("guess", GUESSES.values(), ids=GUESSES.keys())
def test_what_is_no_key_opens_nothing(house: House, guess: Any):
    house.submit(house.alice)
    answer = house.client.get("/v1/checks", headers=guess(secret_of(house.alice)))
    assert answer.status_code == 401
    assert house.redis.dbsize() > 0


def test_a_key_in_the_address_opens_nothing(house: House):
    for name in ("key", "apiKey", "api_key", "access_token", "token"):
        assert house.client.get(f"/v1/checks?{name}={secret_of(house.alice)}").status_code == 401


def test_a_revoked_key_opens_nothing(house: House):
    house.ring.revoke(next(key.id for key in house.ring.all() if key.name == "alice"))
    assert house.client.get("/v1/checks", headers=house.alice).status_code == 401


def test_a_refusal_does_not_tell_whether_a_check_exists(house: House):
    check_id = house.submit(house.alice)
    real, made_up = (house.client.get(f"/v1/checks/{i}", headers=house.bob) for i in (check_id, "0" * 32))
    assert real.status_code == made_up.status_code == 404
    assert real.text.replace(check_id, "?") == made_up.text.replace("0" * 32, "?")


TAILS = {
    "the report": "",
    "its article": "/article",
    "its events": "/events",
    "its gate": "/gate",
    "by waiting": "?wait=1",
}


@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS.keys())
def test_another_key_cannot_read(house: House, tail: str):
    check_id = house.submit(house.alice, "The zebra escaped.")
    for stranger in (house.bob, house.ada):
        answer = house.client.get(f"/v1/checks/{check_id}{tail}", headers=stranger)
        assert answer.status_code == 404
        assert "zebra" not in answer.text


@pytest.mark.parametrize("shape", ["text/html", "text/csv", "application/sarif+json", "application/ld+json"])
def test_another_key_cannot_read_in_another_shape(house: House, shape: str):
    check_id = house.submit(house.alice, "The zebra escaped.")
    answer = house.client.get(f"/v1/checks/{check_id}", headers={**house.bob, "Accept": shape})
    assert answer.status_code == 404
    assert "zebra" not in answer.text


def test_another_key_cannot_delete(house: House):
    check_id = house.submit(house.alice)
    assert house.client.delete(f"/v1/checks/{check_id}", headers=house.bob).status_code == 404
    assert house.client.get(f"/v1/checks/{check_id}", headers=house.alice).status_code == 200


def test_another_key_s_list_does_not_show_it_even_with_a_borrowed_cursor(house: House):
    for _ in range(3):
        house.submit(house.alice)
    mine: Any = house.client.get("/v1/checks?limit=1", headers=house.alice).json
    theirs: Any = house.client.get(f"/v1/checks?cursor={mine['cursor']}", headers=house.bob).json
    assert theirs["items"] == []


def test_another_key_s_idempotency_key_answers_nothing(house: House):
    body = {"article": {"text": "It rained."}}
    ids = {
        house.client.post("/v1/checks", json=body, headers={**who, "Idempotency-Key": "same"}).json["id"]
        for who in (house.alice, house.bob)
    }
    assert len(ids) == 2


def test_an_idempotency_key_cannot_reach_into_another_owner_s(house: House):
    alice = next(key.id for key in house.ring.all() if key.name == "alice")
    house.client.post(
        "/v1/checks", json={"article": {"text": "It rained."}}, headers={**house.alice, "Idempotency-Key": "k"}
    )
    forged = {**house.bob, "Idempotency-Key": f"../{alice}:idempotency:k"}
    answer: Any = house.client.post("/v1/checks", json={"article": {"text": "It rained."}}, headers=forged)
    assert answer.status_code == 202
    assert "Idempotent-Replayed" not in answer.headers


# Name → whose key, method, address: none of them has the scope.
BEYOND = {
    "a checker reads the corpus": ("bob", "GET", "/v1/documents"),
    "a checker searches the corpus": ("bob", "GET", "/v1/documents/search?q=zebra"),
    "a reader writes": ("alice", "POST", "/v1/documents"),
    "a reader replaces": ("alice", "PUT", "/v1/documents/d"),
    "a reader deletes": ("alice", "DELETE", "/v1/documents/d"),
    "a writer checks": ("wanda", "POST", "/v1/checks"),
    "a writer checks as an editor": ("wanda", "POST", "/v2/check"),
    "a writer reads the audit log": ("wanda", "GET", "/v1/audit"),
    "a checker reads the audit log": ("alice", "GET", "/v1/audit"),
}


@pytest.mark.parametrize(("who", "method", "path"), BEYOND.values(), ids=BEYOND.keys())
def test_a_key_does_no_more_than_its_scope(house: House, who: str, method: str, path: str):
    house.client.put("/v1/documents/d", json={"text": "The zebra escaped."}, headers=house.wanda)
    answer = house.client.open(path, method=method, headers=getattr(house, who), json={"text": "gone"})
    assert answer.status_code == 403
    kept: Any = house.client.get("/v1/documents/d", headers=house.ada).json
    assert kept["text"] == "The zebra escaped."


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
def test_a_method_cannot_be_smuggled_in_a_header(house: House, header: str):
    house.client.put("/v1/documents/d", json={"text": "The zebra escaped."}, headers=house.wanda)
    house.client.get("/v1/documents/d", headers={**house.alice, header: "DELETE"})
    assert house.client.get("/v1/documents/d", headers=house.alice).status_code == 200


@pytest.mark.parametrize("header", ["X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix"])
def test_another_address_cannot_be_smuggled_in_a_header(house: House, header: str):
    assert house.client.get("/v1/audit", headers={header: "/healthz"}).status_code == 401


@pytest.mark.parametrize(
    "path", ["/v1/checks/", "//v1/checks", "/V1/CHECKS", "/v1/./checks", "/v1/x/../checks", "/v1%2fchecks"]
)
def test_another_spelling_of_an_address_passes_no_door(house: House, path: str):
    house.submit(house.alice, "The zebra escaped.")
    answer = house.client.get(path)
    assert answer.status_code in {401, 404}
    assert "items" not in answer.text


def test_secrets_and_digests_are_told_nowhere(house: House, log: Any):
    secret = secret_of(house.alice)
    house.submit(house.alice)
    house.client.get("/v1/documents", headers={**house.bob, "X-API-Key": secret})
    told = [house.client.get(path).text for path in ("/metrics", "/openapi.yaml", "/docs", "/readyz", "/")]
    told += [house.client.get("/v1/audit", headers=house.ada).text, log.getvalue()]
    digest = sha256(secret.encode()).hexdigest()
    assert not [text for text in told if secret in text or digest in text]


# ── an open house, on loopback ──


@pytest.mark.parametrize(
    "host", ["evil.example.org", "127.0.0.1.nip.example", "10.0.0.5:8080", "localhost.evil.example"]
)
def test_without_keys_a_foreign_name_for_this_machine_opens_nothing(house: House, host: str):
    for key in house.ring.all():
        house.ring.revoke(key.id)
    assert house.client.get("/v1/documents", headers={"Host": host}).status_code == 401
    assert house.client.get("/v1/documents", headers={"Host": "127.0.0.1:8080"}).status_code == 200

"""Attacks by size: everything that is counted in bytes, characters, levels or seconds."""

import gzip
import json
from typing import Any

import pytest

from tests.security.conftest import House

TEXT = "It rained."
DEEP = "[" * 20_000 + "]" * 20_000

# Name → body of POST /v1/checks, and the status it must get.
BODIES: dict[str, tuple[Any, int]] = {
    "a body over the limit": (b'{"article": {"text": "' + b"a" * 60_000 + b'"}}', 413),
    "an article over the limit": ({"article": {"text": "a" * 5_001}}, 413),
    "a title over the limit": ({"article": {"text": TEXT, "title": "a" * 10_001}}, 422),
    "a source over the limit": ({"article": {"text": TEXT, "source": "a" * 501}}, 422),
    "an address over the limit": ({"article": {"text": TEXT, "url": "https://e.org/" + "a" * 2_100}}, 422),
    "a callback address over the limit": ({"article": {"text": TEXT}, "callback_url": "http://e.org/" + "a" * 2_100}, 422),
    "a language of ten thousand parts": ({"article": {"text": TEXT, "language": "en" + "-a" * 10_000}}, 422),
    "brackets twenty thousand deep": (DEEP.encode(), 400),
    "objects five thousand deep": (b'{"article":' * 4_000 + b"1" + b"}" * 4_000, 400),
    "a number of five thousand digits": (b'{"article": {"text": "x"}, "options": {"max_evidence": ' + b"9" * 5_000 + b"}}", 400),
    "an endless time limit": (b'{"article": {"text": "x"}, "options": {"time_limit_s": Infinity}}', 400),
    "a time limit that is no number": (b'{"article": {"text": "x"}, "options": {"time_limit_s": NaN}}', 400),
    "more evidence than there can be": ({"article": {"text": TEXT}, "options": {"max_evidence": 10**9}}, 422),
    "two thousand sources": ({"article": {"text": TEXT}, "options": {"sources": {"include": ["a"] * 2_000}}}, 422),
    "an unknown member of great length": ({"article": {"text": TEXT}, "a" * 30_000: 1}, 422),
    "a thousand unknown members": ({"article": {"text": TEXT}, **{f"m{n}": 1 for n in range(1_000)}}, 422),
    "a document over the limit": ({"article": {"text": TEXT}, "documents": [{"id": "d", "text": "a" * 5_001}]}, 413),
    "half a surrogate": (b'{"article": {"text": "\\ud800"}}', 422),
    "a year beyond all years": ({"article": {"text": TEXT, "published_at": "99999-01-01"}}, 422),
}  # fmt: skip


@pytest.mark.parametrize(("body", "status"), BODIES.values(), ids=BODIES.keys())
def test_too_much_is_refused_and_said_back_in_few_words(house: House, body: Any, status: int):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    answer = house.client.post("/v1/checks", data=raw, content_type="application/json", headers=house.alice)
    assert answer.status_code == status
    assert len(answer.data) < 60_000
    assert house.redis.zcard("factcheck:checks:active") == 0


def test_a_packed_bomb_is_not_unpacked(house: House):
    bomb = gzip.compress(b"[" * 10_000_000)
    for kind in ("gzip", "deflate", "br", "gzip, gzip"):
        answer = house.client.post(
            "/v1/checks",
            data=bomb,
            content_type="application/json",
            headers={**house.alice, "Content-Encoding": kind},
        )
        assert answer.status_code in {400, 413, 415}


QUERIES = {
    "a wait of years": ("/v1/checks/x?wait=999999999", {404, 422}),
    "a wait of a thousand digits": (f"/v1/checks/x?wait={'9' * 1_000}", {422}),
    "a negative wait": ("/v1/checks/x?wait=-1", {422}),
    "a page of a million": ("/v1/checks?limit=1000000", {422}),
    "a page of documents of a million": ("/v1/documents?limit=1000000", {422}),
    "a cursor over the limit": (f"/v1/documents?cursor={'a' * 2_001}", {422}),
    "a search over the limit": (f"/v1/documents/search?q={'a' * 2_001}", {422}),
    "a search of a thousand words": (f"/v1/documents/search?q={'a+' * 999}", {200}),
    "a search for everything": ("/v1/documents/search?q=*", {200}),
    "a thousand parameters": ("/v1/checks?" + "&".join(f"p{n}=1" for n in range(1_000)), {422}),
    "an id over the limit": ("/v1/documents/" + "a" * 5_000, {404}),
}


@pytest.mark.parametrize(("path", "statuses"), QUERIES.values(), ids=QUERIES.keys())
def test_too_much_in_an_address_is_refused_or_harmless(house: House, path: str, statuses: set[int]):
    assert house.client.get(path, headers=house.ada).status_code in statuses


@pytest.mark.parametrize(
    "header", ["Idempotency-Key", "Prefer", "Accept", "Accept-Language", "If-None-Match", "Origin"]
)
def test_a_long_header_breaks_nothing(house: House, header: str):
    for value in ("a" * 8_000, "a," * 4_000, "wait=" * 1_500, "text/html;q=0.1," * 500):
        answer = house.client.post(
            "/v1/checks", json={"article": {"text": TEXT}}, headers={**house.alice, header: value}
        )
        assert answer.status_code in {202, 406, 422}


def test_a_bad_line_of_any_length_costs_a_line_and_no_more(house: House):
    lines = [b'{"id": "a", "text": "It rained."}', b"x" * 200_000, DEEP.encode(), b'{"id": "b", "text": "It rained."}']
    answer = house.client.post(
        "/v1/documents", data=b"\n".join(lines), content_type="application/x-ndjson", headers=house.ada
    )
    statuses = [json.loads(line)["status"] for line in answer.text.splitlines()]
    assert statuses == [201, 422, 422, 201]


def test_a_form_of_a_thousand_parts_is_refused(house: House):
    parts = {f"p{number}": "x" for number in range(1_500)}
    answer = house.client.post("/v2/check", data=parts, content_type="multipart/form-data", headers=house.alice)
    assert answer.status_code in {400, 413, 422}


def test_an_idempotency_key_over_the_limit_is_refused(house: House):
    headers = {**house.alice, "Idempotency-Key": "k" * 256}
    assert house.client.post("/v1/checks", json={"article": {"text": TEXT}}, headers=headers).status_code == 422


def test_what_a_client_leaves_behind_goes_by_itself_or_is_bounded(house: House):
    """Every key that a client can make has an end, but for the corpus, which is there to stay."""
    check_id = house.submit(house.alice)
    house.finish(check_id)
    house.client.post("/v1/checks", json={"article": {"text": TEXT}}, headers={**house.alice, "Idempotency-Key": "k"})
    finished = [key for key in house.redis.keys("*") if check_id.encode() in key]
    assert finished
    assert all(house.redis.ttl(key) > 0 for key in finished if not key.startswith(b"rq:"))

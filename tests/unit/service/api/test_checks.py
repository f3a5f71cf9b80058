"""POST, GET, DELETE /v1/checks."""

import threading
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.builders import a_report, a_verdict
from tests.fakes import InMemoryChecks

ARTICLE = {"text": "The ceremony opens on Friday."}


def submit(client: FlaskClient, article: dict[str, Any] | None = None, **more: Any) -> Any:
    return client.post("/v1/checks", json={"article": article or ARTICLE, **more})


def test_a_submitted_check_is_accepted_with_its_address(client: FlaskClient) -> None:
    answer = submit(client)
    assert answer.status_code == 202
    assert answer.json["status"] == "queued"
    assert answer.headers["Location"] == f"/v1/checks/{answer.json['id']}"
    assert answer.headers["Retry-After"] == "1"
    assert answer.json["links"]["events"] == f"/v1/checks/{answer.json['id']}/events"


def test_a_check_is_read_at_its_address(client: FlaskClient) -> None:
    submitted = submit(client)
    assert client.get(submitted.headers["Location"]).json == submitted.json


def test_an_article_keeps_every_character(client: FlaskClient, room: InMemoryChecks) -> None:
    text = "\ufeffNUL \x00, emoji 😀,\r\nمرحبا "
    check_id = submit(client, {"text": text}).json["id"]
    assert room.stored[check_id].request.article.text == text


def test_options_and_documents_reach_the_order(client: FlaskClient, room: InMemoryChecks) -> None:
    answer = submit(
        client,
        documents=[{"id": "d1", "text": "It opens on Friday.", "published_at": "20180130"}],
        as_of="2018-02-01",
        options={"max_evidence": 2, "time_limit_s": 10, "sources": {"include": ["A"], "exclude": ["B"]}},
    )
    order = room.stored[answer.json["id"]].request
    assert order.documents is not None
    assert order.documents[0].published_at == "2018-01-30"
    assert order.options.max_evidence == 2
    assert order.options.sources_include == ("A",)
    assert order.options.sources_exclude == ("B",)
    assert order.as_of == "2018-02-01"


def test_a_watched_article_says_until_when(client: FlaskClient) -> None:
    assert submit(client).json["watch"] is None
    watch = submit(client, watch=True).json["watch"]
    assert (watch["rechecks"], watch["checked_at"], watch["flips"]) == (0, None, [])
    assert watch["until"].endswith("Z")


def test_no_time_limit_is_longer_than_the_service_s_own(client: FlaskClient, room: InMemoryChecks) -> None:
    check_id = submit(client, options={"time_limit_s": 1e9}).json["id"]
    assert room.stored[check_id].request.options.time_limit_s == 120


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/article"),
        ([], ""),
        ({"article": None}, "/article"),
        ({"article": {}}, "/article/text"),
        ({"article": {"text": ""}}, "/article/text"),
        ({"article": {"text": " \n\t\u00a0"}}, "/article/text"),
        ({"article": {"text": 5}}, "/article/text"),
        ({"article": {"text": "\ud800"}}, "/article/text"),
        ({"article": {**ARTICLE, "published_at": "2018-02-30"}}, "/article/published_at"),
        ({"article": {**ARTICLE, "txet": "a"}}, "/article/txet"),
        ({"article": {**ARTICLE, "a/b~c": "a"}}, "/article/a~1b~0c"),
        ({"article": {**ARTICLE, "format": "docx"}}, "/article/format"),
        ({"article": {**ARTICLE, "language": "en\n"}}, "/article/language"),
        ({"article": {**ARTICLE, "url": "javascript:alert(1)"}}, "/article/url"),
        ({"article": ARTICLE, "unknown": 1}, "/unknown"),
        ({"article": ARTICLE, "\ud800": 1}, "/\ud800"),
        ({"article": ARTICLE, "as_of": "yesterday"}, "/as_of"),
        ({"article": ARTICLE, "callback_url": "file:///etc/passwd"}, "/callback_url"),
        ({"article": ARTICLE, "watch": "yes"}, "/watch"),
        ({"article": ARTICLE, "watch": True, "documents": []}, "/watch"),
        ({"article": ARTICLE, "options": {"max_evidence": 0}}, "/options/max_evidence"),
        ({"article": ARTICLE, "options": {"max_evidence": "5"}}, "/options/max_evidence"),
        ({"article": ARTICLE, "options": {"time_limit_s": True}}, "/options/time_limit_s"),
        ({"article": ARTICLE, "options": {"time_limit_s": 0}}, "/options/time_limit_s"),
        ({"article": ARTICLE, "options": {"time_limit_s": "9"}}, "/options/time_limit_s"),
        ({"article": ARTICLE, "documents": [{"id": "d"}]}, "/documents/0/text"),
        ({"article": ARTICLE, "documents": [{"id": "d", "text": "a"}, {"id": "d", "text": "b"}]}, "/documents/1/id"),
        ({"article": ARTICLE, "documents": [{"id": "d", "text": "a", "retracted": "no"}]}, "/documents/0/retracted"),
    ],
)
def test_what_is_wrong_with_a_body_is_said_by_pointer(client: FlaskClient, body: Any, pointer: str) -> None:
    answer = client.post("/v1/checks", json=body)
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert [fault["pointer"] for fault in answer.json["errors"]] == [pointer]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"nope",
        b'{"article": NaN}',
        b"\xff\xfe",
        b"[" * 100_000,
        b"[" + b"9" * 5_000 + b"]",
        b'"\xed\xa0\x80"',
    ],
)
def test_a_body_that_is_no_json_is_a_400(client: FlaskClient, body: bytes) -> None:
    client.application.config["MAX_CONTENT_LENGTH"] = 200_000
    answer = client.post("/v1/checks", data=body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json["errors"][0]["pointer"] == ""


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1"]
)
def test_another_media_type_or_character_set_is_a_415(client: FlaskClient, content_type: str | None) -> None:
    answer = client.post("/v1/checks", data=b'{"article": {"text": "a"}}', content_type=content_type)
    assert answer.status_code == 415


def test_a_byte_order_mark_is_no_part_of_the_json(client: FlaskClient) -> None:
    body = b'\xef\xbb\xbf{"article": {"text": "a"}}'
    assert client.post("/v1/checks", data=body, content_type="application/json").status_code == 202


def test_an_article_that_is_too_long_is_a_413(client: FlaskClient) -> None:
    answer = submit(client, {"text": "a" * 1_001})
    assert answer.status_code == 413
    assert answer.json["type"].endswith("article-too-long")


def test_a_body_that_is_too_large_is_a_413(client: FlaskClient) -> None:
    answer = submit(client, {"text": "a" * 30_000})
    assert answer.status_code == 413
    assert answer.json["type"].endswith("content-too-large")


def test_the_same_idempotency_key_answers_the_same_check(client: FlaskClient) -> None:
    first, second = (
        client.post("/v1/checks", json={"article": ARTICLE}, headers={"Idempotency-Key": "k1"}) for _ in range(2)
    )
    assert second.json["id"] == first.json["id"]
    assert second.headers["Location"] == first.headers["Location"]
    assert second.headers["Idempotent-Replayed"] == "true"


def test_an_idempotency_key_with_another_body_is_refused(client: FlaskClient) -> None:
    client.post("/v1/checks", json={"article": ARTICLE}, headers={"Idempotency-Key": "k1"})
    answer = client.post("/v1/checks", json={"article": {"text": "Other."}}, headers={"Idempotency-Key": "k1"})
    assert answer.status_code == 409
    assert answer.json["type"].endswith("idempotency-conflict")


def test_an_idempotency_key_is_bounded(client: FlaskClient) -> None:
    answer = client.post("/v1/checks", json={"article": ARTICLE}, headers={"Idempotency-Key": "k" * 256})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/header/Idempotency-Key"


def test_a_client_that_prefers_to_wait_gets_the_finished_check(client: FlaskClient, room: InMemoryChecks) -> None:
    with working(room):
        answer = client.post("/v1/checks", json={"article": ARTICLE}, headers={"Prefer": "wait=2"})
    assert answer.status_code == 200
    assert answer.json["status"] == "finished"
    assert answer.headers["Preference-Applied"] == "wait=2"


def test_a_client_that_waited_in_vain_gets_the_check_as_it_is(client: FlaskClient) -> None:
    answer = client.post("/v1/checks?wait=0", json={"article": ARTICLE})
    assert answer.status_code == 202
    assert client.post("/v1/checks?wait=1", json={"article": ARTICLE}).status_code == 202


def test_a_preference_that_cannot_be_read_is_ignored(client: FlaskClient) -> None:
    answer = client.post("/v1/checks", json={"article": ARTICLE}, headers={"Prefer": "wait=soon, handling=lenient"})
    assert answer.status_code == 202


@pytest.mark.parametrize("wait", ["-1", "soon", "1.5", "٣", ""])
def test_a_wait_that_is_no_number_of_seconds_is_a_422(client: FlaskClient, wait: str) -> None:
    answer = client.post("/v1/checks", query_string={"wait": wait}, json={"article": ARTICLE})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/query/wait"


def test_waiting_for_a_check_ends_with_the_check(client: FlaskClient, room: InMemoryChecks) -> None:
    path = submit(client).headers["Location"]
    with working(room):
        assert client.get(f"{path}?wait=2").json["status"] == "finished"


def test_a_running_check_shows_what_is_done(client: FlaskClient, room: InMemoryChecks) -> None:
    submitted = submit(client)
    room.start(submitted.json["id"], "x1")
    room.record(submitted.json["id"], "x1", a_verdict("c1"), 3)
    shown = client.get(submitted.headers["Location"])
    assert shown.json["status"] == "running"
    assert shown.json["progress"] == {"claims_total": 3, "claims_done": 1}
    assert [claim["id"] for claim in shown.json["report"]["claims"]] == ["c1"]
    assert shown.headers["Retry-After"] == "1"


def test_a_check_that_did_not_change_is_a_304_until_it_does(client: FlaskClient, room: InMemoryChecks) -> None:
    submitted = submit(client)
    path = submitted.headers["Location"]
    etag = client.get(path).headers["ETag"]
    unchanged = client.get(path, headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    room.run(submitted.json["id"], a_verdict(), report=a_report(a_verdict()))
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_an_unknown_check_is_a_404_and_a_forgotten_one_a_410(client: FlaskClient, room: InMemoryChecks) -> None:
    assert client.get("/v1/checks/none").status_code == 404
    submitted = submit(client)
    path = submitted.headers["Location"]
    room.run(submitted.json["id"], report=a_report())
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 410
    assert client.delete(path).status_code == 410


def test_deleting_a_waiting_check_cancels_it(client: FlaskClient) -> None:
    path = submit(client).headers["Location"]
    assert client.delete(path).status_code == 204
    assert client.get(path).json["status"] == "cancelled"


@pytest.mark.parametrize("check_id", ["a:b", "a%3Ab", "a%00", "..", "é", "a" * 65, "a%0A"])
def test_an_id_that_no_check_can_have_is_a_404(client: FlaskClient, check_id: str) -> None:
    answer = client.get(f"/v1/checks/{check_id}")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"


def test_checks_are_listed_newest_first_page_by_page(client: FlaskClient) -> None:
    ids = [submit(client).json["id"] for _ in range(3)]
    first = client.get("/v1/checks?limit=2").json
    second = client.get("/v1/checks", query_string={"limit": 2, "cursor": first["cursor"]}).json
    assert [check["id"] for check in first["items"] + second["items"]] == ids[::-1]
    assert second["cursor"] is None


def test_checks_are_filtered_by_status(client: FlaskClient, room: InMemoryChecks) -> None:
    done, _ = (submit(client).json["id"] for _ in range(2))
    room.run(done, report=a_report())
    listed = client.get("/v1/checks?status=finished").json["items"]
    assert [(check["id"], check["report"]) for check in listed] == [(done, None)]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "status=lost", "cursor=", "colour=red"])
def test_a_listing_that_cannot_be_is_a_422(client: FlaskClient, query: str) -> None:
    assert client.get(f"/v1/checks?{query}").status_code == 422


def test_a_check_is_available_as_json_only_while_articles_cannot_be_read(client: FlaskClient) -> None:
    path = submit(client).headers["Location"]
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406
    assert client.get(path, headers={"Accept": "text/html, */*;q=0.1"}).mimetype == "application/json"


def test_a_full_queue_is_a_503_that_says_when_to_come_back(client: FlaskClient, room: InMemoryChecks) -> None:
    room.queue_limit = 0
    answer = submit(client)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"


class working:  # noqa: N801 # reads as a verb: with working(room)
    """A worker that finishes every check as soon as it comes in."""

    def __init__(self, room: InMemoryChecks) -> None:
        self.room, self.stop = room, threading.Event()
        self.thread = threading.Thread(target=self._work)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join()

    def _work(self) -> None:
        while not self.stop.wait(0.02):
            for check_id, entry in list(self.room.stored.items()):
                if not entry.check.status.final:
                    self.room.run(check_id, a_verdict(), report=a_report(a_verdict()))

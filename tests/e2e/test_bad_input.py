"""What nobody should send, sent to the whole service: each has a defined answer, and harms nothing else."""

import json
import random
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
import requests

from bench.chaos.client import read
from bench.chaos.victims import kill_one
from bench.serving import Service

SENTENCE = "The opening ceremony of the Winter Olympics is scheduled for Feb. 9."
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def service(whole_service: Service) -> Iterator[Service]:
    """With the seed reports, and only with them for the tests that come after these."""
    before = stored(whole_service.url)
    yield whole_service
    for document_id in stored(whole_service.url) - before:
        requests.delete(f"{whole_service.url}v1/documents/{quote(document_id)}", timeout=10).raise_for_status()
    assert stored(whole_service.url) == before


@pytest.fixture
def url(service: Service) -> Iterator[str]:
    """Whatever a test has sent: afterwards the service is ready, and checks articles."""
    yield service.url
    assert requests.get(f"{service.url}readyz", timeout=10).status_code == 200
    assert checked(service.url, {"text": SENTENCE, "published_at": "2018-02-01"})["summary"]["supported"] == 1


def stored(url: str) -> set[str]:
    return {row["id"] for row in requests.get(f"{url}v1/documents?limit=100", timeout=10).json()["items"]}


def checked(url: str, article: dict[str, Any], **more: Any) -> Any:
    """The report of an article that must be accepted."""
    answer = requests.post(f"{url}v1/checks?wait=30", json={"article": article, **more}, timeout=40)
    check = answer.json()
    assert (answer.status_code, check["status"]) == (200, "finished"), check
    return check["report"]


def refused(answer: requests.Response) -> tuple[int, str]:
    """Status, and the last part of the problem's type."""
    assert answer.headers["Content-Type"] == PROBLEM
    return answer.status_code, str(answer.json()["type"]).rpartition(":")[2]


def posted(url: str, body: Any, content_type: str = "application/json") -> requests.Response:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return requests.post(url, data=raw, headers={"Content-Type": content_type}, timeout=30)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"article": {"text": ""}}, "/article/text"),
        ({"article": {"text": " \n\t\u00a0"}}, "/article/text"),
        ({"article": {"text": 5}}, "/article/text"),
        ({"article": {"text": SENTENCE, "published_at": "2018-02-30"}}, "/article/published_at"),
        ({"article": {"text": SENTENCE, "mood": "glad"}}, "/article/mood"),
        ({"article": {"text": SENTENCE}, "documnets": []}, "/documnets"),
        ({"article": {"text": SENTENCE}, "options": {"time_limit_s": -1}}, "/options/time_limit_s"),
        ({}, "/article"),
        ([], ""),
    ],
)
def test_a_body_that_cannot_be_is_told_where(url: str, body: Any, pointer: str):
    answer = posted(f"{url}v1/checks", body)
    assert refused(answer) == (422, "invalid-input")
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


def test_an_article_of_five_megabytes_is_refused(url: str):
    text = SENTENCE * (5_000_000 // len(SENTENCE))
    assert refused(posted(f"{url}v1/checks", {"article": {"text": text}})) == (413, "article-too-long")


def test_bytes_that_are_no_utf8_are_refused(url: str):
    answer = posted(f"{url}v1/checks", b'{"article": {"text": "caf\xe9"}}')
    assert refused(answer) == (400, "malformed-request")
    assert "UTF-8" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_another_media_type_is_refused(url: str, content_type: str):
    answer = posted(f"{url}v1/checks", {"article": {"text": SENTENCE}}, content_type)
    assert refused(answer) == (415, "unsupported-media-type")


def test_a_broken_line_harms_no_other(url: str):
    lines = [json.dumps({"id": f"line {n}", "text": f"The well of ward {n} is dry."}) for n in range(1, 11)]
    lines[6] = '{"id": "line 7", "text": '
    answer = posted(f"{url}v1/documents", "\n".join(lines).encode(), "application/x-ndjson")
    outcomes = [json.loads(row) for row in answer.text.splitlines()]
    assert [row["status"] for row in outcomes] == [201] * 6 + [422] + [201] * 3
    assert outcomes[6]["line"] == 7
    found = [requests.get(f"{url}v1/documents/line%20{n}", timeout=5).status_code for n in range(1, 11)]
    assert found == [200] * 6 + [404] + [200] * 3


def test_the_same_document_twice_is_one_document(url: str):
    document = {"id": "twice", "text": "The zebra of Ghent escaped.", "published_at": "2018-01-30"}
    assert [posted(f"{url}v1/documents", document).status_code for _ in range(2)] == [201, 200]
    report = checked(url, {"text": "The zebra of Ghent escaped."})
    assert [row["document"]["id"] for row in report["claims"][0]["evidence"]].count("twice") == 1


def test_a_deleted_document_is_never_evidence_for_a_check_that_came_later(url: str):
    article = {"text": "The yak of Bruges sat on the mayor's bench."}
    for turn in range(3):
        posted(f"{url}v1/documents", {"id": "yak", "text": article["text"]}).raise_for_status()
        assert checked(url, article)["summary"]["supported"] == 1, f"turn {turn}"
        requests.delete(f"{url}v1/documents/yak", timeout=5).raise_for_status()
        assert checked(url, article)["summary"]["supported"] == 0, f"turn {turn}"


def test_a_retracted_document_is_never_evidence_for_a_check_that_came_later(url: str):
    article = {"text": "The ibex of Namur sat on the mayor's bench."}
    for turn in range(2):
        posted(f"{url}v1/documents", {"id": "ibex", "text": article["text"]}).raise_for_status()
        assert checked(url, article)["summary"]["supported"] == 1, f"turn {turn}"
        posted(f"{url}v1/documents", {"id": "ibex", "text": article["text"], "retracted": True}).raise_for_status()
        assert checked(url, article)["summary"]["supported"] == 0, f"turn {turn}"


def test_a_document_of_fifty_megabytes_is_refused_and_harms_no_other(url: str):
    large = json.dumps({"id": "large", "text": SENTENCE * (50_000_000 // len(SENTENCE))}).encode()
    assert refused(posted(f"{url}v1/documents", large)) == (413, "content-too-large")
    small = b'{"id": "small", "text": "The lynx of Liege sleeps."}'
    answer = posted(f"{url}v1/documents", large + b"\n" + small, "application/x-ndjson")
    assert [json.loads(row)["status"] for row in answer.text.splitlines()] == [422, 201]
    assert requests.get(f"{url}v1/documents/large", timeout=5).status_code == 404


def test_what_is_not_there_cannot_be_deleted(url: str):
    for path, slug in (("v1/documents/never", "unknown-document"), (f"v1/checks/{'0' * 32}", "unknown-check")):
        assert refused(requests.delete(url + path, timeout=5)) == (404, slug)
    odd = quote("../../etc/passwd\r\nX: y", safe="")
    assert refused(requests.delete(f"{url}v1/documents/{odd}", timeout=5))[0] == 404


def test_scripts_in_a_page_are_neither_checked_nor_echoed(url: str):
    script = "<script>document.write('Kim Jong Un resigned on Monday.')</script>"
    page = f"<html><head>{script * 50}<style>p {{}}</style></head><body>{script}<p onclick='x()'>{SENTENCE}</p></body>"
    answer = requests.post(
        f"{url}v1/checks?wait=30", json={"article": {"text": page, "format": "html"}}, timeout=40
    ).json()
    claims = answer["report"]["claims"]
    assert not any("resigned" in claim["text"] for claim in claims)
    assert any(page[c["span"]["start"] : c["span"]["end"]] in SENTENCE for c in claims)
    shown = requests.get(url.rstrip("/") + answer["links"]["self"], headers={"Accept": "text/html"}, timeout=10)
    assert shown.status_code == 200
    assert "<script>document" not in shown.text


def test_ten_thousand_sentences_are_cut_off_in_time_and_accounted_for(url: str):
    text = " ".join(f"Ward {n} is dry." for n in range(10_000))
    began = time.monotonic()
    report = checked(url, {"text": text}, options={"time_limit_s": 4})
    assert time.monotonic() - began < 20
    coverage = report["coverage"]
    assert (coverage["sentences"], coverage["complete"]) == (10_000, False)
    assert coverage["checked"] + coverage["not_checkable"] + coverage["not_reached"] == coverage["sentences"]
    assert coverage["checked"] > 0


def test_a_text_without_a_sentence_mark_is_checked(url: str):
    for text in ("the opening ceremony is scheduled for Feb. 9", "wells and rain " * 5_000, "x" * 100_000):
        report = checked(url, {"text": text}, options={"time_limit_s": 10})
        coverage = report["coverage"]
        assert coverage["checked"] + coverage["not_checkable"] + coverage["not_reached"] == coverage["sentences"] > 0


@pytest.mark.parametrize(
    "text", ["\u0000\u0001", "\ud800 lone", "\u202e" * 500, "😀" * 1_000, "(" * 20_000, "Feb. " * 9_000]
)
def test_odd_characters_are_checked_or_refused_but_break_nothing(url: str, text: str):
    answer = posted(f"{url}v1/checks?wait=30", {"article": {"text": text}, "options": {"time_limit_s": 10}})
    assert answer.status_code in {200, 422}
    if answer.ok:
        assert answer.json()["status"] == "finished"


def test_a_store_that_dies_in_the_middle_loses_no_check(service: Service, url: str):
    text = " ".join(f"The well of ward {n} is dry." for n in range(12))
    ids = [posted(f"{url}v1/checks", {"article": {"text": text}}).json()["id"] for _ in range(3)]
    assert kill_one(service.pid, "redis server", random.Random(1))
    deadline = time.monotonic() + 60
    for check_id in ids:
        while read(url, check_id)["status"] != "finished":
            assert time.monotonic() < deadline
            time.sleep(0.2)

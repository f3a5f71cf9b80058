"""A watched article, against the whole running service with its models: a report arrives, and the desk is told."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue
from threading import Thread
from typing import Any

import pytest
import requests

from bench.serving import Service
from factcheck.webhook_signatures import parse_secret, verified
from tests.e2e.conftest import SECRET

PAGE = 100
TEXT = "The Hallein bridge will open on March 15."
LETTER = {
    "id": "letter",
    "text": "The Hallein bridge will open on March 14, the council said on Monday.",
    "published_at": "2031-03-05",
}


class Told(Queue[tuple[dict[str, str], bytes]]):
    """What a receiver of callbacks heard, in order. `url` is its address."""

    url: str

    def next_message(self) -> dict[str, Any]:
        headers, body = self.get(timeout=30)
        assert verified(parse_secret(SECRET) or b"", headers, body, time.time())
        return json.loads(body)


@pytest.fixture(scope="module")
def told() -> Iterator[Told]:
    heard = Told()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.put(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        heard.url = f"http://127.0.0.1:{server.server_port}/hook"
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield heard
        server.shutdown()
        thread.join()


@pytest.fixture
def url(whole_service: Service) -> str:
    return whole_service.url


def listed(url: str) -> list[str]:
    """Ids of the newest checks, newest first."""
    return [item["id"] for item in requests.get(f"{url}v1/checks?limit={PAGE}", timeout=10).json()["items"]]


def test_a_report_that_contradicts_a_watched_article_is_told_with_the_verdict_it_flipped(url: str, told: Told):
    before = listed(url)
    order = {"article": {"text": TEXT, "published_at": "2031-03-07"}, "watch": True, "callback_url": told.url}
    check = requests.post(f"{url}v1/checks?wait=25", json=order, timeout=60).json()
    assert told.next_message()["type"] == "check.finished"
    assert (check["watch"]["rechecks"], check["watch"]["flips"]) == (0, [])
    [claim] = check["report"]["claims"]
    assert claim["label"] == "unverified"

    requests.post(f"{url}v1/documents", json=LETTER, timeout=10).raise_for_status()
    message = told.next_message()
    assert message["type"] == "check.flipped"
    assert message["data"]["flips"] == [{"claim_id": claim["id"], "before": "unverified", "after": "contradicted"}]

    requests.delete(f"{url}v1/documents/letter", timeout=10).raise_for_status()
    message = told.next_message()
    assert message["data"]["flips"] == [{"claim_id": claim["id"], "before": "contradicted", "after": "unverified"}]

    now = requests.get(f"{url}v1/checks/{check['id']}", timeout=10).json()
    assert now["report"]["claims"][0]["label"] == "unverified"
    assert [flip["recheck"] for flip in now["watch"]["flips"]] == [1, 2]
    assert listed(url) == [check["id"], *before][:PAGE]

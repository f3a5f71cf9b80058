"""`--url` against servers that are not what they should be."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from factcheck.check import CheckStatus, Problem
from factcheck.check_json import check_to_json
from factcheck.errors import FactcheckError, StoreUnavailable, UnreadableSource
from factcheck_cli.remote_check import check_remotely
from tests.builders import a_check, an_article


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


FAILED = json.dumps(
    check_to_json(a_check(status=CheckStatus.FAILED, error=Problem("urn:x", "It failed", "three tries")))
).encode()
PROBLEM = json.dumps({"title": "No", "errors": [{"pointer": "/article/text", "detail": "too odd"}]}).encode()


@pytest.mark.parametrize(
    ("status", "body", "kind", "told"),
    [
        (422, PROBLEM, UnreadableSource, "422: /article/text: too odd"),
        (401, b"<h1>who?</h1>", UnreadableSource, "401"),
        (503, PROBLEM, StoreUnavailable, "503"),
        (429, b"", StoreUnavailable, "429"),
        (200, b"<h1>hello</h1>", UnreadableSource, "not this service"),
        (200, b"[1]", UnreadableSource, "not this service"),
        (200, FAILED, StoreUnavailable, "three tries"),
    ],
)
def test_what_a_server_answers_is_told(status: int, body: bytes, kind: type[FactcheckError], told: str):
    with answering(status, body) as url, pytest.raises(kind, match=told):
        check_remotely(url, an_article())


def test_a_server_that_is_away_and_an_address_that_is_none():
    with pytest.raises(StoreUnavailable, match="does not answer"):
        check_remotely("http://127.0.0.1:1", an_article())
    with pytest.raises(UnreadableSource, match="no http or https address"):
        check_remotely("127.0.0.1:8080", an_article())

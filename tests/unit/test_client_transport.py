"""What the client makes of bytes that a service sends; the calls themselves are in tests/e2e/test_client.py."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from factcheck import client
from factcheck.client import Client, ClientError, Refused, TooBusy, Unreachable
from factcheck.client_transport import ServerEvent, read_events


@contextmanager
def answering(status: int, body: bytes = b"", **headers: str) -> Iterator[tuple[str, list[str]]]:
    """A server with one answer; its address, and the keys it was shown."""
    shown: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shown.append(self.headers.get("Authorization", ""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", shown
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        *((400, "InvalidRequest"), (413, "InvalidRequest"), (422, "InvalidRequest"), (401, "NotAllowed")),
        *((403, "NotAllowed"), (404, "NotFound"), (409, "Conflict"), (410, "Gone"), (429, "TooBusy")),
        *((503, "TooBusy"), (500, "ServerFault"), (502, "ServerFault"), (302, "Refused"), (418, "Refused")),
    ],
)
def test_each_refusal_has_its_type(status: int, kind: str):
    with answering(status) as (url, _), pytest.raises(getattr(client, kind)) as caught:
        Client(url).read("k1")
    assert caught.value.status == status


def test_a_refusal_carries_what_the_problem_says():
    problem = {
        "type": "urn:factcheck:problem:busy",
        "detail": "come later",
        "errors": [{"pointer": "/a", "detail": "b"}],
    }
    with (
        answering(503, json.dumps(problem).encode(), Retry_After="7") as (url, _),
        pytest.raises(TooBusy, match="/a: b") as caught,
    ):
        Client(url).read("k1")
    refused = caught.value
    assert (refused.kind, refused.detail, refused.retry_after_s) == ("urn:factcheck:problem:busy", "come later", 7.0)


def test_a_redirect_is_not_followed_and_the_key_goes_no_further():
    with answering(200, b"{}") as (inner, shown), answering(302, Location=f"{inner}/v1/checks/k1") as (outer, _):
        with pytest.raises(Refused):
            Client(outer, "fck_secret").read("k1")
        assert shown == []


@pytest.mark.parametrize("body", [b"<h1>hello</h1>", b"[1]", b'{"id": "k1"}', b"", b'"' + b"[" * 100_000])
def test_an_answer_of_something_else_is_told(body: bytes):
    with answering(200, body) as (url, _), pytest.raises(ClientError, match="what answers"):
        Client(url).read("k1")


def test_an_answer_that_breaks_off_is_told():
    with answering(200, b'{"id"', Content_Length="100") as (url, _), pytest.raises(Unreachable):
        Client(url).read("k1")


@pytest.mark.parametrize("address", ["127.0.0.1:8080", "ftp://example.org", "file:///etc/passwd", ""])
def test_an_address_that_is_none_is_refused_at_once(address: str):
    with pytest.raises(ValueError, match="no http or https address"):
        Client(address)


def test_events_are_read_as_the_standard_says():
    stream = [
        *(b"retry: 1000\n", b"\n", b": still here\n", b"\n"),
        *(b"id: 1-0\n", b"event: claim\r\n", b'data: {"a":\r\n', b"data: 1}\r\n", b"\r\n"),
        *(b'data:{"b": 2}\n', b"unknown: x\n", b"\n"),
        b'data: {"cut": "off"}\n',
    ]
    assert list(read_events(stream)) == [ServerEvent("1-0", "claim", {"a": 1}), ServerEvent("", "message", {"b": 2})]


@pytest.mark.parametrize(
    "body", [b"data: no json\n\n", b"data: 5\n\n", b"event: done\ndata: {}\n\n", b"data: \xff\n\n"]
)
def test_a_stream_of_something_else_is_told(body: bytes):
    with answering(200, body) as (url, _), pytest.raises(ClientError, match="what answers"):
        list(Client(url).events("k1"))

import json
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from factcheck.check import CheckStatus
from factcheck.ports import PendingWebhook
from factcheck.webhook_addresses import parse_reach
from factcheck.webhook_signatures import parse_secret, verified
from tests.builders import a_check, a_report, a_verdict
from worker.process.webhook_delivery import DELAYS_S, ForbiddenAddress, Post, WebhookDelivery, poster

KEY = parse_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw") or b""


@dataclass
class Tray:
    """A callback box with one callback in it."""

    url: str = "https://cms.example.org/hook"
    tries: int = 0
    settled: bool = False
    disabled: bool = False
    delay_s: float | None = None

    def take(self, lease_s: float) -> PendingWebhook | None:
        if self.settled:
            return None
        check = a_check(id="k1", status=CheckStatus.FINISHED, report=a_report(a_verdict()))
        return PendingWebhook(check, self.url, self.tries)

    def settle(self, check_id: str) -> None:
        self.settled = True

    def disable(self, check_id: str) -> None:
        self.settled = self.disabled = True

    def postpone(self, check_id: str, delay_s: float) -> None:
        self.delay_s = delay_s


@dataclass
class Receiver:
    """A web server that keeps what it is sent."""

    status: int = 200
    location: str | None = None
    url: str = ""
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def receiving(receiver: Receiver) -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(receiver.status)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}/hook?x=1"
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield receiver
        server.shutdown()
        thread.join()


def courier(tray: Tray, post: Post, chance: float = 0.5) -> WebhookDelivery:
    return WebhookDelivery(tray, KEY, post, lambda: chance)


def answering(status: int | Exception) -> Post:
    def post(url: str, headers: Mapping[str, str], body: bytes) -> int:
        if isinstance(status, Exception):
            raise status
        return status

    return post


def test_a_receiver_gets_a_signed_message_that_names_the_check():
    with receiving(Receiver()) as receiver:
        tray = Tray(url=receiver.url)
        assert courier(tray, poster(parse_reach("127.0.0.1"))).deliver_next()
    [(headers, body)] = receiver.heard
    assert verified(KEY, headers, body, time.time())
    message = json.loads(body)
    assert (message["type"], message["data"]["id"], message["data"]["self"]) == (
        "check.finished",
        "k1",
        "/v1/checks/k1",
    )
    assert message["data"]["summary"]["supported"] == 1
    assert headers["webhook-id"] == "msg_k1"
    assert tray.settled


def test_a_redirect_is_not_followed():
    with receiving(Receiver()) as inner, receiving(Receiver(status=302, location=inner.url)) as outer:
        tray = Tray(url=outer.url)
        courier(tray, poster(parse_reach("127.0.0.1"))).deliver_next()
    assert (inner.heard, tray.settled, tray.delay_s) == ([], False, DELAYS_S[0])


@pytest.mark.parametrize(("begins", "is_told"), [(b"", False), (b"HTTP/1.1 200 OK\r\nX-Slow: ", True)])
def test_a_receiver_that_never_comes_to_an_end_is_cut_off(begins: bytes, is_told: bool):
    def drip() -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            connection.sendall(begins)
            while True:
                connection.sendall(b"x")
                time.sleep(0.02)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=drip)
        thread.start()
        tray = Tray(url=f"http://127.0.0.1:{listener.getsockname()[1]}/")
        courier(tray, poster(parse_reach("127.0.0.1"), whole_s=0.2)).deliver_next()
        thread.join(10)
    assert not thread.is_alive()
    assert (tray.settled, tray.delay_s) == ((True, None) if is_told else (False, DELAYS_S[0]))


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0", "169.254.169.254"]
)
def test_nothing_private_is_called_unless_it_is_named(host: str):
    with pytest.raises((ForbiddenAddress, OSError)):
        poster(parse_reach(""))(f"http://{host}:1/", {}, b"")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/", "http://u:p@example.org/", "http:///x", "x"]
)
def test_only_plain_web_addresses_are_called(url: str):
    with pytest.raises(ForbiddenAddress):
        poster(parse_reach(""))(url, {}, b"")


@pytest.mark.parametrize("status", [0, 302, 404, 429, 500, 503])
def test_what_was_not_taken_is_tried_again_ever_later(status: int):
    delays = []
    for tries in range(len(DELAYS_S)):
        tray = Tray(tries=tries)
        courier(tray, answering(status)).deliver_next()
        delays.append(tray.delay_s)
    assert delays == list(DELAYS_S)


@pytest.mark.parametrize("status", [200, 204, 410, ForbiddenAddress("private")])
def test_what_was_taken_or_can_never_be_is_settled(status: int | Exception):
    tray = Tray()
    courier(tray, answering(status)).deliver_next()
    assert (tray.settled, tray.disabled, tray.delay_s) == (True, status == 410, None)


def test_what_failed_together_is_not_tried_again_together():
    trays = [Tray(tries=3) for _ in range(3)]
    for tray, chance in zip(trays, (0.0, 0.5, 1.0), strict=True):
        courier(tray, answering(503), chance).deliver_next()
    assert [round(tray.delay_s or 0) for tray in trays] == [1_620, 1_800, 1_980]


def test_after_the_last_try_it_is_given_up():
    tray = Tray(tries=len(DELAYS_S))
    courier(tray, answering(ConnectionRefusedError())).deliver_next()
    assert tray.settled


def test_a_receiver_that_nobody_finds_is_tried_again():
    tray = Tray()
    courier(tray, answering(OSError("no such host"))).deliver_next()
    assert tray.delay_s == DELAYS_S[0]


def test_an_empty_box_is_no_work():
    assert not courier(Tray(settled=True), answering(200)).deliver_next()

"""Making the service call where it must not (SSRF), and callbacks that lie to their receiver."""

import base64
import ipaddress
from collections.abc import Iterator
from http.client import InvalidURL
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from factcheck.webhook_addresses import parse_reach
from factcheck.webhook_signatures import TOLERANCE_S, parse_secret, signed_headers, verified
from tests.security.conftest import House
from worker.process.webhook_delivery import ForbiddenAddress, poster

# Each must be refused by the poster, before a connection is made.
INSIDE = {
    "loopback": "http://127.0.0.1/",
    "another loopback address": "http://127.8.8.8/",
    "loopback as one number": "http://2130706433/",
    "loopback in hexadecimal": "http://0x7f000001/",
    "loopback in octal": "http://0177.0.0.1/",
    "loopback shortened": "http://127.1/",
    "loopback by name": "http://localhost/",
    "loopback by name in capitals": "http://LOCALHOST/",
    "this host": "http://0.0.0.0/",
    "this host as zero": "http://0/",
    "IPv6 loopback": "http://[::1]/",
    "IPv6 unspecified": "http://[::]/",
    "IPv4 in IPv6": "http://[::ffff:127.0.0.1]/",
    "IPv4 in IPv6, in hexadecimal": "http://[::ffff:7f00:1]/",
    "NAT64 around loopback": "http://[64:ff9b::7f00:1]/",
    "6to4 around a private address": "http://[2002:a00:1::]/",
    "cloud metadata": "http://169.254.169.254/latest/meta-data/",
    "cloud metadata as one number": "http://2852039166/",
    "private network": "http://10.0.0.1/",
    "private network at home": "http://192.168.1.1/admin",
    "carrier's network": "http://100.64.0.1/",
    "IPv6 link-local": "http://[fe80::1]/",
    "IPv6 unique local": "http://[fd00:ec2::254]/",
    "broadcast": "http://255.255.255.255/",
    "a public name in the user's place": "http://example.org@127.0.0.1/",
    "a file": "file:///etc/passwd",
    "another protocol": "gopher://127.0.0.1:6379/_FLUSHALL",
    "Redis": "redis://127.0.0.1:6379/",
}


@pytest.mark.parametrize("url", INSIDE.values(), ids=INSIDE.keys())
def test_a_callback_to_the_inside_is_not_posted(url: str):
    with pytest.raises(ForbiddenAddress):
        poster(parse_reach(""))(url, {}, b"{}")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://x/",
        "javascript:alert(1)",
        "http://u:p@host/",
        "http://a\r\nX: y/",
        "//host/",
        "http://",
    ],
)
def test_a_callback_address_that_is_no_plain_web_address_is_refused_at_once(house: House, url: str):
    body = {"article": {"text": "It rained."}, "callback_url": url}
    assert house.client.post("/v1/checks", json=body, headers=house.alice).status_code == 422


@pytest.fixture
def redirecting() -> Iterator[tuple[str, list[str]]]:
    """A receiver on this machine that sends everybody on to an address inside, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.send_response(307)
            self.send_header("Location", f"http://127.0.0.1:{server.server_port}/inside")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", asked
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_redirect_to_the_inside_is_not_followed(redirecting: tuple[str, list[str]]):
    url, asked = redirecting
    assert poster(parse_reach("127.0.0.1"))(url, {}, b"{}") == 307
    assert asked == ["/hook"]


def test_a_name_with_one_public_and_one_private_address_is_out_of_reach():
    addresses = [ipaddress.ip_address("93.184.215.14"), ipaddress.ip_address("127.0.0.1")]
    assert not parse_reach("").permits("rebinding.example.org", addresses)


def test_a_named_host_opens_no_other_host():
    with pytest.raises(ForbiddenAddress):
        poster(parse_reach("cms.internal"))("http://127.0.0.1/", {}, b"{}")


def test_line_breaks_in_an_address_split_no_request():
    with pytest.raises(InvalidURL):
        poster(parse_reach("127.0.0.1"))("http://127.0.0.1:9/x HTTP/1.1\r\nX: y", {}, b"{}")


KEY, OTHER = (parse_secret("whsec_" + base64.b64encode(bytes([n]) * 32).decode()) or b"" for n in (1, 2))
BODY, NOW_S = b'{"type": "check.finished"}', 1_517_302_800
SIGNED = signed_headers(KEY, "msg_1", NOW_S, BODY)

# What an attacker may do with a callback that was overheard: name → headers, body, when it arrives.
REPLAYED = {
    "played again ten minutes later": (SIGNED, BODY, NOW_S + TOLERANCE_S + 1),
    "sent before its time": (SIGNED, BODY, NOW_S - TOLERANCE_S - 1),
    "with a fresh timestamp": ({**SIGNED, "webhook-timestamp": str(NOW_S + 600)}, BODY, NOW_S + 600),
    "with another id": ({**SIGNED, "webhook-id": "msg_2"}, BODY, NOW_S),
    "with another body": (SIGNED, BODY.replace(b"finished", b"failed"), NOW_S),
    "without a signature": ({**SIGNED, "webhook-signature": ""}, BODY, NOW_S),
    "without any header": ({}, BODY, NOW_S),
    "with the signature of another version": ({**SIGNED, "webhook-signature": f"v0{SIGNED['webhook-signature'][2:]}"}, BODY, NOW_S),
    "signed with another secret": (signed_headers(OTHER, "msg_1", NOW_S, BODY), BODY, NOW_S),
    "with a timestamp that is no number": ({**SIGNED, "webhook-timestamp": "NaN"}, BODY, NOW_S),
    "with a timestamp of ten thousand digits": ({**SIGNED, "webhook-timestamp": "9" * 10_000}, BODY, NOW_S),
}  # fmt: skip


@pytest.mark.parametrize(("headers", "body", "now_s"), REPLAYED.values(), ids=REPLAYED.keys())
def test_a_callback_that_was_overheard_is_no_use(headers: dict[str, str], body: bytes, now_s: float):
    assert not verified(KEY, headers, body, now_s)


def test_an_honest_callback_is_believed():
    assert verified(KEY, SIGNED, BODY, NOW_S)

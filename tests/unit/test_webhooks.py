import base64
import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.errors import InvalidSetting
from factcheck.webhook_addresses import parse_reach, unreachable
from factcheck.webhook_signatures import TOLERANCE_S, parse_secret, signed_headers, verified

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
KEY = parse_secret(SECRET) or b""
BODY = b'{"test": 2432232314}'
NOW_S = 1_614_265_330
HEADERS = signed_headers(KEY, "msg_p5jXN8AQM9LWM0D4loKWxJek", NOW_S, BODY)


def test_a_callback_is_signed_as_the_specification_s_own_example():
    assert HEADERS["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_callback_without_a_secret_is_not_signed():
    assert set(signed_headers(None, "msg_1", NOW_S, BODY)) == {"webhook-id", "webhook-timestamp"}


def test_a_receiver_knows_what_was_signed():
    assert verified(KEY, HEADERS, BODY, NOW_S)
    older = f"v1,AAAA v1a,BBBB {HEADERS['webhook-signature']}"
    assert verified(KEY, {**HEADERS, "webhook-signature": older}, BODY, NOW_S + TOLERANCE_S)


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook-id": "msg_2"},
        {"webhook-timestamp": str(NOW_S + 1)},
        {"webhook-timestamp": "soon"},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,Zm9v"},
        {"webhook-signature": "v1,ü"},
    ],
)
def test_a_receiver_refuses_what_was_changed(changes: dict[str, str]):
    assert not verified(KEY, {**HEADERS, **changes}, BODY, NOW_S)
    assert not verified(KEY, HEADERS, BODY + b" ", NOW_S)
    assert not verified(KEY, HEADERS, BODY, NOW_S + TOLERANCE_S + 1)


@pytest.mark.parametrize("setting", ["whsec_", "whsec_AAAA", "not base64!", "whsec_" + "A" * 400])
def test_a_secret_that_is_none_stops_the_start(setting: str):
    with pytest.raises(InvalidSetting, match="FACTCHECK_CALLBACK_SECRET"):
        parse_secret(setting)


def test_no_secret_is_none():
    assert parse_secret("") is None


@given(st.binary(min_size=24, max_size=64))
def test_any_key_of_the_right_length_is_taken(key: bytes):
    assert parse_secret("whsec_" + base64.b64encode(key).decode()) == key


PRIVATE = """127.0.0.1 127.9.9.9 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 255.255.255.255 224.0.0.1
240.0.0.1 192.0.2.1 198.18.0.1 ::1 :: fe80::1 fc00::1 fd12::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::a00:1
64:ff9b::7f00:1 2002:7f00:1:: 2002:a00:1:: 2001:db8::1 fec0::1 ::127.0.0.1 ::a00:1""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_out_of_reach_in_any_disguise(address: str):
    assert not parse_reach("").permits("example.org", [ipaddress.ip_address(address)])


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_addresses_are_within_reach(address: str):
    assert parse_reach("").permits("example.org", [ipaddress.ip_address(address)])


def test_one_private_address_puts_a_name_out_of_reach():
    mixed = [ipaddress.ip_address("93.184.215.14"), ipaddress.ip_address("10.0.0.1")]
    assert not parse_reach("").permits("example.org", mixed)
    assert not parse_reach("").permits("example.org", [])


@pytest.mark.parametrize("setting", ["10.0.0.0/8", "cms.internal", "other CMS.Internal.", "10.0.0.1"])
def test_private_hosts_that_are_named_are_within_reach(setting: str):
    assert parse_reach(setting).permits("cms.internal", [ipaddress.ip_address("10.0.0.1")])


def test_naming_one_network_opens_no_other():
    assert not parse_reach("10.0.0.0/8").permits("cms.internal", [ipaddress.ip_address("127.0.0.1")])


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("http://localhost/hook", "this machine"),
        ("http://LOCALHOST.:80/hook", "this machine"),
        ("http://cms.localhost/", "this machine"),
        ("http://127.0.0.1:9/", "not public"),
        ("http://10.1.2.3/", "not public"),
        ("http://[::1]/", "not public"),
        ("http://[::ffff:10.0.0.1]/", "not public"),
        ("http://169.254.169.254/latest", "not public"),
        ("https://cms.example/", "never exists"),
        ("https://cms.invalid/", "never exists"),
        ("https://cms.org:0/", "port"),
        ("https://cms.org:99999/", "port"),
        ("https://example.org/hook", None),
        ("https://93.184.215.14/hook", None),
    ],
)
def test_an_address_that_no_webhook_may_go_to_is_known_beforehand(url: str, told: str | None):
    fault = unreachable(url, parse_reach(""))
    assert (fault is None) == (told is None)
    assert told is None or told in str(fault)


@pytest.mark.parametrize("url", ["http://localhost:9/", "http://10.1.2.3/", "https://cms.test/"])
def test_what_the_operator_lists_may_be_called(url: str):
    assert unreachable(url, parse_reach("localhost 10.0.0.0/8 cms.test")) is None

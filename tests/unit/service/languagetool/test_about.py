from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

ServiceOf = Callable[..., FlaskClient]
ADDON = "moz-extension://3c1b8a50"


@pytest.fixture
def client(service_of: ServiceOf) -> FlaskClient:
    return service_of(None)


@pytest.mark.parametrize("path", ["/v2/languages", "/languages"])
def test_the_languages_have_names_and_codes(client: FlaskClient, path: str):
    languages = client.get(path).json
    assert {"name": "English (US)", "code": "en", "longCode": "en-US"} in languages


def test_the_text_limit_and_health_are_plain_text(client: FlaskClient):
    limit, health = client.get("/v2/maxtextlength"), client.get("/v2/healthcheck")
    assert (limit.text, health.text) == ("1000", "OK")
    assert {limit.mimetype, health.mimetype} == {"text/plain"}


def test_the_software_says_its_name_and_interface(client: FlaskClient):
    software = client.get("/v2/info").json["software"]
    assert (software["name"], software["apiVersion"], software["premium"]) == ("factcheck", 1, False)


@pytest.mark.parametrize(
    ("setting", "origin", "granted"),
    [
        ("extensions", ADDON, True),
        ("extensions", "https://evil.example", False),
        ("", ADDON, False),
        ("https://cms.example.org", "https://cms.example.org", True),
        ("*", "https://anywhere.example", True),
    ],
)
def test_a_browser_may_read_answers_where_the_setting_says_so(
    service_of: ServiceOf, setting: str, origin: str, granted: bool
):
    client = service_of(None, languagetool_origins=setting)
    response = client.options("/v2/check", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
    assert response.headers.get("Access-Control-Allow-Origin") == (origin if granted else None)
    assert "Origin" in response.headers["Vary"]


def test_other_addresses_of_the_service_stay_closed_to_other_origins(client: FlaskClient):
    assert "Access-Control-Allow-Origin" not in client.get("/v1/checks", headers={"Origin": ADDON}).headers

"""Attacks by address: leaving the folder, reaching files, ids that are more than ids."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.security.conftest import House

OUTSIDE = {
    "static files, upwards": "/page/static/../../wsgi.py",
    "static files, upwards, encoded": "/page/static/%2e%2e/%2e%2e/wsgi.py",
    "static files, slashes encoded": "/page/static/..%2f..%2fwsgi.py",
    "static files, encoded twice": "/page/static/%252e%252e%252fwsgi.py",
    "static files, backslashes": "/page/static/..\\..\\wsgi.py",
    "static files, a whole path": "/page/static//etc/passwd",
    "the reference's files, upwards": "/docs/static/../templates/reference.html",
    "a null byte": "/page/static/js/api.js%00.css",
    "the root, upwards": "/../../../../etc/passwd",
    "a hidden file": "/.git/config",
    "settings": "/.env",
    "a page's address, upwards": "/checks/../../etc/passwd",
}


@pytest.mark.parametrize("path", OUTSIDE.values(), ids=OUTSIDE.keys())
def test_no_address_leads_out_of_the_public_folders(house: House, path: str):
    answer = house.client.get(path, headers=house.ada)
    assert answer.status_code in {400, 401, 404}
    assert "root:" not in answer.text
    assert "import" not in answer.text


IDS = {
    "upwards": "../../etc/passwd",
    "a path": "/etc/passwd",
    "a drive": "C:\\Windows\\win.ini",
    "a wildcard of the store": "*",
    "a key of the store": "factcheck:keys",
    "another document's key": "d:verdicts",
    "a template": "{{7*7}}${7*7}",
    "a format": "%s%n{0.__class__}",
    "a query of the search engine": "a) | (@source:{x}",
    "right to left": "\u202etxt.exe",
}


@pytest.mark.parametrize("document_id", IDS.values(), ids=IDS.keys())
def test_an_odd_id_is_an_id_and_nothing_more(house: House, document_id: str):
    stored = house.client.post("/v1/documents", json={"id": document_id, "text": "It rained."}, headers=house.ada)
    assert stored.status_code == 201
    read: Any = house.client.get(f"/v1/documents/{quote(document_id, safe='')}", headers=house.ada)
    assert read.json["id"] == document_id
    listed: Any = house.client.get("/v1/documents", headers=house.ada).json
    assert [row["id"] for row in listed["items"]] == [document_id]
    assert len(house.ring.all()) == 4


@pytest.mark.parametrize("document_id", ["a\r\nb", "a\x00b", "\x1b[2J", ".", "..", "search", " a", "a\u0085b"])
def test_an_id_that_could_forge_something_is_refused(house: House, document_id: str):
    answer = house.client.post("/v1/documents", json={"id": document_id, "text": "It rained."}, headers=house.ada)
    assert answer.status_code == 422
    assert house.client.get("/v1/documents", headers=house.ada).json == {"items": [], "cursor": None, "total": 0}


@pytest.mark.parametrize("check_id", ["*", "..", "a/b", "a%2fb", "a:order", "a%00", "a" * 65, "%0d%0aX-Y:%20z"])
def test_what_is_no_check_id_reaches_no_store(house: House, check_id: str):
    before = house.redis.info("commandstats").get("cmdstat_hgetall", {"calls": 0})["calls"]
    answer = house.client.get(f"/v1/checks/{check_id}", headers=house.ada)
    assert answer.status_code == 404
    assert house.redis.info("commandstats").get("cmdstat_hgetall", {"calls": 0})["calls"] == before


@pytest.mark.parametrize("cursor", ["../..", "*", "[", "(", "+", "-", "\u0000", "9" * 1_999, "'; DROP"])
@pytest.mark.parametrize("listing", ["/v1/checks", "/v1/documents", "/v1/audit"])
def test_a_forged_cursor_shows_nothing_of_others_and_breaks_nothing(house: House, cursor: str, listing: str):
    house.submit(house.alice, "The zebra escaped.")
    answer = house.client.get(f"{listing}?cursor={quote(cursor)}", headers=house.ada)
    assert answer.status_code in {200, 422}
    assert "zebra" not in answer.text

"""Editors' calls, byte for byte as real clients make them, against the whole running service with its models.

The clients themselves are run by `bench.editors`, which fetches them; here nothing is fetched.
"""

import json
from urllib.parse import urlencode

import pytest
import requests

from bench.serving import Service

PLANTED = "😀🎭 𝒪nce more: the opening ceremony of the Winter Olympics will be held on Feb. 10. It is a sunny day."


@pytest.fixture
def url(whole_service: Service) -> str:
    return whole_service.url


def marked(answer: requests.Response, text: str) -> list[tuple[str, str]]:
    """Marked words and first suggestions."""
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["warnings"] == {"incompleteResults": False}
    units = text.encode("utf-16-le")
    return [
        (units[2 * m["offset"] : 2 * (m["offset"] + m["length"])].decode("utf-16-le"), m["replacements"][0]["value"])
        for m in body["matches"]
    ]


def test_a_form_as_python_clients_send_it(url: str):
    fields = {"text": PLANTED, "language": "en-US", "disabledCategories": "TYPOS", "level": "picky"}
    assert marked(requests.post(f"{url}v2/check", data=fields, timeout=60), PLANTED) == [("Feb. 10", "Feb. 9")]


def test_a_form_that_calls_itself_json(url: str):
    body = urlencode({"text": PLANTED, "language": "auto"})
    answer = requests.post(f"{url}check", data=body, headers={"Content-Type": "application/json"}, timeout=60)
    assert marked(answer, PLANTED) == [("Feb. 10", "Feb. 9")]


def test_a_query_as_scripts_send_it(url: str):
    answer = requests.get(f"{url}v2/check", {"text": PLANTED, "language": "en-GB"}, timeout=60)
    assert marked(answer, PLANTED) == [("Feb. 10", "Feb. 9")]


def test_annotated_markdown_as_note_takers_send_it(url: str):
    pieces = [
        {"markup": "# 😀 ", "interpretAs": ""},
        {"text": "The opening ceremony of the "},
        {"markup": "**"},
        {"text": "Winter Olympics"},
        {"markup": "**"},
        {"text": " will be held on Feb. 10."},
    ]
    text = "".join(piece.get("text", "") + piece.get("markup", "") for piece in pieces)
    fields = {"data": json.dumps({"annotation": pieces}), "language": "en-US"}
    assert marked(requests.post(f"{url}v2/check", data=fields, timeout=60), text) == [("Feb. 10", "Feb. 9")]


@pytest.mark.parametrize(
    "accept",
    [
        *("text/html", "text/csv", "application/sarif+json", "application/json; profile=grounding"),
        *("application/ld+json; profile=claimreview", "application/ld+json; profile=annotation"),
    ],
)
def test_a_finished_check_comes_in_every_shape(url: str, accept: str):
    check = requests.post(f"{url}v1/checks?wait=25", json={"article": {"text": PLANTED}}, timeout=60).json()
    answer = requests.get(f"{url}v1/checks/{check['id']}", headers={"Accept": accept}, timeout=30)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith(accept.partition(";")[0])
    assert "Feb. 9" in answer.text

"""The description of the interface, and its two faces."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from service.api.reference_page import description
from service.http.yaml_text import to_yaml
from service.openapi import app_without_adapters
from tests.builders import a_report, a_verdict
from tests.fakes import InMemoryChecks

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
COMMITTED = Path(__file__).parents[4] / "openapi.yaml"


@pytest.fixture(scope="module")
def spec() -> dict[str, Any]:
    return description(app_without_adapters())


def test_the_committed_description_is_what_the_code_says(spec: dict[str, Any]) -> None:
    assert COMMITTED.read_text(encoding="utf-8") == to_yaml(spec), "run `make openapi` and commit openapi.yaml"


def test_the_description_is_valid_openapi(spec: dict[str, Any]) -> None:
    assert spec["openapi"].startswith("3.1")
    validate(spec)


def test_every_call_has_a_name_of_its_own(spec: dict[str, Any]) -> None:
    names = [
        operation["operationId"]
        for item in spec["paths"].values()
        for method, operation in item.items()
        if method != "parameters"
    ]
    assert len(set(names)) == len(names)


def test_the_service_serves_its_description(client: FlaskClient, spec: dict[str, Any]) -> None:
    answer = client.get("/openapi.yaml")
    assert answer.mimetype == "application/yaml"
    assert yaml.load(answer.data, LOADER) == spec


def test_a_finished_check_is_as_described(client: FlaskClient, room: InMemoryChecks, spec: dict[str, Any]) -> None:
    check_id = client.post("/v1/checks", json={"article": {"text": "It opens."}}).json["id"]  # type: ignore[index]
    room.run(check_id, a_verdict(), report=a_report(a_verdict()))
    shape = {"$ref": "#/components/schemas/Check", "components": spec["components"]}
    Draft202012Validator(shape).validate(client.get(f"/v1/checks/{check_id}").json)


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            if name in {"href", "src"}:
                self.links.append(value or "")


def test_the_reference_shows_every_call_and_needs_no_other_host(client: FlaskClient, spec: dict[str, Any]) -> None:
    answer = client.get("/docs")
    page = Page()
    page.feed(answer.text)
    assert {operation["operationId"] for item in spec["paths"].values() for operation in _operations(item)} <= page.ids
    assert {link[1:] for link in page.links if link.startswith("#")} <= page.ids
    for link in (link for link in page.links if not link.startswith("#")):
        assert link.startswith("/")
        with client.get(link) as found:
            assert found.status_code == 200
    assert not re.search(r"<script|style=|\son\w+=", answer.text)


def _operations(item: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for method, operation in item.items() if method != "parameters"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@settings(deadline=None, max_examples=60)
@given(st.dictionaries(st.text(), json_values, min_size=1))
def test_yaml_says_what_json_says(value: dict[str, Any]) -> None:
    assert yaml.load(to_yaml(value), LOADER) == value


@pytest.mark.parametrize(
    "word", ["no", "null", "1.0", "2018-01-30", "a: b", "- a", "~", "0x1f", "1e3", "a #b", "e.g.", ""]
)
def test_words_that_yaml_reads_otherwise_are_quoted(word: str) -> None:
    assert yaml.load(to_yaml({"a": word, "b": [word]}), LOADER) == {"a": word, "b": [word]}


OPEN_TO_ALL = {"people", "health", "docs"}
OPEN_CALLS = {"listLanguages", "listLanguagesShort", "readSoftware", "readTextLimit", "readLanguageToolHealth"}


def test_every_call_on_data_needs_a_key_and_says_so(spec: dict[str, Any]) -> None:
    for item in spec["paths"].values():
        for operation in _operations(item):
            if operation["tags"][0] in OPEN_TO_ALL or operation["operationId"] in OPEN_CALLS:
                assert "security" not in operation
            else:
                assert operation["security"] == [{"key": []}], operation["operationId"]
                assert {"401", "403", "429"} <= set(operation["responses"]), operation["operationId"]

"""Errors over HTTP."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factcheck.errors import FactcheckError, InvalidInput, InvalidInputDetail, StoreUnavailable
from service.http.problems import TABLE, problem_body


def all_errors(kind: type[FactcheckError] = FactcheckError) -> Iterator[type[FactcheckError]]:
    for inner in kind.__subclasses__():
        yield inner
        yield from all_errors(inner)


@pytest.mark.parametrize("kind", [*all_errors()], ids=lambda kind: kind.__name__)
def test_every_error_of_ours_has_a_row(kind: type[FactcheckError]) -> None:
    assert kind in TABLE


def test_every_row_tells_a_type_of_its_own() -> None:
    slugs = [row.slug for row in TABLE.values()]
    assert len(set(slugs)) == len(slugs)


def test_messages_for_operators_are_not_sent_to_clients() -> None:
    assert "10.0.0.7" not in str(problem_body(StoreUnavailable("Redis at 10.0.0.7 refused the password")))


def test_the_number_of_details_is_bounded() -> None:
    body = problem_body(InvalidInput([InvalidInputDetail(f"/{'a' * 1_000}", "b" * 1_000)] * 1_000))
    assert len(body["errors"]) == 100
    assert len(str(body)) < 100_000


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/v1/checks/", 404),
        ("DELETE", "/v1/checks", 405),
        ("POST", "/healthz", 405),
        ("PUT", "/v1/documents/search", 405),
        ("TRACE", "/v1/documents", 405),
        ("BREW", "/v1/documents", 405),
    ],
)
def test_errors_of_http_itself_are_problems_too(client: FlaskClient, method: str, path: str, status: int) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["status"] == status
    assert answer.json["instance"] == path


def test_a_method_that_is_not_allowed_gets_the_allowed_ones(client: FlaskClient) -> None:
    assert "GET" in client.delete("/v1/checks").headers["Allow"]


def test_what_nobody_foresaw_is_a_500_that_tells_nothing(app: Flask) -> None:
    @app.route("/broken")
    def broken() -> str:
        raise RuntimeError("a line of a confidential draft")

    answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert "confidential" not in answer.text


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/checks"),
        ("GET", "/v1/checks/c1"),
        ("GET", "/v1/checks/c1?wait=5"),
        ("GET", "/v1/checks/c1/events"),
        ("GET", "/v1/checks/c1/gate"),
        ("DELETE", "/v1/checks/c1"),
        ("GET", "/v1/documents"),
        ("GET", "/v1/documents/d1"),
        ("DELETE", "/v1/documents/d1"),
        ("GET", "/v1/documents/search?q=a"),
    ],
)
def test_without_the_store_every_call_says_so(client_without_store: FlaskClient, method: str, path: str) -> None:
    answer = client_without_store.open(path, method=method)
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["type"].endswith("store-unavailable")
    assert int(answer.headers["Retry-After"]) > 0


def test_without_the_store_nothing_is_taken_in(client_without_store: FlaskClient) -> None:
    check = client_without_store.post("/v1/checks", json={"article": {"text": "a"}})
    document = client_without_store.post("/v1/documents", json={"id": "d", "text": "a"})
    assert (check.status_code, document.status_code) == (503, 503)

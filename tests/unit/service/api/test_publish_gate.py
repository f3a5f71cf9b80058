"""The gate for publish hooks."""

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from factcheck.article import Field, OffsetConverter
from factcheck.check import Problem
from factcheck.verdict import ClaimSide, ConflictKind, Coverage, InternalConflict, Label, Report
from tests.builders import a_report, a_verdict
from tests.fakes import InMemoryChecks

TEXT = "The ceremony opens on Friday."


@pytest.fixture
def check_id(client: FlaskClient) -> str:
    return str(client.post("/v1/checks", json={"article": {"text": TEXT}}).json["id"])  # type: ignore[index]


def ask(client: FlaskClient, check_id: str, query: str = "") -> Any:
    return client.get(f"/v1/checks/{check_id}/gate{query}")


def report_with(*labels: Label) -> Report:
    return a_report(*(a_verdict(f"c{n}", label=label) for n, label in enumerate(labels)))


def test_an_article_without_contradictions_passes(client: FlaskClient, room: InMemoryChecks, check_id: str) -> None:
    room.run(check_id, report=report_with(Label.SUPPORTED, Label.UNVERIFIED, Label.NOT_CHECKABLE))
    answer = ask(client, check_id)
    assert answer.status_code == 200
    assert (answer.json["outcome"], answer.json["pass"], answer.json["reasons"]) == ("pass", True, [])


def test_a_contradiction_fails_with_its_claim(client: FlaskClient, room: InMemoryChecks, check_id: str) -> None:
    room.run(check_id, report=report_with(Label.SUPPORTED, Label.CONTRADICTED))
    answer = ask(client, check_id).json
    assert (answer["outcome"], answer["pass"]) == ("fail", False)
    assert [(r["kind"], r["claim_id"], r["text"]) for r in answer["reasons"]] == [("contradicted", "c1", TEXT)]


def test_what_fails_is_for_the_client_to_say(client: FlaskClient, room: InMemoryChecks, check_id: str) -> None:
    room.run(check_id, report=report_with(Label.CONTRADICTED, Label.UNVERIFIED))
    answer = ask(client, check_id, "?fail_on=unverified,disputed").json
    assert [reason["kind"] for reason in answer["reasons"]] == ["unverified"]
    assert answer["fail_on"] == ["unverified", "disputed"]


def test_an_article_against_itself_fails_where_asked_for(
    client: FlaskClient, room: InMemoryChecks, check_id: str
) -> None:
    side = ClaimSide(OffsetConverter(Field.TEXT, TEXT).span(22, 28), "Friday", None)
    conflict = InternalConflict(ConflictKind.WEEKDAY, side, None, "It is a Saturday.", ())
    room.run(check_id, report=replace(a_report(), internal_conflicts=(conflict,)))
    assert ask(client, check_id).json["pass"] is True
    [reason] = ask(client, check_id, "?fail_on=internal_conflict").json["reasons"]
    assert (reason["text"], reason["message"]) == ("Friday", "It is a Saturday.")


def test_what_was_not_reached_never_passes(client: FlaskClient, room: InMemoryChecks, check_id: str) -> None:
    room.run(check_id, report=replace(a_report(), coverage=Coverage(9, 4, 0, 5)))
    [reason] = ask(client, check_id).json["reasons"]
    assert reason["kind"] == "incomplete"


def test_a_check_that_failed_never_passes(client: FlaskClient, room: InMemoryChecks, check_id: str) -> None:
    room.start(check_id, "x1")
    room.fail(check_id, "x1", Problem("urn:x", "Failed", "Three tries."))
    [reason] = ask(client, check_id).json["reasons"]
    assert (reason["kind"], reason["message"]) == ("failed", "Three tries.")


def test_a_check_that_was_cancelled_never_passes(client: FlaskClient, check_id: str) -> None:
    client.delete(f"/v1/checks/{check_id}")
    assert ask(client, check_id).json["pass"] is False


def test_a_check_that_is_not_over_is_pending(client: FlaskClient, check_id: str) -> None:
    answer = ask(client, check_id)
    assert answer.status_code == 202
    assert (answer.json["outcome"], answer.json["pass"]) == ("pending", False)
    assert answer.headers["Retry-After"] == "1"


@pytest.mark.parametrize("query", ["?fail_on=wrong", "?fail_on=not_checkable", "?fail_on=", "?fail_om=contradicted"])
def test_a_gate_that_cannot_be_is_a_422(client: FlaskClient, check_id: str, query: str) -> None:
    assert ask(client, check_id, query).status_code == 422

"""The event stream of a check."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factcheck.errors import StoreUnavailable
from factcheck.ports import CheckEvent
from service.api import events
from tests.builders import a_report, a_verdict
from tests.fakes import InMemoryChecks


@pytest.fixture
def check_id(client: FlaskClient) -> str:
    return str(client.post("/v1/checks", json={"article": {"text": "It opens."}}).json["id"])  # type: ignore[index]


def finish(room: InMemoryChecks, check_id: str) -> None:
    verdicts = [a_verdict("c1"), a_verdict("c2")]
    room.run(check_id, *verdicts, report=a_report(*verdicts))


def parsed(stream: bytes) -> list[dict[str, Any]]:
    blocks = [block.split("\n") for block in stream.decode().strip().split("\n\n")]
    fields = [dict(row.split(": ", 1) for row in block if not row.startswith(":")) for block in blocks]
    return [{**f, "data": json.loads(f["data"])} for f in fields if "data" in f]


def test_a_check_is_followed_from_the_first_event_to_the_last(
    client: FlaskClient, room: InMemoryChecks, check_id: str
) -> None:
    finish(room, check_id)
    answer = client.get(f"/v1/checks/{check_id}/events")
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    told = parsed(answer.data)
    assert [event["event"] for event in told] == ["progress", "claim", "claim", "done"]
    assert told[1]["data"]["id"] == "c1"
    assert told[1]["data"]["label"] == "supported"
    assert told[3]["data"] == {"status": "finished", "progress": {"claims_total": 2, "claims_done": 2}}


def test_a_stream_that_broke_off_goes_on_where_it_was(client: FlaskClient, room: InMemoryChecks, check_id: str) -> None:
    finish(room, check_id)
    path = f"/v1/checks/{check_id}/events"
    seen = parsed(client.get(path).data)
    rest = parsed(client.get(path, headers={"Last-Event-ID": seen[1]["id"]}).data)
    assert [event["id"] for event in rest] == [event["id"] for event in seen[2:]]


def test_after_the_last_event_there_is_nothing_to_follow(
    client: FlaskClient, room: InMemoryChecks, check_id: str
) -> None:
    finish(room, check_id)
    path = f"/v1/checks/{check_id}/events"
    last = parsed(client.get(path).data)[-1]["id"]
    assert client.get(path, headers={"Last-Event-ID": last}).status_code == 204


def test_a_last_event_that_cannot_be_is_the_beginning(client: FlaskClient, room: InMemoryChecks, check_id: str) -> None:
    finish(room, check_id)
    told = parsed(client.get(f"/v1/checks/{check_id}/events", headers={"Last-Event-ID": "none"}).data)
    assert told[0]["event"] == "progress"


def test_an_unknown_check_has_no_events(client: FlaskClient) -> None:
    assert client.get("/v1/checks/none/events").status_code == 404


def test_more_followers_than_slots_get_retry_after(app: Flask, room: InMemoryChecks) -> None:
    check_id = app.test_client().post("/v1/checks", json={"article": {"text": "It opens."}}).json["id"]  # type: ignore[index]
    path = f"/v1/checks/{check_id}/events"
    open_streams = [app.test_client().get(path, buffered=False) for _ in range(2)]
    refused = app.test_client().get(path)
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "5"
    assert refused.json is not None
    assert refused.json["type"].endswith("too-busy")
    for stream in open_streams:
        stream.close()
    finish(room, check_id)
    assert app.test_client().get(path).status_code == 200


def test_a_quiet_stream_is_kept_alive_through_an_outage_until_its_check_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Quiet:
        def __init__(self) -> None:
            self.asked = 0

        def wait_for_change(self, check_id: str, after_event_id: str | None, timeout_s: float) -> list[CheckEvent]:
            self.asked += 1
            if self.asked == 2:
                raise StoreUnavailable
            return []

        def wait_until_done(self, check_id: str, timeout_s: float) -> bool:
            return False

    monkeypatch.setattr(events, "_OUTAGE_PAUSE_S", 0)
    lives = iter([True, True, True, False])
    first, *rest = events.frames(Quiet(), "c1", None, lambda: next(lives))
    assert first.startswith(b"retry: ")
    assert rest == [b": still here\n\n"] * 3

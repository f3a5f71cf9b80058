"""/v1/checks/{id}/events: what happens to a check, as it happens (server-sent events)."""

from collections.abc import Callable, Iterator
from functools import partial
from time import monotonic, sleep
from typing import Any

from flask import Response
from werkzeug.exceptions import ServiceUnavailable

from factcheck.codec import verdict_to_json
from factcheck.errors import ExpiredCheck, StoreUnavailable, UnknownCheck
from factcheck.logs import note
from factcheck.ports import CheckEvent, CheckEvents, CheckRepository, EventKind
from service.api.request_schemas import ResumeHeaders
from service.api.resource import Resource
from service.context import owner, services
from service.http.request_body import write_json

events = Resource("events", __name__, url_prefix="/v1/checks", description="What happens to a check, as it happens.")

HEARTBEAT_S = 10.0
STREAM_LIMIT_S = 900.0
_AWAY_S = 1.0
_FULL_RETRY_S = 5
_PREAMBLE = b"retry: 1000\n\n"
_HEARTBEAT = b": still here\n\n"
_MEDIA_TYPE = "text/event-stream"


@events.route("/<check_id:check_id>/events", methods=["GET"])
@events.arguments(ResumeHeaders(), location="headers")
@events.response(
    200,
    {},
    content_type=_MEDIA_TYPE,
    description="progress, claim (one verdict each), then done. Comments keep the connection alive.",
)
@events.alt_response(204, description="The last event was seen: nothing will follow.", success=True)
@events.refuses(404, 410, 503)
@events.doc(operationId="streamEvents")
def stream_events(headers: dict[str, Any], check_id: str) -> Response:
    """Follow a check."""
    note(check_id=check_id)
    house, after = services(), headers.get("last_event_id")
    check = house.desk.get(check_id, owner())
    if after and check.status.final and not house.events.wait_for_change(check_id, after, 0):
        return Response(status=204)
    if not house.slots.take():
        raise ServiceUnavailable("Too many clients follow checks here.", retry_after=_FULL_RETRY_S)
    lives = partial(_lives, house.desk, check_id, owner())
    response = Response(frames(house.events, check_id, after, lives), content_type=_MEDIA_TYPE)
    response.call_on_close(house.slots.leave)
    response.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    return response


def frames(source: CheckEvents, check_id: str, after: str | None, lives: Callable[[], bool]) -> Iterator[bytes]:
    """The stream's bytes. Ends after `done`, where the check is gone, and after a quarter of an hour at the latest:
    browsers come back by themselves.
    """
    yield _PREAMBLE
    ends = monotonic() + STREAM_LIMIT_S
    while monotonic() < ends:
        batch = _next_batch(source, check_id, after)
        for event in batch:
            yield frame(event)
            if event.kind is EventKind.DONE:
                return
            after = event.id
        if not batch and not lives():
            return
        if not batch:
            yield _HEARTBEAT


def frame(event: CheckEvent) -> bytes:
    """One event on the wire."""
    body = write_json(_event_to_json(event))
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (event.id.encode(), event.kind.value.encode(), body)


def _lives(desk: CheckRepository, check_id: str, owner: str) -> bool:
    """False where the check is gone."""
    try:
        desk.get(check_id, owner)
    except (UnknownCheck, ExpiredCheck):
        return False
    except StoreUnavailable:
        return True
    return True


def _next_batch(source: CheckEvents, check_id: str, after: str | None) -> list[CheckEvent]:
    """What happened since; nothing at the heartbeat's time, or where the store is away."""
    try:
        return source.wait_for_change(check_id, after, HEARTBEAT_S)
    except StoreUnavailable:
        sleep(_AWAY_S)
        return []


def _event_to_json(event: CheckEvent) -> dict[str, Any]:
    if event.verdict is not None:
        return verdict_to_json(event.verdict)
    progress = {"claims_total": event.progress.claims_total, "claims_done": event.progress.claims_done}
    return {"status": event.status.value, "progress": progress}

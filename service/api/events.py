"""/v1/checks/{id}/events: progress and verdicts of a check as server-sent events."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from time import monotonic, sleep
from typing import Any

from flask import Response
from werkzeug.exceptions import ServiceUnavailable

from factcheck.check import Check
from factcheck.check_json import verdict_to_json
from factcheck.claim_tracking import followed, words_of
from factcheck.decision import Decision
from factcheck.errors import ExpiredCheck, StoreUnavailable, UnknownCheck
from factcheck.logs import note
from factcheck.ports import CheckEvent, CheckEventReader, CheckRepository, DecisionStore, EventKind
from service.api.request_schemas import StreamResumeHeaders
from service.api.resource import Resource
from service.context import owner, services
from service.http.request_body import write_json

events = Resource("events", __name__, url_prefix="/v1/checks", description="Progress of a check as server-sent events.")

HEARTBEAT_S = 10.0
STREAM_LIMIT_S = 900.0
_OUTAGE_PAUSE_S = 1.0
_FULL_RETRY_S = 5
_PREAMBLE = b"retry: 1000\n\n"
_HEARTBEAT = b": still here\n\n"
_MEDIA_TYPE = "text/event-stream"


@events.route("/<check_id:check_id>/events", methods=["GET"])
@events.arguments(StreamResumeHeaders(), location="headers")
@events.response(
    200,
    {},
    content_type=_MEDIA_TYPE,
    description="progress, claim (one verdict each), then done. Comments keep the connection alive.",
)
@events.alt_response(204, description="The client has seen the last event; no more will follow.", success=True)
@events.refuses(404, 410, 503)
@events.doc(operationId="streamEvents")
def stream_events(headers: dict[str, Any], check_id: str) -> Response:
    """Follow a check."""
    note(check_id=check_id)
    context, after = services(), headers.get("last_event_id")
    check = context.checks.get(check_id, owner())
    if after and check.status.final and not context.events.wait_for_change(check_id, after, 0):
        return Response(status=204)
    if not context.slots.take():
        raise ServiceUnavailable("Too many clients follow checks on this server.", retry_after=_FULL_RETRY_S)
    is_alive = partial(_is_alive, context.checks, check_id, owner())
    decided = _DecisionAdder(context.decisions, check)
    response = Response(frames(context.events, check_id, after, is_alive, decided), content_type=_MEDIA_TYPE)
    response.call_on_close(context.slots.leave)
    response.headers.update({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
    return response


class _DecisionAdder:
    """Adds decisions to verdicts, as they stood when the stream began. An unreachable store counts as none."""

    def __init__(self, book: DecisionStore | None, check: Check) -> None:
        self._decisions: tuple[Decision, ...] = ()
        if book is not None and check.article_id is not None:
            with suppress(StoreUnavailable):
                self._decisions = book.read(check.owner, check.article_id)

    def __call__(self, event: CheckEvent) -> CheckEvent:
        if event.verdict is None or not self._decisions:
            return event
        found = followed(self._decisions, [words_of(event.verdict)])
        return replace(event, verdict=replace(event.verdict, decision=found.get(event.verdict.claim.id)))


def frames(
    source: CheckEventReader,
    check_id: str,
    after: str | None,
    is_alive: Callable[[], bool],
    decided: Callable[[CheckEvent], CheckEvent] = lambda event: event,
) -> Iterator[bytes]:
    """The bytes of the stream. `decided` adds the decisions to an event's verdict.

    Ends after `done`, when the check is gone, or after `STREAM_LIMIT_S`; browsers reconnect by themselves.
    """
    yield _PREAMBLE
    ends = monotonic() + STREAM_LIMIT_S
    while monotonic() < ends:
        batch = _next_batch(source, check_id, after)
        for event in batch:
            yield frame(decided(event))
            if event.kind is EventKind.DONE:
                return
            after = event.id
        if not batch and not is_alive():
            return
        if not batch:
            yield _HEARTBEAT


def frame(event: CheckEvent) -> bytes:
    """One event in `text/event-stream` format."""
    body = write_json(_event_to_json(event))
    return b"id: %b\nevent: %b\ndata: %b\n\n" % (event.id.encode(), event.kind.value.encode(), body)


def _is_alive(checks: CheckRepository, check_id: str, owner: str) -> bool:
    """False if the check is gone. An unreachable store counts as alive."""
    try:
        checks.get(check_id, owner)
    except (UnknownCheck, ExpiredCheck):
        return False
    except StoreUnavailable:
        return True
    return True


def _next_batch(source: CheckEventReader, check_id: str, after: str | None) -> list[CheckEvent]:
    """Events since `after`; empty after `HEARTBEAT_S` or if the store is unreachable."""
    try:
        return source.wait_for_change(check_id, after, HEARTBEAT_S)
    except StoreUnavailable:
        sleep(_OUTAGE_PAUSE_S)
        return []


def _event_to_json(event: CheckEvent) -> dict[str, Any]:
    if event.verdict is not None:
        return verdict_to_json(event.verdict)
    progress = {"claims_total": event.progress.claims_total, "claims_done": event.progress.claims_done}
    return {"status": event.status.value, "progress": progress}

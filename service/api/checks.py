"""/v1/checks: hand in an article, read its check, list checks, drop one."""

from typing import Any

from flask import Response, request

from factcheck.check import Check, CheckStatus, Priority
from factcheck.codec import check_to_json
from factcheck.logs import note
from service.api.long_poll import watched
from service.api.request_mapping import check_request_from, idempotency_from, new_check
from service.api.request_schemas import ORDER, CheckPageQuery, ReadHeaders, SubmitHeaders, WaitQuery
from service.api.resource import Resource
from service.api.response_schemas import CheckAnswer, CheckPageAnswer
from service.context import author, owner, services, submit_check
from service.formats.negotiation import chosen
from service.formats.registry import SHAPES, Shape
from service.http.request_body import JSON, json_response, write_json
from service.http.urls import check_links, check_path
from service.http.wait_slots import preferred_wait_s

checks = Resource("checks", __name__, url_prefix="/v1/checks", description="Articles against the corpus.")

_POLL_AFTER_S = "1"
_LOCATION = {"description": "Address of the check.", "schema": {"type": "string"}}
_RETRY = {"description": "Seconds until it is worth asking again.", "schema": {"type": "integer"}}
_APPLIED = {"description": "The preference that was honoured.", "schema": {"type": "string"}}
_REPLAYED = {"description": "true where the key had made this check before.", "schema": {"type": "string"}}
_ETAG = {"description": "Changes with the check.", "schema": {"type": "string"}}


def in_all_shapes(view: Any) -> Any:
    """Decorator: describes the shapes that a check comes in, other than JSON."""
    for shape in SHAPES:
        view = checks.alt_response(200, schema={"type": "string"}, content_type=shape, description="The check.")(view)
    return view


@checks.route("", methods=["POST"])
@checks.arguments(ORDER, description="An article, and how to check it.")
@checks.arguments(WaitQuery(), location="query")
@checks.arguments(SubmitHeaders(), location="headers")
@checks.response(202, CheckAnswer, description="Handed in.", headers={"Location": _LOCATION, "Retry-After": _RETRY})
@checks.alt_response(
    200,
    schema=CheckAnswer,
    description="Over already.",
    headers={"Location": _LOCATION, "Preference-Applied": _APPLIED, "Idempotent-Replayed": _REPLAYED},
    success=True,
)
@checks.refuses(400, 409, 413, 415, 503)
@checks.doc(operationId="submitCheck")
def submit(order: dict[str, Any], query: dict[str, Any], headers: dict[str, Any]) -> Response:
    """Hand in an article."""
    house = services()
    check = new_check(owner(), house.settings.watch_lifetime_s if order.get("watch") else None)
    key = idempotency_from(headers.get("idempotency_key"), request.get_data())
    preferred_s = preferred_wait_s(headers.get("prefer", ""))
    wait_s = query.get("wait", preferred_s)
    priority = Priority.INTERACTIVE if wait_s else Priority.BATCH
    known = submit_check(check, check_request_from(order, house.settings, priority), key)
    note(check_id=known.id)
    if known.id == check.id:
        house.metrics.count("factcheck_checks_submitted_total")
    known, waited = watched(known, wait_s)
    response = _as_json(known, 200 if known.status.final else 202)
    response.headers["Location"] = check_path(known.id)
    if waited and preferred_s is not None and "wait" not in query:
        response.headers["Preference-Applied"] = f"wait={preferred_s:.0f}"
    if known.id != check.id:
        response.headers["Idempotent-Replayed"] = "true"
    return response


@checks.route("", methods=["GET"])
@checks.arguments(CheckPageQuery(), location="query")
@checks.response(200, CheckPageAnswer, description="Newest first, without reports.")
@checks.doc(operationId="listChecks")
def index(query: dict[str, Any]) -> Response:
    """List checks."""
    status = CheckStatus(query["status"]) if "status" in query else None
    page = services().desk.page(owner(), status, query.get("cursor"), query["limit"])
    return json_response({"items": [_with_links(check) for check in page.items], "cursor": page.cursor})


@checks.route("/<check_id:check_id>", methods=["GET"])
@checks.arguments(WaitQuery(), location="query")
@checks.arguments(ReadHeaders(), location="headers")
@checks.response(200, CheckAnswer, description="The check.", headers={"ETag": _ETAG, "Retry-After": _RETRY})
@in_all_shapes
@checks.alt_response(304, description="Nothing changed.")
@checks.refuses(404, 406, 410, 503)
@checks.doc(operationId="readCheck")
def read(query: dict[str, Any], headers: dict[str, Any], check_id: str) -> Response:
    """Read a check, with what is known so far."""
    note(check_id=check_id)
    house = services()
    offers = SHAPES if house.drafts else {}
    shape = chosen(request.accept_mimetypes, offers)
    check = house.desk.get(check_id, owner())
    if not check.status.final and query.get("wait"):
        check = watched(check, query["wait"])[0]
    response = _as_json(check, 200) if shape == JSON else _as_shape(check, offers[shape])
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Accept")
    response.set_etag(f"{check.revision}.{_slug(shape)}")
    response.make_conditional(request)
    return response


@checks.route("/<check_id:check_id>", methods=["DELETE"])
@checks.response(204, description="Cancelled where it was waiting or running, forgotten where it was over.")
@checks.refuses(404, 410, 503)
@checks.doc(operationId="dropCheck")
def drop(check_id: str) -> Response:
    """Cancel or forget a check."""
    note(check_id=check_id)
    services().desk.drop(check_id, owner(), author())
    return Response(status=204)


def _as_json(check: Check, status: int) -> Response:
    response = Response(write_json(_with_links(check)), status, content_type=JSON)
    if not check.status.final:
        response.headers["Retry-After"] = _POLL_AFTER_S
    return response


def _as_shape(check: Check, shape: Shape) -> Response:
    drafts = services().drafts
    assert drafts is not None, "shapes are offered only where drafts can be read"
    body, content_type = shape(check, drafts.article(check.id, check.owner))
    return Response(body, content_type=content_type)


def _with_links(check: Check) -> dict[str, Any]:
    return {**check_to_json(check), "links": check_links(check)}


def _slug(shape: str) -> str:
    """A media type as part of an ETag."""
    return "".join(char if char.isalnum() else "-" for char in shape)

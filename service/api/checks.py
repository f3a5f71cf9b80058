"""/v1/checks: submit an article, read, list and delete checks."""

from typing import Any

from flask import Response, request

from factcheck.check import Check, CheckStatus, Priority
from factcheck.check_json import check_to_json
from factcheck.logs import note
from service.api.long_poll import wait_until_done
from service.api.request_mapping import check_request_from, idempotency_from, new_check, of_article
from service.api.request_schemas import (
    CHECK_REQUEST,
    CheckPageQuery,
    ConditionalReadHeaders,
    DeleteCheckQuery,
    SubmitHeaders,
    WaitQuery,
)
from service.api.resource import Resource
from service.api.response_schemas import CheckAnswer, CheckPageAnswer
from service.context import actor_name, author, owner, services, submit_check, with_decisions
from service.formats.negotiation import chosen
from service.formats.registry import REPORT_FORMATS, ReportFormat
from service.http.request_body import JSON, json_response, write_json
from service.http.urls import check_links, check_path
from service.http.wait_slots import preferred_wait_s

checks = Resource("checks", __name__, url_prefix="/v1/checks", description="Articles against the corpus.")

_POLL_AFTER_S = "1"
_LOCATION = {"description": "Address of the check.", "schema": {"type": "string"}}
_RETRY = {"description": "Seconds to wait before the next request.", "schema": {"type": "integer"}}
_APPLIED = {"description": "The preference that was honoured.", "schema": {"type": "string"}}
_REPLAYED = {"description": "true if an earlier request with this key created the check.", "schema": {"type": "string"}}
_ETAG = {"description": "Changes with the check.", "schema": {"type": "string"}}


def in_all_formats(view: Any) -> Any:
    """Decorator: documents the formats of a check other than JSON."""
    for media_type in REPORT_FORMATS:
        view = checks.alt_response(200, schema={"type": "string"}, content_type=media_type, description="The check.")(
            view
        )
    return view


@checks.route("", methods=["POST"])
@checks.arguments(CHECK_REQUEST, description="An article, and how to check it.")
@checks.arguments(WaitQuery(), location="query")
@checks.arguments(SubmitHeaders(), location="headers")
@checks.response(202, CheckAnswer, description="Accepted.", headers={"Location": _LOCATION, "Retry-After": _RETRY})
@checks.alt_response(
    200,
    schema=CheckAnswer,
    description="Already over.",
    headers={"Location": _LOCATION, "Preference-Applied": _APPLIED, "Idempotent-Replayed": _REPLAYED},
    success=True,
)
@checks.refuses(400, 409, 413, 415, 503)
@checks.doc(operationId="submitCheck")
def submit(body: dict[str, Any], query: dict[str, Any], headers: dict[str, Any]) -> Response:
    """Submit an article."""
    context = services()
    watched_s = context.settings.watch_lifetime_s if body.get("watch") else None
    key = idempotency_from(headers.get("idempotency_key"), request.get_data())
    preferred_s = preferred_wait_s(headers.get("prefer", ""))
    wait_s = query.get("wait", preferred_s)
    priority = Priority.INTERACTIVE if wait_s else Priority.BATCH
    check_request = check_request_from(body, context.settings, priority)
    check = of_article(new_check(owner(), watched_s, actor_name()), body.get("article_id"), check_request)
    known = submit_check(check, check_request, key)
    note(check_id=known.id)
    if known.id == check.id:
        context.metrics.count("factcheck_checks_submitted_total")
    known, waited = wait_until_done(known, wait_s)
    known = with_decisions(known)
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
    page = services().checks.page(owner(), status, query.get("cursor"), query["limit"])
    return json_response({"items": [_with_links(check) for check in page.items], "cursor": page.cursor})


@checks.route("/<check_id:check_id>", methods=["GET"])
@checks.arguments(WaitQuery(), location="query")
@checks.arguments(ConditionalReadHeaders(), location="headers")
@checks.response(200, CheckAnswer, description="The check.", headers={"ETag": _ETAG, "Retry-After": _RETRY})
@in_all_formats
@checks.alt_response(304, description="Not modified.")
@checks.refuses(404, 406, 410, 503)
@checks.doc(operationId="readCheck")
def read(query: dict[str, Any], headers: dict[str, Any], check_id: str) -> Response:
    """Read a check and the results so far."""
    note(check_id=check_id)
    context = services()
    offers = REPORT_FORMATS if context.articles else {}
    media_type = chosen(request.accept_mimetypes, offers)
    check = context.checks.get(check_id, owner())
    if not check.status.final and query.get("wait"):
        check = wait_until_done(check, query["wait"])[0]
    check = with_decisions(check)
    response = _as_json(check, 200) if media_type == JSON else _as_format(check, offers[media_type])
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Accept")
    response.set_etag(f"{check.revision}.{_slug(media_type)}")
    response.make_conditional(request)
    return response


@checks.route("/<check_id:check_id>", methods=["DELETE"])
@checks.arguments(DeleteCheckQuery(), location="query")
@checks.response(
    204, description="Cancelled if it was queued or running (what was found is kept), deleted if it was over."
)
@checks.refuses(404, 410, 503)
@checks.doc(operationId="dropCheck")
def drop(query: dict[str, Any], check_id: str) -> Response:
    """Cancel or delete a check."""
    note(check_id=check_id)
    services().checks.drop(check_id, owner(), author(), query.get("forget", False))
    return Response(status=204)


def _as_json(check: Check, status: int) -> Response:
    response = Response(write_json(_with_links(check)), status, content_type=JSON)
    if not check.status.final:
        response.headers["Retry-After"] = _POLL_AFTER_S
    return response


def _as_format(check: Check, render: ReportFormat) -> Response:
    articles = services().articles
    assert articles is not None, "formats are offered only if articles can be read"
    body, content_type = render(check, articles.article(check.id, check.owner))
    return Response(body, content_type=content_type)


def _with_links(check: Check) -> dict[str, Any]:
    return {**check_to_json(check), "links": check_links(check)}


def _slug(media_type: str) -> str:
    """A media type as part of an ETag."""
    return "".join(char if char.isalnum() else "-" for char in media_type)

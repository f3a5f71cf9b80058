"""Maps errors to RFC 9457 problem details. One table for domain errors, one for HTTP errors."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, json, request
from werkzeug.exceptions import HTTPException, NotFound

from factcheck import errors
from factcheck.errors import FactcheckError, InvalidInputDetail
from factcheck.ingest.path_documents import UnreadableDate

MEDIA_TYPE = "application/problem+json"
_URN = "urn:factcheck:problem:"
_SHOWN_DETAILS = 100
_NOWHERE = "There is nothing at this address. The addresses are listed at /docs, and in /openapi.yaml."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """HTTP form of one error type. If `is_public` is False, clients see the title, never the error's own message."""

    status: int
    slug: str
    title: str
    retry_after_s: int | None = None
    is_public: bool = True


TABLE: dict[type[FactcheckError], ProblemRow] = {
    FactcheckError: ProblemRow(500, "internal", "Something went wrong here", is_public=False),
    errors.InvalidInput: ProblemRow(422, "invalid-input", "The request is not valid"),
    errors.ArticleTooLong: ProblemRow(413, "article-too-long", "The article is too long"),
    errors.DocumentTooLong: ProblemRow(413, "document-too-long", "The document is too long"),
    errors.UnknownCheck: ProblemRow(404, "unknown-check", "There is no such check"),
    errors.ExpiredCheck: ProblemRow(410, "expired-check", "The check is gone"),
    errors.DamagedCheck: ProblemRow(500, "damaged-check", "The check's record is damaged"),
    errors.ProviderUnavailable: ProblemRow(
        503, "provider-unavailable", "The identity provider does not answer; try again", 10, is_public=False
    ),
    errors.UnknownArticle: ProblemRow(404, "unknown-article", "There is no such article"),
    errors.UnknownClaim: ProblemRow(404, "unknown-claim", "The check has no such claim"),
    errors.UnknownPair: ProblemRow(404, "unknown-pair", "The audit has no such pair"),
    errors.DecisionConflict: ProblemRow(409, "decision-conflict", "Somebody else has decided meanwhile"),
    errors.UnknownDocument: ProblemRow(404, "unknown-document", "There is no such document"),
    errors.Unauthorized: ProblemRow(401, "unauthorized", "The call needs an API key"),
    errors.Forbidden: ProblemRow(403, "forbidden", "The API key does not allow this"),
    errors.UnknownKey: ProblemRow(404, "unknown-key", "There is no such key"),
    errors.IdempotencyConflict: ProblemRow(
        409, "idempotency-conflict", "The Idempotency-Key belongs to another request"
    ),
    errors.StaleExecution: ProblemRow(409, "stale-execution", "Another worker has taken over the check"),
    errors.CheckCancelled: ProblemRow(409, "check-cancelled", "The check was cancelled"),
    errors.TimeLimitReached: ProblemRow(504, "time-limit-reached", "The time limit passed", 10),
    errors.Busy: ProblemRow(503, "busy", "Too many checks are waiting", 10),
    errors.RateLimited: ProblemRow(429, "rate-limited", "Too many requests with this API key", 10),
    errors.TooManyWatched: ProblemRow(503, "too-many-watched", "No more articles can be watched", 3_600),
    errors.ChangelogLost: ProblemRow(
        503, "index-rebuilding", "The search index is being rebuilt; try again", 5, is_public=False
    ),
    errors.StoreUnavailable: ProblemRow(
        503, "store-unavailable", "The store does not answer; try again", 2, is_public=False
    ),
    errors.StoreTooNew: ProblemRow(
        503, "store-too-new", "The service is older than its data and must be upgraded", 60, is_public=False
    ),
    errors.IndexUnavailable: ProblemRow(
        503, "index-unavailable", "The search index is not ready; try again", 5, is_public=False
    ),
    errors.UnreadableSource: ProblemRow(422, "unreadable-source", "The source cannot be read"),
    UnreadableDate: ProblemRow(422, "unreadable-date", "A document's date cannot be read"),
    errors.UnknownImport: ProblemRow(404, "unknown-import", "There is no such import"),
    errors.ImportNotReady: ProblemRow(409, "import-not-ready", "The import is not in a state for this"),
    errors.UnknownJob: ProblemRow(404, "unknown-job", "There is no such job"),
    errors.JobUnderWay: ProblemRow(409, "job-under-way", "Another job of this kind has not ended"),
    errors.JobEnded: ProblemRow(409, "job-ended", "The job has ended"),
    errors.UploadTooLarge: ProblemRow(413, "upload-too-large", "The upload is too large"),
    errors.UploadUnavailable: ProblemRow(503, "upload-unavailable", "No archive can be taken now", 5),
    errors.InvalidSetting: ProblemRow(500, "invalid-setting", "The service is misconfigured", is_public=False),
    errors.ModelUnusable: ProblemRow(500, "model-unusable", "The service's model cannot be used", is_public=False),
}
"""Every error type has a row (a test checks it). `row_of` falls back to the nearest base class."""

HTTP_TITLES: dict[int, tuple[str, str]] = {
    400: ("malformed-request", "The request cannot be read"),
    404: ("not-found", "There is nothing at this address"),
    405: ("method-not-allowed", "This address does not allow that method"),
    406: ("not-acceptable", "None of the accepted media types is available"),
    413: ("content-too-large", "The request is too large"),
    414: ("uri-too-long", "The address is too long"),
    415: ("unsupported-media-type", "The media type of the request is not supported"),
    431: ("header-too-large", "The request's header is too large"),
    500: ("internal", "Something went wrong here"),
    503: ("too-busy", "Too many clients are waiting"),
}


def urn(slug: str) -> str:
    """The problem's `type`: a stable URN, not a link."""
    return _URN + slug


def row_of(error: FactcheckError) -> ProblemRow:
    """The row of the error's type, or of its nearest base class that has one."""
    return next(TABLE[kind] for kind in type(error).__mro__ if kind in TABLE)


def problem_body(error: FactcheckError) -> dict[str, Any]:
    """The problem's members without `instance`."""
    row = row_of(error)
    body: dict[str, Any] = {"type": urn(row.slug), "title": row.title, "status": row.status}
    body["detail"] = _shortened(str(error)) if row.is_public and str(error) else row.title
    if isinstance(error, errors.InvalidInput):
        first = error.details[0]
        body["detail"] = _shortened(f"{first.pointer or 'the body'}: {first.detail}")
        body["errors"] = details_to_json(error.details)
    return body


def details_to_json(details: list[InvalidInputDetail]) -> list[dict[str, str]]:
    """The first 100 faults; pointers and texts are cut to 300 characters."""
    return [{"pointer": _shortened(d.pointer), "detail": _shortened(d.detail)} for d in details[:_SHOWN_DETAILS]]


def respond(body: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    """A problem response. ASCII only, so that it can quote any client input, lone surrogates included."""
    members = {**body, "instance": request.path}
    response = Response(json.dumps(members, ensure_ascii=True), int(body["status"]), content_type=MEDIA_TYPE)
    response.headers.update(headers)
    return response


def not_ready(detail: str, parts: Mapping[str, Any]) -> Response:
    """The 503 answer of `/readyz`; `parts` holds the state of each part."""
    body = {"type": urn("not-ready"), "title": "The service is not ready", "status": 503, "detail": _shortened(detail)}
    return respond({**body, "parts": parts}, {"Retry-After": "2"})


def register(app: Flask) -> None:
    """Registers the error handlers: every error of the app becomes a problem response."""
    app.register_error_handler(FactcheckError, handle_domain_error)
    app.register_error_handler(HTTPException, _handle_http_error)
    app.register_error_handler(Exception, _handle_unexpected_error)


def handle_domain_error(error: FactcheckError) -> Response:
    """The problem response of an error, which is logged."""
    row = row_of(error)
    _log_problem(row.status, row.slug, error, expected=row.retry_after_s is not None)
    wait_s = getattr(error, "retry_after_s", row.retry_after_s)
    headers = {} if wait_s is None else {"Retry-After": str(wait_s)}
    return respond(problem_body(error), {**headers, **({"WWW-Authenticate": "Bearer"} if row.status == 401 else {})})


def _handle_http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return Response(status=status, headers=error.get_headers())
    slug, title = HTTP_TITLES.get(status, ("http-error", HTTPStatus(status).phrase))
    _log_problem(status, slug, error, expected=status == 503)
    detail = (
        _NOWHERE if isinstance(error, NotFound) and error.description == NotFound.description else error.description
    )
    body = {"type": urn(slug), "title": title, "status": status, "detail": _shortened(detail or title)}
    if faults := getattr(error, "details", None):
        body["errors"] = details_to_json(faults)
    return respond(body, _headers(error))


def _headers(error: HTTPException) -> dict[str, str]:
    """Allow, Retry-After and the like."""
    return {name: value for name, value in error.get_headers() if name.lower() != "content-type"}


def _handle_unexpected_error(error: Exception) -> Response:
    slug, title = HTTP_TITLES[500]
    _log_problem(500, slug, error)
    return respond({"type": urn(slug), "title": title, "status": 500, "detail": title}, {})


def _log_problem(status: int, slug: str, error: Exception, expected: bool = False) -> None:
    """Logs 4xx as warnings without the message, which may quote a draft, and 5xx with a traceback.

    Expected 5xx (full queue, Redis unreachable) arrive in large numbers: one line each with the reason, no traceback.
    """
    extra: dict[str, object] = {"status": status, "problem": slug, "error": type(error).__name__}
    if status >= 500 and expected:
        log.warning("refused", extra={**extra, "reason": _shortened(str(error))})
    elif status >= 500:
        log.error("failed", extra=extra, exc_info=error)
    else:
        log.warning("refused", extra=extra)


def _shortened(text: str, limit: int = 300) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"

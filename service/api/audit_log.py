"""/v1/audit: the audit log of corpus, API keys and checks."""

from dataclasses import asdict
from typing import Any

from flask import Response
from marshmallow import Schema
from werkzeug.exceptions import NotFound

from factcheck.audit_log import AuditAction
from service.api.request_schemas import AuditLogPageQuery
from service.api.resource import Resource
from service.api.response_fields import a_list, a_text, a_word
from service.context import services
from service.http.request_body import json_response

audit = Resource("audit", __name__, url_prefix="/v1/audit", description="Who changed what, and when.")


class AuditEntryAnswer(Schema):
    """One entry of the audit log, written in the same transaction as the change."""

    id = a_text()
    at = a_text("ISO 8601, UTC.")
    actor = a_text("Id of the API key; `local` without keys; `cli:` and the user's name on the command line.")
    act = a_word(AuditAction, "What was done.")
    subject = a_text("Id of the object that was changed.")


class AuditPageAnswer(Schema):
    """One page of the audit log, newest first."""

    items = a_list(AuditEntryAnswer)
    cursor = a_text("For the next page; null on the last.", null=True)


@audit.route("", methods=["GET"])
@audit.arguments(AuditLogPageQuery(), location="query")
@audit.response(200, AuditPageAnswer, description="Newest first.")
@audit.refuses(404, 503)
@audit.doc(operationId="listAudit")
def index(query: dict[str, Any]) -> Response:
    """Read the audit log."""
    log = services().audit
    if log is None:
        raise NotFound("This service keeps no audit log.")
    page = log.page(query.get("cursor"), query["limit"])
    return json_response({"items": [asdict(entry) for entry in page.items], "cursor": page.cursor})

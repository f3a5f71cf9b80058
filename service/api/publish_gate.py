"""/v1/checks/{id}/gate: may the article be published? For hooks of publishing systems."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import Response

from factcheck.article import Span
from factcheck.check import Check, CheckStatus
from factcheck.claim_tracking import decision_counts, is_dismissed
from factcheck.json_mapping import to_json
from factcheck.logs import note
from factcheck.verdict import InternalConflict, Label, Report, Verdict
from service.api.long_poll import wait_until_done
from service.api.request_schemas import INTERNAL, GateQuery
from service.api.resource import Resource
from service.api.response_schemas import GateAnswer
from service.context import owner, services, with_decisions
from service.http.request_body import json_response
from service.http.urls import check_path

gate = Resource("gate", __name__, url_prefix="/v1/checks", description="May the article be published?")

_FAIL_ON = (Label.CONTRADICTED.value, Label.DISPUTED.value)


@gate.route("/<check_id:check_id>/gate", methods=["GET"])
@gate.arguments(GateQuery(), location="query")
@gate.response(200, GateAnswer, description="Pass or fail, with reasons.")
@gate.alt_response(202, schema=GateAnswer, description="Pending: the check has not finished.", success=True)
@gate.refuses(404, 410, 503)
@gate.doc(operationId="readGate")
def read_gate(query: dict[str, Any], check_id: str) -> Response:
    """Pass or fail."""
    note(check_id=check_id)
    check = services().checks.get(check_id, owner())
    check, _ = wait_until_done(check, query.get("wait"))
    check = with_decisions(check)
    fail_on = query.get("fail_on", _FAIL_ON)
    reasons = list(reasons_against(check, fail_on)) if check.status.final else []
    outcome = "pending" if not check.status.final else "fail" if reasons else "pass"
    body = {
        "outcome": outcome,
        "pass": outcome == "pass",
        "fail_on": list(fail_on),
        "reasons": reasons,
        "check": check_path(check_id),
        "decisions": None if check.report is None else decision_counts(check.report),
    }
    response = json_response(body, 202 if outcome == "pending" else 200)
    if outcome == "pending":
        response.headers["Retry-After"] = "1"
    return response


def reasons_against(check: Check, fail_on: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Reasons against publication. `check` is over; one that failed or was cancelled never passes."""
    if check.status is not CheckStatus.FINISHED or check.report is None:
        detail = check.error.detail if check.error else f"The check is {check.status.value}."
        yield _reason(check.status.value, detail)
    else:
        yield from _reasons_in(check.report, fail_on)


def _reasons_in(report: Report, fail_on: Sequence[str]) -> Iterator[dict[str, Any]]:
    for verdict in report.verdicts:
        if verdict.label.value in fail_on and not is_dismissed(verdict):
            yield _against_claim(verdict)
    if INTERNAL in fail_on:
        yield from (_against_itself(conflict) for conflict in report.internal_conflicts)
    if not report.coverage.complete:
        left = report.coverage.not_reached
        yield _reason("incomplete", f"{left} of {report.coverage.sentences} sentences were not reached.")


def _against_claim(verdict: Verdict) -> dict[str, Any]:
    claim = verdict.claim
    return _reason(verdict.label.value, verdict.message, claim_id=claim.id, span=claim.span, text=claim.text)


def _against_itself(conflict: InternalConflict) -> dict[str, Any]:
    return _reason(INTERNAL, conflict.message, span=conflict.a.span, text=conflict.a.text)


def _reason(
    kind: str, message: str, claim_id: str | None = None, span: Span | None = None, text: str | None = None
) -> dict[str, Any]:
    where = None if span is None else to_json(span)
    return {"kind": kind, "claim_id": claim_id, "span": where, "text": text, "message": message}

"""/v1/checks/{id}/claims/{claim_id}/decisions: what editors decide on a claim, with who, when and why."""

from typing import Any, ClassVar

from flask import Response
from marshmallow import Schema, fields
from werkzeug.exceptions import NotFound

from factcheck.check import Check
from factcheck.check_json import verdict_to_json
from factcheck.claim_tracking import decision_counts, words_of
from factcheck.decision import Decision, DecisionEntry, DecisionKind
from factcheck.errors import UnknownArticle, UnknownClaim
from factcheck.logs import note
from factcheck.ports import DecisionStore
from factcheck.timestamps import timestamp
from factcheck.verdict import Verdict
from service.api.check_report_schemas import DecisionCountsAnswer, VerdictAnswer
from service.api.request_schemas import DecisionInput
from service.api.resource import Resource
from service.api.response_fields import an_object
from service.context import actor_name, read_check, services
from service.http.request_body import json_response

decisions = Resource("decisions", __name__, url_prefix="/v1/checks", description="What editors decide on claims.")


class DecidedClaimAnswer(Schema):
    """The claim with its decision, and the article's counts."""

    component_name: ClassVar = "Decided"

    claim = an_object(VerdictAnswer)
    decisions = an_object(DecisionCountsAnswer)
    is_newest = fields.Boolean(
        required=True, metadata={"description": "False if the article was checked again since: see its newest check."}
    )


@decisions.route("/<check_id:check_id>/claims/<claim_id:claim_id>/decisions", methods=["POST"])
@decisions.arguments(DecisionInput(), description="Decision, comment or assignee.")
@decisions.response(200, DecidedClaimAnswer, description="Recorded.")
@decisions.refuses(400, 404, 409, 410, 415, 503)
@decisions.doc(operationId="decideOnClaim")
def decide(body: dict[str, Any], check_id: str, claim_id: str) -> Response:
    """Decide on a claim. The decision holds for the claim in all versions of the article, while its label is the same."""
    note(check_id=check_id)
    check = read_check(check_id)
    book, article_id = _book(), check.article_id
    if article_id is None:
        raise NotFound("No history keeps this check, so it takes no decisions.")
    verdict = _verdict(check, claim_id)
    before = verdict.decision
    entry = _entry(body, before, verdict)
    book.decide(check.owner, article_id, words_of(verdict), entry, before.id if before else None, body.get("seen"))
    after = read_check(check_id)
    report = after.report
    assert report is not None, "a check does not lose its report"
    return json_response(
        {
            "claim": verdict_to_json(_verdict(after, claim_id)),
            "decisions": decision_counts(report),
            "is_newest": _is_newest(check),
        }
    )


def _book() -> DecisionStore:
    book = services().decisions
    if book is None:
        raise NotFound("This service keeps no decisions.")
    return book


def _verdict(check: Check, claim_id: str) -> Verdict:
    for verdict in check.report.verdicts if check.report else ():
        if verdict.claim.id == claim_id:
            return verdict
    raise UnknownClaim(claim_id)


def _entry(body: dict[str, Any], before: Decision | None, verdict: Verdict) -> DecisionEntry:
    """Absent members stay as they were; a comment is of this entry alone."""
    kind = body.get("decision") or (before.kind_for(verdict.label) if before else DecisionKind.OPEN)
    assignee = body.get("assignee", before.last.assignee if before else None)
    comment = (body.get("comment") or "").strip() or None
    return DecisionEntry(DecisionKind(kind), verdict.label.value, timestamp(), actor_name(), comment, assignee or None)


def _is_newest(check: Check) -> bool:
    history = services().history
    if history is None or check.article_id is None:
        return True
    try:
        return history.get(check.owner, check.article_id).latest.check_id == check.id
    except UnknownArticle:
        return True

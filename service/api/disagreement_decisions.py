"""/v1/corpus-audits/{id}/findings/{pair_id}/decisions: what editors decide on two reports that disagree."""

from typing import Any, ClassVar

from flask import Response
from marshmallow import validate
from werkzeug.exceptions import NotFound

from factcheck.decision import DecisionKind
from factcheck.disagreement_decision import DisagreementDecisionEntry, passages_key
from factcheck.errors import UnknownPair
from factcheck.ports import DisagreementDecisionStore
from factcheck.timestamps import timestamp
from service.api.bulk_jobs import book
from service.api.corpus_audits import DisagreementAnswer, audit_of, shown_pairs, stored_document
from service.api.request_schemas import Input, seen_state
from service.api.resource import Resource
from service.context import actor_name, services
from service.http.json_fields import JsonString
from service.http.request_body import json_response

pairs = Resource(
    "pairs", __name__, url_prefix="/v1/corpus-audits", description="What editors decide on reports that disagree."
)

_DECISIONS = [DecisionKind.DISMISSED.value, DecisionKind.OPEN.value]


class DisagreementDecisionInput(Input):
    """What an editor says of two reports that disagree."""

    component_name: ClassVar = "PairDecisionInput"

    decision = JsonString(
        required=True,
        validate=validate.OneOf(_DECISIONS),
        metadata={
            "description": "dismissed: the two passages do not disagree, or it need not be corrected; open: not decided."
        },
    )
    comment = JsonString(allow_none=True, validate=validate.Length(max=2_000), metadata={"description": "Why."})
    seen = seen_state()


@pairs.route("/<job_id:job_id>/findings/<pair_id:pair_id>/decisions", methods=["POST"])
@pairs.arguments(DisagreementDecisionInput(), description="Decision and comment.")
@pairs.response(200, DisagreementAnswer, description="Recorded.")
@pairs.refuses(400, 404, 409, 415, 503)
@pairs.doc(operationId="decideOnDisagreement")
def decide(body: dict[str, Any], job_id: str, pair_id: str) -> Response:
    """Dismiss a pair, or open it again. It holds for the same two sentences in all audits, earlier and later ones."""
    audit_of(job_id)
    finding = book().finding(job_id, pair_id)
    if finding is None:
        raise UnknownPair(pair_id)
    ids = {finding.content[side]["document"]["id"] for side in ("earlier", "later")}
    key = passages_key(finding.content, {document_id: stored_document(document_id) for document_id in ids})
    if key is None:
        raise UnknownPair(pair_id)
    comment = (body.get("comment") or "").strip() or None
    _decisions().decide(
        key,
        DisagreementDecisionEntry(DecisionKind(body["decision"]), timestamp(), actor_name(), comment),
        body.get("seen"),
    )
    [pair] = shown_pairs(job_id, [finding])
    return json_response(pair)


def _decisions() -> DisagreementDecisionStore:
    decisions = services().disagreement_decisions
    if decisions is None:
        raise NotFound("This service keeps no decisions.")
    return decisions

"""/v1/corpus-audits: the archive read against itself, and the reports that disagree."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, ClassVar

from flask import Response
from marshmallow import Schema, fields, validate

from factcheck.bulk_job import BulkJob, JobFinding, JobKind, JobStatus
from factcheck.decision import DecisionKind
from factcheck.disagreement import PublicationOrder
from factcheck.disagreement_decision import DisagreementDecision, disagreement_decision_to_json, passages_key
from factcheck.errors import UnknownDocument
from factcheck.evidence import Document
from factcheck.verdict import ConflictKind, Label
from service.api.bulk_jobs import JobAnswer, begin, book, job_to_json, moved
from service.api.check_report_schemas import DocumentRefAnswer, SpanAnswer
from service.api.request_schemas import DayRangeInput, PageQuery
from service.api.resource import Resource
from service.api.response_fields import a_count, a_list, a_list_of_texts, a_text, a_word, an_object
from service.context import services
from service.http.json_fields import ID_LIMIT_BYTES, JsonDay, JsonString
from service.http.request_body import json_response
from service.http.urls import JOB_ID

corpus_audits = Resource(
    "corpus_audits", __name__, url_prefix="/v1/corpus-audits", description="The archive read against itself."
)

MOST_DOCUMENTS = 10_000
_OWNER = "archive"
"""The archive has one owner: whoever may read it sees all audits."""

_COLLECTION, _KIND = "corpus-audits", JobKind.AUDIT
_DAY: dict[str, Any] = {"anyOf": [{"format": "date"}, {"type": "null"}]}


class DisagreementState(StrEnum):
    """What has become of a disagreement since it was found."""

    OPEN = "open"
    DISMISSED = "dismissed"
    CORRECTED = "corrected"
    CHANGED = "changed"
    RETRACTED = "retracted"
    REMOVED = "removed"


class CorpusAuditInput(DayRangeInput):
    """Which reports are compared with all others. All members are optional; without any, all reports are."""

    documents = fields.List(
        JsonString(validate=validate.Length(min=1, max=ID_LIMIT_BYTES)),
        allow_none=True,
        validate=validate.Length(max=MOST_DOCUMENTS),
        metadata={"description": "Only these ids."},
    )
    sources = fields.List(
        JsonString(validate=validate.Length(min=1, max=500)),
        allow_none=True,
        validate=validate.Length(max=1_000),
        metadata={"description": "Only reports of these sources."},
    )
    first = JsonDay(
        data_key="from", allow_none=True, metadata={**_DAY, "description": "Published on that day or later."}
    )
    last = JsonDay(
        data_key="to", allow_none=True, metadata={**_DAY, "description": "Published on that day or earlier."}
    )


class CorpusAuditCriteriaAnswer(Schema):
    """As sent, with the defaults."""

    component_name: ClassVar = "CorpusAuditSelection"

    documents = a_list_of_texts("Empty: all.")
    sources = a_list_of_texts("Empty: all.")
    first = fields.String(required=True, allow_none=True, data_key="from")
    last = fields.String(required=True, allow_none=True, data_key="to")


class CorpusAuditAnswer(JobAnswer):
    """One audit of the archive. `found` has the number of pairs by the kind of their first conflict."""

    selection = an_object(CorpusAuditCriteriaAnswer)


class CorpusAuditsAnswer(Schema):
    """The newest audits, newest first."""

    items = a_list(CorpusAuditAnswer)


class DisagreeingWordsAnswer(Schema):
    """Words that the other report contradicts."""

    span = an_object(SpanAnswer)
    text = a_text()


class DisagreeingSideAnswer(Schema):
    """The sentence of one report."""

    document = an_object(DocumentRefAnswer)
    span = an_object(SpanAnswer)
    text = a_text("Empty where the report was removed from the archive.")
    words = a_list(DisagreeingWordsAnswer)


class DisagreementOrder(StrEnum):
    """How pairs are listed."""

    FOUND = "found"
    LIKELY = "likely"


class DisagreementDecisionEntryAnswer(Schema):
    """One entry of a decision's history."""

    component_name: ClassVar = "PairEntry"

    decision = a_word(DecisionKind, "`dismissed` or `open`.")
    at = a_text("ISO 8601, UTC.")
    by = a_text("A person, the name of an API key, or `local`.")
    comment = a_text(null=True)


class DisagreementDecisionAnswer(DisagreementDecisionEntryAnswer):
    """What editors decided on a pair. It holds in later audits, as long as both sentences stand."""

    component_name: ClassVar = "PairDecision"

    seen = a_count("State of the decision; send it with the next one.")
    history = a_list(DisagreementDecisionEntryAnswer)


class DisagreementAnswer(Schema):
    """Two reports that disagree."""

    id = a_text("Null in audits of an older version, whose pairs take no decision.", null=True)
    earlier = an_object(DisagreeingSideAnswer)
    later = an_object(DisagreeingSideAnswer)
    order = a_word(
        PublicationOrder, "Whether `later` is the newer report: `known`, `same_day`, or `unknown` without a date."
    )
    label = a_word(Label, "`disputed`: further reports agree with the earlier one.")
    kinds = fields.List(
        fields.String(validate=validate.OneOf([kind.value for kind in ConflictKind])),
        required=True,
        metadata={"description": "What each pair of words disagrees on; empty where no words are named."},
    )
    confidence = fields.Float(required=True)
    state = a_word(
        DisagreementState,
        "`open`: the older report says it still. `dismissed`: an editor says that it is none. "
        "`corrected`: a report corrects it. `changed`: one of both has another text. "
        "`retracted`, `removed`: one of both is.",
    )

    decision = fields.Nested(
        DisagreementDecisionAnswer, metadata={"description": "Only of pairs that editors have decided on."}
    )


class DisagreementsAnswer(Schema):
    """One page of pairs."""

    items = a_list(DisagreementAnswer)
    cursor = a_text("For the next page; null on the last.", null=True)


class DisagreementPageQuery(PageQuery):
    """Pagination and filter."""

    state = JsonString(
        validate=validate.OneOf([state.value for state in DisagreementState]),
        metadata={"description": "Only pairs in this state. A page may then be short although more follow."},
    )
    sort = JsonString(
        load_default=DisagreementOrder.FOUND.value,
        validate=validate.OneOf([order.value for order in DisagreementOrder]),
        metadata={
            "description": "`found`: in the order in which they were found. `likely`: the likeliest disagreements first; while "
            "the audit runs, later pages may repeat or miss some."
        },
    )


@corpus_audits.route("", methods=["POST"])
@corpus_audits.arguments(CorpusAuditInput(), description="The selection.")
@corpus_audits.response(202, CorpusAuditAnswer, description="The audit begins.")
@corpus_audits.refuses(400, 404, 409, 415, 503)
@corpus_audits.doc(operationId="startCorpusAudit")
def start(body: dict[str, Any]) -> Response:
    """Check every report of the archive against the others, in the background. One audit at a time."""
    named = list(dict.fromkeys(body.get("documents") or ()))
    selection = {
        "documents": named,
        "sources": body.get("sources") or [],
        "from": body.get("first"),
        "to": body.get("last"),
    }
    total = len(named) or services().documents.count()
    return begin(_KIND, _OWNER, selection, total, _COLLECTION)


@corpus_audits.route("", methods=["GET"])
@corpus_audits.response(200, CorpusAuditsAnswer, description="Newest first, at most 50.")
@corpus_audits.refuses(404, 503)
@corpus_audits.doc(operationId="listCorpusAudits")
def index() -> Response:
    """List audits of the archive."""
    return json_response({"items": [job_to_json(job, _COLLECTION) for job in book().page(_KIND, _OWNER)]})


@corpus_audits.route("/<job_id:job_id>", methods=["GET"])
@corpus_audits.response(200, CorpusAuditAnswer, description="The audit.")
@corpus_audits.refuses(404, 503)
@corpus_audits.doc(operationId="readCorpusAudit")
def read(job_id: str) -> Response:
    """Read an audit and how far it is."""
    return json_response(job_to_json(audit_of(job_id), _COLLECTION))


@corpus_audits.route("/<job_id:job_id>/findings", methods=["GET"])
@corpus_audits.arguments(DisagreementPageQuery(), location="query")
@corpus_audits.response(200, DisagreementsAnswer, description="Pairs found so far.")
@corpus_audits.refuses(404, 503)
@corpus_audits.doc(operationId="listDisagreements")
def findings(query: dict[str, Any], job_id: str) -> Response:
    """List the reports that disagree, as they stand in the archive now."""
    audit_of(job_id)
    by_weight = query["sort"] == DisagreementOrder.LIKELY
    page = book().findings(job_id, query.get("cursor"), query["limit"], by_weight)
    items = shown_pairs(job_id, page.items)
    wanted = query.get("state")
    return json_response({"items": [i for i in items if wanted in (None, i["state"])], "cursor": page.cursor})


@corpus_audits.route("/<job_id:job_id>/pause", methods=["POST"])
@corpus_audits.response(200, CorpusAuditAnswer, description="Paused. Checks that run already are ended.")
@corpus_audits.refuses(404, 409, 503)
@corpus_audits.doc(operationId="pauseCorpusAudit")
def pause(job_id: str) -> Response:
    """Pause an audit."""
    return moved(_KIND, _OWNER, job_id, JobStatus.PAUSED, _COLLECTION)


@corpus_audits.route("/<job_id:job_id>/resume", methods=["POST"])
@corpus_audits.response(200, CorpusAuditAnswer, description="It goes on where it was paused.")
@corpus_audits.refuses(404, 409, 503)
@corpus_audits.doc(operationId="resumeCorpusAudit")
def resume(job_id: str) -> Response:
    """Resume an audit."""
    return moved(_KIND, _OWNER, job_id, JobStatus.RUNNING, _COLLECTION)


@corpus_audits.route("/<job_id:job_id>/cancel", methods=["POST"])
@corpus_audits.response(200, CorpusAuditAnswer, description="Cancelled. What it has found stays.")
@corpus_audits.refuses(404, 409, 503)
@corpus_audits.doc(operationId="cancelCorpusAudit")
def cancel(job_id: str) -> Response:
    """Cancel an audit."""
    return moved(_KIND, _OWNER, job_id, JobStatus.CANCELLED, _COLLECTION)


def audit_of(job_id: str) -> BulkJob:
    """The audit. Raises `UnknownJob`."""
    return book().get(_KIND, _OWNER, job_id)


def shown_pairs(job_id: str, found: Sequence[JobFinding]) -> list[dict[str, Any]]:
    """Pairs as they stand in the archive now, with what was decided on them."""
    ids = sorted({f.content[side]["document"]["id"] for f in found for side in ("earlier", "later")})
    stored = {document_id: stored_document(document_id) for document_id in ids}
    noted = book().noted(job_id, ids)
    keys = [passages_key(finding.content, stored) for finding in found]
    decisions = services().disagreement_decisions
    decided = decisions.read([key for key in keys if key]) if decisions else {}
    return [_shown(finding, stored, noted, decided.get(key or "")) for finding, key in zip(found, keys, strict=True)]


def stored_document(document_id: str) -> Document | None:
    """A report of the archive; None where it was removed."""
    try:
        return services().documents.get(document_id)
    except UnknownDocument:
        return None


def _shown(
    finding: JobFinding, stored: Mapping[str, Document | None], noted: set[str], decision: DisagreementDecision | None
) -> dict[str, Any]:
    """The pair with its state, without the words of a report that the archive does not hold any more."""
    pair = finding.content
    sides = {name: pair[name] for name in ("earlier", "later")}
    gone = {name: {**side, "text": "", "words": []} for name, side in sides.items() if not stored[_id(side)]}
    state = _state(sides["earlier"], sides["later"], stored, noted)
    if state is DisagreementState.OPEN and decision and decision.last.kind is DecisionKind.DISMISSED:
        state = DisagreementState.DISMISSED
    told = {"decision": disagreement_decision_to_json(decision)} if decision else {}
    return {**pair, **gone, "id": _pair_id(finding.key), "state": state.value, **told}


def _pair_id(key: str) -> str | None:
    return key if re.fullmatch(JOB_ID, key) else None


def _state(
    earlier: Mapping[str, Any], later: Mapping[str, Any], stored: Mapping[str, Document | None], noted: set[str]
) -> DisagreementState:
    old, new = stored[_id(earlier)], stored[_id(later)]
    if old is None or new is None:
        return DisagreementState.REMOVED
    if old.retracted or new.retracted:
        return DisagreementState.RETRACTED
    if not _says(old, earlier) or not _says(new, later):
        return DisagreementState.CHANGED
    is_corrected = old.id in noted or new.id in noted or new.corrects == old.id or old.corrects == new.id
    return DisagreementState.CORRECTED if is_corrected else DisagreementState.OPEN


def _says(document: Document, side: Mapping[str, Any]) -> bool:
    return side["text"] in (document.title if side["span"]["field"] == "title" else document.text)


def _id(side: Mapping[str, Any]) -> str:
    return str(side["document"]["id"])

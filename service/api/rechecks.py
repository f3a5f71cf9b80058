"""/v1/rechecks: kept articles checked again in the background, and the verdicts that flipped."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from flask import Response
from marshmallow import Schema, fields, validate

from factcheck.bulk_job import JobFinding, JobKind, JobStatus
from factcheck.check_history import ARTICLE_ID
from factcheck.claim_tracking import TrackedClaim, followed
from factcheck.decision import Decision, decision_to_json
from factcheck.errors import UnknownArticle
from factcheck.recheck import OutdatedReason
from factcheck.verdict import Label
from service.api.articles import decisions_on
from service.api.bulk_jobs import JobAnswer, begin, book, job_to_json, moved
from service.api.check_report_schemas import ConflictAnswer, DecisionAnswer, EvidenceAnswer
from service.api.request_schemas import DayRangeInput, PageQuery
from service.api.resource import Resource
from service.api.response_fields import a_list, a_list_of_texts, a_text, a_word, an_object
from service.context import owner, services
from service.http.json_fields import JsonBoolean, JsonDay, JsonString
from service.http.request_body import json_response

rechecks = Resource("rechecks", __name__, url_prefix="/v1/rechecks", description="Kept articles checked again.")

MOST_ARTICLES = 10_000
_COLLECTION, _KIND = "rechecks", JobKind.RECHECK
_DAY: dict[str, Any] = {"anyOf": [{"format": "date"}, {"type": "null"}]}


class RecheckInput(DayRangeInput):
    """Which kept articles are checked again. All members are optional; without any, all articles are."""

    articles = fields.List(
        JsonString(validate=validate.Regexp(f"^{ARTICLE_ID}$", error="Not an article's id.")),
        allow_none=True,
        validate=validate.Length(min=1, max=MOST_ARTICLES),
        metadata={"description": "Only these ids."},
    )
    first = JsonDay(
        data_key="from",
        allow_none=True,
        metadata={**_DAY, "description": "Only articles last checked on that day (UTC) or later."},
    )
    last = JsonDay(
        data_key="to",
        allow_none=True,
        metadata={**_DAY, "description": "Only articles last checked on that day (UTC) or earlier."},
    )
    outdated = fields.List(
        JsonString(validate=validate.OneOf([reason.value for reason in OutdatedReason])),
        validate=validate.Length(max=2),
        metadata={
            "description": "Only articles for which one of these has changed since: `reader` (the software and its models), "
            "`corpus` (the archive)."
        },
    )
    later_reports = JsonBoolean(
        metadata={
            "description": "true: reports that are newer than the article are evidence, up to today. Default: true."
        }
    )
    update = JsonBoolean(
        metadata={
            "description": "true: the new verdicts take the place of the old ones. false: a trial, which only lists what would "
            "flip. Default: true."
        }
    )


class RecheckCriteriaAnswer(Schema):
    """As sent, with the defaults."""

    component_name: ClassVar = "RecheckSelection"

    articles = fields.List(fields.String(), required=True, allow_none=True)
    first = fields.String(required=True, allow_none=True, data_key="from")
    last = fields.String(required=True, allow_none=True, data_key="to")
    outdated = a_list_of_texts("What must have changed since; empty: nothing.")
    later_reports = fields.Boolean(required=True)
    update = fields.Boolean(required=True)


class RecheckAnswer(JobAnswer):
    """One recheck. `found` has the number of flips by new label; `gone` for claims that the reader no longer finds."""

    selection = an_object(RecheckCriteriaAnswer)


class RechecksAnswer(Schema):
    """The newest rechecks, newest first."""

    items = a_list(RecheckAnswer)


class FlipArticleAnswer(Schema):
    """The article, as it was listed when the flip was found."""

    id = a_text()
    title = a_text(null=True)
    url = a_text(null=True)


class FlipSideAnswer(Schema):
    """A verdict before or after."""

    label = a_word(Label, "The verdict.")
    message = a_text()
    conflicts = a_list(ConflictAnswer)
    evidence = a_list(EvidenceAnswer)


class VerdictFlipAnswer(Schema):
    """A verdict that flipped."""

    article = an_object(FlipArticleAnswer)
    check_id = a_text()
    claim_id = a_text()
    text = a_text("The words of the claim.")
    before = an_object(FlipSideAnswer, null=True)
    after = an_object(FlipSideAnswer, null=True)
    decision = fields.Nested(
        DecisionAnswer,
        required=True,
        allow_none=True,
        metadata={"description": "What editors have decided on the claim by now; null if nothing."},
    )


class FlipsAnswer(Schema):
    """One page of flips, in the order in which they were found."""

    items = a_list(VerdictFlipAnswer)
    cursor = a_text("For the next page; null on the last.", null=True)


@rechecks.route("", methods=["POST"])
@rechecks.arguments(RecheckInput(), description="The selection.")
@rechecks.response(202, RecheckAnswer, description="The recheck begins.")
@rechecks.refuses(400, 404, 409, 415, 503)
@rechecks.doc(operationId="startRecheck")
def start(body: dict[str, Any]) -> Response:
    """Check kept articles again, in the background, behind the checks of people. One recheck at a time."""
    selection = {
        "articles": body.get("articles"),
        "from": body.get("first"),
        "to": body.get("last"),
        "outdated": list(dict.fromkeys(body.get("outdated", []))),
        "later_reports": body.get("later_reports", True),
        "update": body.get("update", True),
    }
    return begin(_KIND, owner(), selection, _total(selection), _COLLECTION)


@rechecks.route("", methods=["GET"])
@rechecks.response(200, RechecksAnswer, description="Newest first, at most 50.")
@rechecks.refuses(404, 503)
@rechecks.doc(operationId="listRechecks")
def index() -> Response:
    """List rechecks."""
    return json_response({"items": [job_to_json(job, _COLLECTION) for job in book().page(_KIND, owner())]})


@rechecks.route("/<job_id:job_id>", methods=["GET"])
@rechecks.response(200, RecheckAnswer, description="The recheck.")
@rechecks.refuses(404, 503)
@rechecks.doc(operationId="readRecheck")
def read(job_id: str) -> Response:
    """Read a recheck and how far it is."""
    return json_response(job_to_json(book().get(_KIND, owner(), job_id), _COLLECTION))


@rechecks.route("/<job_id:job_id>/findings", methods=["GET"])
@rechecks.arguments(PageQuery(), location="query")
@rechecks.response(200, FlipsAnswer, description="Flips found so far.")
@rechecks.refuses(404, 503)
@rechecks.doc(operationId="listFlips")
def findings(query: dict[str, Any], job_id: str) -> Response:
    """List the verdicts that flipped. Those of articles that are kept no longer are left out."""
    book().get(_KIND, owner(), job_id)
    page = book().findings(job_id, query.get("cursor"), query["limit"])
    named = {finding.content["article"]["id"] for finding in page.items}
    decisions = {name: decisions_on(name) for name in named if _is_kept(name)}
    shown = [_flip(f, decisions) for f in page.items if f.content["article"]["id"] in decisions]
    return json_response({"items": shown, "cursor": page.cursor})


@rechecks.route("/<job_id:job_id>/pause", methods=["POST"])
@rechecks.response(200, RecheckAnswer, description="Paused. Checks that run already are ended.")
@rechecks.refuses(404, 409, 503)
@rechecks.doc(operationId="pauseRecheck")
def pause(job_id: str) -> Response:
    """Pause a recheck."""
    return moved(_KIND, owner(), job_id, JobStatus.PAUSED, _COLLECTION)


@rechecks.route("/<job_id:job_id>/resume", methods=["POST"])
@rechecks.response(200, RecheckAnswer, description="It goes on where it was paused.")
@rechecks.refuses(404, 409, 503)
@rechecks.doc(operationId="resumeRecheck")
def resume(job_id: str) -> Response:
    """Resume a recheck."""
    return moved(_KIND, owner(), job_id, JobStatus.RUNNING, _COLLECTION)


@rechecks.route("/<job_id:job_id>/cancel", methods=["POST"])
@rechecks.response(200, RecheckAnswer, description="Cancelled. What it has found and changed stays.")
@rechecks.refuses(404, 409, 503)
@rechecks.doc(operationId="cancelRecheck")
def cancel(job_id: str) -> Response:
    """Cancel a recheck."""
    return moved(_KIND, owner(), job_id, JobStatus.CANCELLED, _COLLECTION)


def _total(selection: Mapping[str, Any]) -> int:
    if selection["articles"] is not None:
        return len(selection["articles"])
    history = services().history
    return 0 if history is None else history.count(owner(), selection["from"], selection["to"])


def _is_kept(article_id: str) -> bool:
    history = services().history
    try:
        return history is not None and bool(history.get(owner(), article_id))
    except UnknownArticle:
        return False


def _flip(finding: JobFinding, decisions: Mapping[str, Sequence[Decision]]) -> dict[str, Any]:
    content = finding.content
    shown = content["after"] or content["before"]
    odd = tuple(sorted({conflict["claim"]["text"] for conflict in shown["conflicts"]}))
    claim = TrackedClaim(content["claim_id"], Label(shown["label"]), content["text"], odd)
    decision = followed(decisions[content["article"]["id"]], [claim]).get(claim.id)
    return {**content, "decision": None if decision is None else decision_to_json(decision, shown["label"])}

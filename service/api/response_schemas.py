"""Response schemas for openapi.yaml. `check_json` writes the answers; tests compare both."""

from typing import ClassVar

from marshmallow import Schema, fields, validate

from factcheck.check import CheckStatus, Problem, Progress
from factcheck.evidence import Document, ReplacedDocument
from factcheck.watch import Watch
from service.api.check_report_schemas import CheckReportAnswer, DecisionCountsAnswer, DocumentRefAnswer, SpanAnswer
from service.api.derived_schemas import answer_of
from service.api.response_fields import a_count, a_list, a_list_of_texts, a_text, a_word, an_object


class InputFaultAnswer(Schema):
    """One fault of a request."""

    component_name: ClassVar = "Fault"

    pointer = a_text("JSON pointer (RFC 6901) into the body; /query/… for a query parameter.")
    detail = a_text("What is wrong there.")


class ProbeAnswer(Schema):
    """One part of the service."""

    ok = fields.Boolean(required=True)
    detail = a_text()


class ProblemAnswer(Schema):
    """Problem details (RFC 9457)."""

    type = a_text("Stable identifier of the kind of problem.", format="uri-reference")
    title = a_text("The kind of problem in words.")
    status = fields.Integer(required=True)
    detail = a_text("This occurrence of the problem in words.")
    instance = fields.String(metadata={"description": "Path of the request."})
    errors = fields.List(
        fields.Nested(InputFaultAnswer), metadata={"description": "Faults of the request, if there are any."}
    )
    parts = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(ProbeAnswer),
        metadata={"description": "/readyz only: state of each part of the service."},
    )


DocumentAnswer = answer_of(Document)
StoredDocumentAnswer = answer_of(
    Document,
    "StoredDocument",
    versions=fields.List(
        fields.Nested(answer_of(ReplacedDocument, "EarlierDocument")),
        metadata={"description": "With `versions=true`: what it was before, newest first; the last ten."},
    ),
)


class CheckLinksAnswer(Schema):
    """Paths of the check."""

    self = a_text()
    events = a_text()
    gate = a_text()
    article = fields.String(metadata={"description": "The article in the history, if it is kept there."})


class CheckAnswer(Schema):
    """The check."""

    id = a_text()
    status = a_word(CheckStatus, "State of the check.")
    created_at = a_text("ISO 8601, UTC.")
    started_at = a_text(null=True)
    finished_at = a_text(null=True)
    progress = an_object(answer_of(Progress))
    report = an_object(CheckReportAnswer, null=True)
    error = an_object(answer_of(Problem, "Failure"), null=True)
    watch = an_object(answer_of(Watch), null=True)
    article_id = a_text("The article in the history; null if no history keeps the check.", null=True)
    version = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Number of the check among those of the article, from 1."},
    )
    submitted_by = a_text("A person, the name of an API key, or `local`.", null=True)
    decisions = an_object(DecisionCountsAnswer, null=True)
    links = an_object(CheckLinksAnswer)


class CheckPageAnswer(Schema):
    """One page of checks, newest first, without reports."""

    items = a_list(CheckAnswer)
    cursor = a_text("For the next page; null on the last.", null=True)


class DocumentPageAnswer(Schema):
    """One page of documents."""

    items = a_list(DocumentAnswer)
    cursor = a_text("For the next page; null on the last.", null=True)
    total = a_count("Reports that the filter keeps, retracted ones included.")


class PassageAnswer(Schema):
    """A passage found by search."""

    document = an_object(DocumentRefAnswer)
    span = an_object(SpanAnswer)
    text = a_text()
    before = a_text("The sentence before it.")
    after = a_text("The sentence after it.")
    story = a_text("Equal for near-duplicates, such as several prints of one wire report.")
    score = fields.Float(required=True, metadata={"description": "BM25; comparable within one answer only."})


class PassagesAnswer(Schema):
    """Passages, best first."""

    items = a_list(PassageAnswer)
    revision = a_text("The state of the corpus that was searched.")


class GateReasonAnswer(Schema):
    """A reason against publication."""

    component_name: ClassVar = "Reason"

    kind = a_text("A label, internal_conflict, incomplete, failed or cancelled.")
    claim_id = a_text(null=True)
    span = an_object(SpanAnswer, null=True)
    text = a_text(null=True)
    message = a_text()


class GateAnswer(Schema):
    """Whether the article may be published."""

    outcome = fields.String(required=True, validate=validate.OneOf(["pass", "fail", "pending"]))
    passed = fields.Boolean(required=True, data_key="pass", metadata={"description": "True if the outcome is pass."})
    fail_on = fields.List(fields.String(), required=True)
    reasons = a_list(GateReasonAnswer)
    check = a_text("Address of the check.")
    decisions = an_object(DecisionCountsAnswer, null=True)


class DocumentLineAnswer(Schema):
    """Outcome for one line of a bulk upload of documents."""

    component_name: ClassVar = "Outcome"

    line = a_count("Counted from 1.")
    id = a_text(null=True)
    status = fields.Integer(
        required=True, metadata={"description": "201 new, 200 replaced, 413, 422 or 503 not stored."}
    )
    error = fields.Nested(ProblemAnswer)


class DraftArticleAnswer(Schema):
    """An article as `POST /v1/checks` takes it."""

    text = a_text()
    title = a_text(null=True)
    published_at = a_text("The date that the file names.", null=True)
    source = a_text(null=True)
    url = a_text(null=True)
    language = a_text(null=True)
    format = a_text()


class DraftAnswer(Schema):
    """The article in a file."""

    article = an_object(DraftArticleAnswer)
    dated_by = a_text("Where the file names its date; null where it names none.", null=True)
    notes = a_list_of_texts("What was doubtful about the file.")


class HealthAnswer(Schema):
    """Liveness."""

    status = fields.String(required=True, validate=validate.Equal("ok"))
    version = a_text()


class ReadinessAnswer(Schema):
    """Readiness of each part of the service."""

    status = fields.String(required=True, validate=validate.OneOf(["ready", "not ready"]))
    parts = fields.Dict(keys=fields.String(), values=fields.Nested(ProbeAnswer), required=True)

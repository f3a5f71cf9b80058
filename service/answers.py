"""What the service answers, described for openapi.yaml. The codec writes the answers; tests hold the two together."""

from typing import Any

from marshmallow import Schema, fields, validate

from factcheck.article import Field
from factcheck.check import Status
from factcheck.evidence import Stance
from factcheck.verdict import ConflictKind, Label


def _text(description: str = "", *, null: bool = False, **more: Any) -> fields.String:
    about = {"description": description, **more} if description else more
    return fields.String(required=True, allow_none=null, metadata=about)


def _count(description: str = "") -> fields.Integer:
    return fields.Integer(required=True, validate=validate.Range(min=0), metadata={"description": description})


def _one_of(kind: Any, description: str) -> fields.String:
    values = [member.value for member in kind]
    return fields.String(required=True, validate=validate.OneOf(values), metadata={"description": description})


def _one(schema: Any, *, null: bool = False, only: Any = None) -> fields.Nested:
    return fields.Nested(schema, required=True, allow_none=null, only=only)


def _many(schema: Any) -> fields.List[Any]:
    return fields.List(fields.Nested(schema), required=True)


class FaultAnswer(Schema):
    """One fault of a request."""

    pointer = _text("JSON pointer (RFC 6901) into the body; /query/… for a parameter of the address.")
    detail = _text("What is wrong there.")


class ProbeAnswer(Schema):
    """One part of the service."""

    ok = fields.Boolean(required=True)
    detail = _text()


class ProblemAnswer(Schema):
    """Problem details (RFC 9457)."""

    type = _text("Stable; tells kinds of problems apart.", format="uri-reference")
    title = _text("The kind of problem, in words.")
    status = fields.Integer(required=True)
    detail = _text("This very problem, in words.")
    instance = fields.String(metadata={"description": "Path of the request."})
    errors = fields.List(
        fields.Nested(FaultAnswer), metadata={"description": "Faults of the request, where it is at fault."}
    )
    parts = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(ProbeAnswer),
        metadata={"description": "Of /readyz: each part of the service."},
    )


class Utf16Answer(Schema):
    """The same range in UTF-16 code units."""

    start = _count()
    end = _count()


class SpanAnswer(Schema):
    """Half-open range of a text as submitted, in Unicode code points."""

    field = _one_of(Field, "The part of the article or document.")
    start = _count("First code point.")
    end = _count("Code point after the last.")
    utf16 = _one(Utf16Answer)


class DocumentAnswer(Schema):
    """One report of the corpus."""

    id = _text()
    title = _text("Empty where there is none.")
    text = _text()
    source = _text(null=True)
    published_at = _text("ISO 8601 date or date-time.", null=True)
    url = _text(null=True)
    language = _text(null=True)
    tags = fields.List(fields.String(), required=True)
    retracted = fields.Boolean(required=True)
    corrects = _text(null=True)


class DocumentRefAnswer(Schema):
    """A document without its text."""

    id = _text()
    title = _text()
    source = _text(null=True)
    url = _text(null=True)
    published_at = _text(null=True)


class EvidenceAnswer(Schema):
    """A passage that bears on a claim."""

    document = _one(DocumentRefAnswer)
    span = _one(SpanAnswer)
    text = _text("The span's own words.")
    stance = _one_of(Stance, "How it bears on the claim.")
    score = fields.Float(required=True, metadata={"description": "Strength of the stance, 0 to 1."})


class ClaimSideAnswer(Schema):
    """The article's words in a conflict."""

    span = _one(SpanAnswer)
    text = _text()
    value = _text("Normal form; TIMEX3 for dates and durations.", null=True)


class EvidenceSideAnswer(ClaimSideAnswer):
    """The corpus's words in a conflict."""

    document_id = _text()


class ConflictAnswer(Schema):
    """Words that cannot both be right."""

    kind = _one_of(ConflictKind, "What they disagree on.")
    claim = _one(ClaimSideAnswer)
    evidence = _one(EvidenceSideAnswer)


class SuggestionAnswer(Schema):
    """A replacement that makes the claim agree with the corpus."""

    span = _one(SpanAnswer)
    replacement = _text()


class VerdictAnswer(Schema):
    """The outcome for one claim."""

    id = _text("Stable over edits elsewhere in the article.")
    span = _one(SpanAnswer)
    text = _text("The span's own words.")
    sentence = _count("Index of its sentence, over title and text.")
    label = _one_of(Label, "The verdict.")
    confidence = fields.Float(required=True, metadata={"description": "Calibrated, 0 to 1."})
    message = _text("The verdict, for people.")
    rule = _text("The rule that decided.")
    conflicts = _many(ConflictAnswer)
    suggestions = _many(SuggestionAnswer)
    evidence = _many(EvidenceAnswer)


class InternalConflictAnswer(Schema):
    """Two places of the article that cannot both be right; b is null where one place contradicts itself."""

    kind = _one_of(ConflictKind, "What they disagree on.")
    a = _one(ClaimSideAnswer)
    b = _one(ClaimSideAnswer, null=True)
    message = _text()
    suggestions = _many(SuggestionAnswer)


class SummaryAnswer(Schema):
    """Claims in all and by label."""

    claims = _count()
    supported = _count()
    contradicted = _count()
    disputed = _count()
    unverified = _count()
    not_checkable = _count()


class CoverageAnswer(Schema):
    """Every sentence, accounted for."""

    sentences = _count()
    checked = _count()
    not_checkable = _count()
    not_reached = _count("Left out for time or size.")
    complete = fields.Boolean(required=True)


class CorpusAnswer(Schema):
    """What the article was checked against."""

    revision = _text()
    documents = _count()
    as_of = _text(null=True)


class ModelsAnswer(Schema):
    """The models."""

    entailment = _text()
    retrieval = _text()


class EngineAnswer(Schema):
    """What checked it."""

    version = _text()
    models = _one(ModelsAnswer)


class ReportAnswer(Schema):
    """The outcome of a check; while it runs, what is known so far."""

    summary = _one(SummaryAnswer)
    coverage = _one(CoverageAnswer)
    claims = _many(VerdictAnswer)
    internal_conflicts = _many(InternalConflictAnswer)
    corpus = _one(CorpusAnswer)
    engine = _one(EngineAnswer)


class FailureAnswer(Schema):
    """Why a check failed."""

    type = _text()
    title = _text()
    detail = _text()


class ProgressAnswer(Schema):
    """How far a check is."""

    claims_total = _count()
    claims_done = _count()


class CheckLinksAnswer(Schema):
    """Addresses of the check."""

    self = _text()
    events = _text()
    gate = _text()


class CheckAnswer(Schema):
    """The check."""

    id = _text()
    status = _one_of(Status, "Where it stands.")
    created_at = _text("ISO 8601, UTC.")
    started_at = _text(null=True)
    finished_at = _text(null=True)
    progress = _one(ProgressAnswer)
    report = _one(ReportAnswer, null=True)
    error = _one(FailureAnswer, null=True)
    links = _one(CheckLinksAnswer)


class CheckPageAnswer(Schema):
    """One page of checks, newest first, without reports."""

    items = _many(CheckAnswer)
    cursor = _text("For the next page; null on the last.", null=True)


class DocumentPageAnswer(Schema):
    """One page of documents, in the order of their ids."""

    items = _many(DocumentAnswer)
    cursor = _text("For the next page; null on the last.", null=True)


class PassageAnswer(Schema):
    """A passage that was found."""

    document = _one(DocumentRefAnswer)
    span = _one(SpanAnswer)
    text = _text()
    before = _text("The sentence before it.")
    after = _text("The sentence after it.")
    score = fields.Float(required=True, metadata={"description": "BM25; comparable within one answer only."})


class PassagesAnswer(Schema):
    """Passages, best first."""

    items = _many(PassageAnswer)
    revision = _text("The state of the corpus that was searched.")


class ReasonAnswer(Schema):
    """Why the gate is shut."""

    kind = _text("A label, internal_conflict, incomplete, failed or cancelled.")
    claim_id = _text(null=True)
    span = _one(SpanAnswer, null=True)
    text = _text(null=True)
    message = _text()


class GateAnswer(Schema):
    """Whether the article may go out."""

    outcome = fields.String(required=True, validate=validate.OneOf(["pass", "fail", "pending"]))
    passed = fields.Boolean(required=True, data_key="pass", metadata={"description": "True where the outcome is pass."})
    fail_on = fields.List(fields.String(), required=True)
    reasons = _many(ReasonAnswer)
    check = _text("Address of the check.")


class OutcomeAnswer(Schema):
    """What became of one line."""

    line = _count("Counted from 1.")
    id = _text(null=True)
    status = fields.Integer(
        required=True, metadata={"description": "201 new, 200 replaced, 413, 422 or 503 not stored."}
    )
    error = fields.Nested(ProblemAnswer)


class HealthAnswer(Schema):
    """The process answers."""

    status = fields.String(required=True, validate=validate.Equal("ok"))
    version = _text()


class ReadinessAnswer(Schema):
    """Each part of the service."""

    status = fields.String(required=True, validate=validate.OneOf(["ready", "not ready"]))
    parts = fields.Dict(keys=fields.String(), values=fields.Nested(ProbeAnswer), required=True)

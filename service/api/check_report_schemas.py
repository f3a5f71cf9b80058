"""Schemas of the result of a check for openapi.yaml, derived from its dataclasses but for what the report adds to them."""

from typing import ClassVar

from marshmallow import Schema, fields

from factcheck.article import Span
from factcheck.decision import DecisionKind
from factcheck.evidence import DocumentRef, Evidence
from factcheck.verdict import Conflict, CorpusInfo, Coverage, EngineInfo, InternalConflict, Label, Verdict
from service.api.derived_schemas import answer_of
from service.api.response_fields import a_count, a_list, a_text, a_word, an_object

SpanAnswer = answer_of(Span)
DocumentRefAnswer = answer_of(DocumentRef)
EvidenceAnswer = answer_of(Evidence)
ConflictAnswer = answer_of(Conflict)
InternalConflictAnswer = answer_of(InternalConflict)


class DecisionEntryAnswer(Schema):
    """One entry of a decision's history."""

    decision = a_word(DecisionKind, "What was decided.")
    label = a_word(Label, "The verdict that was decided on.")
    at = a_text("ISO 8601, UTC.")
    by = a_text("A person, the name of an API key, or `local`.")
    comment = a_text(null=True)
    assignee = a_text(null=True)


class DecisionAnswer(Schema):
    """What editors decided on a claim. It follows the claim over edits of the article."""

    id = a_text()
    decision = a_word(DecisionKind, "`open` also if the label is not the one that was decided on.")
    comment = a_text("Newest comment on this decision.", null=True)
    assignee = a_text(null=True)
    by = a_text()
    at = a_text("ISO 8601, UTC.")
    seen = a_count("State of the decision; send it with the next one.")
    history = a_list(DecisionEntryAnswer)


class DecisionCountsAnswer(Schema):
    """Number of contradicted and disputed claims, by what was decided on them."""

    findings = a_count()
    open = a_count()
    confirmed = a_count()
    dismissed = a_count()


VerdictAnswer = answer_of(
    Verdict,
    "Verdict",
    decision=fields.Nested(DecisionAnswer, metadata={"description": "Only of claims that editors have decided on."}),
)


class ClaimCountsAnswer(Schema):
    """Number of claims, in total and by label."""

    component_name: ClassVar = "Summary"

    claims = a_count()
    supported = a_count()
    contradicted = a_count()
    disputed = a_count()
    unverified = a_count()
    not_checkable = a_count()


class CheckReportAnswer(Schema):
    """The result of a check; while it runs, the results so far."""

    component_name: ClassVar = "Report"

    summary = an_object(ClaimCountsAnswer)
    coverage = an_object(answer_of(Coverage, "Coverage", complete=fields.Boolean(required=True)))
    claims = a_list(VerdictAnswer)
    internal_conflicts = a_list(InternalConflictAnswer)
    corpus = an_object(answer_of(CorpusInfo, "Corpus"))
    engine = an_object(answer_of(EngineInfo, "Engine"))

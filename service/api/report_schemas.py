"""Schemas of a report for openapi.yaml."""

from marshmallow import Schema, fields

from factcheck.article import Field
from factcheck.decision import DecisionKind
from factcheck.evidence import Stance
from factcheck.verdict import ConflictKind, Label
from service.api.response_fields import a_count, a_list, a_text, a_word, an_object


class Utf16Answer(Schema):
    """The same range in UTF-16 code units."""

    start = a_count()
    end = a_count()


class SpanAnswer(Schema):
    """Half-open range of a text as submitted, in Unicode code points."""

    field = a_word(Field, "The part of the article or document.")
    start = a_count("First code point.")
    end = a_count("Code point after the last.")
    utf16 = an_object(Utf16Answer)


class DocumentRefAnswer(Schema):
    """A document without its text."""

    id = a_text()
    title = a_text()
    source = a_text(null=True)
    url = a_text(null=True)
    published_at = a_text(null=True)


class EvidenceAnswer(Schema):
    """A passage that is relevant to a claim."""

    document = an_object(DocumentRefAnswer)
    span = an_object(SpanAnswer)
    text = a_text("The words of the span.")
    stance = a_word(Stance, "How it bears on the claim.")
    score = fields.Float(required=True, metadata={"description": "Strength of the stance, 0 to 1."})


class ClaimSideAnswer(Schema):
    """The article's words in a conflict."""

    span = an_object(SpanAnswer)
    text = a_text()
    value = a_text("Normal form; TIMEX3 for dates and durations.", null=True)


class EvidenceSideAnswer(ClaimSideAnswer):
    """The corpus's words in a conflict."""

    document_id = a_text()


class ConflictAnswer(Schema):
    """Words of claim and evidence that contradict each other."""

    kind = a_word(ConflictKind, "What they disagree on.")
    claim = an_object(ClaimSideAnswer)
    evidence = an_object(EvidenceSideAnswer)


class SuggestionAnswer(Schema):
    """A replacement that makes the claim agree with the corpus."""

    span = an_object(SpanAnswer)
    replacement = a_text()


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


class VerdictAnswer(Schema):
    """The outcome for one claim."""

    id = a_text("Does not change when other parts of the article are edited.")
    span = an_object(SpanAnswer)
    text = a_text("The words of the span.")
    sentence = a_count("Index of its sentence, over title and text.")
    label = a_word(Label, "The verdict.")
    confidence = fields.Float(required=True, metadata={"description": "Calibrated, 0 to 1."})
    message = a_text("The verdict in one or two sentences.")
    rule = a_text("The rule that decided.")
    conflicts = a_list(ConflictAnswer)
    suggestions = a_list(SuggestionAnswer)
    evidence = a_list(EvidenceAnswer)
    decision = fields.Nested(DecisionAnswer, metadata={"description": "Only of claims that editors have decided on."})


class InternalConflictAnswer(Schema):
    """Two spans of the article that contradict each other; b is null if one span contradicts itself."""

    kind = a_word(ConflictKind, "What they disagree on.")
    a = an_object(ClaimSideAnswer)
    b = an_object(ClaimSideAnswer, null=True)
    message = a_text()
    suggestions = a_list(SuggestionAnswer)


class SummaryAnswer(Schema):
    """Number of claims, in total and by label."""

    claims = a_count()
    supported = a_count()
    contradicted = a_count()
    disputed = a_count()
    unverified = a_count()
    not_checkable = a_count()


class CoverageAnswer(Schema):
    """How many sentences were checked; the numbers add up."""

    sentences = a_count()
    checked = a_count()
    not_checkable = a_count()
    not_reached = a_count("Not checked for lack of time, or because the article is too long.")
    complete = fields.Boolean(required=True)


class CorpusAnswer(Schema):
    """What the article was checked against."""

    revision = a_text()
    documents = a_count()
    as_of = a_text(null=True)


class ModelsAnswer(Schema):
    """Names of the models."""

    entailment = a_text()
    retrieval = a_text()


class EngineAnswer(Schema):
    """Version and models of the checker."""

    version = a_text()
    models = an_object(ModelsAnswer)


class ReportAnswer(Schema):
    """The result of a check; while it runs, the results so far."""

    summary = an_object(SummaryAnswer)
    coverage = an_object(CoverageAnswer)
    claims = a_list(VerdictAnswer)
    internal_conflicts = a_list(InternalConflictAnswer)
    corpus = an_object(CorpusAnswer)
    engine = an_object(EngineAnswer)

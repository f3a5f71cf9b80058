"""Builds the report from the verdicts, with coverage, corpus version and models."""

from collections.abc import Sequence
from importlib.metadata import version

from factcheck.check import CheckRequest
from factcheck.ports import PassageSearch
from factcheck.verdict import CorpusInfo, Coverage, EngineInfo, InternalConflict, Label, Report, Verdict
from worker.models.ports import Models
from worker.text.pipeline_types import ClaimInContext
from worker.text.sentences import ArticleSentences


def make_report(
    order: CheckRequest,
    corpus: PassageSearch,
    models: Models,
    sentences: ArticleSentences,
    statements: Sequence[ClaimInContext],
    verdicts: Sequence[Verdict],
    internal: Sequence[InternalConflict],
) -> Report:
    """The report of a check."""
    return Report(
        verdicts=tuple(verdicts),
        internal_conflicts=tuple(internal),
        coverage=_coverage(sentences, statements, verdicts),
        corpus=CorpusInfo(corpus.revision(), corpus.documents(), order.evidence_until),
        engine=engine_of(models),
    )


def engine_of(models: Models) -> EngineInfo:
    """Version and models, as the report names them."""
    return EngineInfo(version("factcheck"), models.entailment.name(), models.retrieval)


def _coverage(
    sentences: ArticleSentences, statements: Sequence[ClaimInContext], verdicts: Sequence[Verdict]
) -> Coverage:
    """A sentence counts as checked if one of its claims was checked, and as not reached if one of them was not."""
    reached = {v.claim.id for v in verdicts}
    late = {s.claim.sentence_index for s in statements if s.claim.id not in reached}
    checked = {v.claim.sentence_index for v in verdicts if v.label is not Label.NOT_CHECKABLE} - late
    total = len(sentences.read) + sentences.unread
    not_reached = len(late) + sentences.unread
    return Coverage(total, len(checked), total - len(checked) - not_reached, not_reached)

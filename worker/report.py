"""Verdicts → the report: every sentence accounted for, the corpus and the models named."""

from collections.abc import Sequence
from importlib.metadata import version

from factcheck.check import Order
from factcheck.ports import PassageSearch
from factcheck.verdict import CorpusState, Coverage, EngineState, InternalConflict, Label, Report, Verdict
from worker.kit import Kit
from worker.statement import Statement
from worker.steps.sentences import Lines


def make_report(
    order: Order,
    corpus: PassageSearch,
    kit: Kit,
    lines: Lines,
    statements: Sequence[Statement],
    verdicts: Sequence[Verdict],
    internal: Sequence[InternalConflict],
) -> Report:
    """The outcome of a check."""
    return Report(
        verdicts=tuple(verdicts),
        internal_conflicts=tuple(internal),
        coverage=_coverage(lines, statements, verdicts),
        corpus=CorpusState(corpus.revision(), corpus.documents(), order.as_of),
        engine=EngineState(version("factcheck"), kit.entailment.name(), kit.retrieval),
    )


def _coverage(lines: Lines, statements: Sequence[Statement], verdicts: Sequence[Verdict]) -> Coverage:
    """A sentence counts as checked where one of its claims was, as not reached where one of them was not looked at."""
    reached = {v.claim.id for v in verdicts}
    late = {s.claim.sentence_index for s in statements if s.claim.id not in reached}
    checked = {v.claim.sentence_index for v in verdicts if v.label is not Label.NOT_CHECKABLE} - late
    sentences = len(lines.read) + lines.unread
    not_reached = len(late) + lines.unread
    return Coverage(sentences, len(checked), sentences - len(checked) - not_reached, not_reached)

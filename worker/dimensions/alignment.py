"""The result of comparing words of the claim with words of a passage."""

from dataclasses import dataclass

from factcheck.verdict import ConflictKind
from worker.dimensions.relation import Relation
from worker.text.pipeline_types import RankedPassage


@dataclass(frozen=True, slots=True)
class SpanValue:
    """A range of a sentence and its normal form (None if it has none)."""

    start: int
    end: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Words of the claim against words of a passage.

    `score` in [0, 1] is the similarity of the two slots; the judge weighs it. `replacement` is the correction for the
    claim's words, None if there is no suitable wording. `rule` is the id of the comparer's rule ("date.differs").
    """

    relation: Relation
    kind: ConflictKind
    claim: SpanValue
    ranked: RankedPassage
    evidence: SpanValue
    score: float
    replacement: str | None
    rule: str


ELSEWHEN = "date.elsewhen"
"""Rule of an incomparable pair: one time expression that means different days in article and passage."""


def conflict_between(
    kind: ConflictKind,
    claim: tuple[int, int],
    ranked: RankedPassage,
    evidence: tuple[int, int],
    score: float,
    replacement: str | None,
    rule: str,
) -> Alignment:
    """A conflict of two ranges that have no normal form."""
    return Alignment(
        Relation.CONFLICT, kind, SpanValue(*claim, None), ranked, SpanValue(*evidence, None), score, replacement, rule
    )

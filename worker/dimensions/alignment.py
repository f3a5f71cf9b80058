"""What a comparer says of one pair of words: the article's and a passage's."""

from dataclasses import dataclass

from factcheck.verdict import ConflictKind
from worker.dimensions.relation import Relation
from worker.text.claim_in_context import RankedPassage


@dataclass(frozen=True, slots=True)
class SpanValue:
    """A range of a sentence and its normal form, None where the words have none."""

    start: int
    end: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """The claim's words against a passage's words.

    `score` in [0, 1]: how alike the two slots are; the judge weighs it. `replacement` is what would
    stand in the claim's place, None where no wording can be offered. `rule` names the comparer's rule ("date.differs").
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
"""Rule of a finding without relation: the words for a time are the same, the days are not."""


def conflict_between(
    kind: ConflictKind,
    claim: tuple[int, int],
    ranked: RankedPassage,
    evidence: tuple[int, int],
    score: float,
    replacement: str | None,
    rule: str,
) -> Alignment:
    """A conflict of two ranges of words that have no normal form."""
    return Alignment(
        Relation.CONFLICT, kind, SpanValue(*claim, None), ranked, SpanValue(*evidence, None), score, replacement, rule
    )

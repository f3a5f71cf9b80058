"""What a comparer says of one pair of words: the article's and a passage's."""

from dataclasses import dataclass

from factcheck.verdict import ConflictKind
from worker.dimensions.value import Relation
from worker.text.claim_in_context import RankedPassage


@dataclass(frozen=True, slots=True)
class SpanValue:
    """A range of a sentence and its normal form, None where the words have none."""

    start: int
    end: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """The claim's words against a witness's words.

    `score` in [0, 1]: how certain it is that both fill the same slot of the same event. `replacement` is what would
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


@dataclass(frozen=True, slots=True)
class ClaimFeatures:
    """All that was found for one statement. `required_values` are the claim's own values that a passage must bear out."""

    findings: tuple[Alignment, ...]
    required_values: tuple[SpanValue, ...]
    nli_entailment: tuple[float, ...]
    nli_contradiction: tuple[float, ...]
    coverage: float

    @property
    def bars_support(self) -> bool:
        """True where a time of the claim is told in the same words of another day, and no passage has the claim's day."""
        elsewhen = {(f.claim.start, f.claim.end) for f in self.findings if f.rule == ELSEWHEN}
        agreed = {(f.claim.start, f.claim.end) for f in self.findings if f.relation is Relation.AGREE}
        return bool(elsewhen - agreed)


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

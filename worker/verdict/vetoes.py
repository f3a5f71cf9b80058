"""Rules that forbid a label whatever the judge's weights say. Each is exact; its support is counted in `training/judge`."""

from collections.abc import Sequence

from worker.dimensions.alignment import ELSEWHEN, Alignment
from worker.dimensions.value import Relation
from worker.text.claim_in_context import ClaimInContext, RankedPassage


def vetoes_support(statement: ClaimInContext, ranked: RankedPassage, alignments: Sequence[Alignment]) -> str | None:
    """The rule that keeps this passage from bearing the claim out, None where none does."""
    if _same_words_other_day(ranked, alignments):
        return ELSEWHEN
    return None


def _same_words_other_day(ranked: RankedPassage, alignments: Sequence[Alignment]) -> bool:
    """A time of the claim stands there in the same words for another day, and no passage has the claim's day."""
    elsewhen = {(a.claim.start, a.claim.end) for a in alignments if a.rule == ELSEWHEN and a.ranked.rank == ranked.rank}
    agreed = {(a.claim.start, a.claim.end) for a in alignments if a.relation is Relation.AGREE}
    return bool(elsewhen - agreed)

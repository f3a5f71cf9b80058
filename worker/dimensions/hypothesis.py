"""The hypothesis for the entailment model: the claim with its agreeing values written as the passage writes them.

The model then judges only the rest. "Pyongyang called the show off, set for Sunday" becomes "North Korea called the show
off, set for Feb. 4".
"""

from collections.abc import Sequence

from worker.dimensions.alignment import Alignment
from worker.dimensions.relation import Relation
from worker.text.pipeline_types import ClaimInContext

# Agreements that do not concern a single value, and so are not substituted.
_WHOLE = ("event.", "quote.", "account.", "role.", "number.derived", "relation.")


def restated(
    statement: ClaimInContext, findings: Sequence[Alignment], rank: int, conflict: Alignment | None = None
) -> str:
    """The claim with the agreeing words of passage `rank` substituted, and those of `conflict` if given.

    Words that do not occur exactly once in the claim are kept. With a conflict, the claim is its resolved sentence (`query`);
    else its own words, on which the model is more accurate (bench/RESULTS.md).
    """
    said = statement.query if conflict else statement.words
    for finding in (*_agreeing(findings, rank, conflict), *((conflict,) if conflict else ())):
        old, new = statement.sentence.text[finding.claim.start : finding.claim.end], _words_for(finding)
        if old and said.count(old) == 1:
            said = said.replace(old, new)
    return said


def _words_for(finding: Alignment) -> str:
    if finding.relation is Relation.CONFLICT and finding.replacement:
        return finding.replacement
    return finding.ranked.passage.text[finding.evidence.start : finding.evidence.end]


def _agreeing(findings: Sequence[Alignment], rank: int, conflict: Alignment | None) -> list[Alignment]:
    """The agreement with the highest score on each range of the claim. Ranges do not overlap each other or the conflict."""
    agreeing = [
        f for f in findings if f.relation is Relation.AGREE and f.ranked.rank == rank and not f.rule.startswith(_WHOLE)
    ]
    chosen: list[Alignment] = []
    for finding in sorted(agreeing, key=lambda f: -f.score):
        rivals = [*chosen, conflict] if conflict else chosen
        if all(finding.claim.end <= r.claim.start or r.claim.end <= finding.claim.start for r in rivals):
            chosen.append(finding)
    return chosen

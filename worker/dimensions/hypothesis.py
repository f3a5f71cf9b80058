"""A claim in a passage's words: values that agree are told as the passage tells them, so that only the rest is left to doubt.

"Pyongyang called the show off, set for Sunday" is read against a report of the North as "North Korea called the show off,
set for Feb. 4".
"""

from collections.abc import Sequence

from worker.dimensions.alignment import Alignment
from worker.dimensions.relation import Relation
from worker.text.claim_in_context import ClaimInContext

# Agreements on something else than one value: a verb's is loose, a quotation's is long, a sum's words are its parts.
_WHOLE = ("event.", "quote.", "account.", "role.", "number.derived", "relation.")


def restated(
    statement: ClaimInContext, findings: Sequence[Alignment], rank: int, conflict: Alignment | None = None
) -> str:
    """The claim with the agreeing words of the witness `rank` put in, and those of `conflict`, where one is given.

    Words that the claim does not hold exactly once are left as they are. Where a conflict is put in, the claim is taken as a
    sentence of its own; else in its own words, which the reader reads better (bench/RESULTS.md).
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
    """The surest agreement on each of the claim's words, none over another or over the conflict."""
    agreeing = [
        f for f in findings if f.relation is Relation.AGREE and f.ranked.rank == rank and not f.rule.startswith(_WHOLE)
    ]
    chosen: list[Alignment] = []
    for finding in sorted(agreeing, key=lambda f: -f.score):
        rivals = [*chosen, conflict] if conflict else chosen
        if all(finding.claim.end <= r.claim.start or r.claim.end <= finding.claim.start for r in rivals):
            chosen.append(finding)
    return chosen

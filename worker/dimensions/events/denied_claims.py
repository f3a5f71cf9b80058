"""A passage that denies, debunks or corrects what the claim says."""

from collections.abc import Iterator

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, conflict_between
from worker.dimensions.events.bearing import bearing_on
from worker.text.claim_in_context import ClaimInContext, RankedPassage
from worker.text.factuality import Event, Factuality
from worker.text.syntax import Parsed

_SURE = 0.7
_LEAST_RELEVANCE = 1.0
_AGAINST = frozenset({Factuality.DENIED, Factuality.CORRECTED})
_CLAIMED = frozenset({Factuality.ASSERTED, Factuality.REPORTED})


def find_denied_claims(statement: ClaimInContext, ranked: RankedPassage) -> Iterator[Alignment]:
    """The claim's event told as a fact, and a passage that denies it by a cue outside of its clause ("it is false that")."""
    bearing = bearing_on(statement, ranked) if ranked.relevance > _LEAST_RELEVANCE else None
    if bearing is None or bearing.evidence.factuality not in _AGAINST or bearing.evidence.cue is None:
        return
    if bearing.claim.factuality not in _CLAIMED or is_negated(ranked.parsed, bearing.evidence):
        return
    token = statement.sentence.parsed.tokens[bearing.claim.index]
    here, there = (token.start, token.end), bearing.evidence.cue
    yield conflict_between(ConflictKind.NEGATION, here, ranked, there, _SURE, None, "factuality.denied")


def is_negated(parsed: Parsed, event: Event) -> bool:
    """True where the clause itself holds the negation: the comparison of verbs sees that."""
    if event.cue is None:
        return False
    cue = next(t for t in parsed.tokens if t.start == event.cue[0])
    return cue.head == event.index or parsed.tokens[cue.head].head == event.index

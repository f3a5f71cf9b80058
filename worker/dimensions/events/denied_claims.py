"""Passages that deny, debunk or correct the claim."""

import re
from collections.abc import Iterator

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, conflict_between
from worker.dimensions.events.event_alignment import align_events
from worker.text.factuality import FACTUAL, REFUTED, Event, Factuality
from worker.text.pipeline_types import ClaimInContext, RankedPassage
from worker.text.syntax import ParsedText

_SURE = 0.7

_DENIAL_AFTER = re.compile(
    r"(?:But )?(?:that|this|it|the (?:claim|post|report|story|rumou?r|video|photo|message|statement)s?) "
    r"(?:is|was|are|were|proved|turned out to be) (?:(?:entirely|completely|simply|plainly|just) )?"
    r"(?:false|untrue|fake|wrong|incorrect|a hoax|a lie|a myth|made up|fabricated|not (?:true|correct|so|the case))\b",
    re.I,
)

_CORRECTION_AFTER = re.compile(r"(?:in (?:fact|reality|truth)|actually|the (?:correct|actual|right) )\b", re.I)


def find_denied_claims(statement: ClaimInContext, ranked: RankedPassage) -> Iterator[Alignment]:
    """Conflicts of an asserted event with a passage that denies it by a cue outside the clause ("it is false that")."""
    bearing = align_events(statement, ranked)
    if bearing is None or bearing.claim.factuality not in FACTUAL or is_negated(ranked.parsed, bearing.evidence):
        return
    told = bearing.evidence.factuality
    plain = told in REFUTED and not (bearing.claim.factuality is Factuality.REPORTED and bearing.evidence.told)
    later = bearing.claim.factuality is Factuality.ASSERTED and is_taken_back(told, ranked.passage.after)
    if not plain and not later:
        return
    token, event = statement.sentence.parsed.tokens[bearing.claim.index], ranked.parsed.tokens[bearing.evidence.index]
    here, there = (token.start, token.end), bearing.evidence.cue or (event.start, event.end)
    yield conflict_between(ConflictKind.NEGATION, here, ranked, there, _SURE, None, "factuality.denied")


def is_taken_back(told: Factuality, after: str) -> bool:
    """True if the sentence after the passage (`after`) denies it, or corrects what it reports somebody to have said."""
    behind = after.lstrip()
    corrected = told is Factuality.REPORTED and _CORRECTION_AFTER.match(behind)
    return bool(_DENIAL_AFTER.match(behind) or corrected)


def is_negated(parsed: ParsedText, event: Event) -> bool:
    """True if the negation is within the event's clause. The comparison of verbs covers that."""
    if event.cue is None:
        return False
    cue = next(t for t in parsed.tokens if t.start == event.cue[0])
    return cue.head == event.index or parsed.tokens[cue.head].head == event.index

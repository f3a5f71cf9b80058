"""Passages that cannot support a similar claim, because they deny, doubt, plan or ask what it states."""

from collections.abc import Sequence

from worker.dimensions.alignment import ELSEWHEN, Alignment
from worker.dimensions.events.denied_claims import is_taken_back
from worker.dimensions.events.event_alignment import AlignedEvents, align_events, cues_beside
from worker.dimensions.relation import Relation
from worker.text.factuality import FACTUAL, REFUTED, Factuality, is_correction_notice, is_telling_verb
from worker.text.pipeline_types import ClaimInContext, RankedPassage
from worker.text.syntax import ParsedText, Token

_OPEN = frozenset({Factuality.POSSIBLE, Factuality.ASKED, Factuality.CONDITIONAL})
_AHEAD = frozenset({Factuality.PLANNED, Factuality.QUOTED_FUTURE})
_CUES = {"possible": Factuality.POSSIBLE, "ask": Factuality.ASKED, "condition": Factuality.CONDITIONAL}
# Conflicts with the whole passage: it does not support any other part of the claim either.
_STRUCTURAL = ("factuality.", "relation.swapped", "relation.outcome")


def vetoes_support(statement: ClaimInContext, ranked: RankedPassage, alignments: Sequence[Alignment]) -> str | None:
    """The rule that keeps this passage from supporting the claim; None if it may support it.

    `alignments` are those of all passages or of this one. Uses the conflicts with this passage, and the times of all.
    """
    for found in alignments:
        against = found.relation is Relation.CONFLICT and found.rule.startswith(_STRUCTURAL)
        if against and found.ranked.rank == ranked.rank:
            return found.rule
    if _same_words_other_day(ranked, alignments):
        return ELSEWHEN
    if is_correction_notice(ranked.parsed) and not is_correction_notice(statement.sentence.parsed):
        return "factuality.corrected"
    bearing = align_events(statement, ranked)
    if bearing is not None and bearing.same_verb:
        return _veto(statement, bearing, ranked)
    unread = _veto_unread(statement, ranked)
    return unread or (_veto(statement, bearing, ranked) if bearing is not None else None)


def _veto_unread(statement: ClaimInContext, ranked: RankedPassage) -> str | None:
    """The veto by words of denial or doubt around the claim's words, for pairs without a common verb."""
    cues = cues_beside(statement, ranked)
    if "deny" in cues:
        return "factuality.denied"
    return next((f"factuality.{_CUES[cue]}" for cue in sorted(cues) if cue in _CUES), None)


def _veto(statement: ClaimInContext, bearing: AlignedEvents, ranked: RankedPassage) -> str | None:
    claimed, told = bearing.claim.factuality, bearing.evidence.factuality
    if claimed not in FACTUAL:
        return "factuality.denied" if claimed is Factuality.DENIED and told in FACTUAL else None
    if told in REFUTED:
        return None if claimed is Factuality.REPORTED and bearing.evidence.told else "factuality.denied"
    if claimed is Factuality.ASSERTED and is_taken_back(told, ranked.passage.after):
        return "factuality.denied"
    parsed = statement.sentence.parsed
    is_hearsay = is_telling_verb(parsed.tokens[bearing.claim.index])  # "is said to plan" against "allegedly plans"
    if told in _OPEN and claimed is Factuality.ASSERTED and not is_hearsay:
        return f"factuality.{told.value}"
    if told in _AHEAD and claimed is Factuality.ASSERTED and _is_past(parsed, parsed.tokens[bearing.claim.index]):
        return "factuality.planned"
    return None


def _is_past(parsed: ParsedText, verb: Token) -> bool:
    """True for a past or perfect form, or a word that the parser does not take for a verb ("The mill shut")."""
    auxiliaries = [t for t in parsed.children(verb.index) if t.dep in {"aux", "auxpass"}]
    return (
        verb.tag == "VBD"
        or verb.pos not in {"VERB", "AUX"}
        or any(t.tag == "VBD" or t.lemma == "have" for t in auxiliaries)
    )


def _same_words_other_day(ranked: RankedPassage, alignments: Sequence[Alignment]) -> bool:
    """True if the passage has the claim's time in the same words for another day, and no passage has the claim's day."""
    elsewhen = {(a.claim.start, a.claim.end) for a in alignments if a.rule == ELSEWHEN and a.ranked.rank == ranked.rank}
    agreed = {(a.claim.start, a.claim.end) for a in alignments if a.relation is Relation.AGREE}
    return bool(elsewhen - agreed)

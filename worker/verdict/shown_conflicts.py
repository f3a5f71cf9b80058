"""Selects the conflicts that an alarm shows: conflicting values first, else the words behind the reader's contradiction."""

from collections.abc import Callable, Sequence

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, SpanValue, conflict_between
from worker.dimensions.relation import Relation
from worker.dimensions.slot_context import claim_tokens
from worker.evidence.claim_evidence import ClaimEvidence, PassageReading
from worker.evidence.features import agreed, bears_on, open_substitutions
from worker.evidence.saliency import most_salient, phrases
from worker.text.pipeline_types import ClaimInContext, RankedPassage
from worker.text.syntax import ParsedText

READER_RULE = "reader.contradicts"
IMPOSSIBLE = "weekday.impossible"
COPIED = "copy.altered"
QUOTED, SAME_SPEAKER = "quote.exact", "quote.same-speaker"
SAME_EVENT, SAME_PARTY = "event.same", "event.party"
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
NEGATED, DENIED = "event.negated", "factuality.denied"
OPPOSITE, ROLE = "event.opposite", "role.differs"
# A conflict with at least this share of the highest probability on the same words replaces it if its report is newer.
# From this similarity of slots on, a conflict is shown whatever the reader finds.
_SAME_SLOT = 0.8
_ABOUT_AS_SURE = 0.7
_LITTLE = frozenset({"PUNCT", "DET"})
_FEW_WORDS = 3
# The reader's probability from which it outweighs a passage that has every word and value of the claim (bench/RESULTS.md).
_REFUTED = 0.8
DECISIVE = frozenset(
    {
        *("relation.swapped", "relation.outcome", "event.swapped", "event.route"),
        *("factuality.denied", "factuality.corrected", "quote.altered", "quote.speaker"),
    }
)

Contradict = Callable[[Sequence[str], RankedPassage], list[float]]
"""Variants of the claim's sentence and a passage → probability that the passage contradicts each."""

_QUANTIFIERS = frozenset(
    "every each all most both half only no none few several many more less twice apiece double halve".split()
)
_ENTITY_KINDS = {
    "PERSON": ConflictKind.NAME,
    "ORG": ConflictKind.NAME,
    "NORP": ConflictKind.NAME,
    "GPE": ConflictKind.PLACE,
    "LOC": ConflictKind.PLACE,
    "FAC": ConflictKind.PLACE,
    "DATE": ConflictKind.DATE,
    "TIME": ConflictKind.DATE,
    "CARDINAL": ConflictKind.NUMBER,
    "QUANTITY": ConflictKind.NUMBER,
    "PERCENT": ConflictKind.PERCENT,
    "MONEY": ConflictKind.MONEY,
    "ORDINAL": ConflictKind.ORDINAL,
}


def decisive_conflicts(evidence: ClaimEvidence) -> tuple[Alignment, ...]:
    """Conflicts by exact rules on the whole passage (swapped parties, a denial, a correction), or by a value if the passage has
    all other words of the claim, or all words around the value in order.

    The reader's scores for the passage must not be neutral. `training/judge/support.tsv` lists support and precision of each
    rule.
    """
    speaking = {r.ranked.rank for r in evidence.readings if _speaks(r)}
    exact = {id(s.conflict) for s in open_substitutions(evidence) if s.verbatim}
    denying = {r.ranked.rank for r in evidence.readings if r.veto == DENIED}
    exact |= {id(a) for a in evidence.alignments if a.rule == NEGATED and a.ranked.rank in denying}
    exact |= {id(a) for a in evidence.alignments if a.rule == OPPOSITE and _else_told(evidence, a, _FEW_WORDS)}
    if deeds := _ranks(evidence, SAME_EVENT):
        roles = [a for a in evidence.alignments if a.rule == ROLE and a.ranked.rank in deeds]
        exact |= {id(a) for a in roles if _else_told(evidence, a, None)}
    found = [
        a
        for a in evidence.alignments
        if a.relation is Relation.CONFLICT
        and (
            a.rule == IMPOSSIBLE
            or (a.rule == COPIED and not agreed(evidence, a.claim))
            or ((a.rule in DECISIVE or id(a) in exact) and a.ranked.rank in speaking)
        )
    ]
    return tuple(_as_value(a, evidence) for a in found[:1])


def _as_value(copied: Alignment, evidence: ClaimEvidence) -> Alignment:
    """The conflict of values that a comparer found on the same words, if any: it has normal forms and a better correction."""
    if copied.rule != COPIED:
        return copied
    same = (
        a
        for a in evidence.alignments
        if a.relation is Relation.CONFLICT
        and a.rule != COPIED
        and a.ranked.rank == copied.ranked.rank
        and bears_on(a.claim, copied.claim)
    )
    return max(same, key=lambda a: a.score, default=copied)


def _else_told(evidence: ClaimEvidence, conflict: Alignment, more: int | None) -> bool:
    """True if the passage has every word of the claim except those of the conflict, and at most `more` others: "the bank won",
    "the bank lost". With `more`, no passage may report the same event."""
    passage = [t.lemma.casefold() for t in conflict.ranked.parsed.tokens if t.pos not in _LITTLE]
    own = [t for t in claim_tokens(evidence.statement) if t.pos not in _LITTLE]
    rest = [t for t in own if not (conflict.claim.start <= t.start and t.end <= conflict.claim.end)]
    brief = more is None or (len(passage) <= len(own) + more and not _ranks(evidence, SAME_EVENT))
    return brief and all(t.lemma.casefold() in passage for t in rest)


def exact_dispute(evidence: ClaimEvidence) -> tuple[tuple[Alignment, ...], frozenset[int]]:
    """One story with the claim verbatim, and another that differs in a value: the conflict, and the supporting ranks."""
    yes = {r.ranked.rank: r.ranked.passage.story for r in evidence.readings if r.verbatim}
    for substitution in evidence.substitutions:
        story = substitution.conflict.ranked.passage.story
        if substitution.verbatim and yes and story not in yes.values():
            return (substitution.conflict,), frozenset(yes)
    return (), frozenset()


def exact_support(evidence: ClaimEvidence) -> frozenset[int]:
    """Ranks of the passages that state the claim exactly, without any conflict.

    Verbatim; or its quotation by the same speaker; or the same event with the same party, if the passages together have
    every value and content word of the claim; or the same event, if one passage has them all and the reader does not find
    it contradicting.
    """
    if any(a.relation is Relation.CONFLICT and not agreed(evidence, a.claim) for a in evidence.alignments):
        return frozenset()
    told = _ranks(evidence, QUOTED) & _ranks(evidence, SAME_SPEAKER)
    deed = _ranks(evidence, SAME_EVENT)
    if _all_told(evidence, evidence.readings):
        told |= deed & _ranks(evidence, SAME_PARTY)
    told |= {
        r.ranked.rank
        for r in evidence.readings
        if r.ranked.rank in deed and r.scores.contradicted < _REFUTED and _all_told(evidence, (r,))
    }
    return frozenset(
        r.ranked.rank for r in evidence.readings if r.veto is None and (r.verbatim or r.ranked.rank in told)
    )


def _ranks(evidence: ClaimEvidence, rule: str) -> set[int]:
    return {a.ranked.rank for a in evidence.alignments if a.rule == rule and a.relation is Relation.AGREE}


def _all_told(evidence: ClaimEvidence, readings: Sequence[PassageReading]) -> bool:
    """True if these passages have every content word of the claim ("Monday" also as a date) and support every value."""
    forms = [
        a.claim for a in evidence.alignments if a.relation is Relation.AGREE and a.rule not in (SAME_EVENT, SAME_PARTY)
    ]
    wanted = {
        t.lemma.casefold()
        for t in claim_tokens(evidence.statement)
        if t.pos in _CONTENT and not any(form.start <= t.start and t.end <= form.end for form in forms)
    }
    told = {t.lemma.casefold() for r in readings for t in r.ranked.parsed.tokens}
    return wanted <= told and all(agreed(evidence, value) for value in evidence.required_values)


def _speaks(reading: PassageReading) -> bool:
    return reading.veto is not None or reading.scores.unverified < 0.5


def conflicts_of(evidence: ClaimEvidence, contradict: Contradict) -> tuple[Alignment, ...]:
    """The conflicts to show, most probable first, at most one per range of the claim; empty if none can be shown."""
    return with_others((), evidence) or _from_reader(evidence, contradict)


def with_others(chosen: tuple[Alignment, ...], evidence: ClaimEvidence) -> tuple[Alignment, ...]:
    """`chosen`, then the conflicts on other words of the claim, most probable first. Of several on the same words, that of the
    newest report."""
    shown = list(chosen)
    found = sorted(_candidates(evidence), key=lambda pair: -pair[0])
    for sure, alignment in found:
        if not any(bears_on(alignment.claim, other.claim) for other in shown):
            rivals = [a for s, a in found if s >= sure * _ABOUT_AS_SURE and bears_on(a.claim, alignment.claim)]
            shown.append(max(rivals, key=lambda a: a.ranked.passage.document.published_at or ""))
    return tuple(shown)


def _candidates(evidence: ClaimEvidence) -> list[tuple[float, Alignment]]:
    """Conflicts on words that no passage supports, with a score: entailment of the substituted claim, or the reader's
    contradiction by that passage, times the slot similarity. Those that the reader finds unlikely are left out, unless their
    slots are the same but for single words."""
    put = {id(s.conflict): s.scores for s in evidence.substitutions}
    read = {r.ranked.rank: r.scores for r in evidence.readings}
    found = []
    for alignment in evidence.alignments:
        if alignment.relation is not Relation.CONFLICT or agreed(evidence, alignment.claim):
            continue
        scores = read[alignment.ranked.rank]
        entailed = put[id(alignment)].supported if id(alignment) in put else 0.0
        if max(entailed, scores.contradicted) > scores.unverified or alignment.score >= _SAME_SLOT:
            found.append((max(entailed, scores.contradicted) * alignment.score, alignment))
    return found


def _from_reader(evidence: ClaimEvidence, contradict: Contradict) -> tuple[Alignment, ...]:
    """The claim's phrase that causes the contradiction, against the passage that contradicts most."""
    reading = max(evidence.readings, key=lambda r: r.scores.contradicted)
    statement, ranked = evidence.statement, reading.ranked
    sentence = statement.sentence.parsed
    own = [p for p in phrases(sentence, (statement.start, statement.end)) if statement.owns(*p)]
    open_values = _with_open_values(own, evidence)
    span = most_salient(sentence.text, own, lambda texts: contradict(texts, ranked), open_values) or _whole(statement)
    evidence_span = _counterpart(sentence, span, ranked.parsed)
    return (conflict_between(_kind(sentence, span), span, ranked, evidence_span, 1.0, None, READER_RULE),)


def _with_open_values(ranges: Sequence[tuple[int, int]], evidence: ClaimEvidence) -> list[tuple[int, int]]:
    """The phrases with a figure or time that no passage has. A wrong claim is mostly wrong in them."""
    values = [v for v in evidence.required_values if not agreed(evidence, v)]
    return [r for r in ranges if any(bears_on(SpanValue(*r, None), v) for v in values)]


def _whole(statement: ClaimInContext) -> tuple[int, int]:
    return max(statement.own, key=lambda run: run[1] - run[0], default=(statement.start, statement.end))


def _counterpart(claim: ParsedText, span: tuple[int, int], passage: ParsedText) -> tuple[int, int]:
    """A phrase of the passage with the same part of speech that the claim lacks; else the whole sentence."""
    head = claim.head(*span)
    said = {t.lemma for t in claim.tokens}
    rivals = [
        p
        for p in phrases(passage, (0, len(passage.text)))
        if (other := passage.head(*p)) and head and other.pos == head.pos and other.lemma not in said
    ]
    return rivals[0] if len(rivals) == 1 else (0, len(passage.text))


def _kind(parsed: ParsedText, span: tuple[int, int]) -> ConflictKind:
    """The kind of the phrase: that of a named entity, a negation, else a relation."""
    inside = parsed.within(*span)
    if any(t.dep == "neg" for t in inside):
        return ConflictKind.NEGATION
    if any(t.tag == "MD" for t in inside):
        return ConflictKind.MODALITY
    named = next((_ENTITY_KINDS[t.entity] for t in inside if t.entity in _ENTITY_KINDS), None)
    counted = any(t.lemma in _QUANTIFIERS or t.pos == "NUM" for t in inside)
    return named or (ConflictKind.NUMBER if counted else ConflictKind.RELATION)

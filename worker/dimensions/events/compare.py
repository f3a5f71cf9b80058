"""Compares events: negation, opposite verbs, plans reported as facts."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, conflict_between
from worker.dimensions.entities.names import find_names
from worker.dimensions.events.antonym_conflicts import find_antonyms
from worker.dimensions.events.corrected_values import find_corrected_values
from worker.dimensions.events.denied_claims import find_denied_claims
from worker.dimensions.events.directed_relations import compare_relations
from worker.dimensions.events.event_order import find_reversed_orders
from worker.dimensions.events.opposite_phrases import find_first_time_conflicts, find_reversed_routes
from worker.dimensions.events.predicates import Mood, Predicate, aligned, find_predicates, opposed
from worker.dimensions.events.semantic_roles import differing_parties, swapped_parties
from worker.dimensions.events.synonyms_and_antonyms import same_meaning, same_thing
from worker.dimensions.relation import Relation
from worker.dimensions.slot_context import claim_tokens, content, overlap
from worker.text.factuality import Event, find_events
from worker.text.pipeline_types import ClaimInContext, RankedPassage
from worker.text.syntax import ParsedText, Token

# Verbs too common to align two events.
_LIGHT = frozenset(
    """be have do say tell make get go come take give see know think call use become include seem put set keep let add
    note remark report ask explain describe recall argue insist stress comment acknowledge write state""".split()
)
_ADJECTIVAL = frozenset({"amod", "compound"})
# Least share of the claim's words in a passage about the same event.
_MUCH = 0.5
# A negation up to a point in time does not deny a later event: "No Bolivian film had won before".
_BOUNDS = frozenset({"before", "until", "since", "ever", "hitherto", "previously"})


def compare_events(statement: ClaimInContext, ranked_passages: Sequence[RankedPassage]) -> list[Alignment]:
    """Alignments of the claim's verbs with synonymous or opposite verbs of the passages."""
    mine = [p for p in _full_verbs(statement.sentence.parsed) if statement.owns(p.start, p.end)]
    findings = [finding for ranked in ranked_passages for finding in _against(statement, mine, ranked, ranked_passages)]
    findings += [finding for ranked in ranked_passages for finding in find_corrected_values(statement, ranked)]
    findings += [finding for ranked in ranked_passages for finding in compare_relations(statement, ranked)]
    findings = _without_other_sides(findings)
    if all(f.rule != "event.party" for f in findings):
        return findings
    known = {" ".join(n.words) for w in ranked_passages for n in find_names(w.parsed)}
    return [f for f in findings if f.rule != "event.party" or not _one_body(statement, f, known)]


_OF_VERBS = frozenset({"event.opposite", "event.swapped", "event.party"})


def _without_other_sides(findings: Sequence[Alignment]) -> list[Alignment]:
    """ "A bought it from B" and "B sold it to A" are one event: if the parties agree, the verbs do not conflict."""
    same = [f for f in findings if f.rule == "relation.same"]
    return [f for f in findings if f.rule not in _OF_VERBS or not any(_is_part_of(f, other) for other in same)]


def _is_part_of(found: Alignment, whole: Alignment) -> bool:
    within = whole.claim.start <= found.claim.start and found.claim.end <= whole.claim.end
    return within and found.ranked.rank == whole.ranked.rank and found.relation is Relation.CONFLICT


def _one_body(statement: ClaimInContext, clash_of_parties: Alignment, names: Collection[str]) -> bool:
    """True for "Pittsburgh" and "the Steelers", if a passage names the Pittsburgh Steelers."""
    claim, evidence = clash_of_parties.claim, clash_of_parties.evidence
    a = statement.sentence.text[claim.start : claim.end].casefold()
    b = clash_of_parties.ranked.passage.text[evidence.start : evidence.end].casefold()
    return a != b and any(a in name and b in name for name in names)


def _full_verbs(parsed: ParsedText) -> list[Predicate]:
    """Verbs that denote an event. Excludes light verbs and participles used as adjectives ("a fast-moving scene")."""
    return [
        p for p in find_predicates(parsed) if p.lemma not in _LIGHT and parsed.tokens[p.index].dep not in _ADJECTIVAL
    ]


def _against(
    statement: ClaimInContext, mine: Sequence[Predicate], ranked: RankedPassage, near: Sequence[RankedPassage]
) -> Iterator[Alignment]:
    theirs = _full_verbs(ranked.parsed)
    yield from _verbs(statement, mine, ranked, theirs)
    yield from find_antonyms(statement, ranked, near)
    yield from find_first_time_conflicts(statement, ranked)
    yield from find_reversed_routes(statement, ranked)
    yield from find_reversed_orders(statement, ranked)
    yield from swapped_parties(statement, mine, ranked, theirs)
    yield from _unfulfilled(statement, mine, ranked, theirs)
    yield from find_denied_claims(statement, ranked)


def _verbs(
    statement: ClaimInContext, mine: Sequence[Predicate], ranked: RankedPassage, theirs: Sequence[Predicate]
) -> Iterator[Alignment]:
    said = _full_verbs(statement.sentence.parsed)
    for claim in mine:
        for evidence in theirs:
            if opposed(claim, evidence) and any(aligned(other, evidence) for other in said):
                continue
            shared = _shared_arguments(statement, claim, ranked, evidence)
            if shared:
                yield from _like_or_opposite(statement, claim, ranked, evidence, min(1.0, 0.3 + 0.2 * shared))


def _shared_arguments(statement: ClaimInContext, claim: Predicate, ranked: RankedPassage, evidence: Predicate) -> int:
    """Number of content words that the arguments of both verbs share, plus one for a general subject ("nobody")."""
    mine = content(_governed(statement.sentence.parsed, claim)) - {claim.lemma}
    theirs = content(_governed(ranked.parsed, evidence)) - {evidence.lemma}
    subject = "" if evidence.subject is None else ranked.parsed.tokens[evidence.subject].lemma
    around = content(claim_tokens(statement)) & content(ranked.parsed.tokens) - {claim.lemma, evidence.lemma}
    alike = {a for a in mine if any(same_thing(a, b) for b in theirs)}
    return len(alike) + (subject in {"nobody", "none", "one"}) + (len(around) >= 3)


def _governed(parsed: ParsedText, predicate: Predicate) -> list[Token]:
    """The verb's subtree, and its subject if that lies outside."""
    subject = [] if predicate.subject is None else parsed.subtree(predicate.subject)
    return [*parsed.subtree(predicate.index), *subject]


def _like_or_opposite(
    statement: ClaimInContext, claim: Predicate, ranked: RankedPassage, evidence: Predicate, score: float
) -> Iterator[Alignment]:
    if opposed(claim, evidence) and claim.negated == evidence.negated and evidence.mood is claim.mood:
        yield _clash(ConflictKind.NEGATION, claim, ranked, evidence, score, "event.opposite")
    if not aligned(claim, evidence):
        return
    if claim.negated != evidence.negated and evidence.mood is Mood.FACT:
        if not _bounded(statement) and _is_told(statement.sentence.parsed, claim) and _is_told(ranked.parsed, evidence):
            yield _clash(ConflictKind.NEGATION, claim, ranked, evidence, score, "event.negated")
    elif _is_only_planned(statement, claim, evidence):
        yield _clash(ConflictKind.MODALITY, claim, ranked, evidence, score, "event.planned")
    else:
        if claim.mood is evidence.mood and claim.negated == evidence.negated:
            same = _clash(ConflictKind.NEGATION, claim, ranked, evidence, score, "event.same")
            yield replace(same, relation=Relation.AGREE)
        yield from differing_parties(statement, claim, ranked, evidence, score)


def _is_told(parsed: ParsedText, predicate: Predicate) -> bool:
    """True for a finite assertion. False for "landing there is hard" and "they swore it would never win"."""
    auxiliaries = {c.text.lower() for c in parsed.children(predicate.index) if c.dep in {"aux", "auxpass"}}
    verb = parsed.tokens[predicate.index]
    return "would" not in auxiliaries and (verb.tag not in {"VBG", "VB"} or bool(auxiliaries - {"to"}))


def _bounded(statement: ClaimInContext) -> bool:
    return not _BOUNDS.isdisjoint(t.text.lower() for t in claim_tokens(statement))


def _is_only_planned(statement: ClaimInContext, claim: Predicate, evidence: Predicate) -> bool:
    """True if the claim reports as done what the passage reports as planned, possible or not possible."""
    if not claim.done or claim.negated or _is_asked(statement.sentence.parsed, claim):
        return False
    told_as_fact = claim.mood is Mood.FACT and evidence.mood is not Mood.FACT
    return told_as_fact or (evidence.negated and evidence.mood is Mood.POSSIBLE)


def _is_asked(parsed: ParsedText, predicate: Predicate) -> bool:
    """True for an embedded question: "they look into what caused the crash"."""
    subject = None if predicate.subject is None else parsed.tokens[predicate.subject].text.lower()
    return subject in {"what", "who", "which"} and parsed.tokens[predicate.index].dep in {"ccomp", "pcomp"}


def _unfulfilled(
    statement: ClaimInContext, mine: Sequence[Predicate], ranked: RankedPassage, theirs: Sequence[Predicate]
) -> Iterator[Alignment]:
    """A completed event ("has charged"), if the most similar passage only has events that may, will or are yet to happen."""
    parsed = statement.sentence.parsed
    done = [p for p in mine if p.done and p.mood is Mood.FACT and not p.negated and not _is_asked(parsed, p)]
    if ranked.rank > 0 or len(done) != 1 or not theirs:
        return
    if overlap(statement, ranked) < _MUCH:
        return
    open_ones = [p for p in theirs if p.mood is not Mood.FACT or (p.negated and p.done)]
    open_ones = [p for p in open_ones if not _only_said(statement, ranked, p)]
    told = [p for p in theirs if p.mood is Mood.FACT and not p.negated]
    if open_ones and not told:
        yield _clash(ConflictKind.MODALITY, done[0], ranked, open_ones[0], 0.55, "event.unfulfilled")


def _only_said(statement: ClaimInContext, ranked: RankedPassage, future: Predicate) -> bool:
    """True for a reported future event that the claim does not mention: only the reporting itself took place.

    "Berg will resign, she told the council" is no plan against "Berg spoke to the council".
    """
    event = next((e for e in find_events(ranked.parsed) if e.index == future.index), None)
    if event is None or not (event.told or _is_quoted(ranked.parsed, event)):
        return False
    wanted = content(claim_tokens(statement))
    said = content(ranked.parsed.within(*event.scope))
    return len(wanted & said) < _MUCH * len(wanted) or not _meets(statement, ranked.parsed.tokens[future.index])


def _is_quoted(parsed: ParsedText, event: Event) -> bool:
    before = parsed.text[: event.scope[0] + 1]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _meets(statement: ClaimInContext, verb: Token) -> bool:
    """True if a verb of the claim can denote the same event."""
    return any(same_meaning(t.lemma, verb.lemma) for t in claim_tokens(statement) if t.pos in {"VERB", "NOUN"})


def _clash(
    kind: ConflictKind, claim: Predicate, ranked: RankedPassage, evidence: Predicate, score: float, rule: str
) -> Alignment:
    here, there = (claim.start, claim.end), (evidence.start, evidence.end)
    return conflict_between(kind, here, ranked, there, score, None, rule)

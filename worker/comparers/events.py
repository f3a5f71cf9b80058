"""Negation, opposites, plans told as fact, and parties swapped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from factcheck.verdict import ConflictKind
from worker.comparers.context import claim_tokens, content
from worker.finding import Finding, Words
from worker.statement import Statement, Witness
from worker.syntax import Parsed, Token
from worker.values.lexicon import opposite_words
from worker.values.names import Name, find_names, same_name
from worker.values.predicates import Mood, Predicate, aligned, find_predicates, opposed
from worker.values.value import Relation

# A verb common enough to stand in any sentence aligns nothing.
# Verbs recur: only a passage that plainly speaks of the claim can deny it.
_LEAST_RELEVANCE = 1.0
# Words too loose to exclude each other unless they stand with one noun.
_LOOSE = frozenset("first last early late old new left right open full free single".split())
_PARTIES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_LIGHT = frozenset("be have do say tell make get go come take give see know think call use become include seem put set keep let add note remark report ask".split())


def compare_events(statement: Statement, witnesses: Sequence[Witness]) -> list[Finding]:
    """Every clash between a verb of the claim and a like or opposite verb of a passage."""
    mine = [p for p in find_predicates(statement.line.parsed) if statement.owns(p.start, p.end) and _full(p)]
    near = [w for w in witnesses if w.relevance > _LEAST_RELEVANCE]
    return [finding for witness in near for finding in _against(statement, mine, witness)]


def _full(predicate: Predicate) -> bool:
    return predicate.lemma not in _LIGHT


def _against(statement: Statement, mine: Sequence[Predicate], witness: Witness) -> Iterator[Finding]:
    theirs = [p for p in find_predicates(witness.parsed) if _full(p)]
    said = [p for p in find_predicates(statement.line.parsed) if _full(p)]
    for claim in mine:
        for evidence in theirs:
            if opposed(claim, evidence) and any(aligned(other, evidence) for other in said):
                continue
            shared = _shared_arguments(statement, claim, witness, evidence)
            if shared:
                yield from _clash(statement, claim, witness, evidence, shared)
    yield from _opposite_words(statement, witness)
    yield from _first_times(statement, witness)
    yield from _routes(statement, witness)
    yield from _swapped(statement, mine, witness, theirs)
    yield from _unfulfilled(statement, mine, witness, theirs)


def _swapped(
    statement: Statement, mine: Sequence[Predicate], witness: Witness, theirs: Sequence[Predicate]
) -> Iterator[Finding]:
    """"A asks B to cut" against "B wants A to cut": the same two names, subject and object changed about."""
    for claim in mine:
        ours = _agent_and_patient(statement.line.parsed, claim)
        for evidence in theirs:
            other = _agent_and_patient(witness.parsed, evidence)
            if ours and other and _crossed(ours, other) and not opposed(claim, evidence):
                yield Finding(
                    Relation.CONFLICT, ConflictKind.RELATION, Words(ours[0].start, ours[0].end, None), witness,
                    Words(other[0].start, other[0].end, None), 0.4 + 0.04 * max(0.0, witness.relevance), other[0].text, "event.swapped",
                )  # fmt: skip


def _crossed(ours: tuple[Name, Name], other: tuple[Name, Name]) -> bool:
    straight = same_name(ours[0], other[0]) or same_name(ours[1], other[1])
    return same_name(ours[0], other[1]) and same_name(ours[1], other[0]) and not straight


def _agent_and_patient(parsed: Parsed, predicate: Predicate) -> tuple[Name, Name] | None:
    """The names that do and suffer: subject and object, changed about in the passive; an object's own verb counts ("A wants B to go")."""
    names = {n.head: n for n in find_names(parsed) if n.kind in _PARTIES}
    by_agent = any(t.head == predicate.index and t.dep == "agent" for t in parsed.tokens)
    if predicate.passive and not by_agent:
        return None
    agent = names.get(predicate.subject) if predicate.subject is not None else None
    patients = [t.index for t in parsed.tokens if t.head == predicate.index and t.dep in {"dobj", "dative", "pobj"}]
    patients += [
        c.index
        for t in parsed.tokens
        if t.head == predicate.index and t.dep in {"ccomp", "xcomp", "agent"}
        for c in parsed.children(t.index)
        if c.dep in {"nsubj", "pobj"}
    ]
    patient = next((names[i] for i in patients if i in names), None)
    if agent is None or patient is None:
        return None
    return (patient, agent) if predicate.passive else (agent, patient)


def _unfulfilled(
    statement: Statement, mine: Sequence[Predicate], witness: Witness, theirs: Sequence[Predicate]
) -> Iterator[Finding]:
    """"Has charged" where the closest passage speaks only of what may, will or is yet to happen."""
    done = [p for p in mine if p.done and p.mood is Mood.FACT and not p.negated]
    if witness.rank > 0 or witness.relevance < 2.5 or len(done) != 1 or not theirs:
        return
    open_ones = [p for p in theirs if p.mood is not Mood.FACT or (p.negated and p.done)]
    told = [p for p in theirs if p.mood is Mood.FACT and not p.negated]
    if open_ones and not told:
        yield _finding(ConflictKind.MODALITY, statement, done[0], witness, open_ones[0], 0.55, "event.unfulfilled")


_FIRST = re.compile(r"\b(?:never before|for the first time|the first time|first ever|unprecedented)\b", re.I)
_NOT_FIRST = re.compile(r"\bnot the first time\b|\bnot for the first time\b|\bonce again\b|\byet again\b", re.I)


def _first_times(statement: Statement, witness: Witness) -> Iterator[Finding]:
    """"Never before" against "not the first time"."""
    for mine, theirs in ((_FIRST, _NOT_FIRST), (_NOT_FIRST, _FIRST)):
        claim, evidence = mine.search(statement.line.text, statement.start, statement.end), theirs.search(witness.passage.text)
        clear = not _NOT_FIRST.search(statement.claim.text) or mine is _NOT_FIRST
        if claim and evidence and clear and not (mine is _NOT_FIRST and _NOT_FIRST.search(witness.passage.text)):
            yield Finding(
                Relation.CONFLICT, ConflictKind.NEGATION, Words(*claim.span(), None), witness, Words(*evidence.span(), None), 0.9,
                evidence.group(), "event.first-time",
            )  # fmt: skip


_ROUTE = re.compile(r"\bfrom (?P<a>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*) (?:to|for) (?P<b>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)")
_ROUTE_BACK = re.compile(r"\b(?:to|for) (?P<b>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*) from (?P<a>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)")


def _routes(statement: Statement, witness: Witness) -> Iterator[Finding]:
    """"From A to B" against "from B to A"."""
    for mine in (_ROUTE, _ROUTE_BACK):
        for claim in mine.finditer(statement.line.text, statement.start, statement.end):
            for theirs in (_ROUTE, _ROUTE_BACK):
                for evidence in theirs.finditer(witness.passage.text):
                    if (claim["a"], claim["b"]) == (evidence["b"], evidence["a"]):
                        yield Finding(
                            Relation.CONFLICT, ConflictKind.RELATION, Words(*claim.span(), None), witness, Words(*evidence.span(), None),
                            0.9, None, "event.route",
                        )  # fmt: skip


def _shared_arguments(statement: Statement, claim: Predicate, witness: Witness, evidence: Predicate) -> int:
    """How many meaning-bearing words the parties of both verbs share; one more where the passage says it of everybody."""
    mine = content(_parties(statement.line.parsed, claim)) - {claim.lemma}
    theirs = content(_parties(witness.parsed, evidence)) - {evidence.lemma}
    subject = "" if evidence.subject is None else witness.parsed.tokens[evidence.subject].lemma
    around = content(claim_tokens(statement)) & content(witness.parsed.tokens) - {claim.lemma, evidence.lemma}
    return len(mine & theirs) + (subject in {"nobody", "none", "one"}) + (len(around) >= 3)


def _parties(parsed: Parsed, predicate: Predicate) -> list[Token]:
    """All that the verb governs, and its subject where that stands further up."""
    subject = [] if predicate.subject is None else parsed.subtree(predicate.subject)
    return [*parsed.subtree(predicate.index), *subject]


def _clash(
    statement: Statement, claim: Predicate, witness: Witness, evidence: Predicate, shared: int
) -> Iterator[Finding]:
    sureness = min(1.0, 0.3 + 0.2 * shared)
    if opposed(claim, evidence) and claim.negated == evidence.negated and evidence.mood is claim.mood:
        yield _finding(ConflictKind.NEGATION, statement, claim, witness, evidence, sureness, "event.opposite")
    if not aligned(claim, evidence):
        return
    if claim.negated != evidence.negated and evidence.mood is Mood.FACT:
        if _bounded(statement, claim):
            return
        yield _finding(ConflictKind.NEGATION, statement, claim, witness, evidence, sureness, "event.negated")
    elif claim.mood is Mood.FACT and claim.done and evidence.mood is not Mood.FACT and not claim.negated:
        yield _finding(ConflictKind.MODALITY, statement, claim, witness, evidence, sureness, "event.planned")
    elif claim.done and not claim.negated and evidence.negated and evidence.mood is Mood.POSSIBLE:
        yield _finding(ConflictKind.MODALITY, statement, claim, witness, evidence, sureness, "event.planned")
    else:
        yield from _parties_differ(statement, claim, witness, evidence, sureness)


def _bounded(statement: Statement, claim: Predicate) -> bool:
    """"No Bolivian film had won before": a denial up to a time says nothing against what came then."""
    words = {t.text.lower() for t in claim_tokens(statement)}
    return bool(words & {"before", "until", "since", "ever", "hitherto", "previously"})


def _parties_differ(
    statement: Statement, claim: Predicate, witness: Witness, evidence: Predicate, sureness: float
) -> Iterator[Finding]:
    if claim.mood is evidence.mood and claim.negated == evidence.negated:
        yield replace(_finding(ConflictKind.NEGATION, statement, claim, witness, evidence, sureness, "event.same"), relation=Relation.AGREE)
    mine, theirs = _subject_name(statement.line.parsed, claim), _subject_name(witness.parsed, evidence)
    if mine is None or theirs is None or claim.passive != evidence.passive:
        return
    relation = Relation.AGREE if same_name(mine, theirs) else Relation.CONFLICT
    if relation is Relation.CONFLICT and any(same_name(mine, n) for n in find_names(witness.parsed)):
        return
    yield Finding(
        relation,
        ConflictKind.RELATION,
        Words(mine.start, mine.end, None),
        witness,
        Words(theirs.start, theirs.end, None),
        sureness,
        theirs.text,
        "event.party",
    )


def _subject_name(parsed: Parsed, predicate: Predicate) -> Name | None:
    if predicate.subject is None:
        return None
    return next((n for n in find_names(parsed) if n.head == predicate.subject and n.kind in _PARTIES and not n.text.isupper()), None)


def _opposite_words(statement: Statement, witness: Witness) -> Iterator[Finding]:
    """Adjectives that exclude each other, on one noun (sure) or in one short statement (less so)."""
    here, there = statement.line.parsed, witness.parsed
    theirs = [t for t in there.tokens if t.pos in {"ADJ", "ADV", "NOUN", "VERB"}]
    said = {t.lemma for t in theirs}
    for mine in claim_tokens(statement):
        if mine.pos not in {"ADJ", "ADV", "NOUN"} or mine.lemma in said:
            continue
        for other in theirs:
            if opposite_words(mine.text.lower(), other.text.lower()):
                on_one = here.tokens[mine.head].lemma == there.tokens[other.head].lemma
                if not on_one and mine.lemma in _LOOSE:
                    continue
                yield Finding(
                    Relation.CONFLICT, ConflictKind.RELATION, Words(mine.start, mine.end, None), witness,
                    Words(other.start, other.end, None), 0.8 if on_one else 0.4 + 0.05 * max(0.0, witness.relevance), other.text,
                    "word.opposite",
                )  # fmt: skip


def _finding(
    kind: ConflictKind,
    statement: Statement,
    claim: Predicate,
    witness: Witness,
    evidence: Predicate,
    sureness: float,
    rule: str,
) -> Finding:
    return Finding(
        Relation.CONFLICT,
        kind,
        Words(claim.start, claim.end, None),
        witness,
        Words(evidence.start, evidence.end, None),
        sureness,
        None,
        rule,
    )

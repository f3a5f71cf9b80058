"""Negation, opposites, plans told as fact, and parties swapped."""

from collections.abc import Iterator, Sequence

from factcheck.verdict import ConflictKind
from worker.comparers.context import claim_tokens, content
from worker.finding import Finding, Words
from worker.statement import Statement, Witness
from worker.syntax import Parsed
from worker.values.lexicon import opposite_words
from worker.values.names import Name, find_names, same_name
from worker.values.predicates import Mood, Predicate, aligned, find_predicates, opposed
from worker.values.value import Relation

# A verb common enough to stand in any sentence aligns nothing.
_LIGHT = frozenset("be have do say tell make get go come take give see know think call use become include seem put set keep let add note remark report ask".split())


def compare_events(statement: Statement, witnesses: Sequence[Witness]) -> list[Finding]:
    """Every clash between a verb of the claim and a like or opposite verb of a passage."""
    mine = [p for p in find_predicates(statement.line.parsed) if statement.owns(p.start, p.end) and _full(p)]
    return [finding for witness in witnesses for finding in _against(statement, mine, witness)]


def _full(predicate: Predicate) -> bool:
    return predicate.lemma not in _LIGHT


def _against(statement: Statement, mine: Sequence[Predicate], witness: Witness) -> Iterator[Finding]:
    theirs = [p for p in find_predicates(witness.parsed) if _full(p)]
    for claim in mine:
        for evidence in theirs:
            shared = _shared_arguments(statement, claim, witness, evidence)
            if shared:
                yield from _clash(statement, claim, witness, evidence, shared)
    yield from _opposite_words(statement, witness)


def _shared_arguments(statement: Statement, claim: Predicate, witness: Witness, evidence: Predicate) -> int:
    """How many meaning-bearing words the parties of both verbs share."""
    mine = content(_parties(statement.line.parsed, claim)) - {claim.lemma}
    theirs = content(_parties(witness.parsed, evidence)) - {evidence.lemma}
    return len(mine & theirs)


def _parties(parsed: Parsed, predicate: Predicate) -> list:  # type: ignore[type-arg]
    return parsed.subtree(predicate.index)


def _clash(
    statement: Statement, claim: Predicate, witness: Witness, evidence: Predicate, shared: int
) -> Iterator[Finding]:
    sureness = min(1.0, 0.3 + 0.2 * shared)
    if opposed(claim, evidence) and claim.negated == evidence.negated:
        yield _finding(ConflictKind.NEGATION, statement, claim, witness, evidence, sureness, "event.opposite")
    if not aligned(claim, evidence):
        return
    if claim.negated != evidence.negated and evidence.mood is Mood.FACT:
        yield _finding(ConflictKind.NEGATION, statement, claim, witness, evidence, sureness, "event.negated")
    elif claim.mood is Mood.FACT and claim.done and evidence.mood is not Mood.FACT and not claim.negated:
        yield _finding(ConflictKind.MODALITY, statement, claim, witness, evidence, sureness, "event.planned")
    else:
        yield from _parties_differ(statement, claim, witness, evidence, sureness)


def _parties_differ(
    statement: Statement, claim: Predicate, witness: Witness, evidence: Predicate, sureness: float
) -> Iterator[Finding]:
    mine, theirs = _subject_name(statement.line.parsed, claim), _subject_name(witness.parsed, evidence)
    if mine is None or theirs is None or claim.passive != evidence.passive:
        return
    relation = Relation.AGREE if same_name(mine, theirs) else Relation.CONFLICT
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
    return next((n for n in find_names(parsed) if n.head == predicate.subject), None)


def _opposite_words(statement: Statement, witness: Witness) -> Iterator[Finding]:
    for mine in claim_tokens(statement):
        for theirs in witness.parsed.tokens:
            if mine.pos in {"ADJ", "ADV", "NOUN"} and opposite_words(mine.text.lower(), theirs.text.lower()):
                head, other = statement.line.parsed.tokens[mine.head], witness.parsed.tokens[theirs.head]
                if head.lemma == other.lemma:
                    yield Finding(
                        Relation.CONFLICT,
                        ConflictKind.RELATION,
                        Words(mine.start, mine.end, None),
                        witness,
                        Words(theirs.start, theirs.end, None),
                        0.7,
                        theirs.text,
                        "word.opposite",
                    )


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

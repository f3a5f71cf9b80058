"""Agent and patient of a verb: swapped, or another agent."""

from collections.abc import Iterator, Sequence

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, SpanValue, conflict_between
from worker.dimensions.entities.names import Name, find_names, same_name
from worker.dimensions.events.predicates import Predicate, opposed
from worker.dimensions.relation import Relation
from worker.text.pipeline_types import ClaimInContext, RankedPassage
from worker.text.syntax import ParsedText

_PARTIES = frozenset({"PERSON", "ORG", "GPE", "NORP"})


def swapped_parties(
    statement: ClaimInContext, mine: Sequence[Predicate], ranked: RankedPassage, theirs: Sequence[Predicate]
) -> Iterator[Alignment]:
    """Conflicts for two names with swapped roles: "A asks B to cut" against "B wants A to cut"."""
    for claim in mine:
        ours = _agent_and_patient(statement.sentence.parsed, claim)
        for evidence in theirs:
            other = _agent_and_patient(ranked.parsed, evidence)
            if ours and other and _crossed(ours, other) and not opposed(claim, evidence):
                yield _swapped(ours[0], ranked, other[0])


def _swapped(ours: Name, ranked: RankedPassage, other: Name) -> Alignment:
    here, there = (ours.start, ours.end), (other.start, other.end)
    return conflict_between(ConflictKind.RELATION, here, ranked, there, ranked.similarity, None, "event.swapped")


def _crossed(ours: tuple[Name, Name], other: tuple[Name, Name]) -> bool:
    straight = same_name(ours[0], other[0]) or same_name(ours[1], other[1])
    return same_name(ours[0], other[1]) and same_name(ours[1], other[0]) and not straight


def _agent_and_patient(parsed: ParsedText, predicate: Predicate) -> tuple[Name, Name] | None:
    """The names of agent and patient; in the passive, the subject is the patient.

    In "A wants B to go", B is the patient.
    """
    names = {n.head: n for n in find_names(parsed) if n.kind in _PARTIES}
    by_agent = any(t.head == predicate.index and t.dep == "agent" for t in parsed.tokens)
    if predicate.passive and not by_agent:
        return None
    agent = names.get(predicate.subject) if predicate.subject is not None else None
    patient = next((names[i] for i in _patients(parsed, predicate) if i in names), None)
    if agent is None or patient is None:
        return None
    return (patient, agent) if predicate.passive else (agent, patient)


def _patients(parsed: ParsedText, predicate: Predicate) -> list[int]:
    below = [t for t in parsed.tokens if t.head == predicate.index]
    patients = [t.index for t in below if t.dep in {"dobj", "dative", "pobj"}]
    clauses = [t for t in below if t.dep in {"ccomp", "xcomp", "agent"}]
    return patients + [c.index for t in clauses for c in parsed.children(t.index) if c.dep in {"nsubj", "pobj"}]


def differing_parties(
    statement: ClaimInContext, claim: Predicate, ranked: RankedPassage, evidence: Predicate, score: float
) -> Iterator[Alignment]:
    """Subjects of two synonymous verbs: they agree, or conflict if the passage does not have the claim's name."""
    mine, theirs = _subject_name(statement.sentence.parsed, claim), _subject_name(ranked.parsed, evidence)
    if mine is None or theirs is None or claim.passive != evidence.passive:
        return
    relation = Relation.AGREE if same_name(mine, theirs) else Relation.CONFLICT
    if relation is Relation.CONFLICT and any(same_name(mine, n) for n in _who_act(ranked.parsed)):
        return
    yield Alignment(
        relation,
        ConflictKind.RELATION,
        SpanValue(mine.start, mine.end, None),
        ranked,
        SpanValue(theirs.start, theirs.end, None),
        score,
        theirs.text,
        "event.party",
    )


def _who_act(parsed: ParsedText) -> list[Name]:
    """Names in a subject, agent or object: everyone who may take part in the passage's event."""
    heads = [
        t.index for t in parsed.tokens if t.dep in {"nsubj", "nsubjpass", "agent", "dobj", "dative", "appos", "poss"}
    ]
    within = {
        s.index
        for head in heads
        for s in parsed.subtree(head)
        if parsed.tokens[s.head].dep != "prep" or s.index == head
    }
    return [n for n in find_names(parsed) if n.head in within]


def _subject_name(parsed: ParsedText, predicate: Predicate) -> Name | None:
    named = (n for n in find_names(parsed) if n.kind in _PARTIES and not n.text.isupper())
    return next((n for n in named if n.head == predicate.subject), None)

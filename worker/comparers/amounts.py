"""Numbers, percentages, money, ordinals, measures, scores."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from factcheck.verdict import ConflictKind
from worker.accounts import is_contrast
from worker.comparers.slots import Match, Place, match_values, slot_likeness, weigh
from worker.finding import Finding, Words
from worker.kit import Kit
from worker.statement import Statement, Witness
from worker.values.dates import find_times
from worker.values.derivations import derived_from
from worker.values.quantities import find_quantities
from worker.values.quantity import Quantity
from worker.values.quantity_forms import render_like
from worker.values.quantity_relations import compare_quantities, conflict_kind
from worker.values.value import Relation


def compare_amounts(statement: Statement, witnesses: Sequence[Witness], kit: Kit) -> tuple[list[Finding], list[Words]]:
    """Findings on every quantity of the claim, and the quantities that ask to be borne out."""
    mine = [q for q in _quantities(statement.line.text, statement) if statement.owns(q.start, q.end)]
    if not mine:
        return [], []
    findings = [f for witness in witnesses for f in _against(statement, mine, witness, kit)]
    findings += _derived(mine, witnesses, {f.claim.start for f in findings if f.relation is Relation.AGREE})
    return findings, [_words(q) for q in mine]


def _quantities(text: str, statement: Statement) -> list[Quantity]:
    return find_quantities(text, [(t.start, t.end) for t in find_times(text, statement.anchor)])


def _passage_quantities(witness: Witness) -> list[Quantity]:
    text = witness.passage.text
    return find_quantities(text, [(t.start, t.end) for t in find_times(text, witness.anchor)])


def _against(statement: Statement, mine: Sequence[Quantity], witness: Witness, kit: Kit) -> Iterator[Finding]:
    theirs = _passage_quantities(witness)
    likeness = slot_likeness(statement, [_place(q) for q in mine], witness, [_place(q) for q in theirs], kit)
    relations = [[compare_quantities(claim, evidence) for evidence in theirs] for claim in mine]
    matches = match_values(relations, likeness)
    words = [theirs[m.theirs].text if m.relation is Relation.AGREE else render_like(mine[m.mine], theirs[m.theirs]) for m in matches]
    sure = weigh(statement, list(zip(matches, words, strict=True)), witness, [_place(q) for q in mine], kit)
    for match, sureness in zip(matches, sure, strict=True):
        yield _finding(match.relation, mine[match.mine], witness, theirs[match.theirs], sureness)
    yield from _rivals(mine, theirs, relations, matches, witness)


def _rivals(
    mine: Sequence[Quantity],
    theirs: Sequence[Quantity],
    relations: Sequence[Sequence[Relation]],
    matches: Sequence[Match],
    witness: Witness,
) -> Iterator[Finding]:
    """"Police counted 4,000, the organisers 15,000": a second figure for one thing, from another mouth."""
    taken = {m.theirs for m in matches}
    for match in matches:
        if match.relation is not Relation.AGREE or not is_contrast(witness.passage.text):
            continue
        for j, other in enumerate(theirs):
            if j not in taken and relations[match.mine][j] is Relation.CONFLICT and _one_thing(theirs[match.theirs], other):
                yield replace(_finding(Relation.CONFLICT, mine[match.mine], witness, other, 0.6), rule="account.rival")


def _one_thing(a: Quantity, b: Quantity) -> bool:
    """Same unit, no noun that tells them apart, and not of another order of size."""
    return a.unit == b.unit and (not a.noun or not b.noun or a.noun == b.noun) and 0.1 < abs(a.value / (b.value or 1)) < 10


def _finding(relation: Relation, claim: Quantity, witness: Witness, evidence: Quantity, sureness: float) -> Finding:
    kind = ConflictKind(conflict_kind(claim, evidence))
    return Finding(
        relation,
        kind,
        _words(claim),
        witness,
        _words(evidence),
        sureness,
        render_like(claim, evidence) if relation is Relation.CONFLICT else None,
        f"{kind.value}.{'differs' if relation is Relation.CONFLICT else 'same'}",
    )


def _derived(mine: Sequence[Quantity], witnesses: Sequence[Witness], borne: set[int]) -> Iterator[Finding]:
    """Sums, differences and ratios of a passage's own figures that give the claim's."""
    for claim in mine:
        if claim.start in borne:
            continue
        for witness in witnesses[:3]:
            match = next((d for d in derived_from(_passage_quantities(witness)) if compare_quantities(claim, d.quantity) is Relation.AGREE), None)
            if match is not None:
                yield _finding(Relation.AGREE, claim, witness, match.parts[0], 0.5)
                break


def _place(quantity: Quantity) -> Place:
    return Place(quantity.start, quantity.end, quantity.noun or quantity.unit)


def _words(quantity: Quantity) -> Words:
    return Words(quantity.start, quantity.end, f"{quantity.value:g}{' ' + quantity.unit if quantity.unit else ''}")

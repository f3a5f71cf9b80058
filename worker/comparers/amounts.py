"""Numbers, percentages, money, ordinals, measures, scores."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, permutations
from math import log10

from factcheck.verdict import ConflictKind
from worker.accounts import is_contrast
from worker.comparers.bearers import of_others
from worker.comparers.slots import Match, Place, first_sureness, match_values, slot_likeness
from worker.finding import Finding, Words
from worker.kit import Kit
from worker.statement import Statement, Witness
from worker.values.dates import find_times
from worker.values.derivations import derived_from
from worker.values.quantities import find_quantities
from worker.values.quantity import Bound, Quantity, QuantityKind
from worker.values.quantity_forms import render_like
from worker.values.quantity_relations import compare_quantities, conflict_kind
from worker.values.value import Relation


def compare_amounts(statement: Statement, witnesses: Sequence[Witness], kit: Kit) -> tuple[list[Finding], list[Words]]:
    """Findings on every quantity of the claim, and the quantities that ask to be borne out."""
    mine = [q for q in _quantities(statement.line.text, statement) if statement.owns(q.start, q.end)]
    if not mine:
        return [], []
    findings = [f for witness in witnesses for f in _against(statement, mine, witness, kit)]
    findings += _derived(mine, witnesses, {f.claim.start for f in findings if _settles(f)})
    return findings, [_words(q) for q in mine]


def _settles(finding: Finding) -> bool:
    """A figure that agrees, or one in the very place that does not: "to double it to 400,000" makes no 800,000."""
    return finding.relation is Relation.AGREE or finding.sureness >= _IN_PLACE


def _quantities(text: str, statement: Statement) -> list[Quantity]:
    return find_quantities(text, [(t.start, t.end) for t in find_times(text, statement.anchor)])


def _passage_quantities(witness: Witness) -> list[Quantity]:
    text = witness.passage.text
    return find_quantities(text, [(t.start, t.end) for t in find_times(text, witness.anchor)])


def _against(statement: Statement, mine: Sequence[Quantity], witness: Witness, kit: Kit) -> Iterator[Finding]:
    theirs = _passage_quantities(witness)
    likeness = slot_likeness(statement, [_place(q) for q in mine], witness, [_place(q) for q in theirs], kit)
    relations = [[_relation(statement, claim, witness, evidence) for evidence in theirs] for claim in mine]
    matches = match_values(relations, likeness)
    for match in matches:
        sureness = first_sureness(match, witness)
        yield _finding(match.relation, mine[match.mine], witness, theirs[match.theirs], sureness)
    yield from _rivals(mine, theirs, relations, matches, witness)
    yield from _crosswise(mine, theirs, relations, likeness, witness)


def _rivals(
    mine: Sequence[Quantity],
    theirs: Sequence[Quantity],
    relations: Sequence[Sequence[Relation]],
    matches: Sequence[Match],
    witness: Witness,
) -> Iterator[Finding]:
    """A second figure for one thing, from another mouth: "Police counted 4,000, the organisers 15,000"."""
    taken = {m.theirs for m in matches}
    for match in matches:
        if match.relation is not Relation.AGREE or not is_contrast(witness.passage.text):
            continue
        for j, other in enumerate(theirs):
            if (
                j not in taken
                and relations[match.mine][j] is Relation.CONFLICT
                and _one_thing(theirs[match.theirs], other)
                and not _is_part(theirs[match.theirs], witness)
            ):
                yield replace(_finding(Relation.CONFLICT, mine[match.mine], witness, other, 0.6), rule="account.rival")


def _crosswise(
    mine: Sequence[Quantity],
    theirs: Sequence[Quantity],
    relations: Sequence[Sequence[Relation]],
    likeness: Sequence[Sequence[float]],
    witness: Witness,
) -> Iterator[Finding]:
    """Two figures of one passage that stand in each other's place: "dozens of rockets, hundreds of them long-range"."""
    for a, b in combinations(range(len(mine)), 2):
        for c, d in permutations(range(len(theirs)), 2):
            agree = relations[a][d] is relations[b][c] is Relation.AGREE
            apart = relations[a][c] is not Relation.AGREE and relations[b][d] is not Relation.AGREE
            straight, crossed = likeness[a][d] + likeness[b][c], likeness[a][c] + likeness[b][d]
            nouns = [q.noun for q in (mine[a], theirs[c], mine[b], theirs[d])]
            told = all(nouns) and nouns[0] == nouns[1] != nouns[2] == nouns[3]
            if agree and apart and (told or crossed > straight + _CROSSED):
                yield replace(_finding(Relation.CONFLICT, mine[a], witness, theirs[c], 0.7), rule="pair.crossed")


def _is_part(figure: Quantity, witness: Witness) -> bool:
    """ "Three gorillas were there, but the two females were called out": two of the three, not another count."""
    return re.search(r"\b(?:the|these|those|other|of them)\s+$", witness.passage.text[: figure.start], re.I) is not None


def _one_thing(a: Quantity, b: Quantity) -> bool:
    """Same unit, no noun that tells them apart, and not of another order of size."""
    return (
        a.unit == b.unit and (not a.noun or not b.noun or a.noun == b.noun) and 0.25 < abs(a.value / (b.value or 1)) < 4
    )


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


# How much likelier the slots of two figures must be the other way round, both together.
_CROSSED = 0.4
# A likeness of slots that leaves no room for reckoning.
_IN_PLACE = 0.9
# Two vague counts clash where one begins at this many times the other.
_VAGUE_APART = 10.0
# A figure this many times another counts something else, unless only the scale word slipped.
_OTHER_ORDER = 20.0


def _relation(statement: Statement, claim: Quantity, witness: Witness, evidence: Quantity) -> Relation:
    relation = _compare(claim, evidence)
    if relation is not Relation.CONFLICT:
        return relation
    here, there = (claim.start, claim.end), (evidence.start, evidence.end)
    others = of_others(statement, here, witness, there) or _counts_rest(statement.line.text, claim) != _counts_rest(
        witness.passage.text, evidence
    )
    return Relation.INCOMPARABLE if others else relation


_REST = re.compile(r"\s+(?:other|others|more(?! than)|fellow|additional|further)\b", re.I)


def _counts_rest(text: str, quantity: Quantity) -> bool:
    """ "19 others": how many there are besides those told of before."""
    return quantity.kind is QuantityKind.NUMBER and _REST.match(text, quantity.end) is not None


def _compare(claim: Quantity, evidence: Quantity) -> Relation:
    relation = compare_quantities(claim, evidence)
    if relation is Relation.CONFLICT and not _can_clash(claim, evidence):
        return Relation.INCOMPARABLE
    return relation


def _can_clash(claim: Quantity, evidence: Quantity) -> bool:
    if claim.value == evidence.value and claim.kind is evidence.kind and claim.parts == evidence.parts:
        return False
    if Bound.VAGUE in (claim.bound, evidence.bound) and claim.noun != evidence.noun:
        return False
    if claim.bound is evidence.bound is Bound.VAGUE and not _far_apart(claim, evidence):
        return False
    if QuantityKind.ORDINAL in (claim.kind, evidence.kind):
        return claim.value != 1 or (claim.noun != "" and claim.noun == evidence.noun)
    low, high = sorted((abs(claim.value), abs(evidence.value)))
    if low == 0 or high / low <= _OTHER_ORDER:
        return True
    slip = log10(high / low)
    return abs(slip - round(slip)) < 0.01 and claim.kind is not QuantityKind.NUMBER


def _far_apart(a: Quantity, b: Quantity) -> bool:
    """ "Dozens" and "several" can both be said of one crowd, "dozens" and "thousands" cannot."""
    return a.low > _VAGUE_APART * b.low or b.low > _VAGUE_APART * a.low


def _derived(mine: Sequence[Quantity], witnesses: Sequence[Witness], settled: set[int]) -> Iterator[Finding]:
    """The claim's figure as sum, difference, share or ratio of those of one passage, or of the best two of one report."""
    unborne = [claim for claim in mine if claim.start not in settled and claim.value not in (0.0, 1.0)]
    if not unborne:
        return
    sources = [(w, _passage_quantities(w)) for w in witnesses[:4]]
    for claim in unborne:
        match = next(((w, d) for w, d in _derivations(sources) if compare_quantities(claim, d) is Relation.AGREE), None)
        if match is not None:
            witness, _ = match
            part = next(own[0] for source, own in sources if source is witness)
            yield replace(_finding(Relation.AGREE, claim, witness, part, 0.8), rule="number.derived")


def _derivations(sources: Sequence[tuple[Witness, list[Quantity]]]) -> Iterator[tuple[Witness, Quantity]]:
    for witness, own in sources:
        if own:
            yield from ((witness, d.quantity) for d in derived_from(own))
            yield from ((witness, share) for share in _shares(own))
            yield from ((witness, year) for year in _yearly(own, witness.passage.text))
    first = next((pair for pair in sources if pair[1]), None)
    for witness, own in sources:
        if first is not None and own and witness is not first[0] and _document(witness) == _document(first[0]):
            yield from ((first[0], d.quantity) for d in derived_from([*first[1], *own]))


def _document(witness: Witness) -> str:
    return witness.passage.document.id


def _shares(own: Sequence[Quantity]) -> Iterator[Quantity]:
    """Parts of a whole: "4.3 million euros, of which the town paid a third"."""
    fractions = [q.value for q in own if q.kind is QuantityKind.FRACTION]
    fractions += [q.value / 100 for q in own if q.kind is QuantityKind.PERCENT]
    for share in fractions:
        for whole in own:
            if whole.kind in (QuantityKind.MONEY, QuantityKind.NUMBER, QuantityKind.MEASURE):
                yield _times(whole, share)


def _yearly(own: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """A sum a month, told by the year."""
    if re.search(r"\b(?:a|per|each|every) month\b|\bmonthly\b", text):
        yield from (_times(q, 12.0) for q in own if q.kind in (QuantityKind.MONEY, QuantityKind.NUMBER))


def _times(quantity: Quantity, factor: float) -> Quantity:
    return replace(
        quantity,
        value=quantity.value * factor,
        low=quantity.low * factor,
        high=quantity.high * factor,
        step=quantity.step * factor,
        noun="",
        start=-1,
        end=-1,
    )


def _place(quantity: Quantity) -> Place:
    return Place(quantity.start, quantity.end, quantity.noun or quantity.unit)


def _words(quantity: Quantity) -> Words:
    return Words(quantity.start, quantity.end, f"{quantity.value:g}{' ' + quantity.unit if quantity.unit else ''}")

"""Compares numbers, percentages, money, ordinals, measures and scores."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations
from math import log10

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, SpanValue
from worker.dimensions.entities.value_holders import held_by_different_names
from worker.dimensions.quantities.currencies import same_currency
from worker.dimensions.quantities.derived_quantities import derived_from
from worker.dimensions.quantities.distributive_quantities import is_of_each, negated_bound, of_all_members
from worker.dimensions.quantities.find import find_quantities
from worker.dimensions.quantities.number_context import FELL
from worker.dimensions.quantities.numbers import SCALES
from worker.dimensions.quantities.quantity import Bound, Quantity, QuantityKind
from worker.dimensions.quantities.relations import conflict_kind, quantity_relation
from worker.dimensions.quantities.render import number_text, render_like
from worker.dimensions.relation import Relation
from worker.dimensions.slot_alignment import SlotMatch, ValuePosition, agreeing_alone, match_values, slot_similarity
from worker.dimensions.times.find import find_times
from worker.models.ports import Models
from worker.text.attribution import is_contrast
from worker.text.pipeline_types import ClaimInContext, RankedPassage


def compare_quantities(
    statement: ClaimInContext, ranked_passages: Sequence[RankedPassage], models: Models, vetoed: Collection[int] = ()
) -> tuple[list[Alignment], list[SpanValue]]:
    """Alignments of every quantity of the claim, and the quantities that a passage must support.

    If a passage supports a value, another's conflict with it has score 0. `vetoed` are ranks of passages that cannot support
    anything.
    """
    mine = [q for q in _quantities(statement.sentence.text, statement) if statement.owns(q.start, q.end)]
    if not mine:
        return [], []
    tables = [_table(statement, mine, ranked) for ranked in ranked_passages]
    alone = {agreeing_alone(t.relations) for t in tables if t.ranked.rank not in vetoed}
    borne_out = (
        set() if any(is_of_each(statement.sentence.text, q) for q in mine) else {i for i in alone if i is not None}
    )
    findings = [f for table in tables for f in _against(statement, mine, table, borne_out, models)]
    findings = _without_lone_members(statement, mine, findings)
    summed = [q for q in mine if not is_of_each(statement.sentence.text, q)]
    findings += _derived(summed, ranked_passages, {f.claim.start for f in findings if _settles(f)})
    return findings, [_words(q) for q in mine]


def _settles(finding: Alignment) -> bool:
    """True for a figure that agrees, or one that differs in the same slot, so that nothing needs to be derived.

    "To double it to 400,000" does not imply 800,000.
    """
    return finding.relation is Relation.AGREE or finding.score >= _IN_PLACE


def _quantities(text: str, statement: ClaimInContext) -> list[Quantity]:
    return find_quantities(text, [(t.start, t.end) for t in find_times(text, statement.anchor)])


def _passage_quantities(ranked: RankedPassage) -> list[Quantity]:
    text = ranked.passage.text
    return find_quantities(text, [(t.start, t.end) for t in find_times(text, ranked.anchor)])


@dataclass(frozen=True, slots=True)
class _RelationTable:
    """The quantities of a passage; `relations` has a row for each of the claim."""

    ranked: RankedPassage
    theirs: Sequence[Quantity]
    relations: Sequence[Sequence[Relation]]


def _table(statement: ClaimInContext, mine: Sequence[Quantity], ranked: RankedPassage) -> _RelationTable:
    theirs = _passage_quantities(ranked)
    return _RelationTable(ranked, theirs, [_relations(statement, claim, ranked, theirs) for claim in mine])


def _against(
    statement: ClaimInContext,
    mine: Sequence[Quantity],
    table: _RelationTable,
    borne_out: Collection[int],
    models: Models,
) -> Iterator[Alignment]:
    ranked, theirs, relations = table.ranked, table.theirs, table.relations
    places, others = [_place(q) for q in mine], [_place(q) for q in theirs]
    similarity = slot_similarity(statement, places, ranked, others, relations, models, borne_out)
    matches = match_values(relations, similarity)
    for match in matches:
        finding = _finding(match.relation, mine[match.mine], ranked, theirs[match.theirs], match.similarity)
        mended = not is_of_each(statement.sentence.text, mine[match.mine])
        yield finding if mended else replace(finding, replacement=None)
    yield from _rivals(mine, theirs, relations, matches, ranked)
    yield from _crosswise(mine, theirs, relations, similarity, ranked)


def _relations(
    statement: ClaimInContext, claim: Quantity, ranked: RankedPassage, theirs: Sequence[Quantity]
) -> list[Relation]:
    text = statement.sentence.text
    row = [_relation(statement, negated_bound(text, claim), ranked, evidence) for evidence in theirs]
    return of_all_members(claim, row, theirs) if is_of_each(text, claim) else row


def _without_lone_members(
    statement: ClaimInContext, mine: Sequence[Quantity], findings: Sequence[Alignment]
) -> list[Alignment]:
    """Drops agreement on a figure for each member of a group if another sentence of the report has one that differs."""
    each = {q.start for q in mine if is_of_each(statement.sentence.text, q)}
    failing = {
        (f.claim.start, _document(f.ranked))
        for f in findings
        if f.relation is Relation.CONFLICT and f.score >= _MEMBER and f.claim.start in each
    }
    return [
        f for f in findings if f.relation is not Relation.AGREE or (f.claim.start, _document(f.ranked)) not in failing
    ]


def _rivals(
    mine: Sequence[Quantity],
    theirs: Sequence[Quantity],
    relations: Sequence[Sequence[Relation]],
    matches: Sequence[SlotMatch],
    ranked: RankedPassage,
) -> Iterator[Alignment]:
    """A second figure for one thing, from another source: "Police counted 4,000, the organisers 15,000"."""
    taken = {m.theirs for m in matches}
    for match in matches:
        if match.relation is not Relation.AGREE or not is_contrast(ranked.passage.text):
            continue
        for j, other in enumerate(theirs):
            if (
                j not in taken
                and relations[match.mine][j] is Relation.CONFLICT
                and _one_thing(theirs[match.theirs], other)
                and not _is_part(theirs[match.theirs], ranked)
            ):
                yield replace(_finding(Relation.CONFLICT, mine[match.mine], ranked, other, 0.6), rule="account.rival")


def _crosswise(
    mine: Sequence[Quantity],
    theirs: Sequence[Quantity],
    relations: Sequence[Sequence[Relation]],
    similarity: Sequence[Sequence[float]],
    ranked: RankedPassage,
) -> Iterator[Alignment]:
    """Two figures of the claim that are swapped in the passage: "dozens of rockets, hundreds of them long-range"."""
    for a, b in combinations(range(len(mine)), 2):
        for c, d in permutations(range(len(theirs)), 2):
            agree = relations[a][d] is relations[b][c] is Relation.AGREE
            apart = relations[a][c] is not Relation.AGREE and relations[b][d] is not Relation.AGREE
            straight, crossed = similarity[a][d] + similarity[b][c], similarity[a][c] + similarity[b][d]
            nouns = [q.noun for q in (mine[a], theirs[c], mine[b], theirs[d])]
            told = all(nouns) and nouns[0] == nouns[1] != nouns[2] == nouns[3]
            if agree and apart and (told or crossed > straight + _CROSSED):
                yield replace(_finding(Relation.CONFLICT, mine[a], ranked, theirs[c], 0.7), rule="pair.crossed")


def _is_part(figure: Quantity, ranked: RankedPassage) -> bool:
    """True for a part of a group: in "three gorillas were there, but the two females were called out", two of the three."""
    return re.search(r"\b(?:the|these|those|other|of them)\s+$", ranked.passage.text[: figure.start], re.I) is not None


def _one_thing(a: Quantity, b: Quantity) -> bool:
    """True if both have one unit, no differing nouns, and one order of magnitude."""
    return (
        a.unit == b.unit and (not a.noun or not b.noun or a.noun == b.noun) and 0.25 < abs(a.value / (b.value or 1)) < 4
    )


def _finding(relation: Relation, claim: Quantity, ranked: RankedPassage, evidence: Quantity, score: float) -> Alignment:
    kind = ConflictKind(conflict_kind(claim, evidence))
    return Alignment(
        relation,
        kind,
        _words(claim),
        ranked,
        _words(evidence),
        score,
        render_like(claim, evidence) if relation is Relation.CONFLICT else None,
        f"{kind.value}.{'differs' if relation is Relation.CONFLICT else 'same'}",
    )


# Margin by which the swapped slots of two figures must be more similar, summed over both.
_CROSSED = 0.4
# Slot similarity from which a figure is about another member of the group.
_MEMBER = 0.5
# Slot similarity from which no figure is derived instead.
_IN_PLACE = 0.9
# Two vague counts conflict if one begins at this many times the other.
_VAGUE_APART = 10.0
# A figure this many times another counts something else, unless only the scale word differs.
_OTHER_ORDER = 20.0


def _relation(statement: ClaimInContext, claim: Quantity, ranked: RankedPassage, evidence: Quantity) -> Relation:
    text, other = statement.sentence.text, ranked.passage.text
    relation = _compare(_signed(claim, text, evidence), _signed(evidence, other, claim))
    if relation is not Relation.CONFLICT:
        return relation
    here, there = (claim.start, claim.end), (evidence.start, evidence.end)
    differ = _counts_rest(text, claim) != _counts_rest(other, evidence)
    return Relation.INCOMPARABLE if differ or held_by_different_names(statement, here, ranked, there) else relation


_FALLS = re.compile(r"\b(?:" + "|".join(sorted(FELL)) + r")(?:\s(?:by|of))?(?:\s[\w-]+){0,2}\s$", re.IGNORECASE)


def _signed(quantity: Quantity, text: str, beside: Quantity) -> Quantity:
    """The signed quantity: in "fell 2 percent" against "a change of -2 percent", the verb is the sign."""
    falls = beside.value < 0 < quantity.value and quantity.kind is QuantityKind.PERCENT
    if not falls or _FALLS.search(text[max(0, quantity.start - 60) : quantity.start]) is None:
        return quantity
    return replace(quantity, value=-quantity.value, low=-quantity.high, high=-quantity.low)


_REST = re.compile(r"\s+(?:other|others|more(?! than)|fellow|additional|further)\b", re.I)


def _counts_rest(text: str, quantity: Quantity) -> bool:
    """True for "19 others": a count in addition to those mentioned before."""
    return quantity.kind is QuantityKind.NUMBER and _REST.match(text, quantity.end) is not None


def _compare(claim: Quantity, evidence: Quantity) -> Relation:
    relation = quantity_relation(claim, evidence)
    if relation is Relation.CONFLICT and not _can_clash(claim, evidence):
        return Relation.INCOMPARABLE
    return relation


def _can_clash(claim: Quantity, evidence: Quantity) -> bool:
    if _same_figure(claim, evidence):
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
    scaled = claim.kind is not QuantityKind.NUMBER or _scale_words_differ(claim, evidence)
    return abs(slip - round(slip)) < 0.01 and scaled


def _same_figure(claim: Quantity, evidence: Quantity) -> bool:
    """True for the same figure, kind and unit or currency. Such figures do not conflict, whatever their bounds."""
    alike = claim.unit == evidence.unit
    if claim.kind is evidence.kind is QuantityKind.MONEY:
        alike = same_currency(claim.unit, evidence.unit)
    return alike and claim.value == evidence.value and claim.kind is evidence.kind and claim.parts == evidence.parts


_SCALE_WORD = re.compile(r"[a-z]+$")


def _scale_words_differ(claim: Quantity, evidence: Quantity) -> bool:
    """True for "two lakh pupils" and "two crore pupils": one noun, different scale words."""
    words = [_SCALE_WORD.search(number_text(quantity).lower()) for quantity in (claim, evidence)]
    scales = {SCALES.get(word.group(), 1.0) for word in words if word}
    return len(scales) == 2 and 1.0 not in scales and claim.noun == evidence.noun != ""


def _far_apart(a: Quantity, b: Quantity) -> bool:
    """True for two vague counts that exclude each other: "dozens" and "thousands", not "dozens" and "several"."""
    return a.low > _VAGUE_APART * b.low or b.low > _VAGUE_APART * a.low


def _derived(
    mine: Sequence[Quantity], ranked_passages: Sequence[RankedPassage], settled: set[int]
) -> Iterator[Alignment]:
    """The claim's figure as sum, difference, share or ratio of figures of one passage, or of the best two of one report."""
    unborne = [claim for claim in mine if claim.start not in settled and claim.value not in (0.0, 1.0)]
    if not unborne:
        return
    sources = [(w, _passage_quantities(w)) for w in ranked_passages[:4]]
    for claim in unborne:
        match = next(((w, d) for w, d in _derivations(sources) if quantity_relation(claim, d) is Relation.AGREE), None)
        if match is not None:
            ranked, _ = match
            part = next(own[0] for source, own in sources if source is ranked)
            yield replace(_finding(Relation.AGREE, claim, ranked, part, 0.8), rule="number.derived")


def _derivations(sources: Sequence[tuple[RankedPassage, list[Quantity]]]) -> Iterator[tuple[RankedPassage, Quantity]]:
    for ranked, own in sources:
        if own:
            yield from ((ranked, d.quantity) for d in derived_from(own))
            yield from ((ranked, share) for share in _shares(own))
            yield from ((ranked, year) for year in _yearly(own, ranked.passage.text))
    first = next((pair for pair in sources if pair[1]), None)
    for ranked, own in sources:
        if first is not None and own and ranked is not first[0] and _document(ranked) == _document(first[0]):
            yield from ((first[0], d.quantity) for d in derived_from([*first[1], *own]))


def _document(ranked: RankedPassage) -> str:
    return ranked.passage.document.id


def _shares(own: Sequence[Quantity]) -> Iterator[Quantity]:
    """Parts of a whole: "6.3 million euros; the town paid a third of it"."""
    fractions = [q.value for q in own if q.kind is QuantityKind.FRACTION]
    fractions += [q.value / 100 for q in own if q.kind is QuantityKind.PERCENT]
    for share in fractions:
        for whole in own:
            if whole.kind in (QuantityKind.MONEY, QuantityKind.NUMBER, QuantityKind.MEASURE):
                yield _times(whole, share)


def _yearly(own: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """Yearly amounts from monthly ones."""
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


def _place(quantity: Quantity) -> ValuePosition:
    return ValuePosition(quantity.start, quantity.end, quantity.noun or quantity.unit)


def _words(quantity: Quantity) -> SpanValue:
    return SpanValue(quantity.start, quantity.end, f"{quantity.value:g}{' ' + quantity.unit if quantity.unit else ''}")

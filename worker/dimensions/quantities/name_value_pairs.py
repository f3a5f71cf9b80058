"""Which value belongs to which name: "Ruiz took 38 percent, Berg 34" against a claim that gives Berg the 38."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, SpanValue
from worker.dimensions.entities.countries import country_of
from worker.dimensions.entities.names import Name, find_names, same_name
from worker.dimensions.quantities.find import find_quantities
from worker.dimensions.quantities.quantity import Quantity
from worker.dimensions.quantities.relations import conflict_kind, quantity_relation
from worker.dimensions.quantities.render import render_like
from worker.dimensions.quotes.find import Quote, find_quotes
from worker.dimensions.relation import Relation
from worker.dimensions.times.find import find_times
from worker.text.pipeline_types import ClaimInContext, RankedPassage

_TITLE_WORDS = 6


@dataclass(frozen=True, slots=True)
class _Pair:
    name: Name
    value: Quantity | Quote


def compare_name_value_pairs(statement: ClaimInContext, ranked_passages: Sequence[RankedPassage]) -> list[Alignment]:
    """Conflicts with passages that list names and values alternately and pair them differently from the claim."""
    names = [n for n in _bearers(find_names(statement.sentence.parsed)) if statement.owns(n.start, n.end)]
    values = [v for v in _values(statement.sentence.text, statement) if statement.owns(v.start, v.end)]
    if len(names) != 1 or not values:
        return []
    return [f for v in values for w in ranked_passages for f in _crossed(_Pair(names[0], v), w)]


def _bearers(names: Sequence[Name]) -> list[Name]:
    return [n for n in names if country_of(n.text) is None and n.kind != "WORK_OF_ART"]


def _values(text: str, statement: ClaimInContext | None) -> list[Quantity | Quote]:
    anchor = statement.anchor if statement else None
    quantities = find_quantities(text, [(t.start, t.end) for t in find_times(text, anchor)])
    titles = [q for q in find_quotes(text) if len(q.text.split()) <= _TITLE_WORDS and q.text[:1].isupper()]
    return [*quantities, *titles]


def _crossed(claim: _Pair, ranked: RankedPassage) -> Iterator[Alignment]:
    values = [v for v in _values(ranked.passage.text, None) if _compare(claim.value, v) is not Relation.INCOMPARABLE]
    if not any(_compare(claim.value, v) is Relation.AGREE for v in values):
        return
    for pair in _in_turn(_bearers(find_names(ranked.parsed)), values):
        rival = _counts_same(claim.value, pair.value) and _compare(claim.value, pair.value) is Relation.CONFLICT
        if same_name(claim.name, pair.name) and rival:
            yield _finding(claim, pair, ranked)


def _in_turn(names: Sequence[Name], values: Sequence[Quantity | Quote]) -> list[_Pair]:
    """Pairs of alternating names and values, two or more; [] for any other order."""
    if len(names) != len(values) or len(names) < 2:
        return []
    firsts, seconds = (names, values) if names[0].start < values[0].start else (values, names)
    ends = [*(f.start for f in firsts[1:]), 1_000_000]
    in_turn = all(f.start < s.start < end for f, s, end in zip(firsts, seconds, ends, strict=True))
    return [_Pair(n, v) for n, v in zip(names, values, strict=True)] if in_turn else []


def _compare(claim: Quantity | Quote, evidence: Quantity | Quote) -> Relation:
    if isinstance(claim, Quantity) and isinstance(evidence, Quantity):
        return quantity_relation(claim, evidence)
    if isinstance(claim, Quote) and isinstance(evidence, Quote):
        return Relation.AGREE if _plain(claim) == _plain(evidence) else Relation.CONFLICT
    return Relation.INCOMPARABLE


def _counts_same(claim: Quantity | Quote, evidence: Quantity | Quote) -> bool:
    """False if the values count different things: "two trains", "one person"."""
    nouns = [v.noun for v in (claim, evidence) if isinstance(v, Quantity) and v.noun]
    return len(set(nouns)) < 2


def _plain(quote: Quote) -> str:
    return quote.text.strip(" .,!?").casefold()


def _finding(claim: _Pair, pair: _Pair, ranked: RankedPassage) -> Alignment:
    mine, theirs = claim.value, pair.value
    if isinstance(mine, Quantity) and isinstance(theirs, Quantity):
        kind, words = ConflictKind(conflict_kind(mine, theirs)), render_like(mine, theirs)
    else:
        kind, words = ConflictKind.RELATION, theirs.text.strip(".,")
    return Alignment(
        Relation.CONFLICT,
        kind,
        SpanValue(mine.start, mine.end, None),
        ranked,
        SpanValue(theirs.start, theirs.end, None),
        0.85,
        words,
        "pair.crossed",
    )

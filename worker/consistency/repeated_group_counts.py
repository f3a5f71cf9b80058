"""A group that is mentioned again with another number."""

import re
from collections.abc import Iterator, Sequence

from factcheck.verdict import ConflictKind, InternalConflict
from worker.consistency.article_spans import conflict
from worker.consistency.headline_quantities import conflict_message
from worker.consistency.sentence_values import SentenceValues
from worker.dimensions.quantities.quantity import Bound, Quantity, QuantityKind
from worker.dimensions.quantities.render import render_like

# "all nine men", "the nine men": the whole group mentioned before.
_TAKES_UP = re.compile(r"\b(?:all(?: of)?(?: the| these| those)?|these|those)\s+$", re.I)
_SOME = re.compile(r"\b(?:other|another|further|additional|of (?:the|its|their)|least|than|in|first|last)\s+$", re.I)
_LEAD = 2
_Count = tuple[SentenceValues, Quantity]


def group_count_conflicts(article: Sequence[SentenceValues]) -> Iterator[InternalConflict]:
    """ "Nine miners were trapped", and later "all eight miners", with no other count of them in between."""
    counts: list[_Count] = []
    for values in article:
        for quantity in values.quantities:
            if _counts_group(quantity):
                yield from _against((values, quantity), counts)
                counts.append((values, quantity))


def _counts_group(quantity: Quantity) -> bool:
    exact = quantity.kind is QuantityKind.NUMBER and quantity.bound is Bound.EXACT
    return exact and quantity.noun != "" and quantity.value.is_integer() and 2 <= quantity.value <= 999


def _against(later: _Count, counts: Sequence[_Count]) -> Iterator[InternalConflict]:
    values, quantity = later
    if not _TAKES_UP.search(values.sentence.text[: quantity.start]) or quantity.noun == "person":
        return
    earlier = [c for c in counts if c[1].noun == quantity.noun]
    if len({q.value for _, q in earlier}) == 1 and quantity.value not in {q.value for _, q in counts}:
        first, known = earlier[0]
        if _is_whole_group(first, known) and _speak_of_one(first, known, values, quantity):
            a, b = first.place_of(known), values.place_of(quantity)
            repairs = [(a, render_like(known, quantity)), (b, render_like(quantity, known))]
            yield conflict(ConflictKind.NUMBER, a, b, conflict_message(a, b), repairs)


def _is_whole_group(values: SentenceValues, known: Quantity) -> bool:
    """True if the number stands in the headline or the first sentences, and does not count a part of a larger group."""
    return values.place <= _LEAD and _SOME.search(values.sentence.text[: known.start]) is None


def _speak_of_one(first: SentenceValues, known: Quantity, later: SentenceValues, quantity: Quantity) -> bool:
    return bool(first.meaning(known.start, known.end) & later.meaning(quantity.start, quantity.end) - {known.noun})

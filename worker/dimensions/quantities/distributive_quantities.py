"""Claims about every member of a group: "all three passed more than 80 percent" must hold for each figure."""

import re
from collections.abc import Sequence
from dataclasses import replace

from worker.dimensions.quantities.quantity import Bound, Quantity
from worker.dimensions.relation import Relation

_BEFORE = re.compile(
    r"(?<!\bin\s)(?<!\bat\s)(?<!\bafter\s)(?<!\babove\s)(?<!\bover\s)"
    r"\b(?:all|each|every|both|everyone|everybody)\b(?!\s+(?:in\s+all|told|but|along|over|too|right|together)\b)\s+\w+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:\s+[\w’'-]+){0,4}?\s+(?:each|apiece|alike)\b(?!\s+(?:other|day|week|month|year|hour)\b)", re.IGNORECASE
)
_NONE = re.compile(r"\b(?:none of|neither|not one of|no one|nobody)\b", re.IGNORECASE)
_INVERSE = {
    Bound.MORE_THAN: Bound.AT_MOST,
    Bound.AT_LEAST: Bound.LESS_THAN,
    Bound.LESS_THAN: Bound.AT_LEAST,
    Bound.AT_MOST: Bound.MORE_THAN,
}


def is_of_each(text: str, quantity: Quantity) -> bool:
    """True if the sentence applies the figure to every member of a group, by words before it ("both clubs") or after ("each").

    >>> from worker.dimensions.quantities.find import find_quantities
    >>> text = "Both mills sold more than 40 tonnes; in all 90 tonnes left."
    >>> [is_of_each(text, q) for q in find_quantities(text)]
    [True, False]
    """
    clause = max(text.rfind(mark, 0, quantity.start) for mark in (";", ":", ". ")) + 1
    start = quantity.modifier_span[0] if quantity.modifier_span else quantity.start
    return any(
        pattern is not None
        for pattern in (
            _BEFORE.search(text, clause, min(start, quantity.start)),
            _NONE.search(text, clause, quantity.start),
            _AFTER.match(text, quantity.end),
        )
    )


def negated_bound(text: str, quantity: Quantity) -> Quantity:
    """The quantity with its bound inverted after "none of" and "neither": "none has more than 40" means at most 40."""
    if quantity.bound not in _INVERSE or _NONE.search(text, 0, quantity.start) is None:
        return quantity
    bound = _INVERSE[quantity.bound]
    floor = bound in (Bound.AT_LEAST, Bound.MORE_THAN)
    low, high = (quantity.value, float("inf")) if floor else (min(0.0, quantity.value), quantity.value)
    return replace(quantity, bound=bound, low=low, high=high)


def of_all_members(claim: Quantity, row: Sequence[Relation], theirs: Sequence[Quantity]) -> list[Relation]:
    """The relations for a figure about each member: no agreement if the same list has a conflicting figure."""
    like = [_is_like(claim, other) for other in theirs]
    fails = any(alike and relation is Relation.CONFLICT for alike, relation in zip(like, row, strict=True))
    return [Relation.INCOMPARABLE if fails and r is Relation.AGREE else r for r in row]


def _is_like(claim: Quantity, other: Quantity) -> bool:
    nouns = {claim.noun, other.noun} - {""}
    return claim.kind is other.kind and len(nouns) < 2

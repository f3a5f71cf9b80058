"""Quantities computed from others: difference, ratio, change, total, product."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from worker.dimensions.quantities.currencies import same_currency
from worker.dimensions.quantities.number_formatting import figures
from worker.dimensions.quantities.quantity import Bound, Quantity
from worker.dimensions.quantities.quantity import QuantityKind as Kind
from worker.dimensions.quantities.relations import in_unit
from worker.dimensions.quantities.units import convert

_SUMMABLE = (Kind.NUMBER, Kind.MONEY, Kind.MEASURE, Kind.PERCENT, Kind.PERCENTAGE_POINTS)
_USABLE = (*_SUMMABLE, Kind.FRACTION, Kind.MULTIPLE)
_LIMIT = 120


@dataclass(frozen=True, slots=True)
class DerivedQuantity:
    """A computed quantity (`start == end == -1`), the operation ("difference", "ratio" …) and its operands in order."""

    quantity: Quantity
    operation: str
    parts: tuple[Quantity, ...]


def difference(a: Quantity, b: Quantity) -> DerivedQuantity | None:
    """The absolute difference of two like quantities: 154 and 112 → 42. Percents differ in percentage points."""
    b_like = _like(a, b)
    if b_like is None:
        return None
    kind = Kind.PERCENTAGE_POINTS if a.kind is Kind.PERCENT else a.kind
    return DerivedQuantity(_computed(abs(a.value - b_like.value), kind, a, (a, b_like)), "difference", (a, b))


def ratio(a: Quantity, b: Quantity) -> DerivedQuantity | None:
    """`a` divided by `b`: 60,000 and 1,500 → 40 times; below 1 a fraction: 57 and 112 → 0.509."""
    b_like = _like(a, b)
    if b_like is None or b_like.value == 0:
        return None
    value = a.value / b_like.value
    return DerivedQuantity(
        _computed(value, Kind.MULTIPLE if value >= 1 else Kind.FRACTION, None, (a, b_like)), "ratio", (a, b)
    )


def percent_change(a: Quantity, b: Quantity) -> DerivedQuantity | None:
    """The change from `a` to `b` in percent of `a`, with its direction in `sense`: 4 to 6 → 50, "up"."""
    b_like = _like(a, b)
    if b_like is None or a.value == 0:
        return None
    change = (b_like.value - a.value) / abs(a.value) * 100
    return DerivedQuantity(
        _computed(abs(change), Kind.PERCENT, None, (a, b_like), "up" if change >= 0 else "down"),
        "percent_change",
        (a, b),
    )


def total(parts: Sequence[Quantity]) -> DerivedQuantity | None:
    """The sum of like quantities; None for fewer than two, or unlike ones."""
    likes = [_like(parts[0], part) for part in parts] if parts else []
    known = [part for part in likes if part is not None]
    if len(known) < 2 or len(known) < len(likes):
        return None
    return DerivedQuantity(
        _computed(sum(part.value for part in known), parts[0].kind, parts[0], tuple(known)), "total", tuple(parts)
    )


def product(count: Quantity, each: Quantity) -> DerivedQuantity | None:
    """Count times value: 17 sheep at 180 euros → 3,060 euros; a third of 4.3 million → 1.43 million; twice 40 → 80."""
    if count.kind not in (Kind.NUMBER, Kind.FRACTION, Kind.MULTIPLE) or each.kind not in _SUMMABLE:
        return None
    return DerivedQuantity(
        _computed(count.value * each.value, each.kind, each, (count, each)), "product", (count, each)
    )


def derived_from(quantities: Sequence[Quantity]) -> list[DerivedQuantity]:
    """Plausible results from pairs of like quantities: at most 120, nearest pairs first.

    >>> from worker.dimensions.quantities.find import find_quantities
    >>> found = derived_from(find_quantities("112 of 154 riders finished"))
    >>> [derived.quantity.value for derived in found if derived.operation == "difference"]
    [42.0]
    """
    usable = [quantity for quantity in quantities if quantity.bound is not Bound.VAGUE and quantity.kind in _USABLE][
        :24
    ]
    pairs = sorted(combinations(range(len(usable)), 2), key=lambda pair: pair[1] - pair[0])
    out: list[DerivedQuantity] = []
    for first, second in pairs:
        out += _of_pair(usable[first], usable[second])
        if len(out) >= _LIMIT:
            break
    return out[:_LIMIT]


def _of_pair(a: Quantity, b: Quantity) -> Iterator[DerivedQuantity]:
    whole, part = (a, b) if a.value >= b.value else (b, a)
    summed = total((a, b)) if a.kind is not Kind.PERCENT else None
    found = (difference(a, b), summed, ratio(whole, part), ratio(part, whole), percent_change(a, b), _multiplied(a, b))
    return (derived for derived in found if derived is not None)


def _multiplied(a: Quantity, b: Quantity) -> DerivedQuantity | None:
    """A share or multiple of an amount, or a number of things at a price each."""
    for count, each in ((a, b), (b, a)):
        counted = count.kind is Kind.NUMBER and bool(count.noun) and each.kind is Kind.MONEY and count.value <= 10_000
        if counted or (
            count.kind in (Kind.FRACTION, Kind.MULTIPLE) and each.kind in (Kind.NUMBER, Kind.MONEY, Kind.MEASURE)
        ):
            return product(count, each)
    return None


def _like(a: Quantity, b: Quantity) -> Quantity | None:
    """`b` in the unit of `a`; None if the two cannot be added."""
    if a.kind is not b.kind or a.kind not in _SUMMABLE:
        return None
    if a.kind is Kind.MONEY and not same_currency(a.unit, b.unit):
        return None
    if a.kind is Kind.MEASURE and a.unit != b.unit:
        return in_unit(b, a.unit) if convert(1.0, b.unit, a.unit) is not None else None
    return b


def _computed(
    value: float, kind: Kind, like: Quantity | None, parts: tuple[Quantity, ...], sense: str = ""
) -> Quantity:
    """The result as a quantity: hedged as its least certain part, rounded as its coarsest."""
    exact = all(part.bound is Bound.EXACT for part in parts)
    value = round(value, 9)
    spread = 0.0 if exact else 0.05 * abs(value)
    return Quantity(
        start=-1, end=-1, text=figures(value), kind=kind, value=value, low=value - spread, high=value + spread,
        bound=Bound.EXACT if exact else Bound.APPROX, unit=like.unit if like else "", noun=like.noun if like else "",
        modifier="" if exact else "about", modifier_span=None, number_span=(-1, -1),
        step=max(part.step for part in parts) if like else 0.01, parts=(), sense=sense,
    )  # fmt: skip

"""Whether two quantities agree, by rounding, bounds and units. The tables below hold all tolerances (ADR 0006)."""

from dataclasses import replace
from typing import NamedTuple

from worker.dimensions.quantities.currencies import same_currency
from worker.dimensions.quantities.numbers import trailing_step
from worker.dimensions.quantities.quantity import Bound, Quantity
from worker.dimensions.quantities.quantity import QuantityKind as Kind
from worker.dimensions.quantities.units import convert
from worker.dimensions.relation import Relation

Range = tuple[float, float]

# Shares of the value up to which an unhedged rounder figure (agrees with, does not conflict with) a finer one.
_WRITTEN_ROUND = (0.05, 0.10)  # "12 billion" for 12.4 billion, "6 percent" for 6.3: fewer digits are written
_ZEROS = (0.01, 0.025)  # "1,200" for 1,204: only the zeros show that it is rounded
_FRACTION = (0.05, 0.10)  # "a third" for 35 percent
_SAME_BOUND = 0.25  # "at least 8" for "at least 4": a writer who knows of eight does not write four
_FLOOR_AGREES = 1.5  # "more than 60" is fair for values up to 90
_FLOOR_REACH = 2.0  # and wrong from 120 on
_EPSILON = 1e-6
# A claim may drop or exchange these hedges and keep the figure. Not "more than 60", which excludes 60.
_DROPPED = (Bound.APPROX, Bound.AT_LEAST, Bound.AT_MOST)
_FLOORS = (Bound.AT_LEAST, Bound.MORE_THAN)
_CEILINGS = (Bound.AT_MOST, Bound.LESS_THAN)
_SHARES = (Kind.FRACTION, Kind.PERCENT)


def quantity_relation(claim: Quantity, evidence: Quantity) -> Relation:
    """AGREE if the evidence supports the claim's words, CONFLICT if both cannot be true, else INCOMPARABLE.

    Conflict is symmetric, agreement is not: evidence of 72 supports "more than 60", but "more than 60" does not support 72.
    Different kinds and dimensions are incomparable, except a percentage against the same number of percentage points.
    Different currencies never agree: the same figure in another currency conflicts, other figures are incomparable. Nouns
    are not compared: the caller decides whether both quantities describe one thing.
    """
    if {claim.kind, evidence.kind} == {Kind.PERCENT, Kind.PERCENTAGE_POINTS}:
        return Relation.CONFLICT if claim.value == evidence.value else Relation.INCOMPARABLE
    if Kind.SCORE in (claim.kind, evidence.kind):
        return _compare_scores(claim, evidence)
    if claim.kind is evidence.kind is Kind.MONEY and not same_currency(claim.unit, evidence.unit):
        return Relation.CONFLICT if _same_figure(claim, evidence) else Relation.INCOMPARABLE
    pair = _on_one_scale(claim, evidence)
    if pair is None:
        return Relation.AGREE if _same_by_ellipsis(claim, evidence) else Relation.INCOMPARABLE
    if _conflict(pair):
        return Relation.CONFLICT
    return Relation.AGREE if _bears_out(pair) else Relation.INCOMPARABLE


def _same_figure(a: Quantity, b: Quantity) -> bool:
    return a.value == b.value and a.parts == b.parts


def _same_by_ellipsis(a: Quantity, b: Quantity) -> bool:
    """True if the kinds differ only in wording: "1.7 million apiece" and 1.7 million dollars, "half of it" and "halved"."""
    kinds = {a.kind, b.kind}
    bare = any(quantity.kind is Kind.NUMBER and not quantity.noun for quantity in (a, b))
    short = kinds == {Kind.NUMBER, Kind.MONEY} and bare and a.value >= 1000
    exact = a.bound is Bound.EXACT and b.bound is Bound.EXACT
    return (short or kinds == {Kind.FRACTION, Kind.MULTIPLE}) and exact and a.value == b.value


def conflict_kind(claim: Quantity, evidence: Quantity) -> str:
    """The conflict kind of the report for two quantities: "number", "percent", "money" or "ordinal"."""
    kinds = {claim.kind, evidence.kind}
    if kinds & {Kind.PERCENT, Kind.PERCENTAGE_POINTS, Kind.FRACTION}:
        return "percent"
    if Kind.MONEY in kinds:
        return "money"
    return "ordinal" if Kind.ORDINAL in kinds else "number"


def _compare_scores(a: Quantity, b: Quantity) -> Relation:
    if a.kind is not b.kind or len(a.parts) != len(b.parts):
        return Relation.INCOMPARABLE
    return Relation.AGREE if a.parts == b.parts else Relation.CONFLICT


class _Pair(NamedTuple):
    """Claim and evidence in one unit. `converted`: their units differed, so precision was lost."""

    claim: Quantity
    evidence: Quantity
    converted: bool


def _on_one_scale(a: Quantity, b: Quantity) -> _Pair | None:
    """Both in one kind, unit and direction; None if they measure different things."""
    if a.kind is not b.kind:
        if a.kind not in _SHARES or b.kind not in _SHARES:
            return None
        a, b = _as_percent(a), _as_percent(b)
    if a.kind is Kind.MEASURE and a.unit != b.unit:
        unit = min(a.unit, b.unit)
        if convert(1.0, max(a.unit, b.unit), unit) is None:
            return None
        return _Pair(in_unit(a, unit), in_unit(b, unit), True)
    return _in_one_sense(a, b)


def _as_percent(quantity: Quantity) -> Quantity:
    if quantity.kind is Kind.PERCENT:
        return quantity
    return _scaled(quantity, 100.0, Kind.FRACTION)


def _scaled(quantity: Quantity, factor: float, kind: Kind) -> Quantity:
    return replace(
        quantity, kind=kind, value=quantity.value * factor, low=quantity.low * factor, high=quantity.high * factor,
        step=quantity.step * factor,
    )  # fmt: skip


def in_unit(quantity: Quantity, unit: str) -> Quantity:
    """The quantity in another unit of its dimension. `step` is converted too, the words are kept."""
    if quantity.unit == unit:
        return quantity
    value, low, high = (convert(x, quantity.unit, unit) for x in (quantity.value, quantity.low, quantity.high))
    zero, one = convert(0.0, quantity.unit, unit), convert(1.0, quantity.unit, unit)
    if value is None or low is None or high is None or zero is None or one is None:
        return quantity
    return replace(quantity, value=value, low=low, high=high, step=quantity.step * abs(one - zero), unit=unit)


def _in_one_sense(a: Quantity, b: Quantity) -> _Pair | None:
    """Both as changes, if both have a direction: "58 percent of normal" equals "42 percent below"."""
    if not a.sense or not b.sense or a.sense == b.sense:
        return _Pair(a, b, False)
    if any(quantity.bound is not Bound.EXACT for quantity in (a, b)):
        return None
    return _Pair(_as_change(_as_percent(a)), _as_change(_as_percent(b)), False)


def _as_change(quantity: Quantity) -> Quantity:
    value = {"up": quantity.value, "down": -quantity.value, "of": quantity.value - 100}[quantity.sense]
    return replace(quantity, value=value, low=value, high=value)


def _conflict(pair: _Pair) -> bool:
    a, b = pair.claim, pair.evidence
    if a.bound is Bound.EXACT and b.bound is Bound.EXACT:
        return not _near(pair, 1)
    if _same_side(a, b):
        return abs(a.value - b.value) > _SAME_BOUND * max(abs(a.value), abs(b.value))
    both_vague = a.bound is Bound.VAGUE and b.bound is Bound.VAGUE
    (a_low, a_high), (b_low, b_high) = (_reach(quantity, both_vague) for quantity in (a, b))
    return a_high < b_low or b_high < a_low


def _same_side(a: Quantity, b: Quantity) -> bool:
    return any(a.bound in side and b.bound in side for side in (_FLOORS, _CEILINGS))


def _near(pair: _Pair, limit: int) -> bool:
    """True if two bare figures are equal, or one is the other rounded within the limit (0: agrees, 1: does not conflict)."""
    a, b = pair.claim, pair.evidence
    gap = abs(a.value - b.value)
    if gap <= _EPSILON * max(abs(a.value), abs(b.value), _EPSILON):
        return True
    if a.kind is Kind.ORDINAL or a.kind is Kind.MULTIPLE:
        return False
    if (a.kind is Kind.FRACTION) != (b.kind is Kind.FRACTION):
        return gap <= _FRACTION[limit] * max(abs(a.value), abs(b.value))
    coarse, fine = (a, b) if _roundness(a) >= _roundness(b) else (b, a)
    if _roundness(coarse) <= _roundness(fine) * (1 + _EPSILON) and not pair.converted:
        return False
    written = pair.converted or fine.step < 1 or coarse.step >= 1e6
    share = (_WRITTEN_ROUND if written else _ZEROS)[limit]
    return gap <= _roundness(coarse) / 2 * (1 + _EPSILON) and gap <= share * max(abs(a.value), abs(b.value))


def _roundness(quantity: Quantity) -> float:
    """The value of the last digit before trailing zeros: 310 million → 10 million."""
    return max(quantity.step, trailing_step(quantity.value) if abs(quantity.value) < 1e15 else 1.0)


def _reach(quantity: Quantity, strict: bool) -> Range:
    """The widest range of true values for which the words are not clearly wrong."""
    value, low, high = quantity.value, quantity.low, quantity.high
    size = abs(value)
    if quantity.bound is Bound.EXACT:
        slack = max(min(_roundness(quantity) / 2, _ZEROS[0] * size), _EPSILON * size)
        slack = _FRACTION[1] * size if quantity.kind is Kind.FRACTION else slack
        return value - slack, value + slack
    if quantity.bound is Bound.VAGUE:
        return (low, high) if strict else (low * 0.8, high * 1.5)
    if quantity.bound in _FLOORS:
        strictly = size * _EPSILON if quantity.bound is Bound.MORE_THAN else 0.0
        return value + strictly, max(value + size * (_FLOOR_REACH - 1), value + 3)
    if quantity.bound in _CEILINGS:
        strictly = size * _EPSILON if quantity.bound is Bound.LESS_THAN else 0.0
        return float("-inf"), value - strictly
    wider = (high - low) / 4 if low != value != high else (high - low) / 2
    return (
        low + size * _EPSILON if low == value else low - wider,
        high - size * _EPSILON if high == value else high + wider,
    )


def _bears_out(pair: _Pair) -> bool:
    claim, evidence = pair.claim, pair.evidence
    if claim.bound is Bound.EXACT:
        return _bears_out_exact(pair)
    low, high = _fair(claim)
    if _same_side(claim, evidence):
        floors = claim.bound in _FLOORS
        return evidence.value >= claim.value if floors else evidence.value <= claim.value
    at_low, at_high = _said(claim, evidence)
    return low <= at_low and at_high <= high


def _bears_out_exact(pair: _Pair) -> bool:
    """True if the evidence supports a bare figure: the same, a finer one that rounds to it, or the same hedged."""
    claim, evidence = pair.claim, pair.evidence
    if evidence.bound is Bound.EXACT:
        rounder = pair.converted or _roundness(claim) >= _roundness(evidence) * (1 - _EPSILON)
        return _near(pair, 0) and (rounder or claim.value == evidence.value)
    hedged = evidence.bound in _DROPPED and not evidence.is_range
    return hedged and (claim.value == evidence.value or (pair.converted and _near(pair, 0)))


def _fair(claim: Quantity) -> Range:
    """The range of true values for which the claim's words are fair."""
    value, size = claim.value, abs(claim.value)
    if claim.bound in _FLOORS:
        strictly = size * _EPSILON if claim.bound is Bound.MORE_THAN else 0.0
        return value + strictly, max(value + size * (_FLOOR_AGREES - 1), value + 2)
    if claim.bound in _CEILINGS:
        strictly = size * _EPSILON if claim.bound is Bound.LESS_THAN else 0.0
        return value - size / 2, value - strictly
    slack = 0.005 * size if claim.bound is Bound.APPROX else 0.0
    return claim.low - slack, claim.high + slack


def _said(claim: Quantity, evidence: Quantity) -> Range:
    """The range that the evidence asserts: its figure, even if hedged as loosely as the claim, or its whole range."""
    dropped = _DROPPED if claim.bound is Bound.APPROX else (Bound.APPROX,)
    hedged = evidence.bound in dropped and not evidence.is_range
    if hedged or evidence.bound is Bound.EXACT:
        return evidence.value, evidence.value
    return evidence.low, evidence.high

"""Hedges: the words before or after a number that widen or bound it ("nearly", "up to", "or more")."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from worker.dimensions.quantities.number_tokens import NumberToken, TokenKind
from worker.dimensions.quantities.numbers import word_at
from worker.dimensions.quantities.quantity import Bound


class HedgeKind(Enum):
    """Whether the true number lies below, around or above the stated one."""

    NONE = 0
    AROUND = 1
    BELOW = 2
    ABOVE = 3
    FLOOR = 4
    OPEN_FLOOR = 5
    CEILING = 6
    OPEN_CEILING = 7


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge found at tokens `[first, last)`."""

    first: int
    last: int
    kind: HedgeKind


_BOUNDS = {
    HedgeKind.NONE: Bound.EXACT, HedgeKind.AROUND: Bound.APPROX, HedgeKind.BELOW: Bound.APPROX, HedgeKind.ABOVE: Bound.APPROX,
    HedgeKind.FLOOR: Bound.AT_LEAST, HedgeKind.OPEN_FLOOR: Bound.MORE_THAN, HedgeKind.CEILING: Bound.AT_MOST,
    HedgeKind.OPEN_CEILING: Bound.LESS_THAN,
}  # fmt: skip
_BEFORE_TABLE = {
    HedgeKind.NONE: "exactly, precisely",
    HedgeKind.AROUND: """about, some, around, roughly, approximately, approx, circa, ca, an estimated, estimated, estimated at,
        estimated to be, in the region of, of the order of, on the order of, more or less, give or take, or so, an average of,
        in the neighborhood of, probably""",
    HedgeKind.BELOW: """nearly, almost, close to, just under, just below, just short of, slightly under, slightly less than,
        slightly below, a little under, a little less than, a little below, a bit less than, a bit under, not quite,
        approaching, nearing, a shade under, a touch under, virtually, practically, not far short of, marginally less than,
        marginally under, just less than, just shy of""",
    HedgeKind.ABOVE: """just over, just above, just more than, slightly over, slightly more than, slightly above, a little over,
        a little more than, a little above, a bit over, a bit more than, a shade over, a touch over, a fraction over,
        marginally over, marginally more than""",
    HedgeKind.FLOOR: """at least, no fewer than, no less than, not less than, not fewer than, a minimum of, minimum of, at minimum,
        at the very least, a minimum""",
    HedgeKind.OPEN_FLOOR: """more than, over, above, upwards of, upward of, in excess of, exceeding, greater than, north of,
        topping, beyond, well over, well above, far more than, well more than, much more than, higher than, longer than,
        larger than, older than, far above, surpassing, far over""",
    HedgeKind.CEILING: """up to, upto, at most, no more than, not more than, as many as, as much as, a maximum of, maximum of,
        at the most, no greater than, no higher than, as high as""",
    HedgeKind.OPEN_CEILING: """less than, fewer than, under, below, well under, well below, far fewer than, far less than, short of,
        lower than, smaller than, shorter than, younger than""",
}
_AFTER_TABLE = {
    HedgeKind.AROUND: "or so, or thereabouts, give or take, approximately",
    HedgeKind.FLOOR: "or more, and more, and counting, or over, or higher, or older, or above, plus, +",
    HedgeKind.CEILING: "or less, or fewer, or under, or lower, at most, or below",
    HedgeKind.OPEN_FLOOR: "- plus",
}


def _phrases(table: dict[HedgeKind, str]) -> dict[tuple[str, ...], HedgeKind]:
    return {
        tuple(phrase.split()): kind for kind, line in table.items() for phrase in line.replace("\n", " ").split(",")
    }


_BEFORE = _phrases(_BEFORE_TABLE)
_AFTER = _phrases(_AFTER_TABLE)
_LAST_WORDS = frozenset(phrase[-1] for phrase in _BEFORE)
_FIRST_WORDS = frozenset(phrase[0] for phrase in _AFTER)
_LONGEST = 4


def hedge_before(tokens: Sequence[NumberToken], at: int) -> Hedge | None:
    """The longest hedge that ends right before token `at`; None if there is none.

    >>> from worker.dimensions.quantities.number_tokens import tokenise
    >>> hedge_before(tokenise("a little over 40"), 3).kind
    <HedgeKind.ABOVE: 3>
    """
    if word_at(tokens, at - 1) not in _LAST_WORDS:
        return None
    for length in range(min(_LONGEST, at), 0, -1):
        words = tuple(word_at(tokens, i) for i in range(at - length, at))
        if words in _BEFORE:
            return _stacked(tokens, Hedge(at - length, at, _BEFORE[words]))
    dashed = word_at(tokens, at - 3) + " " + word_at(tokens, at - 1)
    if word_at(tokens, at - 2) == "-" and tuple(dashed.split()) in _BEFORE:
        return Hedge(at - 3, at, _BEFORE[tuple(dashed.split())])
    return None


def _stacked(tokens: Sequence[NumberToken], hedge: Hedge) -> Hedge:
    """Joins "at least" with a following "about": the outer word bounds, the inner one rounds."""
    outer = hedge.kind is HedgeKind.AROUND and word_at(tokens, hedge.first - 1) in ("least", "to", "than", "most")
    wider = hedge_before(tokens, hedge.first) if outer else None
    return Hedge(wider.first, hedge.last, wider.kind) if wider else hedge


def hedge_after(tokens: Sequence[NumberToken], at: int) -> Hedge | None:
    """The hedge that begins at token `at`: "or so", "or more", "+"; None if there is none."""
    if word_at(tokens, at) not in _FIRST_WORDS:
        return None
    for length in (2, 3, 1):
        words = tuple(word_at(tokens, i) for i in range(at, at + length))
        if words in _AFTER and (words != ("+",) or tokens[at].kind is TokenKind.SIGN):
            return Hedge(at, at + length, _AFTER[words])
    return None


def bound_of(kind: HedgeKind) -> Bound:
    """The bound that a hedge puts on a number."""
    return _BOUNDS[kind]


def significant_digits(value: float, step: float) -> int:
    """Number of significant digits of a value with its step: (3000, 1000) → 1, (12.4e9, 0.1e9) → 3."""
    ratio = abs(value) / step if step > 0 else 1.0
    return len(str(min(round(ratio), 10**9))) if ratio >= 1 else 1


# Width of the hedge as a share of the stated value, for 1, 2, and 3 or more significant digits: rounder numbers, wider range.
_AROUND = (0.10, 0.05, 0.02)
_BELOW = (0.07, 0.05, 0.03)


def hedged_range(value: float, step: float, kind: HedgeKind) -> tuple[float, float]:
    """The inclusive range of a hedged number: "nearly 3,000" → (2790, 3000), "more than 60" → (60, inf).

    >>> hedged_range(300.0, 100.0, HedgeKind.AROUND)
    (270.0, 330.0)
    """
    digits = min(significant_digits(value, step), 3) - 1
    size = abs(value)
    if kind is HedgeKind.AROUND:
        width = max(size * _AROUND[digits], min(step, 1.0) / 2)
        return value - width, value + width
    if kind is HedgeKind.BELOW:
        return value - size * _BELOW[digits], value
    if kind is HedgeKind.ABOVE:
        return value, value + size * _BELOW[digits]
    if kind in (HedgeKind.FLOOR, HedgeKind.OPEN_FLOOR):
        return value, float("inf")
    if kind in (HedgeKind.CEILING, HedgeKind.OPEN_CEILING):
        return min(0.0, value), value
    return value, value

"""Pairs of numbers: ends of a range, scores, and numbers that share a unit."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from worker.dimensions.quantities.number_context import FELL, ROSE
from worker.dimensions.quantities.number_tokens import NumberToken, TokenKind
from worker.dimensions.quantities.numbers import SCALES, SHORT_SCALES, clean, joined, token_at, word_at
from worker.dimensions.quantities.numbers_with_units import QuantityExpression
from worker.dimensions.quantities.quantity import QuantityKind as Kind


def join_ranges(readings: list[QuantityExpression], tokens: Sequence[NumberToken]) -> list[QuantityExpression]:
    """Joins two numbers into a range ("10-15", "between 10 and 15") or a score ("33 votes to 31")."""
    out: list[QuantityExpression] = []
    for reading in readings:
        joint = _join(tokens, out[-1], reading) if out else None
        if joint:
            out[-1] = joint
        else:
            out.append(reading)
    return out


def _join(tokens: Sequence[NumberToken], a: QuantityExpression, b: QuantityExpression) -> QuantityExpression | None:
    if a.kind is Kind.SCORE:
        return _next_set(tokens, a, b)
    between = tuple(token.word for token in tokens[a.last : b.first]) if b.first - a.last <= 2 else None
    if between is None or not _like(a, b) or a.low is not None or a.parts or b.low is not None:
        return None
    glued = token_at(tokens, a.last).start == tokens[a.last - 1].end
    if between in (("-",), ("–",)) and not glued and _is_spaced_range(tokens, a, b):
        return _range(tokens, a, b)
    if between in (("-",), ("–",), ("—",), ("‑",)) and glued:
        return _range(tokens, a, b) if _dash_is_range(tokens, a, b) else _score(a, b)
    if between in (("to",), ("votes", "to"), ("points", "to"), ("goals", "to"), ("sets", "to")):
        return _join_to(tokens, a, b, between)
    if between == ("and",) and word_at(tokens, a.first - 1) == "between":
        return _range(tokens, a, b)
    return _range(tokens, a, b) if between == ("or",) and 0 < b.value - a.value <= max(2, a.value) else None


def _next_set(tokens: Sequence[NumberToken], a: QuantityExpression, b: QuantityExpression) -> QuantityExpression | None:
    """The next set of a match: "4-6, 6-3, 7-5" is one score. `b` is the first or the second figure of that set."""
    between = tuple(token.word for token in tokens[a.last : b.first]) if b.first - a.last <= 2 else ()
    if b.kind is not Kind.NUMBER or b.step < 1 or len(a.parts) > 20:
        return None
    if len(a.parts) % 2 and between in (("-",), ("–",)):
        return replace(a, last=b.last, number_end=b.number_end, parts=(*a.parts, b.value))
    dashed = (
        word_at(tokens, b.last) in ("-", "–")
        and joined(tokens, b.last)
        and token_at(tokens, b.last + 1).kind is TokenKind.FIGURE
    )
    if len(a.parts) % 2 == 0 and between == (",",) and dashed:
        return replace(a, last=b.last, number_end=b.number_end, parts=(*a.parts, b.value))
    return None


def _like(a: QuantityExpression, b: QuantityExpression) -> bool:
    if b.kind is Kind.NUMBER:
        return a.kind in (Kind.NUMBER, Kind.MONEY)
    return (
        a.kind is b.kind and a.unit == b.unit
        if a.kind is not Kind.NUMBER
        else b.kind in (Kind.MONEY, Kind.PERCENT, Kind.MEASURE, Kind.NUMBER)
    )


_SCORED = frozenset(
    """
    win victory defeat loss vote lead draw tie decision score majority triumph advantage record margin home away
    """.split()
)


def _dash_is_range(tokens: Sequence[NumberToken], a: QuantityExpression, b: QuantityExpression) -> bool:
    if b.kind is not Kind.NUMBER or a.kind is Kind.MONEY:
        return a.value < b.value
    after = token_at(tokens, b.last)
    counted = (
        after.kind is TokenKind.WORD
        and joined(tokens, b.last)
        and after.word.endswith(("s", "people", "men", "children"))
    )
    return a.value < b.value and counted and after.word not in _SCORED


def _is_spaced_range(tokens: Sequence[NumberToken], a: QuantityExpression, b: QuantityExpression) -> bool:
    """True for two figures of one unit with spaces around the dash: "10 – 15 boats", "$2 - $3 million"."""
    figures = all(tokens[reading.number].kind is TokenKind.FIGURE for reading in (a, b))
    roomy = token_at(tokens, b.first).start > token_at(tokens, a.last).end
    return figures and roomy and not a.noun and _dash_is_range(tokens, a, b)


_SCORING = frozenset("by won win wins beat beats lost lose voted led leads vote score ahead defeated prevailed".split())


def _join_to(
    tokens: Sequence[NumberToken], a: QuantityExpression, b: QuantityExpression, between: tuple[str, ...]
) -> QuantityExpression | None:
    if a.kind is Kind.NUMBER and b.kind is Kind.NUMBER:
        votes = (
            len(between) == 2
            or word_at(tokens, a.first - 1) in _SCORING
            or word_at(tokens, a.first - 2) in ("vote", "score", "margin")
        )
        if votes or (a.value > b.value and word_at(tokens, a.first - 1) != "from" and a.value < 1000):
            return _score(a, b)
    near = {word_at(tokens, i) for i in range(a.first - 3, a.first)}
    changes = bool(near & {"from", "by"}) or bool(near & ROSE) or bool(near & FELL)
    return _range(tokens, a, b) if a.value < b.value and not changes and len(between) == 1 else None


def _range(tokens: Sequence[NumberToken], a: QuantityExpression, b: QuantityExpression) -> QuantityExpression | None:
    scale = _borrowed_scale(tokens, a, b)
    low, high = clean(a.value * scale), b.value
    if low > high:
        return None
    kind, unit = (a.kind, a.unit) if a.kind is not Kind.NUMBER else (b.kind, b.unit)
    return replace(
        b, first=a.first, number=a.number, kind=kind, unit=unit, value=(low + high) / 2, low=low, high=high, parts=(low, high),
        step=min(a.step * scale, b.step),
    )  # fmt: skip


def _borrowed_scale(tokens: Sequence[NumberToken], a: QuantityExpression, b: QuantityExpression) -> float:
    """The second number's scale, if it also applies to the first: "$2-3 million", "5 to 7 crore"; else 1."""
    scale = (SCALES | SHORT_SCALES).get(word_at(tokens, b.number_end - 1), 1.0)
    scaled = word_at(tokens, a.number_end - 1) in SCALES.keys() | SHORT_SCALES.keys()
    return scale if not scaled and a.value < 1000 and b.value / max(a.value, 1e-9) > 1000 else 1.0


def _score(a: QuantityExpression, b: QuantityExpression) -> QuantityExpression | None:
    whole = all(reading.value == int(reading.value) and 0 <= reading.value < 1000 for reading in (a, b))
    if not whole or a.kind is not Kind.NUMBER or b.kind is not Kind.NUMBER:
        return None
    return replace(a, last=b.last, number_end=b.number_end, kind=Kind.SCORE, parts=(a.value, b.value))


_LINKS = frozenset(
    (
        ("and",),
        ("or",),
        ("to",),
        ("against",),
        ("versus",),
        ("from",),
        (",", "and"),
        (",",),
        ("down", "from"),
        ("up", "from"),
    )
)
_LENDING = (Kind.PERCENT, Kind.PERCENTAGE_POINTS, Kind.MONEY, Kind.MEASURE)


def share_units(readings: list[QuantityExpression], tokens: Sequence[NumberToken]) -> list[QuantityExpression]:
    """Gives a bare number the unit of its neighbour: "134.5 and 139 meters", "18 percent to nine"."""
    out = list(readings)
    for i in range(len(out) - 2, -1, -1):
        if _linked(tokens, out[i], out[i + 1]) and _may_borrow(tokens, out[i], len(tokens)):
            out[i] = _lend(out[i + 1], out[i])
    for i, (a, b) in enumerate(pairwise(list(out))):
        links = tuple(token.word for token in tokens[a.last : b.first])
        near = {word_at(tokens, k) for k in range(a.first - 3, a.first)}
        if links == ("to",) and "from" in near and _may_borrow(tokens, b, b.last):
            out[i + 1] = _lend(out[i], b)
    return out


def _linked(tokens: Sequence[NumberToken], a: QuantityExpression, b: QuantityExpression) -> bool:
    return b.first - a.last <= 2 and tuple(token.word for token in tokens[a.last : b.first]) in _LINKS


def _may_borrow(tokens: Sequence[NumberToken], reading: QuantityExpression, last: int) -> bool:
    """True for a bare number without a counted noun after it."""
    if reading.kind is not Kind.NUMBER or reading.noun or (reading.low is not None and reading.low == reading.value):
        return False
    after = token_at(tokens, reading.last)
    stops = after.kind is not TokenKind.WORD or after.word in (
        "in",
        "on",
        "at",
        "by",
        "from",
        "to",
        "and",
        "but",
        "or",
        "this",
        "last",
        "a",
        "per",
        "since",
    )
    return last != reading.last or stops


def _lend(lender: QuantityExpression, borrower: QuantityExpression) -> QuantityExpression:
    if lender.kind not in _LENDING:
        return borrower
    return replace(borrower, kind=lender.kind, unit=lender.unit)

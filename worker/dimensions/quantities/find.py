"""Finds the quantities of a text, in linear time: each token starts at most one bounded look-ahead.

The grammar reads left to right: hedge, number, unit or noun. The tokeniser and `is_name` exclude names with numbers,
telephone numbers and clock times; the caller excludes dates and durations by span.
"""

from collections.abc import Iterator, Sequence

from worker.dimensions.quantities.counted_nouns import counted_noun
from worker.dimensions.quantities.hedges import Hedge, HedgeKind, bound_of, hedge_after, hedge_before, hedged_range
from worker.dimensions.quantities.number_context import is_name, past_name, sense_of
from worker.dimensions.quantities.number_pairs import join_ranges, share_units
from worker.dimensions.quantities.number_tokens import NumberToken, TokenKind, tokenise
from worker.dimensions.quantities.numbers_with_units import QuantityExpression, read_clock
from worker.dimensions.quantities.quantities_in_words import READERS, read_place_or_number
from worker.dimensions.quantities.quantity import Bound, Quantity
from worker.text.memoized import memoized


def find_quantities(text: str, exclude: Sequence[tuple[int, int]] = ()) -> list[Quantity]:
    """All quantities of `text` in order, without overlap. Excludes those that touch a span of `exclude` (dates, durations).

    >>> [(q.text, q.value, q.noun) for q in find_quantities("Nearly 3,000 people paid $2.5 million.")]
    [('3,000', 3000.0, 'person'), ('$2.5 million', 2500000.0, '')]
    """
    return _found(text, tuple(exclude))


@memoized
def _found(text: str, exclude: tuple[tuple[int, int], ...]) -> list[Quantity]:
    tokens = tokenise(text, exclude)
    readings = share_units(join_ranges(list(_readings(tokens)), tokens), tokens)
    return [_quantity(text, tokens, reading) for reading in readings]


def _readings(tokens: Sequence[NumberToken]) -> Iterator[QuantityExpression]:
    at = 0
    while at < len(tokens):
        reading = _read(tokens, at)
        if reading is None:
            at += 1
            continue
        if not is_name(tokens, reading):
            yield reading
            at = reading.last
        else:
            at = past_name(tokens, at)


def _read(tokens: Sequence[NumberToken], at: int) -> QuantityExpression | None:
    token = tokens[at]
    if token.kind is TokenKind.WORD or token.kind is TokenKind.SIGN:
        reader = READERS.get(token.word)
        return reader(tokens, at) if reader else None
    if token.kind is TokenKind.FIGURE:
        return read_place_or_number(tokens, at)
    return read_clock(tokens, at) if token.kind is TokenKind.CLOCK else None


def _quantity(text: str, tokens: Sequence[NumberToken], reading: QuantityExpression) -> Quantity:
    start, end = tokens[reading.first].start, tokens[reading.last - 1].end
    hedge = _hedge(tokens, reading)
    low, high, bound = _range(reading, hedge.kind if hedge else reading.hedge)
    span = (tokens[hedge.first].start, tokens[hedge.last - 1].end) if hedge else None
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        kind=reading.kind,
        value=reading.value,
        low=low,
        high=high,
        bound=bound,
        unit=reading.unit,
        noun=reading.noun or _noun(tokens, reading, hedge),
        modifier=text[span[0] : span[1]] if span else "",
        modifier_span=span,
        number_span=(tokens[reading.number].start, tokens[reading.number_end - 1].end),
        step=reading.step,
        parts=reading.parts,
        sense=sense_of(tokens, reading),
    )


def _noun(tokens: Sequence[NumberToken], reading: QuantityExpression, hedge: Hedge | None) -> str:
    """The counted noun: after the number, or after the hedge behind it ("ten or more people")."""
    after = hedge.last if hedge and hedge.first >= reading.last else reading.last
    return counted_noun(tokens, after, reading.kind, reading.value)


def _hedge(tokens: Sequence[NumberToken], reading: QuantityExpression) -> Hedge | None:
    return hedge_before(tokens, reading.first) or hedge_after(tokens, reading.last)


def _range(reading: QuantityExpression, kind: HedgeKind) -> tuple[float, float, Bound]:
    if reading.low is not None and reading.high is not None:
        return reading.low, reading.high, Bound.VAGUE if reading.low == reading.value else Bound.APPROX
    low, high = hedged_range(reading.value, reading.step, kind)
    return low, high, bound_of(kind)

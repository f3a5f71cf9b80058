"""Reads number expressions in figures or with units: money, percentages, measures, scales, race times."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from worker.dimensions.quantities import currencies
from worker.dimensions.quantities.counted_nouns import counted_noun
from worker.dimensions.quantities.hedges import HedgeKind
from worker.dimensions.quantities.number_tokens import NumberToken, TokenKind
from worker.dimensions.quantities.numbers import (
    SCALES,
    SHORT_SCALES,
    SPACED_SCALES,
    Numeral,
    clean,
    joined,
    read_cardinal,
    token_at,
    word_at,
)
from worker.dimensions.quantities.quantity import QuantityKind as Kind
from worker.dimensions.quantities.units import FIGURES_ONLY, read_unit


@dataclass(frozen=True, slots=True)
class QuantityExpression:
    """An expression at tokens `[first, last)`, without hedge and noun. The bare number is at `[number, number_end)`.

    `low` and `high` are set if the words themselves are a range ("dozens", "10 to 15"), else None.
    """

    first: int
    last: int
    number: int
    number_end: int
    kind: Kind
    value: float
    step: float
    unit: str = ""
    parts: tuple[float, ...] = ()
    low: float | None = None
    high: float | None = None
    noun: str = ""
    hedge: HedgeKind = HedgeKind.NONE


Reader = Callable[[Sequence[NumberToken], int], QuantityExpression | None]


def typed(number: Numeral, kind: Kind, unit: str = "", factor: float = 1.0, last: int = 0) -> QuantityExpression:
    """A bare number as an expression of a kind. `last` is the end of the unit words, if they extend past the number."""
    return QuantityExpression(
        first=number.first,
        last=max(last, number.last),
        number=number.first,
        number_end=number.last,
        kind=kind,
        value=clean(number.value * factor),
        step=number.step * factor,
        unit=unit,
    )


def read_number(tokens: Sequence[NumberToken], at: int) -> QuantityExpression | None:
    """A cardinal with the words after it: percent sign, currency, unit, "-fold", "times as", "in five"."""
    over_and = word_at(tokens, at - 1) != "between"
    number = read_cardinal(tokens, at, over_and)
    if number is None:
        return None
    if "dozen" in (word_at(tokens, number.last - 1), word_at(tokens, at)):
        return _about(read_after(tokens, number))
    glued = token_at(tokens, number.last)
    if not number.words and glued.kind is TokenKind.WORD and glued.start == tokens[number.last - 1].end:
        return _with_suffix(tokens, number)
    return read_after(tokens, _spaced_scale(tokens, number))


def _spaced_scale(tokens: Sequence[NumberToken], number: Numeral) -> Numeral:
    """Adds an abbreviated scale after a space: "100 bn euros", "3 mn people", "40 m dollars"."""
    word = word_at(tokens, number.last)
    if number.words or word not in SHORT_SCALES or not joined(tokens, number.last):
        return number
    scaled = _times(number, SHORT_SCALES[word])
    if word in SPACED_SCALES or as_money(tokens, scaled, scaled.last) is not None:
        return scaled
    return number


def _times(number: Numeral, scale: float) -> Numeral:
    """The numeral with the token after it read as its scale."""
    return replace(number, last=number.last + 1, value=clean(number.value * scale), step=number.step * scale)


def _about(reading: QuantityExpression | None) -> QuantityExpression | None:
    """Widens "a dozen" to a range: it rarely means exactly twelve."""
    return replace(reading, hedge=HedgeKind.AROUND) if reading else None


def _with_suffix(tokens: Sequence[NumberToken], number: Numeral) -> QuantityExpression | None:
    """A figure with letters attached: a scale ("1.2m"), a unit ("41km"), "3x". None for others, which are names ("5G")."""
    suffix = word_at(tokens, number.last)
    if suffix in ("k", "g", "m", "l") and token_at(tokens, number.last).capital and number.value < 10:
        return None
    following = token_at(tokens, number.last + 1).word
    if suffix in SHORT_SCALES and not (suffix == "m" and _means_meters(following)) and suffix != "b":
        return read_after(tokens, _times(number, SHORT_SCALES[suffix]))
    if suffix == "x":
        return typed(number, Kind.MULTIPLE, last=number.last + 1)
    if suffix == "p" and number.value < 100:
        return typed(number, Kind.MONEY, "GBP", 0.01, number.last + 1)
    return as_percent(tokens, number, number.last) or as_measure(tokens, number, number.last)


def _means_meters(following: str) -> bool:
    """False if "people", "euros" or a plural follows "300m" (millions); else True (meters)."""
    return following not in currencies.WORDS and following not in (
        "people",
        "users",
        "customers",
        "inhabitants",
        "viewers",
        "records",
    )


def read_after(tokens: Sequence[NumberToken], number: Numeral) -> QuantityExpression | None:
    """The number with its kind, as given by the words after it."""
    at = number.last + 1 if word_at(tokens, number.last) == "-" and joined(tokens, number.last) else number.last
    for look in (as_percent, as_money, as_measure, _multiple_after, _one_in):
        reading = look(tokens, number, at)
        if reading:
            return reading
    return typed(number, Kind.NUMBER)


def as_percent(tokens: Sequence[NumberToken], number: Numeral, at: int) -> QuantityExpression | None:
    """The number as a percentage or percentage points, if the words at token `at` say so; else None."""
    word, following = word_at(tokens, at), word_at(tokens, at + 1)
    if word == "basis" and following.startswith("point"):
        return typed(number, Kind.PERCENTAGE_POINTS, factor=0.01, last=at + 2)
    if word in ("bps", "bp") and not number.words:
        return typed(number, Kind.PERCENTAGE_POINTS, factor=0.01, last=at + 1)
    if (
        word in ("percent", "pct", "percentage", "%", "％")
        or (word == "pc" and not number.words)
        or (word == "per" and following == "cent")
    ):
        last = at + 2 if word == "per" else at + 1
        if word_at(tokens, last) in ("point", "points"):
            return typed(number, Kind.PERCENTAGE_POINTS, last=last + 1)
        return typed(number, Kind.PERCENT, last=last) if word != "percentage" else None
    return None


def as_money(tokens: Sequence[NumberToken], number: Numeral, at: int) -> QuantityExpression | None:
    """The number as an amount, if token `at` begins a currency: "crowns", "Canadian dollars", "cents"; else None."""
    nation, last = _nation(tokens, at)
    word = word_at(tokens, last)
    unit = currencies.currency_of(word, nation) or (
        currencies.CODES.get(word, "") if token_at(tokens, last).capital else ""
    )
    if word in currencies.CENTS and word != "p" and not nation:
        return typed(number, Kind.MONEY, currencies.CENTS[word], 0.01, last + 1)
    if (
        not unit
        or (word in ("won", "real", "sol") and not _is_amount(number, word))
        or _is_weight(tokens, number, last)
    ):
        return None
    if word_at(tokens, last + 1) in ("cent", "cents"):
        return typed(number, Kind.MONEY, unit, 0.01, last + 2)
    sterling = word in ("pound", "pounds") and word_at(tokens, last + 1) == "sterling"
    return typed(number, Kind.MONEY, unit, last=last + 1 + sterling)


def _nation(tokens: Sequence[NumberToken], at: int) -> tuple[str, int]:
    """The nation before a currency word ("Swedish", "New Zealand") and the token after it; ("", at) if there is none."""
    word = word_at(tokens, at)
    long = currencies.LONG_NATIONS.get((word, word_at(tokens, at + 1)), "")
    if long:
        return long, at + 2
    return (word, at + 1) if word in currencies.NATIONS else ("", at)


def _is_amount(number: Numeral, word: str) -> bool:
    """True for "40,000 won", False for "two won"."""
    return word == "won" and number.value >= 1000


def _is_weight(tokens: Sequence[NumberToken], number: Numeral, at: int) -> bool:
    """True for pounds of weight: "40 pounds of cod", "a 40-pound dog", "weighed 40 pounds"."""
    if word_at(tokens, at) not in ("pound", "pounds") or number.step >= 1e6:
        return False
    near = {word_at(tokens, i) for i in range(number.first - 4, number.first)}
    weighs = near & {"weighs", "weighed", "weighing", "weight", "lost", "lifted", "gained"}
    return (
        bool(weighs)
        or word_at(tokens, at - 1) == "-"
        or word_at(tokens, at + 1) == "of"
        or word_at(tokens, at + 1) == "("
    )


def as_measure(tokens: Sequence[NumberToken], number: Numeral, at: int) -> QuantityExpression | None:
    """The number as a measure, if token `at` begins a unit; else None."""
    unit, last = read_unit(tokens, at)
    if not unit:
        return None
    word = word_at(tokens, at)
    if unit == "knot" and number.value < 4:
        return None
    if len(word) == 1 and word in "gml" and token_at(tokens, at).capital:
        return None
    if word in FIGURES_ONLY and (
        number.words or (len(word) == 1 and word in "cf" and not token_at(tokens, at).capital)
    ):
        return None
    return typed(number, Kind.MEASURE, unit, last=last)


_COMPARING = frozenset(
    "as the more larger bigger higher greater faster what its their his her that normal less longer older".split()
)


def _multiple_after(tokens: Sequence[NumberToken], number: Numeral, at: int) -> QuantityExpression | None:
    word, following = word_at(tokens, at), word_at(tokens, at + 1)
    if word == "fold":
        return typed(number, Kind.MULTIPLE, last=at + 1)
    if word_at(tokens, number.first - 1) == "of" and word_at(tokens, number.first - 2) == "factor":
        return typed(number, Kind.MULTIPLE)
    if word == "times" and following in _COMPARING and number.value > 1:
        return typed(number, Kind.MULTIPLE, last=at + 1)
    return None


_ROUND = frozenset((3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000))


def _one_in(tokens: Sequence[NumberToken], number: Numeral, at: int) -> QuantityExpression | None:
    """A ratio as a fraction: "one in five", "two out of three", "one patient in two"."""
    noun = ""
    if number.value == 1 and word_at(tokens, at + 1) == "in" and token_at(tokens, at).kind is TokenKind.WORD:
        noun, at = word_at(tokens, at), at + 1
    word = word_at(tokens, at)
    at += 2 if word == "out" and word_at(tokens, at + 1) == "of" else 1 if word == "in" or word == "in every" else 99
    at += word_at(tokens, at) == "every"
    whole = read_cardinal(tokens, at) if at < len(tokens) and joined(tokens, at) else None
    if whole is None or not number.value < whole.value:
        return None
    odds = number.value == 1 and not 1800 <= whole.value <= 2100
    if whole.value not in _ROUND and not odds:
        return None
    if (word == "in" and number.value > 10) or token_at(tokens, whole.last).word in ("percent", "million"):
        return None
    reading = typed(number, Kind.FRACTION, last=whole.last)
    share = number.value / whole.value
    return replace(reading, number_end=whole.last, value=share, step=1 / whole.value, noun=noun)


def read_money_sign(tokens: Sequence[NumberToken], at: int) -> QuantityExpression | None:
    """A currency sign or code before its number: "$12.4 billion", "US$40", "£3m", "EUR 500", "Rs. 40"."""
    start = at
    prefix = token_at(tokens, at - 1)
    sign = word_at(tokens, at)
    unit = currencies.SIGNS.get(sign) or (currencies.CODES.get(sign, "") if tokens[at].capital or sign == "kr" else "")
    if not unit:
        return None
    glued = prefix.kind is TokenKind.WORD and prefix.end == tokens[at].start
    if glued and (of_country := currencies.PREFIXES.get((sign, prefix.word.replace(".", "")))):
        unit, start = of_country, at - 1
    number_at = at + 2 if word_at(tokens, at + 1) == "." else at + 1
    if token_at(tokens, number_at).kind is not TokenKind.FIGURE or not joined(tokens, number_at):
        return None
    number = read_cardinal(tokens, number_at)
    if number is None:
        return None
    number = _short_scale(tokens, number)
    last = number.last + (word_at(tokens, number.last) in ("dollars", "euros", "pounds"))
    return replace(typed(number, Kind.MONEY, unit, last=last), first=start)


def _short_scale(tokens: Sequence[NumberToken], number: Numeral) -> Numeral:
    scale = SHORT_SCALES.get(word_at(tokens, number.last), 0) if joined(tokens, number.last) else 0
    if word_at(tokens, number.last) == "-" and word_at(tokens, number.last + 1) in SCALES:
        scale = SCALES[word_at(tokens, number.last + 1)]
        number = replace(number, last=number.last + 1)
    return _times(number, scale) if scale else number


def read_negative(tokens: Sequence[NumberToken], at: int) -> QuantityExpression | None:
    """A minus or dash before a number: "-16 C", "–2.3 percent", "minus 16", "-$4 million"."""
    sign, after = tokens[at], token_at(tokens, at + 1)
    if sign.kind is TokenKind.SIGN and not _may_be_minus(tokens, at):
        return None
    if not joined(tokens, at + 1) and after.start != sign.end:
        return None
    signed = after.word in currencies.SIGNS
    reading = read_money_sign(tokens, at + 1) if signed else read_number(tokens, at + 1)
    if reading is None or reading.kind is Kind.FRACTION or _is_listed(tokens, at, reading):
        return None
    return replace(reading, first=at, number=reading.number if signed else at, value=-reading.value)


def _may_be_minus(tokens: Sequence[NumberToken], at: int) -> bool:
    """True for a dash with a space before and none after, followed by a figure or currency sign, that is not a range."""
    sign, after = tokens[at], token_at(tokens, at + 1)
    if sign.word in ("–", "‒") and token_at(tokens, at - 1).kind is TokenKind.FIGURE:
        return False
    follows = after.kind is TokenKind.FIGURE or after.word in currencies.SIGNS
    return after.start == sign.end and follows and token_at(tokens, at - 1).end < sign.start


def _is_listed(tokens: Sequence[NumberToken], at: int, reading: QuantityExpression) -> bool:
    """True for "–20 people were hurt": counts are not negative, so the dash is a list mark."""
    dash = tokens[at].word in ("–", "‒")
    return dash and bool(counted_noun(tokens, reading.last, reading.kind, abs(reading.value)))


MINUS_SIGNS = ("-", "−", "–", "‒", "‑", "﹣", "－")


def read_clock(tokens: Sequence[NumberToken], at: int) -> QuantityExpression | None:
    """A race time, in seconds: "2:08:41", "3:43.13". None for "10:30", which is a time of day."""
    word = word_at(tokens, at)
    fields = word.split(":")
    if len(fields) < 3 and "." not in word:
        return None
    seconds = 0.0
    for field in fields:
        seconds = seconds * 60 + float(field)
    step = 10.0 ** -len(word.partition(".")[2]) if "." in word else 1.0
    number = Numeral(at, at + 1, seconds, step, False)
    return typed(number, Kind.MEASURE, "second")

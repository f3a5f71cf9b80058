"""Reads quantities in words: ordinals, fractions, multiples, vague counts; and the table of word → reader."""

from collections.abc import Sequence
from dataclasses import replace

from worker.dimensions.quantities import currencies
from worker.dimensions.quantities.hedges import HedgeKind
from worker.dimensions.quantities.number_tokens import NumberToken, TokenKind
from worker.dimensions.quantities.numbers import (
    SCALES,
    SMALL,
    TENS,
    Numeral,
    joined,
    read_cardinal,
    read_fraction,
    read_ordinal,
    token_at,
    word_at,
)
from worker.dimensions.quantities.numbers_with_units import (
    MINUS_SIGNS,
    QuantityExpression,
    Reader,
    as_measure,
    as_money,
    as_percent,
    read_after,
    read_money_sign,
    read_negative,
    read_number,
    typed,
)
from worker.dimensions.quantities.quantity import QuantityKind as Kind

_NOT_A_NOUN = frozenset(
    """
    of and or but to in on at by from with than the a an for as is was were are been be has have had since ago
    later place who that this which when while although because between before after his her its their into over
    under more less
    """.split()
)


def read_ordinal_place(tokens: Sequence[NumberToken], at: int) -> QuantityExpression | None:
    """An ordinal: "eighth", "12th", "maiden". None for "a second" of time, "First Avenue", "at first"."""
    if word_at(tokens, at) in ("maiden", "inaugural"):
        return typed(Numeral(at, at + 1, 1.0, 1.0, True), Kind.ORDINAL)
    number = read_ordinal(tokens, at)
    if number is None or _is_no_place(tokens, at, number.last):
        return None
    return typed(number, Kind.ORDINAL)


def _is_no_place(tokens: Sequence[NumberToken], at: int, last: int) -> bool:
    before, after = word_at(tokens, at - 1), token_at(tokens, last)
    if word_at(tokens, at) == "first" and after.word.endswith("ed") and before != "the":
        return True
    if tokens[at].kind is TokenKind.WORD and tokens[at].capital and after.capital and joined(tokens, last):
        return True
    if word_at(tokens, at) == "second" and (before in SMALL or before in TENS or before in ("per", "split", "every")):
        return True
    if word_at(tokens, at) == "first":
        return before == "at" or after.word in (
            "of",
            "degree",
            "lady",
            "class",
            "aid",
            "responders",
            "responder",
            "hand",
            "name",
            "minister",
        )
    return False


def read_share(tokens: Sequence[NumberToken], at: int) -> QuantityExpression | None:
    """A fraction: "a third of", "half". With a scale it is a number ("half a million"), with "percent" a percentage."""
    number = read_fraction(tokens, at)
    if number is None or _is_ordinal_after_all(tokens, number):
        return None
    scaled = _scaled_fraction(tokens, number)
    if scaled:
        reading = read_after(tokens, scaled)
        dozen = word_at(tokens, scaled.last - 1) == "dozen"
        return replace(reading, hedge=HedgeKind.AROUND) if reading and dozen else reading
    for look in (as_percent, as_money, as_measure):
        skip = number.last + (word_at(tokens, number.last) in ("a", "an", "-"))
        of = skip + 2 if word_at(tokens, skip) == "of" and word_at(tokens, skip + 1) in ("a", "an", "one") else skip
        reading = look(tokens, number, of)
        if reading and (reading.kind is not Kind.MEASURE or number.value != 0.5 or of > number.last):
            return reading
    if word_at(tokens, at - 1) in ("by", "in") and word_at(tokens, at) == "half":
        return typed(replace(number, first=at), Kind.MULTIPLE)
    return typed(number, Kind.FRACTION)


def _is_ordinal_after_all(tokens: Sequence[NumberToken], number: Numeral) -> bool:
    """True for "a third term", "the second half", "half past", which are not fractions."""
    word, after = word_at(tokens, number.first), token_at(tokens, number.last)
    if word in ("a", "an") and word_at(tokens, number.first - 1) == "and":
        return True
    if word == "half" and word_at(tokens, number.first - 1) == "a" and word_at(tokens, number.first - 2) == "and":
        return True
    if word == "half":
        return word_at(tokens, number.first - 1) in ("first", "second", "other", "-") or after.word in (
            "past",
            "time",
            "hour",
            "brother",
            "sister",
        )
    if word not in ("a", "an", "one") or word_at(tokens, number.last - 1) in ("half", "quarter"):
        return word_at(tokens, number.last) in ("final", "finals")
    follows = after.kind is TokenKind.WORD and joined(tokens, number.last)
    return follows and after.word not in _NOT_A_NOUN and word != "one"


def _scaled_fraction(tokens: Sequence[NumberToken], number: Numeral) -> Numeral | None:
    """A fraction of a scale as a number: "half a million", "a quarter of a billion", "half-dozen"."""
    at = number.last
    at += word_at(tokens, at) == "of"
    at += word_at(tokens, at) in ("a", "an", "-")
    scale = (SCALES | {"dozen": 12.0, "hundred": 100.0}).get(word_at(tokens, at))
    if scale is None or (at == number.last and word_at(tokens, at) not in SCALES):
        return None
    value = number.value * scale
    return Numeral(number.first, at + 1, value, value, True)


_TURNS = {
    "twice": 2.0, "thrice": 3.0, "doubled": 2.0, "doubling": 2.0, "doubles": 2.0, "double": 2.0, "tripled": 3.0, "triple": 3.0,
    "tripling": 3.0, "trebled": 3.0, "treble": 3.0, "quadrupled": 4.0, "quadruple": 4.0, "quadrupling": 4.0, "halved": 0.5,
    "halving": 0.5, "halve": 0.5, "halves": 0.5, "twofold": 2.0, "threefold": 3.0, "fourfold": 4.0, "fivefold": 5.0,
    "sixfold": 6.0, "tenfold": 10.0, "hundredfold": 100.0,
}  # fmt: skip
_BEFORE_VERB = frozenset(
    "to will would could may might can nearly almost than about roughly should must had has have".split()
)


def read_turn(tokens: Sequence[NumberToken], at: int) -> QuantityExpression | None:
    """A multiple ("doubled", "twice as many") or a number of times ("put off twice")."""
    word, following, before = word_at(tokens, at), word_at(tokens, at + 1), word_at(tokens, at - 1)
    number = Numeral(at, at + 1, _TURNS[word], _TURNS[word], True)
    if word in ("twice", "thrice") and following not in ("as", "the", "that", "its", "their", "his", "her", "what"):
        return replace(typed(number, Kind.NUMBER), noun="time", step=1.0)
    if word in ("double", "triple", "treble", "halve", "doubles", "halves", "quadruple"):
        verb = before in _BEFORE_VERB or following in ("the", "its", "their", "his", "her", "what")
        return typed(number, Kind.MULTIPLE) if verb else None
    return typed(number, Kind.MULTIPLE)


_VAGUE_PLURALS = {
    "dozens": (24.0, 144.0), "scores": (40.0, 200.0), "hundreds": (200.0, 2e3), "thousands": (2e3, 2e4),
    "millions": (2e6, 2e7), "billions": (2e9, 2e10), "tens": (20.0, 100.0),
    "lakhs": (2e5, 2e6), "crores": (2e7, 2e8),
}  # fmt: skip
_VAGUE_COUNTS = {
    ("a", "handful"): (2.0, 9.0), ("several",): (3.0, 12.0), ("a", "few"): (2.0, 9.0), ("a", "couple"): (2.0, 3.0),
    ("several", "dozen"): (30.0, 144.0), ("a", "few", "dozen"): (24.0, 108.0), ("a", "small", "number"): (2.0, 20.0),
}  # fmt: skip


def read_vague(tokens: Sequence[NumberToken], at: int) -> QuantityExpression | None:
    """A vague count as a range: "dozens", "hundreds of thousands", "a handful", "several hundred"."""
    word = word_at(tokens, at)
    if word in _VAGUE_PLURALS:
        return _vague_plural(tokens, at)
    for length in (3, 2, 1):
        words = tuple(word_at(tokens, i) for i in range(at, at + length))
        if words in _VAGUE_COUNTS:
            low, high = _VAGUE_COUNTS[words]
            last = at + length
            skip = last + (word_at(tokens, last) == "of")
            scale = (SCALES | {"hundred": 100.0}).get(word_at(tokens, skip), 1.0)
            return _vague(tokens, at, skip + 1 if scale > 1 else last, low * scale, high * scale)
    return None


def _vague_plural(tokens: Sequence[NumberToken], at: int) -> QuantityExpression | None:
    low, high = _VAGUE_PLURALS[word_at(tokens, at)]
    following = word_at(tokens, at + 2) if word_at(tokens, at + 1) == "of" else ""
    scale = SCALES.get(following.removesuffix("s"), 0)
    if scale and following.endswith("s"):
        return _vague(tokens, at, at + 3, max(low / 2, 10.0) * scale, low * 5 * scale)
    if word_at(tokens, at) in ("tens", "scores") and word_at(tokens, at + 1) != "of":
        return None
    return _vague(tokens, at, at + 1, low, high)


def _vague(tokens: Sequence[NumberToken], first: int, last: int, low: float, high: float) -> QuantityExpression:
    """A vague count; money or a measure if a currency or unit follows ("millions of euros")."""
    number = Numeral(first, last, low, low, True)
    of = last + (word_at(tokens, last) == "of")
    for look in (as_money, as_measure):
        reading = look(tokens, number, of)
        if reading:
            return replace(reading, low=reading.value, high=high * reading.value / low)
    return QuantityExpression(first, last, first, last, Kind.NUMBER, low, low, low=low, high=high)


def read_place_or_number(tokens: Sequence[NumberToken], at: int) -> QuantityExpression | None:
    """The expression that a figure begins: an ordinal ("12th"), a fraction ("1/3"), else a number."""
    if word_at(tokens, at - 1) == "." and word_at(tokens, at - 2) == "no" and token_at(tokens, at - 2).capital:
        rank = read_cardinal(tokens, at)
        return typed(rank, Kind.ORDINAL) if rank else None
    return read_ordinal_place(tokens, at) or read_share(tokens, at) or read_number(tokens, at)


def read_article(tokens: Sequence[NumberToken], at: int) -> QuantityExpression | None:
    """The expression that "a" begins: "a third of", "a handful", "a hundred"."""
    return read_vague(tokens, at) or read_share(tokens, at) or read_number(tokens, at)


def _readers() -> dict[str, Reader]:
    readers: dict[str, Reader] = dict.fromkeys(_TURNS, read_turn)
    readers |= dict.fromkeys((*_VAGUE_PLURALS, "several"), read_vague)
    readers |= dict.fromkeys((*SMALL, *TENS), _read_word)
    readers |= dict.fromkeys((*currencies.SIGNS, *currencies.CODES), read_money_sign)
    readers |= {"half": read_share, "a": read_article, "an": read_article}
    readers |= dict.fromkeys((*MINUS_SIGNS, "minus"), read_negative)
    return readers | dict.fromkeys((*_ORDINAL_WORDS, "maiden", "inaugural"), read_ordinal_place)


def _read_word(tokens: Sequence[NumberToken], at: int) -> QuantityExpression | None:
    if word_at(tokens, at) == "one" and _is_pronoun(tokens, at):
        return None
    return read_ordinal_place(tokens, at) or read_share(tokens, at) or read_number(tokens, at)


def _is_pronoun(tokens: Sequence[NumberToken], at: int) -> bool:
    """True for a "one" that is not a number: "no one", "one of the", "one another", "one should"."""
    before, after = word_at(tokens, at - 1), word_at(tokens, at + 1)
    if before in _ONE_BEFORE or after in _ONE_AFTER:
        return True
    return (
        token_at(tokens, at + 1).kind is not TokenKind.WORD
        and after != "-"
        and before not in ("to", "by", "only", "just", "least")
    )


_ONE_BEFORE = frozenset(
    "no any some every each this that the which another another's other big good new old first".split()
)
_ONE_AFTER = frozenset(
    """
    of another through from on at by for with after before and or but as than about out can could should would
    must may might is was has had will to day's time's 's who that cannot
    """.split()
)
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth"
).split()
READERS = _readers()

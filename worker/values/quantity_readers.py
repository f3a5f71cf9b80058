"""Readers of one expression each: money, percent, measures, fractions, ordinals, scores, multiples, vague counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from worker.values import money
from worker.values.hedges import Lean
from worker.values.number_tokens import Token, TokenKind
from worker.values.numbers import (
    SCALES,
    SHORT_SCALES,
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
from worker.values.quantity import QuantityKind as Kind
from worker.values.units import FIGURES_ONLY, read_unit


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression at tokens `[first, last)`, before hedge and noun are known; the bare number is `[number, number_end)`.

    `low` and `high` are given where the words themselves are a range ("dozens", "10 to 15"), else None.
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
    lean: Lean = Lean.NONE


Reader = Callable[[Sequence[Token], int], Reading | None]


def _plain(number: Numeral, kind: Kind, unit: str = "", factor: float = 1.0, last: int = 0) -> Reading:
    return Reading(
        first=number.first,
        last=max(last, number.last),
        number=number.first,
        number_end=number.last,
        kind=kind,
        value=number.value * factor,
        step=number.step * factor,
        unit=unit,
    )


def read_number(tokens: Sequence[Token], at: int) -> Reading | None:
    """A cardinal with what follows it: percent sign, currency, unit, "-fold", "times as", "in five"."""
    over_and = word_at(tokens, at - 1) != "between"
    number = read_cardinal(tokens, at, over_and)
    if number is None:
        return None
    glued = token_at(tokens, number.last)
    if not number.words and glued.kind is TokenKind.WORD and glued.start == tokens[number.last - 1].end:
        return _with_suffix(tokens, number)
    return read_after(tokens, number)


def _with_suffix(tokens: Sequence[Token], number: Numeral) -> Reading | None:
    """Letters glued to a figure: a scale ("1.2m"), a unit ("41km"), "3x"; anything else is a name ("5G"), no number."""
    suffix = word_at(tokens, number.last)
    following = token_at(tokens, number.last + 1).word
    if suffix in SHORT_SCALES and not (suffix == "m" and _means_meters(following)) and suffix != "b":
        scaled = replace(
            number,
            last=number.last + 1,
            value=number.value * SHORT_SCALES[suffix],
            step=number.step * SHORT_SCALES[suffix],
        )
        return read_after(tokens, scaled)
    if suffix == "x":
        return _plain(number, Kind.MULTIPLE, last=number.last + 1)
    if suffix == "p":
        return _plain(number, Kind.MONEY, "GBP", 0.01, number.last + 1)
    unit, last = read_unit(tokens, number.last)
    return _plain(number, Kind.MEASURE, unit, last=last) if unit else None


def _means_meters(following: str) -> bool:
    """After "300m": "people", "euros" or a plural speak for millions, all else for meters."""
    return following not in money.WORDS and following not in (
        "people",
        "users",
        "customers",
        "inhabitants",
        "viewers",
        "records",
    )


def read_after(tokens: Sequence[Token], number: Numeral) -> Reading | None:
    """Types a number by the words after it."""
    at = number.last + 1 if word_at(tokens, number.last) == "-" and joined(tokens, number.last) else number.last
    for look in (_percent, _money_after, _measure, _multiple_after, _one_in):
        reading = look(tokens, number, at)
        if reading:
            return reading
    return _plain(number, Kind.NUMBER)


def _percent(tokens: Sequence[Token], number: Numeral, at: int) -> Reading | None:
    word, following = word_at(tokens, at), word_at(tokens, at + 1)
    if word == "basis" and following.startswith("point"):
        return _plain(number, Kind.PERCENTAGE_POINTS, factor=0.01, last=at + 2)
    if word in ("percent", "pct", "percentage", "%", "％") or (word == "per" and following == "cent"):
        last = at + 2 if word == "per" else at + 1
        if word_at(tokens, last) in ("point", "points"):
            return _plain(number, Kind.PERCENTAGE_POINTS, last=last + 1)
        return _plain(number, Kind.PERCENT, last=last) if word != "percentage" else None
    return None


def _money_after(tokens: Sequence[Token], number: Numeral, at: int) -> Reading | None:
    nation = word_at(tokens, at) if word_at(tokens, at) in money.NATIONS else ""
    last = at + 1 if nation else at
    if nation in ("hong", "new", "south") and word_at(tokens, last) in ("kong", "zealand", "african"):
        nation, last = word_at(tokens, last), last + 1
    word = word_at(tokens, last)
    unit = money.currency_of(word, nation) or (money.CODES.get(word, "") if token_at(tokens, last).capital else "")
    if word in money.CENTS and word != "p" and not nation:
        return _plain(number, Kind.MONEY, money.CENTS[word], 0.01, last + 1)
    if (
        not unit
        or (word in ("won", "real", "sol") and not _is_amount(number, word))
        or _is_weight(tokens, number, last)
    ):
        return None
    return _plain(number, Kind.MONEY, unit, last=last + 1)


def _is_amount(number: Numeral, word: str) -> bool:
    """ "40,000 won" is money, "two won" is not."""
    return word == "won" and number.value >= 1000


def _is_weight(tokens: Sequence[Token], number: Numeral, at: int) -> bool:
    """ "40 pounds of cod", "a 40-pound dog", "weighed 40 pounds": a weight, not money."""
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


def _measure(tokens: Sequence[Token], number: Numeral, at: int) -> Reading | None:
    unit, last = read_unit(tokens, at)
    if not unit:
        return None
    word = word_at(tokens, at)
    if word in FIGURES_ONLY and (
        number.words or (len(word) == 1 and word in "cf" and not token_at(tokens, at).capital)
    ):
        return None
    return _plain(number, Kind.MEASURE, unit, last=last)


_COMPARING = frozenset(
    "as the more larger bigger higher greater faster what its their his her that normal less longer older".split()
)


def _multiple_after(tokens: Sequence[Token], number: Numeral, at: int) -> Reading | None:
    word, following = word_at(tokens, at), word_at(tokens, at + 1)
    if word == "fold":
        return _plain(number, Kind.MULTIPLE, last=at + 1)
    if word == "times" and following in _COMPARING and number.value > 1:
        return _plain(number, Kind.MULTIPLE, last=at + 1)
    return None


_ROUND = frozenset((3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000))


def _one_in(tokens: Sequence[Token], number: Numeral, at: int) -> Reading | None:
    """ "one in five", "two out of three", "one patient in two"."""
    noun = ""
    if number.value == 1 and word_at(tokens, at + 1) == "in" and token_at(tokens, at).kind is TokenKind.WORD:
        noun, at = word_at(tokens, at), at + 1
    word = word_at(tokens, at)
    at += 2 if word == "out" and word_at(tokens, at + 1) == "of" else 1 if word == "in" or word == "in every" else 99
    at += word_at(tokens, at) == "every"
    whole = read_cardinal(tokens, at) if at < len(tokens) and joined(tokens, at) else None
    if whole is None or not number.value < whole.value or (whole.value not in _ROUND and not noun and whole.value != 2):
        return None
    if (word == "in" and number.value > 10) or token_at(tokens, whole.last).word in ("percent", "million"):
        return None
    reading = _plain(number, Kind.FRACTION, last=whole.last)
    share = number.value / whole.value
    return replace(reading, number_end=whole.last, value=share, step=1 / whole.value, noun=noun)


def read_money_sign(tokens: Sequence[Token], at: int) -> Reading | None:
    """A currency sign or code before its number: "$12.4 billion", "US$40", "£3m", "EUR 500", "Rs. 40"."""
    start = at
    prefix = token_at(tokens, at - 1)
    sign = word_at(tokens, at)
    unit = money.SIGNS.get(sign) or money.CODES.get(sign, "")
    if prefix.kind is TokenKind.WORD and prefix.end == tokens[at].start and sign == "$":
        unit, start = money.PREFIXES.get(prefix.word.replace(".", ""), unit), at - 1
    number_at = at + 2 if word_at(tokens, at + 1) == "." else at + 1
    if token_at(tokens, number_at).kind is not TokenKind.FIGURE or not joined(tokens, number_at):
        return None
    number = read_cardinal(tokens, number_at)
    if number is None:
        return None
    number = _short_scale(tokens, number)
    last = number.last + (word_at(tokens, number.last) in ("dollars", "euros", "pounds"))
    return replace(_plain(number, Kind.MONEY, unit, last=last), first=start)


def _short_scale(tokens: Sequence[Token], number: Numeral) -> Numeral:
    scale = SHORT_SCALES.get(word_at(tokens, number.last), 0) if joined(tokens, number.last) else 0
    if word_at(tokens, number.last) == "-" and word_at(tokens, number.last + 1) in SCALES:
        scale = SCALES[word_at(tokens, number.last + 1)]
        number = replace(number, last=number.last + 1)
    return (
        replace(number, last=number.last + 1, value=number.value * scale, step=number.step * scale) if scale else number
    )


def read_negative(tokens: Sequence[Token], at: int) -> Reading | None:
    """A minus before a number: "-16 C", "minus 16"."""
    sign = tokens[at]
    after = token_at(tokens, at + 1)
    free = token_at(tokens, at - 1).end < sign.start
    if sign.kind is TokenKind.SIGN and (after.start != sign.end or not free or after.kind is not TokenKind.FIGURE):
        return None
    reading = read_number(tokens, at + 1) if joined(tokens, at + 1) or after.start == sign.end else None
    if reading is None or reading.kind is Kind.FRACTION:
        return None
    return replace(reading, first=at, number=at, value=-reading.value)


def read_clock(tokens: Sequence[Token], at: int) -> Reading | None:
    """A race time, in seconds: "2:08:41", "3:43.13". A bare "10:30" is a time of day and none of ours."""
    word = word_at(tokens, at)
    fields = word.split(":")
    if len(fields) < 3 and "." not in word:
        return None
    seconds = 0.0
    for field in fields:
        seconds = seconds * 60 + float(field)
    step = 10.0 ** -len(word.partition(".")[2]) if "." in word else 1.0
    number = Numeral(at, at + 1, seconds, step, False)
    return _plain(number, Kind.MEASURE, "second")


_NOT_A_NOUN = frozenset(
    """of and or but to in on at by from with than the a an for as is was were are been be has have had since ago later place who that
    this which when while although because between before after his her its their into over under more less""".split()
)


def read_ordinal_place(tokens: Sequence[Token], at: int) -> Reading | None:
    """An ordinal: "eighth", "12th", "maiden". Not "a second" of time, "First Avenue", "at first"."""
    if word_at(tokens, at) in ("maiden", "inaugural"):
        return _plain(Numeral(at, at + 1, 1.0, 1.0, True), Kind.ORDINAL)
    number = read_ordinal(tokens, at)
    if number is None or _is_no_place(tokens, at, number.last):
        return None
    return _plain(number, Kind.ORDINAL)


def _is_no_place(tokens: Sequence[Token], at: int, last: int) -> bool:
    before, after = word_at(tokens, at - 1), token_at(tokens, last)
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


def read_share(tokens: Sequence[Token], at: int) -> Reading | None:
    """A fraction: "a third of", "two-thirds", "half"; with a scale a number ("half a million"), with "percent" a percent."""
    number = read_fraction(tokens, at)
    if number is None or _is_ordinal_after_all(tokens, number):
        return None
    scaled = _scaled_fraction(tokens, number)
    if scaled:
        return read_after(tokens, scaled)
    for look in (_percent, _money_after, _measure):
        skip = number.last + (word_at(tokens, number.last) in ("a", "an", "-"))
        of = skip + 2 if word_at(tokens, skip) == "of" and word_at(tokens, skip + 1) in ("a", "an", "one") else skip
        reading = look(tokens, number, of)
        if reading and (reading.kind is not Kind.MEASURE or number.value != 0.5 or of > number.last):
            return reading
    if word_at(tokens, at - 1) in ("by", "in") and word_at(tokens, at) == "half":
        return _plain(replace(number, first=at), Kind.MULTIPLE)
    return _plain(number, Kind.FRACTION)


def _is_ordinal_after_all(tokens: Sequence[Token], number: Numeral) -> bool:
    """ "a third term", "the second half", "half past": no fraction."""
    word, after = word_at(tokens, number.first), token_at(tokens, number.last)
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


def _scaled_fraction(tokens: Sequence[Token], number: Numeral) -> Numeral | None:
    """ "half a million", "a quarter of a billion", "half-dozen", "three quarters of a million"."""
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


def read_turn(tokens: Sequence[Token], at: int) -> Reading | None:
    """ "doubled", "twice as many" → a multiple; "put off twice" → a count of two times."""
    word, following, before = word_at(tokens, at), word_at(tokens, at + 1), word_at(tokens, at - 1)
    number = Numeral(at, at + 1, _TURNS[word], _TURNS[word], True)
    if word in ("twice", "thrice") and following not in ("as", "the", "that", "its", "their", "his", "her", "what"):
        return replace(_plain(number, Kind.NUMBER), noun="time", step=1.0)
    if word in ("double", "triple", "treble", "halve", "doubles", "halves", "quadruple"):
        verb = before in _BEFORE_VERB or following in ("the", "that", "its", "their", "his", "her", "what")
        return _plain(number, Kind.MULTIPLE) if verb else None
    return _plain(number, Kind.MULTIPLE)


_VAGUE_PLURALS = {
    "dozens": (24.0, 144.0), "scores": (40.0, 200.0), "hundreds": (200.0, 2e3), "thousands": (2e3, 2e4),
    "millions": (2e6, 2e7), "billions": (2e9, 2e10), "tens": (20.0, 100.0),
}  # fmt: skip
_VAGUE_COUNTS = {
    ("a", "handful"): (2.0, 9.0), ("several",): (3.0, 12.0), ("a", "few"): (2.0, 9.0), ("a", "couple"): (2.0, 3.0),
    ("several", "dozen"): (30.0, 144.0), ("a", "few", "dozen"): (24.0, 108.0), ("a", "small", "number"): (2.0, 20.0),
}  # fmt: skip


def read_vague(tokens: Sequence[Token], at: int) -> Reading | None:
    """ "dozens", "hundreds of thousands", "a handful", "several hundred": a range and no figure."""
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
            return _vague(at, skip + 1 if scale > 1 else last, low * scale, high * scale)
    return None


def _vague_plural(tokens: Sequence[Token], at: int) -> Reading | None:
    low, high = _VAGUE_PLURALS[word_at(tokens, at)]
    following = word_at(tokens, at + 2) if word_at(tokens, at + 1) == "of" else ""
    scale = SCALES.get(following.removesuffix("s"), 0)
    if scale and following.endswith("s"):
        return _vague(at, at + 3, max(low / 2, 10.0) * scale, low * 5 * scale)
    if word_at(tokens, at) in ("tens", "scores") and word_at(tokens, at + 1) != "of":
        return None
    return _vague(at, at + 1, low, high)


def _vague(first: int, last: int, low: float, high: float) -> Reading:
    return Reading(first, last, first, last, Kind.NUMBER, low, low, low=low, high=high)


def read_place_or_number(tokens: Sequence[Token], at: int) -> Reading | None:
    """What a figure begins: an ordinal ("12th"), a fraction ("1/3"), else a number."""
    return read_ordinal_place(tokens, at) or read_share(tokens, at) or read_number(tokens, at)


def read_article(tokens: Sequence[Token], at: int) -> Reading | None:
    """What "a" begins: "a third of", "a handful", "a hundred"."""
    return read_vague(tokens, at) or read_share(tokens, at) or read_number(tokens, at)


def _readers() -> dict[str, Reader]:
    readers: dict[str, Reader] = dict.fromkeys(_TURNS, read_turn)
    readers |= dict.fromkeys((*_VAGUE_PLURALS, "several"), read_vague)
    readers |= dict.fromkeys((*SMALL, *TENS), _read_word)
    readers |= dict.fromkeys((*money.SIGNS, *money.CODES), read_money_sign)
    readers |= {"half": read_share, "a": read_article, "an": read_article}
    readers |= dict.fromkeys(("-", "−", "minus"), read_negative)
    return readers | dict.fromkeys((*_ORDINAL_WORDS, "maiden", "inaugural"), read_ordinal_place)


def _read_word(tokens: Sequence[Token], at: int) -> Reading | None:
    if word_at(tokens, at) == "one" and _is_pronoun(tokens, at):
        return None
    return read_ordinal_place(tokens, at) or read_share(tokens, at) or read_number(tokens, at)


def _is_pronoun(tokens: Sequence[Token], at: int) -> bool:
    """ "no one", "one of the", "one another", "one should": no number."""
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
    "of another can could should would must may might is was has had will to day's time's 's who that cannot".split()
)
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth"
).split()
READERS = _readers()

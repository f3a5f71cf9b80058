"""Context of a number: part of a name, date or time; direction of a percentage."""

from collections.abc import Sequence

from worker.dimensions.quantities.counted_nouns import counted_noun
from worker.dimensions.quantities.number_tokens import NumberToken, TokenKind
from worker.dimensions.quantities.numbers import joined, token_at, word_at
from worker.dimensions.quantities.numbers_with_units import QuantityExpression
from worker.dimensions.quantities.quantity import QuantityKind as Kind

_MONTHS = frozenset(
    """
    january february march april june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec
    """.split()
)
_DESIGNATORS = frozenset(
    """
    flight route highway channel formula boeing airbus article section chapter gate terminal platform windows
    iphone galaxy xbox playstation apollo falcon landsat type class level phase tier interstate resolution
    proposition prop amendment covid bowl war episode volume model mark version room apt suite box exit junction
    radio studio sputnik voyager soyuz opec page verse psalm catch stage big studio pier plate lane court area fortune
    nasdaq ftse dax cac nikkei stoxx dow s&p russell magnum
    """.split()
)
_CALENDAR = frozenset("monday tuesday wednesday thursday friday saturday sunday".split()) | _MONTHS


def is_name(tokens: Sequence[NumberToken], reading: QuantityExpression) -> bool:
    """True for a figure that belongs to a name, a date or a time of day: "Boeing 737", "Feb. 10", "in 2015", "9 p.m."."""
    if reading.kind not in (Kind.NUMBER, Kind.ORDINAL):
        return False
    first = tokens[reading.first]
    before, after = token_at(tokens, reading.first - 1), token_at(tokens, reading.last)
    if _is_month(before) or (before.word == "." and _is_month(token_at(tokens, reading.first - 2))):
        return True
    if _is_month(after) or (after.word == "of" and _is_month(token_at(tokens, reading.last + 1))):
        return True
    if after.word in ("a.m.", "p.m.", "am", "pm", "o'clock", "o’clock") or _dotted_hour(tokens, reading.last):
        return True
    if first.kind is not TokenKind.FIGURE:
        return _is_titled(before, first)
    return (
        _glued_to_word(tokens, reading)
        or _in_brackets(tokens, reading)
        or _is_year(tokens, reading)
        or _after_designator(tokens, reading)
    )


def _is_month(token: NumberToken) -> bool:
    return token.word in _MONTHS or (token.word == "may" and token.capital)


def past_name(tokens: Sequence[NumberToken], at: int) -> int:
    """The token after a name that ends in figures, including hyphenated parts: "737-800"."""
    at += 1
    while (
        word_at(tokens, at) in ("-", "/") and joined(tokens, at) and token_at(tokens, at + 1).kind is TokenKind.FIGURE
    ):
        at += 2
    return at


def _dotted_hour(tokens: Sequence[NumberToken], at: int) -> bool:
    return word_at(tokens, at) in ("a", "p") and word_at(tokens, at + 1) == "." and word_at(tokens, at + 2) == "m"


def _is_titled(before: NumberToken, first: NumberToken) -> bool:
    """True for "Chapter Five" and "Air Force One": a capitalised number after a capitalised word."""
    return (
        first.capital
        and before.capital
        and before.kind is TokenKind.WORD
        and before.end + 1 == first.start
        and len(before.word) > 2
    )


def _glued_to_word(tokens: Sequence[NumberToken], reading: QuantityExpression) -> bool:
    """True for a figure hyphenated to a preceding word: "COVID-19", "under-21", "F-16", but not "upto-10"."""
    if "/" in (word_at(tokens, reading.first - 1), word_at(tokens, reading.last)) and reading.kind is Kind.NUMBER:
        return True
    dash, word = token_at(tokens, reading.first - 1), token_at(tokens, reading.first - 2)
    glued = dash.word in ("-", "‑", "’", "'") and dash.end == tokens[reading.first].start and word.end == dash.start
    before = token_at(tokens, reading.first - 3)
    designated = glued and before.kind is TokenKind.WORD and before.end == word.start
    return (
        (glued and word.kind is TokenKind.WORD)
        or designated
        or (dash.kind is TokenKind.WORD and dash.end == tokens[reading.first].start)
    )


def _in_brackets(tokens: Sequence[NumberToken], reading: QuantityExpression) -> bool:
    """True for a player's number after the name: "Drew Stanton (5)"."""
    figure, name = tokens[reading.first], token_at(tokens, reading.first - 2)
    around = (word_at(tokens, reading.first - 1), word_at(tokens, reading.last))
    return around == ("(", ")") and len(figure.word) <= 2 and name.kind is TokenKind.WORD and name.capital


def _is_year(tokens: Sequence[NumberToken], reading: QuantityExpression) -> bool:
    first, before = tokens[reading.first], word_at(tokens, reading.first - 1)
    if (
        len(first.word) != 4
        or not first.word.isdigit()
        or not 1700 <= reading.value <= 2099
        or reading.last - reading.first > 1
    ):
        return False
    follows = token_at(tokens, reading.last)
    counted = (
        follows.kind is TokenKind.WORD
        and follows.word.endswith(("s", "people", "men"))
        and joined(tokens, reading.last)
    )
    return not (counted and before not in ("the", "in", "since", "of", "early", "late", "mid")) and before not in (
        "about",
        "some",
        "nearly",
        "over",
        "than",
        "least",
    )


def _after_designator(tokens: Sequence[NumberToken], reading: QuantityExpression) -> bool:
    before, first = token_at(tokens, reading.first - 1), tokens[reading.first]
    if (
        before.kind is not TokenKind.WORD
        or not joined(tokens, reading.first)
        or not (before.capital or before.word == "iphone")
    ):
        return False
    if before.word in _DESIGNATORS and (before.capital or before.word == "iphone"):
        return True
    if word_at(tokens, reading.last) in ("-", "–") and token_at(tokens, reading.last + 1).kind is TokenKind.FIGURE:
        return False
    if before.word in _CALENDAR or first.word.count(",") or "." in first.word or not joined(tokens, reading.first - 1):
        return False
    inside_name = (
        token_at(tokens, reading.first - 2).capital or token_at(tokens, reading.first - 2).kind is TokenKind.WORD
    )
    return inside_name and not counted_noun(tokens, reading.last, reading.kind, max(reading.value, 2.0))


_UP = frozenset("above more higher greater over up larger".split())
_DOWN = frozenset("below less lower fewer under down smaller short".split())
ROSE = frozenset(
    """
    rose rise rises risen rising grew grow grown growing increase increased increases up climbed gained jumped
    higher soared growth
    """.split()
)
FELL = frozenset(
    """
    fell fall falls fallen falling dropped drop drops shrank shrink shrunk declined decline cut down lost lower
    decreased decrease reduced slumped
    """.split()
)
_NORMAL = frozenset("normal average usual capacity target".split())


def sense_of(tokens: Sequence[NumberToken], reading: QuantityExpression) -> str:
    """Direction of a percentage: "58 percent below" → "down", "58 percent of normal" → "of", else ""."""
    if reading.kind not in (Kind.PERCENT, Kind.PERCENTAGE_POINTS, Kind.FRACTION):
        return ""
    after = word_at(tokens, reading.last)
    if after in _UP or after in _DOWN:
        return "up" if after in _UP else "down"
    if after == "of" and not _NORMAL.isdisjoint((word_at(tokens, reading.last + 1), word_at(tokens, reading.last + 2))):
        return "of"
    if word_at(tokens, reading.first - 1) == "by":
        near = {word_at(tokens, i) for i in range(reading.first - 4, reading.first - 1)}
        return "up" if near & ROSE else "down" if near & FELL else ""
    return ""

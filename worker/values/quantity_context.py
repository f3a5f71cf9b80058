"""What the words around a number make of it: a name, one end of a range, a score, a figure that shares its neighbour's unit."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from worker.values.number_tokens import Token, TokenKind
from worker.values.numbers import joined, token_at, word_at
from worker.values.quantity import QuantityKind as Kind
from worker.values.quantity_readers import Reading

_MONTHS = frozenset(
    """january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct
    nov dec""".split()
)
_DESIGNATORS = frozenset(
    """flight route highway channel formula boeing airbus article section chapter gate terminal platform windows iphone galaxy xbox
    playstation apollo falcon landsat type class level phase tier interstate resolution proposition prop amendment covid bowl war
    episode volume model mark version room apt suite box exit junction radio studio sputnik voyager soyuz opec page verse psalm
    catch big studio pier plate lane court area fortune nasdaq ftse dax cac nikkei stoxx dow s&p russell magnum""".split()
)
_CALENDAR = frozenset("monday tuesday wednesday thursday friday saturday sunday".split()) | _MONTHS
_BARE = (Kind.NUMBER,)


def is_name(tokens: Sequence[Token], reading: Reading) -> bool:
    """True for a figure that belongs to a name, a date or a time of day: "Boeing 737", "Feb. 10", "in 2015", "9 p.m."."""
    if reading.kind not in (Kind.NUMBER, Kind.ORDINAL):
        return False
    first = tokens[reading.first]
    before, after = token_at(tokens, reading.first - 1), token_at(tokens, reading.last)
    if before.word in _MONTHS or (before.word == "." and word_at(tokens, reading.first - 2) in _MONTHS):
        return True
    if after.word in _MONTHS or (
        after.word == "of" and word_at(tokens, reading.last + 1) in _MONTHS and reading.kind is Kind.ORDINAL
    ):
        return True
    if after.word in ("a.m.", "p.m.", "am", "pm", "o'clock", "o’clock") or _dotted_hour(tokens, reading.last):
        return True
    if first.kind is not TokenKind.FIGURE:
        return _is_titled(before, first)
    return _glued_to_word(tokens, reading) or _is_year(tokens, reading) or _after_designator(tokens, reading)


def _dotted_hour(tokens: Sequence[Token], at: int) -> bool:
    return word_at(tokens, at) in ("a", "p") and word_at(tokens, at + 1) == "." and word_at(tokens, at + 2) == "m"


def _is_titled(before: Token, first: Token) -> bool:
    """ "Chapter Five", "Air Force One": a capital after a capital is part of a name."""
    return (
        first.capital
        and before.capital
        and before.kind is TokenKind.WORD
        and before.end + 1 == first.start
        and len(before.word) > 2
    )


def _glued_to_word(tokens: Sequence[Token], reading: Reading) -> bool:
    """ "COVID-19", "under-21", "F-16": a figure hyphened to a word before it. "upto-10" aside, none is a count."""
    dash, word = token_at(tokens, reading.first - 1), token_at(tokens, reading.first - 2)
    glued = dash.word in ("-", "‑") and dash.end == tokens[reading.first].start and word.end == dash.start
    return (glued and word.kind is TokenKind.WORD) or (
        dash.kind is TokenKind.WORD and dash.end == tokens[reading.first].start
    )


def _is_year(tokens: Sequence[Token], reading: Reading) -> bool:
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


def _after_designator(tokens: Sequence[Token], reading: Reading) -> bool:
    before, first = token_at(tokens, reading.first - 1), tokens[reading.first]
    if before.word == "." and word_at(tokens, reading.first - 2) == "no":
        return reading.kind is not Kind.ORDINAL and False
    if before.kind is not TokenKind.WORD or not joined(tokens, reading.first) or not before.capital:
        return False
    if before.word in _DESIGNATORS:
        return True
    if before.word in _CALENDAR or first.word.count(",") or "." in first.word or not joined(tokens, reading.first - 1):
        return False
    inside_name = (
        token_at(tokens, reading.first - 2).capital or token_at(tokens, reading.first - 2).kind is TokenKind.WORD
    )
    after = token_at(tokens, reading.last)
    counts = after.kind is TokenKind.WORD and not after.capital and joined(tokens, reading.last)
    return inside_name and not counts


def join_ranges(readings: list[Reading], tokens: Sequence[Token]) -> list[Reading]:
    """Makes one of two numbers that are the ends of a range ("10-15", "between 10 and 15") or a score ("33 votes to 31")."""
    out: list[Reading] = []
    for reading in readings:
        joint = _join(tokens, out[-1], reading) if out else None
        if joint:
            out[-1] = joint
        else:
            out.append(reading)
    return out


def _join(tokens: Sequence[Token], a: Reading, b: Reading) -> Reading | None:
    between = tuple(token.word for token in tokens[a.last : b.first]) if b.first - a.last <= 2 else None
    if between is None or not _like(a, b) or a.low is not None or a.parts or b.low is not None:
        return None
    if between in (("-",), ("–",), ("—",), ("‑",)) and token_at(tokens, a.last).start == tokens[a.last - 1].end:
        return _range(a, b) if _dash_is_range(tokens, a, b) else _score(tokens, a, b)
    if between in (("to",), ("votes", "to"), ("points", "to"), ("goals", "to"), ("sets", "to")):
        return _join_to(tokens, a, b, between)
    if between == ("and",) and word_at(tokens, a.first - 1) == "between":
        return _range(a, b)
    return _range(a, b) if between == ("or",) and 0 < b.value - a.value <= max(2, a.value) else None


def _like(a: Reading, b: Reading) -> bool:
    if b.kind is Kind.NUMBER:
        return a.kind in (Kind.NUMBER, Kind.MONEY)
    return (
        a.kind is b.kind and a.unit == b.unit
        if a.kind is not Kind.NUMBER
        else b.kind in (Kind.MONEY, Kind.PERCENT, Kind.MEASURE, Kind.NUMBER)
    )


_SCORED = frozenset(
    "win victory defeat loss vote lead draw tie decision score majority triumph advantage record margin home away".split()
)


def _dash_is_range(tokens: Sequence[Token], a: Reading, b: Reading) -> bool:
    if b.kind is not Kind.NUMBER or a.kind is Kind.MONEY:
        return a.value < b.value
    after = token_at(tokens, b.last)
    counted = (
        after.kind is TokenKind.WORD
        and joined(tokens, b.last)
        and after.word.endswith(("s", "people", "men", "children"))
    )
    return a.value < b.value and counted and after.word not in _SCORED


_SCORING = frozenset("by won win wins beat beats lost lose voted led leads vote score ahead defeated prevailed".split())


def _join_to(tokens: Sequence[Token], a: Reading, b: Reading, between: tuple[str, ...]) -> Reading | None:
    if a.kind is Kind.NUMBER and b.kind is Kind.NUMBER:
        votes = (
            len(between) == 2
            or word_at(tokens, a.first - 1) in _SCORING
            or word_at(tokens, a.first - 2) in ("vote", "score", "margin")
        )
        if votes or (a.value > b.value and word_at(tokens, a.first - 1) != "from" and a.value < 1000):
            return _score(tokens, a, b)
    near = {word_at(tokens, i) for i in range(a.first - 2, a.first)}
    return _range(a, b) if a.value < b.value and "from" not in near and len(between) == 1 else None


def _range(a: Reading, b: Reading) -> Reading | None:
    scale = _borrowed_scale(a, b)
    low, high = a.value * scale, b.value
    if low > high:
        return None
    kind, unit = (a.kind, a.unit) if a.kind is not Kind.NUMBER else (b.kind, b.unit)
    return replace(
        b, first=a.first, number=a.number, kind=kind, unit=unit, value=(low + high) / 2, low=low, high=high,
        step=min(a.step * scale, b.step),
    )  # fmt: skip


def _borrowed_scale(a: Reading, b: Reading) -> float:
    """ "$2-3 million": the scale of the second number belongs to the first as well."""
    scale = next((scale for scale in (1e12, 1e9, 1e6) if b.step * 100 >= scale and b.value >= scale), 1.0)
    return scale if a.value < 1000 and b.value / max(a.value, 1e-9) > 1000 else 1.0


def _score(tokens: Sequence[Token], a: Reading, b: Reading) -> Reading | None:
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


def share_units(readings: list[Reading], tokens: Sequence[Token]) -> list[Reading]:
    """Gives a bare number the unit of the like one beside it: "134.5 and 139 meters", "18 percent to nine"."""
    out = list(readings)
    for i in range(len(out) - 2, -1, -1):
        if _linked(tokens, out[i], out[i + 1]) and _may_borrow(tokens, out[i], len(tokens)):
            out[i] = _lend(out[i + 1], out[i])
    for i, (a, b) in enumerate(pairwise(list(out))):
        links = tuple(token.word for token in tokens[a.last : b.first])
        if links in (("to",), ("from",)) and _may_borrow(tokens, b, b.last):
            out[i + 1] = _lend(out[i], b)
    return out


def _linked(tokens: Sequence[Token], a: Reading, b: Reading) -> bool:
    return b.first - a.last <= 2 and tuple(token.word for token in tokens[a.last : b.first]) in _LINKS


def _may_borrow(tokens: Sequence[Token], reading: Reading, last: int) -> bool:
    """A bare number; where `last` is its own end, one that nothing countable follows."""
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


def _lend(lender: Reading, borrower: Reading) -> Reading:
    if lender.kind not in _LENDING:
        return borrower
    return replace(borrower, kind=lender.kind, unit=lender.unit)


_UP = frozenset("above more higher greater over up larger".split())
_DOWN = frozenset("below less lower fewer under down smaller short".split())
_ROSE = frozenset(
    "rose rise rises risen rising grew grow grown growing increase increased increases up climbed gained jumped higher soared growth".split()
)
_FELL = frozenset(
    "fell fall falls fallen falling dropped drop drops shrank shrink shrunk declined decline cut down lost lower decreased decrease reduced slumped".split()
)
_NORMAL = frozenset("normal average usual capacity target".split())


def sense_of(tokens: Sequence[Token], reading: Reading) -> str:
    """Which way a percentage goes: "58 percent below" → "down", "58 percent of normal" → "of", "" where it is not said."""
    if reading.kind not in (Kind.PERCENT, Kind.PERCENTAGE_POINTS, Kind.FRACTION):
        return ""
    after = word_at(tokens, reading.last)
    if after in _UP or after in _DOWN:
        return "up" if after in _UP else "down"
    if after == "of" and not _NORMAL.isdisjoint((word_at(tokens, reading.last + 1), word_at(tokens, reading.last + 2))):
        return "of"
    if word_at(tokens, reading.first - 1) == "by":
        near = {word_at(tokens, i) for i in range(reading.first - 4, reading.first - 1)}
        return "up" if near & _ROSE else "down" if near & _FELL else ""
    return ""

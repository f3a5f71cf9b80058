"""Durations as numbers of units, as TIMEX3 value, and as a range of days: "two hours and 38 minutes"."""

import math
from dataclasses import dataclass

from worker.dimensions.times.lexer import LexedText
from worker.dimensions.times.numerals import count, ordinal, vague
from worker.dimensions.times.rule_match import RuleMatch
from worker.dimensions.times.vocabulary import UNIT_DAYS, UNITS

ISO_LETTERS = {"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "month": "M", "year": "Y"}

TO_BASE = {
    "fortnight": ("week", 2),
    "quarter": ("month", 3),
    "decade": ("year", 10),
    "century": ("year", 100),
    "millennium": ("year", 1000),
}

SMALLER = {"year": ("month", 12), "hour": ("minute", 60), "minute": ("second", 60), "day": ("hour", 24)}


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of one unit. `amount` is None if vague; `low`..`high` is the range it can mean, in that unit."""

    amount: float | None
    low: float
    high: float
    unit: str


def lengths(found: RuleMatch) -> list[Duration]:
    """The durations of a match, one per unit: two for "two hours and 38 minutes"."""
    given = [("count", "span"), ("count2", "span2"), ("count3", "span3")]
    parts = [_length(found, number, unit) for number, unit in given if found.has(unit)]
    return [part for part in parts if part is not None]


def _length(found: RuleMatch, number: str, unit_name: str) -> Duration | None:
    unit = UNITS[found.word(unit_name)]
    if number == "count" and found.has("half_a"):
        return exactly(_fraction(found.lexed, found.tokens("half_a")), unit)
    if not found.has(number):
        return (
            exactly(1.5 if found.has("half2") else 1.0, unit) if found.has("a") else Duration(None, 1.6, math.inf, unit)
        )
    amount = count(found.lexed, found.tokens(number))
    if amount is None:
        low, high = vague(found.lexed, found.tokens(number)) or (1.6, math.inf)
        return Duration(None, low, high, unit)
    if number == "count" and (found.has("half") or found.has("half2")):
        amount += 0.5
    return exactly(amount, unit)


def _fraction(lexed: LexedText, tokens: range) -> float:
    words = [lexed.words[i] for i in tokens]
    if "half" in words:
        return 0.5
    if words[1] in ("quarters", "thirds", "fifths"):
        share = {"quarters": 4, "thirds": 3, "fifths": 5}[words[1]]
        return (count(lexed, tokens[:1]) or 1) / share
    return 0.25 if "quarter" in words else 1 / max(ordinal(lexed, tokens), 2)


def exactly(amount: float, unit: str) -> Duration:
    """A stated amount with the usual rounding: "two years" can mean up to two and a half, but not one and a half."""
    slack = 0.4 if amount == int(amount) else 0.15 * min(1.0, amount)
    return Duration(amount, amount - slack, amount + slack + (0.09 if amount == int(amount) else 0), unit)


def timex_of(parts: list[Duration]) -> str:
    """TIMEX3 value of a duration. Decades and longer units are converted to years, as in ISO 8601.

    >>> timex_of([Duration(2, 2, 2, "hour"), Duration(38, 38, 38, "minute")])
    'PT2H38M'
    """
    dates, times = "", ""
    for unit, amount in _components(parts):
        letter = ISO_LETTERS[unit]
        text = ("X" if amount is None else f"{amount:.10g}") + letter[-1]
        if len(letter) == 2:
            times += text
        else:
            dates += text
    return "P" + dates + ("T" + times if times else "")


def _components(parts: list[Duration]) -> list[tuple[str, float | None]]:
    out: list[tuple[str, float | None]] = []
    for part in parts:
        unit, factor = TO_BASE.get(part.unit, (part.unit, 1))
        amount = None if part.amount is None else part.amount * factor
        whole = None if amount is None else math.floor(amount + 1e-9)
        if amount is None or whole is None or abs(amount - whole) < 1e-6 or unit not in SMALLER:
            out.append(
                (unit, amount if whole is None or amount is None or abs(amount - whole) > 1e-6 else float(whole))
            )
            continue
        lower, per = SMALLER[unit]
        out += [(unit, float(whole))] * bool(whole) + [(lower, round((amount - whole) * per, 4))]
    return out


def day_range(parts: list[Duration], bound: str) -> tuple[float, float]:
    """Shortest and longest duration in days that the words and bound allow."""
    if len(parts) > 1 and all(p.amount is not None for p in parts):
        total = sum((p.amount or 0) * UNIT_DAYS[p.unit] for p in parts)
        slack = UNIT_DAYS[parts[-1].unit] * 0.5
        low, exact, high = total - slack, total, total + slack
    else:
        each = UNIT_DAYS[parts[0].unit]
        low, high = parts[0].low * each, parts[0].high * each
        exact = (parts[0].amount if parts[0].amount is not None else parts[0].low) * each
    return _bounded(bound, low, exact, high, UNIT_DAYS[parts[-1].unit])


def _bounded(bound: str, low: float, exact: float, high: float, unit: float) -> tuple[float, float]:
    if bound == "approx":
        slack = max(0.15 * exact, 0.75 * min(unit, exact))
        return max(0.0, exact - slack), exact + slack
    return {
        "more": (exact, math.inf),
        "least": (exact, math.inf),
        "less": (0.0, exact),
        "most": (0.0, exact),
        "nearly": (max(0.0, min(exact * 0.85, exact - 0.6 * min(unit, exact))), exact),
        "just over": (exact, exact * 1.2 + 0.5 * unit),
        "over": (low, max(high, exact * 1.5)),
    }.get(bound, (low, high))


BOUNDS = {
    "about": "approx", "around": "approx", "roughly": "approx", "approximately": "approx", "circa": "approx", "some": "approx",
    "nearly": "nearly", "almost": "nearly", "close": "nearly", "more": "more", "longer": "more", "over": "over", "under": "less",
    "less": "less", "fewer": "less", "up": "most",
}  # fmt: skip


def bound_of(found: RuleMatch) -> str:
    """The bound of a match: "approx", "nearly", "more", "less", "least", "most", "just over", "over" or ""."""
    words = [found.lexed.words[i] for i in found.tokens("bound")] if found.has("bound") else []
    if not words:
        return ""
    for word, name in (("least", "least"), ("most", "most")):
        if word in words:
            return name
    if "no" in words or "not" in words:
        return "most" if words[1] in ("more", "longer", "later") else "least"
    if words[0] in ("just", "little", "a") and words[-1] in ("over", "than") and "less" not in words:
        return "just over"
    if words[0] in ("just", "little", "a") and ("under" in words or "less" in words):
        return "nearly"
    if words[0] == "well":
        return "more"
    return BOUNDS.get(words[0], "")

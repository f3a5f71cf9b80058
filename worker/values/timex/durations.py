"""Lengths of time, and what is told by one: "two hours and 38 minutes", "a three-year deal", "two weeks ago", "every year"."""

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta

from worker.values.timex import periods
from worker.values.timex.events import event_after
from worker.values.timex.found import Found
from worker.values.timex.lexer import Lexed
from worker.values.timex.numerals import count, ordinal, vague
from worker.values.timex.relative import last_day
from worker.values.timex.value import TimeValue
from worker.values.timex.words import UNIT_DAYS, UNITS

ISO_LETTERS = {"second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "month": "M", "year": "Y"}
TO_BASE = {
    "fortnight": ("week", 2),
    "quarter": ("month", 3),
    "decade": ("year", 10),
    "century": ("year", 100),
    "millennium": ("year", 1000),
}
SMALLER = {"year": ("month", 12), "hour": ("minute", 60), "minute": ("second", 60), "day": ("hour", 24)}
BEFORE_DURATION = frozenset(
    "for in within after over about of than nearly almost lasted last lasts took take takes taking spent spend spends wait waited "
    "waits served serve serves under until before is was were be been just only least most another half to and or by with".split()
)


@dataclass(frozen=True, slots=True)
class Length:
    """A quantity of one unit. `amount` is None where it is vague; `low`..`high` are what it may mean, in that unit."""

    amount: float | None
    low: float
    high: float
    unit: str


def lengths(found: Found) -> list[Length]:
    """The quantities of a match: two for "two hours and 38 minutes"."""
    given = [("count", "span"), ("count2", "span2"), ("count3", "span3")]
    parts = [_length(found, number, unit) for number, unit in given if found.has(unit)]
    return [part for part in parts if part is not None]


def _length(found: Found, number: str, unit_name: str) -> Length | None:
    unit = UNITS[found.word(unit_name)]
    if number == "count" and found.has("half_a"):
        return _exact(_fraction(found.lexed, found.tokens("half_a")), unit)
    if not found.has(number):
        return _exact(1.5 if found.has("half2") else 1.0, unit) if found.has("a") else Length(None, 1.6, math.inf, unit)
    amount = count(found.lexed, found.tokens(number))
    if amount is None:
        low, high = vague(found.lexed, found.tokens(number)) or (1.6, math.inf)
        return Length(None, low, high, unit)
    if number == "count" and (found.has("half") or found.has("half2")):
        amount += 0.5
    return _exact(amount, unit)


def _fraction(lexed: Lexed, tokens: range) -> float:
    words = [lexed.words[i] for i in tokens]
    if "half" in words:
        return 0.5
    if "quarters" in words:
        return 0.75
    return 0.25 if "quarter" in words else 1 / max(ordinal(lexed, tokens), 2)


def _exact(amount: float, unit: str) -> Length:
    """Rounding as people do it: "two years" runs up to two and a half, not down to one and a half."""
    slack = 0.4 if amount == int(amount) else 0.15 * min(1.0, amount)
    return Length(amount, amount - slack, amount + slack + (0.09 if amount == int(amount) else 0), unit)


def timex_of(parts: list[Length]) -> str:
    """TIMEX3 value of a length. Decades and longer are written in years, as ISO 8601 wants.

    >>> timex_of([Length(2, 2, 2, "hour"), Length(38, 38, 38, "minute")])
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


def _components(parts: list[Length]) -> list[tuple[str, float | None]]:
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


def day_range(parts: list[Length], bound: str) -> tuple[float, float]:
    """Shortest and longest length in days that the words allow, bound included."""
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


def bound_of(found: Found) -> str:
    """The bound in a match: "approx", "nearly", "more", "less", "least", "most", "just over", "over" or ""."""
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


def length(found: Found) -> TimeValue | None:
    """A duration, or what its ending makes of it: an age, "ago", "later", "before the vote"."""
    parts = lengths(found)
    if not parts or not _plausible(found, parts):
        return None
    if found.has("ago"):
        return _counted_back(found, parts)
    if found.has("later") or found.has("earlier") or found.has("before") or found.has("after") or found.has("hence"):
        return _offset(found, parts)
    if _is_rate(found):
        return found.value("set", timex_of(parts), parts[0].unit, days=day_range(parts, bound_of(found)))
    if (
        found.before() == "in"
        and not found.has("bound")
        and found.anchor
        and found.tense() > 0
        and not _compound(found)
    ):
        return _pointed(found, parts, 1)
    return _plain(found, parts)


def _plain(found: Found, parts: list[Length]) -> TimeValue:
    bound = bound_of(found)
    age = found.has("old") or (found.has("of") and found.has("age"))
    return found.value(
        "duration", timex_of(parts), parts[0].unit, days=day_range(parts, bound), modifier=bound or None, is_age=age,
        fuzzy=bound not in ("", "least", "most", "more", "less") or any(p.amount is None for p in parts),
    )  # fmt: skip


def _compound(found: Found) -> bool:
    return found.lexed.name(found.tokens("span").start - 1) == "dash"


def _plausible(found: Found, parts: list[Length]) -> bool:
    """No "two second-half goals", "three quarters of", "2018 days", "four year 9 pupils"."""
    word, dashed = found.word("span"), _compound(found)
    amount = parts[0].amount
    if word == "second" and not (dashed or (found.has("a") and found.name_after() in ("stop", "comma"))):
        return False
    if word in ("quarter", "quarters") and (
        not found.has("count") or found.follows() == "of" or found.has("half_a") or not (dashed or word[-1] == "s")
    ):
        return False
    if (
        found.has("count")
        and found.lexed.name(found.tokens("count").start) == "year4"
        and not dashed
        and amount
        and 1900 <= amount <= 2100
    ):
        return False
    plural = word.endswith("s") or word in ("centuries", "millennia")
    if found.has("count") and not plural and not dashed and amount != 1:
        return False
    return not (plural and amount == 1 and not found.has("half") and found.has("a"))


def _is_rate(found: Found) -> bool:
    """ "$4 a night", "8 percent a year", "twice a week", "tonnes of cod a year"."""
    if (
        not found.has("a")
        or found.has("bound")
        or found.has("half2")
        or found.lexed.word(found.first) not in ("a", "an")
        or found.has("count2")
    ):
        return False
    name, before = found.names_before(), found.before()
    if name in (
        "money",
        "percent",
        "once",
        "times",
        "scale",
        "num",
        "n12",
        "n31",
        "n59",
        "n99",
        "year4",
        "small",
        "tens",
        "dozens",
    ):
        return True
    if (
        before in BEFORE_DURATION
        or name != "word"
        or before.endswith("ed")
        or found.name_after() in ("later", "ago", "earlier")
    ):
        return False
    low = max(0, found.first - 6)
    numbers = {"money", "num", "n12", "n31", "n59", "n99", "small", "tens", "scale", "year4", "dozen", "vague"}
    return (
        before == "percent"
        or before.endswith("s")
        or any(found.lexed.name(i) in numbers for i in range(low, found.first - 1))
    )


def _counted_back(found: Found, parts: list[Length]) -> TimeValue:
    if found.anchor is None:
        return found.value(
            "date", "PAST_REF", parts[0].unit, anchored=False, fuzzy=True, days=day_range(parts, bound_of(found))
        )
    return _pointed(found, parts, -1)


def _pointed(found: Found, parts: list[Length], sign: int) -> TimeValue:
    """A point a length away from the dateline: as fine as the length's unit."""
    anchor = found.anchor
    assert anchor is not None
    unit, amount = parts[0].unit, parts[0].amount
    low, high = day_range(parts, bound_of(found))
    if amount is None:
        edges = sorted((_moved_days(anchor, sign * low), _moved_days(anchor, sign * high)))
        return found.value(
            "date", "PAST_REF" if sign < 0 else "FUTURE_REF", unit, earliest=edges[0], latest=edges[1], fuzzy=True
        )
    if unit in ("second", "minute", "hour"):
        return found.dated(periods.day(_moved_days(anchor, sign * amount * UNIT_DAYS[unit])), fuzzy=True)
    exact = not found.has("bound") and len(parts) == 1 and amount == int(amount)
    if unit == "day" and exact:
        return found.dated(periods.day(anchor + timedelta(days=sign * int(amount))))
    return _loose(found, parts, sign, (low, high), bound_of(found))


def _loose(found: Found, parts: list[Length], sign: int, days: tuple[float, float], bound: str) -> TimeValue:
    anchor = found.anchor
    assert anchor is not None
    unit, amount = parts[0].unit, parts[0].amount or 0
    target = _moved_days(anchor, sign * sum((p.amount or 0) * UNIT_DAYS[p.unit] for p in parts))
    if amount == int(amount) and len(parts) == 1:
        target = periods.moved(anchor, unit, sign * int(amount))
    whole = periods.containing(
        "week" if unit in ("day", "fortnight") else "year" if unit in ("decade", "century", "millennium") else unit,
        target,
    )
    first, last = sorted((_moved_days(anchor, sign * days[0]), _moved_days(anchor, sign * days[1])))
    if bound in ("", "approx") and unit != "day":
        first, last = min(first, whole.first), max(last, whole.last)
    return found.value(
        "date",
        target.isoformat() if unit == "day" else whole.timex,
        whole.unit,
        earliest=first,
        latest=last,
        fuzzy=True,
        modifier=bound or None,
    )


def _moved_days(moment: date, days: float) -> date:
    if math.isinf(days):
        return date.min if days < 0 else date.max
    return moment + timedelta(days=round(days))


def _offset(found: Found, parts: list[Length]) -> TimeValue | None:
    """ "Two days later", "a week before the vote", "three weeks earlier"."""
    back = found.has("earlier") or found.has("before")
    event = event_after(found.lexed, found.after) if found.has("before") or found.has("after") else None
    if found.has("before") or found.has("after"):
        if found.before() in ("for", "of", "within") or (event is None and found.has("after")):
            return None
        if event is None and found.name_after() not in ("stop", "comma", "paren", "and", ""):
            return None
    unit, amount = parts[0].unit, parts[0].amount
    sign = -1 if back else 1
    days = (
        round(amount * UNIT_DAYS[unit]) * sign
        if amount is not None and unit in ("day", "week", "fortnight") and len(parts) == 1
        else None
    )
    reach = day_range(parts, bound_of(found))
    if event is not None:
        return found.value(
            "date",
            _unresolved(unit),
            unit,
            anchored=False,
            relative_to="event",
            event=event,
            offset_days=days,
            days=reach,
            modifier="before" if back else "after",
        )
    if unit in ("hour", "minute", "second"):
        return None
    return _from_mention(found, unit, amount, sign, days, reach)


def _from_mention(
    found: Found, unit: str, amount: float | None, sign: int, days: int | None, reach: tuple[float, float]
) -> TimeValue:
    base = last_day(found) if unit in ("day", "week", "fortnight") else _any_mention(found)
    if base is None or amount is None or amount != int(amount):
        return found.value(
            "date", _unresolved(unit), unit, anchored=False, relative_to="mention", offset_days=days, days=reach
        )
    moved = periods.moved(base, unit, sign * int(amount))
    exact = unit in ("day", "week", "fortnight")
    period = periods.day(moved) if exact else periods.containing("month" if unit == "month" else "year", moved)
    return found.dated(period, relative_to="mention", offset_days=days, fuzzy=not exact)


def _any_mention(found: Found) -> date | None:
    for value in reversed(found.spoken):
        if value.kind in ("date", "time") and value.earliest is not None:
            return value.earliest
    return None


def _unresolved(unit: str) -> str:
    return {
        "week": "XXXX-WXX",
        "fortnight": "XXXX-WXX",
        "month": "XXXX-XX",
        "year": "XXXX",
        "decade": "XXX",
        "century": "XX",
    }.get(unit, "XXXX-XX-XX")


def pointed_length(found: Found) -> TimeValue | None:
    """ "The past decade", "the last three years", "the next five days": a length that ends or begins at the dateline."""
    parts = lengths(found) if found.has("count") else [_exact(1.0, UNITS[found.word("span")])]
    if not parts or (found.word("span") in ("second", "quarter") and not found.has("count")):
        return None
    value = _plain(found, parts)
    if found.anchor is None or value.days is None or math.isinf(value.days[1]):
        return value
    if found.word("pointer") in ("last", "past", "previous"):
        return replace(value, earliest=_moved_days(found.anchor, -value.days[1]), latest=found.anchor, modifier="past")
    return replace(value, earliest=found.anchor, latest=_moved_days(found.anchor, value.days[1]), modifier="next")


def past_length(found: Found) -> TimeValue | None:
    """ "Over the past decade", "in the last year": the length that ends at the dateline."""
    if found.before() not in ("over", "in", "for", "during", "within"):
        return None
    part = _exact(1.0, UNITS[found.word("span")])
    days = day_range([part], "")
    edges = {} if found.anchor is None else {"earliest": _moved_days(found.anchor, -days[1]), "latest": found.anchor}
    return found.value("duration", timex_of([part]), part.unit, days=days, modifier="past", **edges)


def bare(found: Found) -> TimeValue | None:
    """ "For years", "within days", "years ago": a length without a number."""
    unit = UNITS[found.word("span")]
    part = Length(None, 1.6, math.inf, unit)
    if found.has("ago"):
        return _counted_back(found, [part])
    if found.before() not in (
        "for",
        "within",
        "in",
        "after",
        "over",
        "takes",
        "took",
        "take",
        "lasted",
        "lasts",
        "spent",
    ) and not found.has("pointer"):
        return None
    if found.follows() in ("of",) and found.before() in ("in", "after"):
        return None
    return found.value("duration", timex_of([part]), unit, days=(1.0 * UNIT_DAYS[unit], math.inf), fuzzy=True)


def age(found: Found) -> TimeValue | None:
    """ "Aged 43", "at the age of 43"."""
    amount = count(found.lexed, found.tokens("count"))
    if amount is None or amount > 130:
        return None
    part = _exact(amount, "year")
    return found.value("duration", timex_of([part]), "year", days=day_range([part], ""), is_age=True)


def anniversary(found: Found) -> TimeValue | None:
    """ "The 20th anniversary": the length since what is remembered."""
    number = ordinal(found.lexed, found.tokens("ordinal"))
    part = _exact(float(number), "year")
    return (
        found.value("duration", timex_of([part]), "year", days=day_range([part], ""), modifier="anniversary")
        if number
        else None
    )


def repeated(found: Found) -> TimeValue | None:
    """ "Every two years", "each month", "daily", "per week"."""
    if found.has("frequency"):
        unit = FREQUENCIES[found.word("frequency")]
        return found.value(
            "set", timex_of([_exact(1.0, unit)]), unit, days=(UNIT_DAYS[unit] * 0.9, UNIT_DAYS[unit] * 1.1)
        )
    unit = UNITS[found.word("span")]
    amount = count(found.lexed, found.tokens("count")) if found.has("count") else 2.0 if found.has("other") else 1.0
    if found.has("ordinal"):
        amount = float(ordinal(found.lexed, found.tokens("ordinal")))
    if amount is None or (
        unit in ("second", "quarter") and found.word("every") == "every" and found.word("span") == "second"
    ):
        return None
    part = _exact(amount, unit)
    return found.value("set", timex_of([part]), unit, days=day_range([part], ""))


FREQUENCIES = {
    "daily": "day", "weekly": "week", "fortnightly": "fortnight", "monthly": "month", "quarterly": "quarter",
    "yearly": "year", "annually": "year",
}  # fmt: skip

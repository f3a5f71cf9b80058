"""Lengths of time: "a three-year deal", "43 years old", "the past decade", "every year"."""

import math
from dataclasses import replace

from worker.values.timex.found import Found
from worker.values.timex.lengths import Length, bound_of, day_range, exactly, lengths, timex_of
from worker.values.timex.numerals import count, ordinal
from worker.values.timex.offsets import counted_back, from_dateline, moved_days, offset
from worker.values.timex.value import TimeValue
from worker.values.timex.words import UNIT_DAYS, UNITS

BEFORE_DURATION = frozenset(
    "for in within after over about of than nearly almost lasted last lasts took take takes taking spent spend spends wait waited "
    "waits served serve serves under until before is was were be been just only least most another half to and or by with".split()
)


def length(found: Found) -> TimeValue | None:
    """A duration, or what its ending makes of it: an age, "ago", "later", "before the vote"."""
    parts = lengths(found)
    if not parts or not _plausible(found, parts):
        return None
    if found.has("ago"):
        return counted_back(found, parts)
    if found.has("a") and found.name_after() == "of" and found.name_after(1) in ("n12", "n31", "n59", "small", "tens"):
        return None  # a week of 36 hours
    if found.has("later") or found.has("earlier") or found.has("before") or found.has("after") or found.has("hence"):
        return offset(found, parts)
    if _is_rate(found):
        return found.value("set", timex_of(parts), parts[0].unit, days=day_range(parts, bound_of(found)))
    if found.before() == "in" and _looks_ahead(found):
        return from_dateline(found, parts, 1)
    return _plain(found, parts)


def _looks_ahead(found: Found) -> bool:
    """ "They will meet in two weeks", not "the first time in two weeks"."""
    if found.has("bound") or found.anchor is None or _compound(found):
        return False
    near = range(max(0, found.first - 6), found.first)
    superlative = any(found.lexed.word(i) in SUPERLATIVES or found.lexed.word(i).endswith("est") for i in near)
    return not superlative and found.tense() > 0


SUPERLATIVES = frozenset("first second third most least only worst last".split())


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
    if word == "second" and not (dashed and found.has("count")):
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


def pointed_length(found: Found) -> TimeValue | None:
    """ "The past decade", "the last three years", "the next five days": a length that ends or begins at the dateline."""
    parts = lengths(found) if found.has("count") else [exactly(1.0, UNITS[found.word("span")])]
    if not parts or (found.word("span") in ("second", "quarter") and not found.has("count")):
        return None
    value = _plain(found, parts)
    if found.anchor is None or value.days is None or math.isinf(value.days[1]):
        return value
    if found.pointer in ("last", "past", "previous"):
        return replace(value, earliest=moved_days(found.anchor, -value.days[1]), latest=found.anchor, modifier="past")
    return replace(value, earliest=found.anchor, latest=moved_days(found.anchor, value.days[1]), modifier="next")


def past_length(found: Found) -> TimeValue | None:
    """ "Over the past decade", "in the last year": the length that ends at the dateline."""
    if found.before() not in ("over", "in", "for", "during", "within"):
        return None
    part = exactly(1.0, UNITS[found.word("span")])
    days = day_range([part], "")
    edges = {} if found.anchor is None else {"earliest": moved_days(found.anchor, -days[1]), "latest": found.anchor}
    return found.value("duration", timex_of([part]), part.unit, days=days, modifier="past", **edges)


def bare(found: Found) -> TimeValue | None:
    """ "For years", "within days", "years ago": a length without a number."""
    unit = UNITS[found.word("span")]
    part = Length(None, 1.6, math.inf, unit)
    if found.has("ago"):
        return counted_back(found, [part])
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
    part = exactly(amount, "year")
    return found.value("duration", timex_of([part]), "year", days=day_range([part], ""), is_age=True)


def anniversary(found: Found) -> TimeValue | None:
    """ "The 20th anniversary": the length since what is remembered."""
    number = ordinal(found.lexed, found.tokens("ordinal"))
    part = exactly(float(number), "year")
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
            "set", timex_of([exactly(1.0, unit)]), unit, days=(UNIT_DAYS[unit] * 0.9, UNIT_DAYS[unit] * 1.1)
        )
    unit = UNITS[found.word("span")]
    amount = count(found.lexed, found.tokens("count")) if found.has("count") else 2.0 if found.has("other") else 1.0
    if found.has("ordinal"):
        amount = float(ordinal(found.lexed, found.tokens("ordinal")))
    if amount is None or (
        unit in ("second", "quarter") and found.word("every") == "every" and found.word("span") == "second"
    ):
        return None
    part = exactly(amount, unit)
    return found.value("set", timex_of([part]), unit, days=day_range([part], ""))


FREQUENCIES = {
    "daily": "day", "weekly": "week", "fortnightly": "fortnight", "monthly": "month", "quarterly": "quarter",
    "yearly": "year", "annually": "year",
}  # fmt: skip

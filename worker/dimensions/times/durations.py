"""Builders for durations: "a three-year deal", "43 years old", "the past decade", "every year"."""

import math
from dataclasses import replace

from worker.dimensions.times.date_offsets import counted_back, from_dateline, moved_days, offset
from worker.dimensions.times.duration_values import Duration, bound_of, day_range, exactly, lengths, timex_of
from worker.dimensions.times.numerals import count, ordinal
from worker.dimensions.times.rule_match import RuleMatch
from worker.dimensions.times.value import TimeValue
from worker.dimensions.times.vocabulary import UNIT_DAYS, UNITS

BEFORE_DURATION = frozenset(
    "for in within after over about of than nearly almost lasted last lasts took take takes taking spent spend spends wait waited "
    "waits served serve serves under until before is was were be been just only least most another half to and or by with".split()
)


def length(found: RuleMatch) -> TimeValue | None:
    """A duration; with an ending an age ("old") or a date ("ago", "later", "before the vote")."""
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


def _looks_ahead(found: RuleMatch) -> bool:
    """True for "they will meet in two weeks", False for "the first time in two weeks"."""
    if found.has("bound") or found.anchor is None or _compound(found):
        return False
    near = range(max(0, found.first - 6), found.first)
    superlative = any(found.lexed.word(i) in SUPERLATIVES or found.lexed.word(i).endswith("est") for i in near)
    return not superlative and found.tense() > 0


SUPERLATIVES = frozenset("first second third most least only worst last".split())


def _plain(found: RuleMatch, parts: list[Duration]) -> TimeValue:
    bound = bound_of(found)
    age = found.has("old") or (found.has("of") and found.has("age"))
    return found.value(
        "duration", timex_of(parts), parts[0].unit, days=day_range(parts, bound), modifier=bound or None, is_age=age,
        fuzzy=bound not in ("", "least", "most", "more", "less") or any(p.amount is None for p in parts),
    )  # fmt: skip


def _compound(found: RuleMatch) -> bool:
    return found.lexed.name(found.tokens("span").start - 1) == "dash"


def _plausible(found: RuleMatch, parts: list[Duration]) -> bool:
    """False for "two second-half goals", "three quarters of", "2018 days", "four year 9 pupils"."""
    word, dashed = found.word("span"), _compound(found)
    if parts[0].amount is None and UNITS[word] == "quarter":
        return False
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


NUMBERS = frozenset("money num n12 n31 n59 n99 year4 small tens scale dozen dozens vague".split())
COUNTED = NUMBERS - {"vague"} | {"percent", "once", "times", "units"}
NO_PLURALS = frozenset(
    "perhaps besides this thus always sometimes less across towards nevertheless his hers its".split()
)
NUMBER_REACH = 6
"""Most tokens between a number and "a year" that make it a rate: "35,000 tonnes of cod a year"."""


def _is_rate(found: RuleMatch) -> bool:
    """True for a rate: "$4 a night", "8 percent a year", "twice a week", "tonnes of cod a year"."""
    if not _one_unit(found) or found.follows() in (
        "from",
        "since",
        "away",
        "apart",
        "later",
        "earlier",
        "prior",
        "ago",
    ):
        return False
    name, before = found.names_before(), found.before()
    if name in COUNTED:
        return True
    if name != "word" or before in BEFORE_DURATION or before.endswith("ed"):
        return False
    near = range(max(0, found.first - NUMBER_REACH), found.first - 1)
    plural = before.endswith("s") and before not in NO_PLURALS
    return plural or any(found.lexed.name(i) in NUMBERS for i in near)


def _one_unit(found: RuleMatch) -> bool:
    """True for "a year" alone: no bound, no half, no second quantity."""
    more = any(found.has(name) for name in ("bound", "half2", "count2", "count", "half_a"))
    return found.has("a") and not more


def pointed_length(found: RuleMatch) -> TimeValue | None:
    """ "The last three years", "the next five days": a duration that ends or begins at the dateline."""
    parts = lengths(found) if found.has("count") else [exactly(1.0, UNITS[found.word("span")])]
    if not parts or (found.word("span") in ("second", "quarter") and not found.has("count")):
        return None
    past = found.pointer in ("last", "past", "previous")
    return _beside_dateline(found, replace(_plain(found, parts), modifier="past" if past else "next"))


def length_range(found: RuleMatch) -> TimeValue | None:
    """ "Six to eight weeks", "a four- to five-day wait"."""
    unit = UNITS[found.word("span")]
    low, high = count(found.lexed, found.tokens("count")), count(found.lexed, found.tokens("count2"))
    if (
        low is None
        or high is None
        or not 0 < low < high <= 100
        or (unit in ("second", "quarter") and not _compound(found))
    ):
        return None
    short, long = exactly(low, unit), exactly(high, unit)
    days = day_range([short], "")[0], day_range([long], "")[1]
    return found.value("duration", f"{timex_of([short])}/{timex_of([long])}", unit, days=days, fuzzy=True)


def pointed_unit(found: RuleMatch) -> TimeValue | None:
    """ "Over the past decade", "in the next year": one unit that ends or begins at the dateline."""
    unit, past = UNITS[found.word("span")], found.has("last") or found.has("past")
    wanted = found.has("past") or found.before() in ("over", "in", "for", "during", "within")
    if found.follows() == "of":
        return None  # the last week of April
    if not wanted or unit in ("day", "second", "quarter") or found.lexed.name(found.tokens("span").start) != "unit":
        return None
    part = exactly(1.0, unit)
    value = found.value(
        "duration", timex_of([part]), unit, days=day_range([part], ""), modifier="past" if past else "next"
    )
    return _beside_dateline(found, value)


def _beside_dateline(found: RuleMatch, value: TimeValue) -> TimeValue:
    if found.anchor is None or value.days is None or math.isinf(value.days[1]):
        return value
    if value.modifier == "past":
        return replace(value, earliest=moved_days(found.anchor, -value.days[1]), latest=found.anchor)
    return replace(value, earliest=found.anchor, latest=moved_days(found.anchor, value.days[1]))


def bare(found: RuleMatch) -> TimeValue | None:
    """ "For years", "within days", "years ago": a duration without a number."""
    unit = UNITS[found.word("span")]
    part = Duration(None, 1.6, math.inf, unit)
    if found.lexed.name(found.tokens("span").start) != "units" or found.word("span") == "quarters":
        return None
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


def age(found: RuleMatch) -> TimeValue | None:
    """ "Aged 43", "at the age of 43"."""
    amount = count(found.lexed, found.tokens("count"))
    if amount is None or amount > 130:
        return None
    part = exactly(amount, "year")
    return found.value("duration", timex_of([part]), "year", days=day_range([part], ""), is_age=True)


def anniversary(found: RuleMatch) -> TimeValue | None:
    """ "The 20th anniversary": the duration since the event."""
    number = ordinal(found.lexed, found.tokens("ordinal"))
    part = exactly(float(number), "year")
    return (
        found.value("duration", timex_of([part]), "year", days=day_range([part], ""), modifier="anniversary")
        if number
        else None
    )


def repeated(found: RuleMatch) -> TimeValue | None:
    """ "Every two years", "each month", "daily", "per week"."""
    if found.has("frequency"):
        if found.lexed.raw(found.first)[0].isupper() and (
            found.name_after() == "name" or found.names_before() == "name"
        ):
            return None  # the Daily Courier
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

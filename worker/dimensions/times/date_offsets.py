"""Dates by an offset: "two weeks ago", "in three days", "two days after the vote", "a year earlier"."""

import math
from dataclasses import replace
from datetime import date, timedelta

from worker.dimensions.times import periods
from worker.dimensions.times.duration_values import Duration, bound_of, day_range, timex_of
from worker.dimensions.times.event_anchored_times import event_or_date
from worker.dimensions.times.relative_dates import MENTION_REACH, last_day
from worker.dimensions.times.rule_match import RuleMatch
from worker.dimensions.times.value import TimeValue
from worker.dimensions.times.vocabulary import UNIT_DAYS


def counted_back(found: RuleMatch, parts: list[Duration]) -> TimeValue:
    """ "Two weeks ago", as fine as its unit. Without a dateline, an undated past reference."""
    if found.anchor is None:
        return found.value(
            "date", "PAST_REF", parts[0].unit, anchored=False, fuzzy=True, days=day_range(parts, bound_of(found))
        )
    return from_dateline(found, parts, -1)


def from_dateline(found: RuleMatch, parts: list[Duration], sign: int) -> TimeValue:
    """The date at this distance from the dateline, as fine as the distance's unit."""
    anchor = found.anchor
    assert anchor is not None
    unit, amount = parts[0].unit, parts[0].amount
    low, high = day_range(parts, bound_of(found))
    if amount is None:
        edges = sorted((moved_days(anchor, sign * low), moved_days(anchor, sign * high)))
        return found.value(
            "date", "PAST_REF" if sign < 0 else "FUTURE_REF", unit, earliest=edges[0], latest=edges[1], fuzzy=True
        )
    if unit in ("second", "minute", "hour"):
        return found.dated(periods.day(moved_days(anchor, sign * amount * UNIT_DAYS[unit])), fuzzy=True)
    exact = not found.has("bound") and len(parts) == 1 and amount == int(amount)
    if unit == "day" and exact:
        return found.dated(periods.day(anchor + timedelta(days=sign * int(amount))))
    return _loose(found, parts, sign, (low, high), bound_of(found))


def _loose(found: RuleMatch, parts: list[Duration], sign: int, days: tuple[float, float], bound: str) -> TimeValue:
    anchor = found.anchor
    assert anchor is not None
    unit, amount = parts[0].unit, parts[0].amount or 0
    target = moved_days(anchor, sign * sum((p.amount or 0) * UNIT_DAYS[p.unit] for p in parts))
    if amount == int(amount) and len(parts) == 1:
        target = periods.moved(anchor, unit, sign * int(amount))
    whole = periods.containing(
        "week" if unit in ("day", "fortnight") else "year" if unit in ("decade", "century", "millennium") else unit,
        target,
    )
    first, last = sorted((moved_days(anchor, sign * days[0]), moved_days(anchor, sign * days[1])))
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


def moved_days(moment: date, days: float) -> date:
    """A date moved by days. An infinite number gives the first or last date of the calendar."""
    if math.isinf(days):
        return date.min if days < 0 else date.max
    return moment + timedelta(days=round(days))


def offset(found: RuleMatch, parts: list[Duration]) -> TimeValue | None:
    """ "Two days later", "a week before the vote", "three weeks earlier"."""
    back = found.has("earlier") or found.has("before")
    event = event_or_date(found.lexed, found.after) if found.has("before") or found.has("after") else None
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
        told = found.value(
            "duration", timex_of(parts), unit, anchored=False, relative_to="event", event=event, offset_days=days, days=reach,
            modifier="before" if back else "after",
        )  # fmt: skip
        end = found.lexed.ends[found.after - 2]
        return replace(told, end=end, text=found.lexed.text[told.start : end])
    if unit in ("hour", "minute", "second"):
        return None
    return _from_mention(found, unit, amount, sign, days, reach)


def _from_mention(
    found: RuleMatch, unit: str, amount: float | None, sign: int, days: int | None, reach: tuple[float, float]
) -> TimeValue:
    base = last_day(found) if unit in ("day", "week", "fortnight") else _any_mention(found)
    if base is None or amount is None or amount != int(amount):
        return found.value(
            "date", _unresolved(unit), unit, anchored=False, relative_to="mention", offset_days=days, days=reach
        )
    moved = periods.moved(base, unit, sign * int(amount))
    if found.anchor is not None and moved > found.anchor >= base and found.tense() <= 0:
        return found.value(
            "date", _unresolved(unit), unit, anchored=False, relative_to="mention", offset_days=days, days=reach
        )
    exact = unit in ("day", "week", "fortnight")
    period = periods.day(moved) if exact else periods.containing("month" if unit == "month" else "year", moved)
    return found.dated(period, relative_to="mention", offset_days=days, fuzzy=not exact)


def _any_mention(found: RuleMatch) -> date | None:
    for value in reversed(found.spoken):
        if found.lexed.starts[found.first] - value.end > MENTION_REACH:
            return None
        if (
            value.kind in ("date", "time")
            and value.earliest is not None
            and value.unit not in COARSE
            and "_REF" not in value.timex
        ):
            return value.earliest
    return None


COARSE = ("decade", "century", "range")


def _unresolved(unit: str) -> str:
    return {
        "week": "XXXX-WXX",
        "fortnight": "XXXX-WXX",
        "month": "XXXX-XX",
        "year": "XXXX",
        "decade": "XXX",
        "century": "XX",
    }.get(unit, "XXXX-XX-XX")

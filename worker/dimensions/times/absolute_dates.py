"""Absolute dates, by month or holiday: "Friday, Feb. 9, 2018", "the 9th of May", "Christmas Day"."""

import re
from datetime import date
from typing import Any

from worker.dimensions.times import periods
from worker.dimensions.times.anchoring import edged, full_year, nearest_year, weekday_of, year_of
from worker.dimensions.times.holidays import HOLIDAYS, nth_weekday
from worker.dimensions.times.numerals import ordinal
from worker.dimensions.times.periods import Period
from worker.dimensions.times.rule_match import RuleMatch
from worker.dimensions.times.value import TimeValue
from worker.dimensions.times.vocabulary import MONTHS


def month_of(found: RuleMatch, name: str = "month") -> int:
    """Number of the captured month."""
    return MONTHS[found.word(name) or found.word("anymonth")]


def month_day(found: RuleMatch) -> TimeValue | None:
    """ "Feb. 9", "Friday, Feb. 9, 2018", "9 February", "the 9th of February 2018"."""
    number = ordinal(found.lexed, found.tokens("dayth" if found.has("dayth") else "ordinal"))
    return calendar_day(found, year_of(found), month_of(found), number, weekday_of(found))


def calendar_day(
    found: RuleMatch, year: int | None, month: int, day: int, weekday: int | None, **more: Any
) -> TimeValue | None:
    """A day of a month. A missing year is taken from the dateline."""
    if not 1 <= day <= 31:
        return None
    if year is not None:
        return _existing(found, year, month, day, weekday, **more)
    if found.anchor is None:
        possible = _valid(2000, month, day) is not None
        timex = f"XXXX-{month:02}-{day:02}"
        return found.value("date", timex, "day", weekday=weekday, anchored=False, exists=possible, **more)
    best = nearest_year(found, lambda y: _valid(y, month, day))
    if best is None:
        return _existing(found, found.anchor.year, month, day, weekday, **more)
    return found.dated(periods.day(best), weekday=weekday, **more)


def _existing(found: RuleMatch, year: int, month: int, day: int, weekday: int | None, **more: Any) -> TimeValue:
    moment = _valid(year, month, day)
    if moment is None:
        timex = f"{year:04}-{month:02}-{day:02}"
        return found.value("date", timex, "day", weekday=weekday, exists=False, **more)
    return found.dated(periods.day(moment), weekday=weekday, **more)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nth_weekday_of_month(found: RuleMatch) -> TimeValue | None:
    """ "The first Monday in November", "the last Friday of May 2019"."""
    nth = -1 if found.has("last") else ordinal(found.lexed, found.tokens("ordinal"))
    weekday, number = weekday_of(found), month_of(found)
    if weekday is None or not (nth == -1 or 1 <= nth <= 4):
        return None
    year = year_of(found)
    if year is not None:
        return found.dated(periods.day(nth_weekday(year, number, weekday, nth)), weekday=weekday)
    if found.anchor is None:
        return found.value("date", f"XXXX-{number:02}", "day", weekday=weekday, anchored=False)
    best = nearest_year(found, lambda y: nth_weekday(y, number, weekday, nth))
    return found.dated(periods.day(best), weekday=weekday) if best else None


def month_range(found: RuleMatch) -> TimeValue | None:
    """ "Feb. 4-9", "4-9 February 2018": one value for the whole range."""
    low = calendar_day(
        found, year_of(found), month_of(found), ordinal(found.lexed, found.tokens("dayth")), weekday_of(found)
    )
    high_month = month_of(found, "anymonth2") if found.has("anymonth2") else month_of(found)
    last = ordinal(found.lexed, found.tokens("dayth2"))
    if low is None or not 1 <= last <= 31:
        return None
    if low.earliest is None:
        timex = f"{low.timex}/XXXX-{high_month:02}-{last:02}"
        return found.value("date", timex, "range", anchored=low.anchored, exists=low.exists)
    end = _valid(low.earliest.year + (high_month < low.earliest.month), high_month, last)
    if end is None:
        timex = f"{low.timex}/{low.earliest.year:04}-{high_month:02}-{last:02}"
        return found.value("date", timex, "range", exists=False)
    if end < low.earliest:
        return None
    return found.dated(Period(low.earliest, end, f"{low.timex}/{end.isoformat()}", "range"))


def month_named(found: RuleMatch) -> TimeValue | None:
    """ "January", "early March", "May 2018", "the end of June"."""
    number = MONTHS[found.word("anymonth") or found.word("month") or found.word("rmonth")]
    year = year_of(found)
    if year is None and _is_person(found):
        return None
    if year is None and found.anchor is None:
        return found.value("date", f"XXXX-{number:02}", "month", anchored=False, modifier=found.word("edge") or None)
    if year is None:
        near = _pointed_month(found, number) or nearest_year(found, lambda y: date(y, number, 15))
        year = near.year if near else 1
    return edged(found, periods.month(year, number))


def _is_person(found: RuleMatch) -> bool:
    """True for a month's name that begins a person's name: "June Carter sang"."""
    started = found.names_before() in ("", "stop", "comma", "paren", "and", "name", "abbr", "word")
    return found.name_after() == "name" and started and not (found.has("edge") or found.has("pointer"))


def _pointed_month(found: RuleMatch, number: int) -> date | None:
    """First day of "last May", "next January": the nearest such month before or after the dateline."""
    anchor, pointer = found.anchor, found.pointer
    if anchor is None or pointer not in ("last", "past", "next", "coming", "this"):
        return None
    ahead = {"next": number <= anchor.month, "coming": number <= anchor.month, "this": False}.get(pointer)
    return date(anchor.year + int(ahead) if ahead is not None else anchor.year - (number >= anchor.month), number, 15)


def risky_month(found: RuleMatch) -> TimeValue | None:
    """ "May" or "March" alone. A month only after a word that introduces a time."""
    inside = found.lexed.word(found.tokens("rmonth").start - 1)
    wanted = "this in since until till by from before after early mid late last next this to of and between through or around -"
    if inside not in wanted.split() and not found.has("year"):
        return None
    if found.lexed.name(found.tokens("rmonth").stop) == "name" and not found.has("year"):
        return None
    return month_named(found)


def holiday(found: RuleMatch) -> TimeValue | None:
    """ "Christmas Day", "Easter Monday 2018", "last Thanksgiving"."""
    in_year = HOLIDAYS[" ".join(found.lexed.raw(found.tokens("holiday").start).lower().replace("’", "'").split())]
    year = year_of(found)
    if year is not None:
        return found.dated(periods.day(in_year(year)))
    name = found.word("holiday")
    if found.anchor is None:
        fixed = in_year(2001), in_year(2002)
        same = fixed[0].replace(year=2002) == fixed[1]
        timex = f"XXXX-{fixed[0]:%m-%d}" if same else "XXXX-XX-XX"
        return found.value("date", timex, "day", anchored=False, modifier=name if not same else None)
    anchor, pointer = found.anchor, found.pointer
    around = [in_year(y) for y in range(max(1, anchor.year - 2), min(9999, anchor.year + 2) + 1)]
    if pointer in ("last", "past", "previous") and any(d < anchor for d in around):
        return found.dated(periods.day(max(d for d in around if d < anchor)))
    if pointer in ("next", "coming") and any(d > anchor for d in around):
        return found.dated(periods.day(min(d for d in around if d > anchor)))
    best = nearest_year(found, in_year)
    return found.dated(periods.day(best)) if best else None


def iso(found: RuleMatch) -> TimeValue | None:
    """ "2018-02-04", "2018-02-04T15:30"."""
    raw = found.lexed.raw(found.first)
    year, month, day = int(raw[:4]), int(raw[5:7]), int(raw[8:10])
    if not (1 <= month <= 12 and 1 <= day <= 31 and year):
        return None
    value = _existing(found, year, month, day, weekday_of(found))
    if len(raw) == 10 or not value.exists:
        return value
    at = int(raw[11:13]) * 60 + int(raw[14:16])
    return found.value(
        "time", raw[:16], "clock", earliest=value.earliest, latest=value.latest, minutes=(at, at), zone=raw[16:] or None
    )


def slashed(found: RuleMatch) -> TimeValue | None:
    """ "9/2/2018" keeps both readings; "25/12/2018" has only one."""
    raw = found.lexed.raw(found.first)
    a, b, y = (int(part) for part in raw.replace(".", "/").split("/"))
    year = y if y > 99 else full_year(y)
    american, european = _valid(year, a, b) if "/" in raw else None, _valid(year, b, a)
    first = american or european
    if first is None:
        day, month = (a, b) if b <= 12 else (b, a)
        return _existing(found, year, month, day, None) if 1 <= month <= 12 and 1 <= day <= 31 else None
    if american and european and american != european:
        low, high = sorted((american, european))
        return found.value("date", f"{year:04}-XX-XX", "day", earliest=low, latest=low, other=high)
    return found.dated(periods.day(first))


def day_month_year(found: RuleMatch) -> TimeValue | None:
    """ "19-Nov-2012", "19/Nov/12", "19 Nov 12" at the end of its clause."""
    day, month, year = re.split(r"[-–/.\s]", found.lexed.raw(found.after - 1).lower())
    number = int(year) if len(year) == 4 else full_year(int(year))
    return calendar_day(found, number, MONTHS[month], int(day), weekday_of(found))

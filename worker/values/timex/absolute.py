"""Dates that name their month, year or holiday: "Friday, Feb. 9, 2018", "the 9th of May", "early 2019", "Q3 2018"."""

from collections.abc import Callable
from datetime import date
from typing import Any

from worker.values.timex import periods
from worker.values.timex.found import Found
from worker.values.timex.holidays import HOLIDAYS
from worker.values.timex.numerals import ordinal
from worker.values.timex.periods import Period
from worker.values.timex.value import TimeValue
from worker.values.timex.words import DECADES, MONTHS, SEASONS, WEEKDAYS

FAR_DAYS = 45
"""A date without a year is the nearest one, unless it is further off than this and the tense points the other way."""

YEAR_CUES = frozenset(
    "in since until till by from to between and before after during of than for early mid late about around circa or "
    "through throughout late-".split()
)
YEAR_NOUNS = frozenset("people men women children miles votes meters metres feet troops words".split())


def month_of(found: Found, name: str = "month") -> int:
    """Number of the month that a capture names."""
    return MONTHS[found.word(name) or found.word("anymonth")]


def weekday_of(found: Found) -> int | None:
    """Number of the weekday that stands in the match, Monday 0; None where there is none."""
    name = found.word("weekday") or found.word("anyweekday")
    return WEEKDAYS[name] if name else None


def year_of(found: Found) -> int | None:
    """The year in the match, or None."""
    return int(found.word("year")) if found.has("year") else None


def month_day(found: Found) -> TimeValue | None:
    """ "Feb. 9", "Friday, Feb. 9, 2018", "9 February", "the 9th of February 2018"."""
    number = ordinal(found.lexed, found.tokens("dayth" if found.has("dayth") else "ordinal"))
    return calendar_day(found, year_of(found), month_of(found), number, weekday_of(found))


def calendar_day(
    found: Found, year: int | None, month: int, day: int, weekday: int | None, **more: Any
) -> TimeValue | None:
    """A day of a month, its year taken from the dateline where the words leave it out."""
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


def _existing(found: Found, year: int, month: int, day: int, weekday: int | None, **more: Any) -> TimeValue:
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


def nearest_year(found: Found, in_year: Callable[[int], date | None]) -> date | None:
    """The day's nearest recurrence to the dateline; the tense nearby decides where that is far off."""
    anchor = found.anchor
    assert anchor is not None
    years = range(max(1, anchor.year - 1), min(9999, anchor.year + 1) + 1)
    days = [d for d in map(in_year, years) if d is not None]
    if not days:
        return None
    best = min(days, key=lambda d: abs((d - anchor).days))
    gap = (best - anchor).days
    tense = found.tense() if abs(gap) > FAR_DAYS else 0
    if not tense or (gap > 0) == (tense > 0):
        return best
    return next((d for d in days if (d > anchor) == (tense > 0) and abs((d - anchor).days) <= 366), best)


def month_range(found: Found) -> TimeValue | None:
    """ "Feb. 4-9", "4-9 February 2018": one value from the first day to the last."""
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
    if end is None or end < low.earliest:
        return None
    return found.dated(Period(low.earliest, end, f"{low.timex}/{end.isoformat()}", "range"))


def month_named(found: Found) -> TimeValue | None:
    """ "January", "early March", "May 2018", "the end of June"."""
    number = MONTHS[found.word("anymonth") or found.word("month") or found.word("rmonth")]
    year = year_of(found)
    if year is None and found.anchor is None:
        return found.value("date", f"XXXX-{number:02}", "month", anchored=False, modifier=found.word("edge") or None)
    if year is None:
        near = nearest_year(found, lambda y: date(y, number, 15))
        year = near.year if near else 1
    return edged(found, periods.month(year, number))


def risky_month(found: Found) -> TimeValue | None:
    """ "May" or "March" alone: a month only behind a word that wants a time."""
    inside = found.lexed.word(found.tokens("rmonth").start - 1)
    wanted = "in since until till by from before after early mid late last next this to of and between through or mid- around late"
    if inside not in wanted.split() and not found.has("year"):
        return None
    if found.lexed.name(found.tokens("rmonth").stop) == "name" and not found.has("year"):
        return None
    return month_named(found)


def edged(found: Found, period: Period, **more: Any) -> TimeValue:
    """A period, cut to its beginning, middle or end where the words do so."""
    name = found.word("edge")
    if not name:
        return found.dated(period, **more)
    first, last = periods.edge(period, name)
    return found.dated(period, earliest=first, latest=last, modifier=name, fuzzy=True, **more)


def year_alone(found: Found) -> TimeValue | None:
    """ "2018" where its neighbours make it a year: "in 2018", "(2018)", "the 2018 Games"; not "2018 votes"."""
    if not (found.has("edge") or _is_year(found)):
        return None
    number = int(found.word("year"))
    return edged(found, periods.year(number))


def _is_year(found: Found) -> bool:
    before, after = found.before(), found.follows()
    number = int(found.word("year"))
    counted = found.name_after() == "word" and (after.endswith("s") or after in YEAR_NOUNS) and not after.endswith("ss")
    if found.name_after() in ("percent", "scale", "unit", "units") or found.names_before() in ("money", "num"):
        return False
    if before in YEAR_CUES or before in MONTHS:
        return not (counted and before not in ("in", "since")) and after not in YEAR_NOUNS
    if not 1800 <= number <= 2100 or counted:
        return False
    if found.names_before() in ("paren", "comma", "apos", "own", "the", "a", "this", ""):
        return True
    return found.name_after() in ("name", "season") or found.names_before() in ("dash", "name", "word", "season")


def year_range(found: Found) -> TimeValue | None:
    """ "2015-18", "2015-2018": one value over all its years."""
    low, high = (
        int(found.word("year")),
        int(found.lexed.words[found.tokens("int2").start if found.has("int2") else found.tokens("year2").start]),
    )
    if high < 100:
        high += low // 100 * 100
    if not low < high <= 2199 or (found.has("int2") and len(found.word("int2")) != 2):
        return None
    first, last = periods.year(low), periods.year(high)
    return found.dated(Period(first.first, last.last, f"{low:04}/{high:04}", "range"))


def decade(found: Found) -> TimeValue | None:
    """ "the 1990s", "the '90s", "the early nineties"."""
    raw = found.word("decade") or found.word("nineties")
    digits = "".join(c for c in raw if c.isdigit())
    short = DECADES[raw] * 10 if not digits else int(digits)
    first = short if short >= 100 else short + (1900 if short > 10 or found.anchor is None else 2000)
    if not digits and not (found.has("the") or found.has("edge")):
        return None
    return edged(found, periods.decade(first))


def century(found: Found) -> TimeValue | None:
    """ "the 20th century", "nineteenth-century"."""
    number = ordinal(found.lexed, found.tokens("ordinal"))
    if found.word("span") != "century":
        return None
    return edged(found, periods.century(number)) if 1 <= number <= 30 else None


def season(found: Found) -> TimeValue | None:
    """ "spring 2021", "the summer of 1976", "next spring", "in the autumn"."""
    word = found.word("season") or found.word("fall")
    code = SEASONS[word]
    year = year_of(found)
    if year is not None:
        return _season_in(found, year, code)
    if not _season_wanted(found, word):
        return None
    if found.anchor is None:
        return found.value("date", f"XXXX-{code}", "season", anchored=False, modifier=found.word("pointer") or None)
    return edged(found, pointed_season(found, found.anchor, code), fuzzy=True)


def _season_in(found: Found, year: int, code: str) -> TimeValue:
    period = periods.season(year, code)
    if code == "WI" and not found.has("int2"):
        return edged(found, Period(date(year, 1, 1), period.last, period.timex, "season"), fuzzy=True)
    return edged(found, period, fuzzy=True)


def _season_wanted(found: Found, word: str) -> bool:
    if found.has("pointer"):
        return found.name_after() != "word" or found.word("pointer") in ("this", "next", "last")
    cue = found.before() in ("in", "by", "since", "until", "before", "after", "during", "this", "from", "of", "till")
    if word == "fall" and (found.follows() == "of" or not found.has("the")):
        return False
    return (cue or found.has("edge")) and found.follows() not in SEASON_NOUNS


SEASON_NOUNS = frozenset(
    "recess school schools holiday holidays break games olympics camp term season festival sale water".split()
)


def pointed_season(found: Found, anchor: date, code: str) -> Period:
    """The season meant by "this", "next" or "last", or by the tense where it stands bare."""
    around = [periods.season(y, code) for y in range(max(1, anchor.year - 2), min(9998, anchor.year + 2) + 1)]
    past = [p for p in around if p.last < anchor]
    ahead = [p for p in around if p.first > anchor]
    running = [p for p in around if p.first <= anchor <= p.last]
    pointer = found.word("pointer")
    if pointer in ("last", "past", "previous") and past:
        return past[-1]
    if pointer in ("next", "coming") and ahead:
        return ahead[0]
    if running:
        return running[0]
    same = next((p for p in around if p.first.year == anchor.year), around[0])
    if pointer == "this":
        return same
    tense = found.tense()
    return past[-1] if tense < 0 and past else ahead[0] if tense > 0 and ahead else same


def quarter(found: Found) -> TimeValue | None:
    """ "the third quarter of 2018", "Q3 2018", "the July-September quarter"."""
    if found.has("qn"):
        number = int(found.word("qn")[1])
    elif found.has("anymonth"):
        number = (MONTHS[found.word("anymonth")] + 2) // 3
    else:
        number = ordinal(found.lexed, found.tokens("ordinal"))
    if not 1 <= number <= 4 or found.follows() == "of" or found.name_after() == "dash":
        return None
    year = year_of(found)
    if year is None and found.anchor is None:
        return found.value("date", f"XXXX-Q{number}", "quarter", anchored=False)
    if year is None:
        near = nearest_year(found, lambda y: date(y, number * 3 - 1, 15))
        year = near.year if near else 1
    return found.dated(periods.quarter(year, number))


def half_of(found: Found) -> TimeValue | None:
    """ "the first half of 2020", "the second half of October"."""
    number = ordinal(found.lexed, found.tokens("ordinal"))
    if number not in (1, 2):
        return None
    if not found.has("anymonth"):
        year = year_of(found)
        return found.dated(periods.half(year, number)) if year is not None else None
    whole = month_named(found)
    if whole is None or whole.earliest is None or whole.latest is None:
        return whole
    middle = whole.earliest.replace(day=15)
    first, last = (whole.earliest, middle) if number == 1 else (middle.replace(day=16), whole.latest)
    return found.dated(Period(first, last, whole.timex, "month"), modifier="start" if number == 1 else "end")


def holiday(found: Found) -> TimeValue | None:
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
    anchor, pointer = found.anchor, found.word("pointer")
    around = [in_year(y) for y in range(max(1, anchor.year - 2), min(9999, anchor.year + 2) + 1)]
    if pointer in ("last", "past", "previous") and any(d < anchor for d in around):
        return found.dated(periods.day(max(d for d in around if d < anchor)))
    if pointer in ("next", "coming") and any(d > anchor for d in around):
        return found.dated(periods.day(min(d for d in around if d > anchor)))
    best = nearest_year(found, in_year)
    return found.dated(periods.day(best)) if best else None


def iso(found: Found) -> TimeValue | None:
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


def slashed(found: Found) -> TimeValue | None:
    """ "9/2/2018": both readings are kept where both are dates; "25/12/2018" has one."""
    raw = found.lexed.raw(found.first)
    a, b, y = (int(part) for part in raw.replace(".", "/").split("/"))
    year = y if y > 99 else y + (2000 if y < 50 else 1900)
    american, european = _valid(year, a, b) if "/" in raw else None, _valid(year, b, a)
    first = american or european
    if first is None:
        return None
    if american and european and american != european:
        low, high = sorted((american, european))
        return found.value("date", f"{year:04}-XX-XX", "day", earliest=low, latest=low, other=high)
    return found.dated(periods.day(first))

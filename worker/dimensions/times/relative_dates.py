"""Dates relative to the dateline or to another date: "on Tuesday", "last week", "the day before"."""

from datetime import date, timedelta

from worker.dimensions.times import periods
from worker.dimensions.times.anchoring import edged, weekday_of
from worker.dimensions.times.holidays import nth_weekday
from worker.dimensions.times.numerals import count, ordinal
from worker.dimensions.times.rule_match import RuleMatch
from worker.dimensions.times.value import TimeValue
from worker.dimensions.times.vocabulary import DEICTIC, PART_MINUTES, PARTS, UNITS, WEEKDAYS

_BACK = ("last", "past", "previous")
_AHEAD = ("next", "coming")


def weekday(found: RuleMatch) -> TimeValue | None:
    """A weekday, resolved as in news: within seven days of the dateline, by the tense."""
    day = weekday_of(found)
    if day is None or _is_name(found) or _of_a_month(found):
        return None
    part = PARTS.get(found.word("anypart"), "")
    if found.pointer in ("following", "previous", "same") and found.spoken:
        return _weekday_from_mention(found, day)
    if found.anchor is None or _generic(found):
        return found.value(
            "date", f"XXXX-WXX-{day + 1}{_t(part)}", "day", weekday=day, anchored=False, minutes=_minutes(part)
        )
    apposed = _apposed(found, day)
    chosen, other = (apposed, None) if apposed else _weekday_day(found, found.anchor, day)
    return _on(found, chosen, part, weekday=day, other=other)


def _of_a_month(found: RuleMatch) -> bool:
    """True for "the last Friday of the month", "in March", which another rule covers."""
    wider = found.name_after(1) in ("month", "rmonth", "year4", "this", "next", "last", "the", "every", "coming")
    return found.pointer == "last" and found.name_after() in ("of", "in") and wider


def _is_name(found: RuleMatch) -> bool:
    """True for a weekday's word that is not a day: "sat", "the Sun" without a date beside it, "Joe Friday Lund"."""
    if found.names_before() == found.name_after() == "name" and found.before() != "said":
        return True
    return found.lexed.name(found.tokens("anyweekday").start) == "rweekday"


def _apposed(found: RuleMatch, weekday: int) -> date | None:
    """The date of an apposed weekday: "the previous day, Thursday", "next week, on Friday"; None if it is not apposed."""
    back = found.first - 1
    while found.lexed.name(back) in ("comma", "on") and back > found.first - 4:
        back -= 1
    if not found.spoken or back < 0 or found.spoken[-1].end != found.lexed.ends[back]:
        return None
    said = found.spoken[-1]
    if said.unit == "week" and said.kind == "date" and said.earliest is not None and "W" in said.timex:
        return said.earliest + timedelta(days=weekday)
    return said.day if said.day is not None and said.day.weekday() == weekday else None


def _generic(found: RuleMatch) -> bool:
    """True for no particular day: "on a Friday", "on a normal Friday". False for "in a tweet Friday"."""
    back = 1 if found.names_before() == "a" else 2
    return found.lexed.name(found.first - back) == "a" and found.before(back + 1) == "on"


def _t(part: str) -> str:
    return f"T{part}" if part else ""


def _minutes(part: str) -> tuple[int, int] | None:
    return PART_MINUTES[part] if part else None


def _on(found: RuleMatch, moment: date, part: str, **more: object) -> TimeValue:
    edge = found.word("dayedge") or None
    minutes = _narrowed(part, edge)
    given = {"modifier": edge, "minutes": minutes, "fuzzy": bool(edge), **more}
    kind = "time" if part else "date"
    return found.value(kind, moment.isoformat() + _t(part), "day", earliest=moment, latest=moment, **given)  # type: ignore[arg-type]


def _narrowed(part: str, edge: str | None) -> tuple[int, int] | None:
    if part:
        low, high = PART_MINUTES[part]
        middle = (low + high) // 2
        return (low, middle) if edge == "early" else (middle, high) if edge == "late" else (low, high)
    return {"early": (0, 660), "late": (960, 1560)}.get(edge or "")


def _weekday_day(found: RuleMatch, anchor: date, weekday: int) -> tuple[date, date | None]:
    back = anchor - timedelta(days=(anchor.weekday() - weekday) % 7)
    ahead = anchor + timedelta(days=(weekday - anchor.weekday()) % 7)
    pointer = found.pointer
    if found.word("week") == "week":
        return ahead + timedelta(days=7), None
    if pointer in _BACK:
        return (back if back < anchor else back - timedelta(days=7)), None
    if pointer in _AHEAD:
        monday = anchor - timedelta(days=anchor.weekday() - 7)
        chosen = monday + timedelta(days=weekday)
        return chosen, ahead if chosen != ahead > anchor else None
    tense = found.tense()
    if pointer == "this":
        this_week = anchor + timedelta(days=weekday - anchor.weekday())
        return (back, None) if tense < 0 and this_week <= anchor else (ahead, None)
    if not tense and found.before() in ("until", "till"):
        tense = 1
    if tense:
        day = ahead if tense > 0 else back
        return day, day + timedelta(days=7 * tense) if day == anchor else None  # of the dateline's day, or a week off
    return back, ahead if ahead != back else None


def _weekday_from_mention(found: RuleMatch, weekday: int) -> TimeValue | None:
    base = last_day(found)
    pointer = found.pointer
    if base is None:
        return found.value(
            "date", f"XXXX-WXX-{weekday + 1}", "day", weekday=weekday, anchored=False, relative_to="mention"
        )
    if pointer == "same":
        return _on(found, base, "", weekday=weekday)
    gap = (
        (weekday - base.weekday() - 1) % 7 + 1 if pointer == "following" else -((base.weekday() - weekday - 1) % 7 + 1)
    )
    return _on(found, base + timedelta(days=gap), "", weekday=weekday)


MENTION_REACH = 250
"""Most characters between "the following day" and the day before it: about two sentences."""


def last_day(found: RuleMatch) -> date | None:
    """The last date mentioned before the match; None if it is not a single day."""
    for value in reversed(found.spoken):
        if found.lexed.starts[found.first] - value.end > MENTION_REACH:
            return None
        if value.day is not None and value.relative_to != "event" and "_REF" not in value.timex:
            return value.day
    return None


def weekdays(found: RuleMatch) -> TimeValue | None:
    """ "Mondays", "every Sunday": a set."""
    names = found.word("weekdays").removesuffix("s") or found.word("weekday")
    part = PARTS.get(found.word("anypart"), "")
    number = WEEKDAYS[names]
    return found.value("set", f"XXXX-WXX-{number + 1}{_t(part)}", "day", weekday=number)


def nth_weekday_each(found: RuleMatch) -> TimeValue | None:
    """ "The first Monday of each month": a set; the value names no weekday."""
    weekday = weekday_of(found)
    return None if weekday is None else found.value("set", f"XXXX-WXX-{weekday + 1}", "day", weekday=weekday)


def nth_weekday_of_period(found: RuleMatch) -> TimeValue | None:
    """ "The last Friday of this month", "the first Monday of 2019"."""
    weekday = weekday_of(found)
    nth = -1 if found.has("last") else ordinal(found.lexed, found.tokens("ordinal"))
    if weekday is None or not (nth == -1 or 1 <= nth <= 4):
        return None
    if found.has("year"):
        return _nth_in_year(found, int(found.word("year")), weekday, nth)
    unit = UNITS[found.word("span")]
    step = {"last": -1, "past": -1, "next": 1, "coming": 1, "this": 0, "current": 0}.get(found.pointer)
    if unit not in ("month", "year") or step is None or found.lexed.name(found.after - 1) == "units":
        return None
    if found.anchor is None:
        return found.value("date", "XXXX-XX-XX", "day", weekday=weekday, anchored=False)
    first = periods.shifted(unit, found.anchor, step).first
    if unit == "year":
        return _nth_in_year(found, first.year, weekday, nth)
    return found.dated(periods.day(nth_weekday(first.year, first.month, weekday, nth)), weekday=weekday)


def _nth_in_year(found: RuleMatch, year: int, weekday: int, nth: int) -> TimeValue:
    day = nth_weekday(year, 12 if nth < 0 else 1, weekday, nth)
    return found.dated(periods.day(day), weekday=weekday)


def weeks_beyond(found: RuleMatch) -> TimeValue | None:
    """ "A week from Monday", "two weeks on Friday"."""
    weekday = weekday_of(found)
    amount = count(found.lexed, found.tokens("count")) if found.has("count") else 1.0
    if (
        UNITS[found.word("span")] != "week"
        or weekday is None
        or amount is None
        or found.anchor is None
        or found.tense() < 0
    ):
        return None
    ahead = found.anchor + timedelta(days=(weekday - found.anchor.weekday()) % 7)
    return _on(found, ahead + timedelta(days=round(7 * amount)), "", weekday=weekday)


def deictic(found: RuleMatch) -> TimeValue | None:
    """ "today", "yesterday", "tomorrow morning", "late yesterday"."""
    word = found.word("deictic")
    part = "NI" if word == "tonight" else PARTS.get(found.word("anypart"), "")
    if found.anchor is None:
        return found.value("date", "XXXX-XX-XX" + _t(part), "day", anchored=False, offset_days=DEICTIC[word])
    return _on(found, found.anchor + timedelta(days=DEICTIC[word]), part)


def day_beyond(found: RuleMatch) -> TimeValue | None:
    """ "the day before yesterday", "the day after tomorrow"."""
    offset = -2 if found.word("deictic") == "yesterday" else 2
    if found.anchor is None:
        return found.value("date", "XXXX-XX-XX", "day", anchored=False, offset_days=offset)
    return _on(found, found.anchor + timedelta(days=offset), "")


def this_part(found: RuleMatch) -> TimeValue | None:
    """ "this morning", "last night"."""
    part, back = PARTS[found.word("part")], found.pointer == "last"
    if found.pointer in ("next", "following", "same", "that"):
        return _part_from_mention(found, part)
    if found.pointer not in ("this", "last") or (back and part != "NI") or found.name_after() == "dash":
        return None
    if found.anchor is None:
        return found.value(
            "date", "XXXX-XX-XX" + _t(part), "day", anchored=False, offset_days=-int(back), minutes=_minutes(part)
        )
    return _on(found, found.anchor - timedelta(days=int(back)), part)


def _part_from_mention(found: RuleMatch, part: str) -> TimeValue | None:
    """ "The next morning", "that night": relative to the last date mentioned."""
    base, step = last_day(found), int(found.pointer in ("next", "following"))
    if found.name_after() == "dash":
        return None
    if base is None:
        return found.value(
            "date",
            f"XXXX-XX-XXT{part}",
            "day",
            anchored=False,
            relative_to="mention",
            offset_days=step,
            minutes=_minutes(part),
        )
    return _on(found, base + timedelta(days=step), part, relative_to="mention", offset_days=step)


def weekend(found: RuleMatch) -> TimeValue | None:
    """ "at the weekend", "last weekend", "next weekend"."""
    if found.names_before() == "a" or found.name_after() in ("after", "before", "of") or found.before() == "long":
        return None
    if found.anchor is None:
        return found.value("date", "XXXX-WXX-WE", "weekend", anchored=False)
    pointer = found.pointer
    anchor = found.anchor
    latest = anchor - timedelta(days=(anchor.weekday() - 5) % 7)
    ahead = anchor + timedelta(days=(5 - anchor.weekday()) % 7)
    if pointer in _BACK:
        return found.dated(
            periods.weekend(latest if latest < anchor and anchor.weekday() < 5 else latest - timedelta(days=7))
        )
    if pointer in _AHEAD:
        return found.dated(periods.weekend(ahead if ahead > anchor else ahead + timedelta(days=7)))
    tense = found.tense()
    return found.dated(periods.weekend(latest if tense < 0 or (not tense and pointer != "this") else ahead))


def unit_reference(found: RuleMatch) -> TimeValue | None:
    """ "last week", "this month", "next year", "later this year", "the end of the year", "the same month"."""
    pointer, unit = found.pointer, UNITS[found.word("span")]
    if found.lexed.name(found.tokens("span").start) == "units":
        return _some(found)
    if pointer == "last" and found.follows() == "of":
        return None  # the last week of April
    if unit in ("second", "minute", "hour", "fortnight") or (pointer in ("past", "current") and unit == "day"):
        return None
    step = {"last": -1, "past": -1, "next": 1, "coming": 1, "this": 0, "current": 0, "": 0}.get(pointer)
    if step is None:
        return _from_mention(found, pointer, unit)
    if found.anchor is None:
        return found.value("date", _unknown(unit), unit, anchored=False, modifier=pointer or None)
    if unit == "day":
        return _from_mention(found, "following", unit) if pointer == "next" else None
    return _sided(found, periods.shifted(unit, found.anchor, step))


def _some(found: RuleMatch) -> TimeValue | None:
    """ "The coming weeks", "previous years"."""
    if found.pointer in ("next", "coming", "following"):
        return (
            found.value("date", "FUTURE_REF", "day", earliest=found.anchor, fuzzy=True)
            if found.pointer == "coming"
            else None
        )
    if found.pointer in ("last", "past", "previous"):
        return found.value("date", "PAST_REF", "day", latest=found.anchor, fuzzy=True)
    return None


def _unknown(unit: str) -> str:
    return {
        "week": "XXXX-WXX",
        "month": "XXXX-XX",
        "year": "XXXX",
        "quarter": "XXXX-QX",
        "decade": "XXX",
        "century": "XX",
    }.get(unit, "XXXX-XX-XX")


def _sided(found: RuleMatch, period: periods.Period) -> TimeValue:
    anchor = found.anchor
    assert anchor is not None
    if found.has("earlier") and period.first <= anchor <= period.last:
        return found.dated(period, latest=anchor, modifier="earlier", fuzzy=True)
    if found.has("later") and period.first <= anchor <= period.last:
        return found.dated(period, earliest=anchor, modifier="later", fuzzy=True)
    return edged(found, period)


def _from_mention(found: RuleMatch, pointer: str, unit: str) -> TimeValue:
    step = {"previous": -1, "following": 1, "same": 0, "that": 0}[pointer]
    base = last_day(found) if unit in ("day", "week") else last_within(found, unit)
    offset = step if unit == "day" else None
    if base is None:
        return found.value("date", _unknown(unit), unit, anchored=False, relative_to="mention", offset_days=offset)
    return found.dated(periods.shifted(unit, base, step), offset_days=offset)


def last_within(found: RuleMatch, unit: str) -> date | None:
    """First day of the last date mentioned, if that lies within one period of the unit; else None."""
    for value in reversed(found.spoken):
        if value.earliest and value.latest and value.kind in ("date", "time") and "_REF" not in value.timex:
            whole = periods.containing(unit, value.earliest)
            return value.earliest if value.latest <= whole.last else None
    return None


def present(found: RuleMatch) -> TimeValue | None:
    """ "now", "currently", "at the moment"; not "Now" within a name."""
    if found.names_before() == "name" and found.lexed.raw(found.first)[0].isupper():
        return None
    return found.value("date", "PRESENT_REF", "day", earliest=found.anchor, latest=found.anchor, fuzzy=True)


def past(found: RuleMatch) -> TimeValue | None:
    """ "recently", "in recent years"."""
    return found.value("date", "PAST_REF", "day", latest=found.anchor, fuzzy=True)


def future(found: RuleMatch) -> TimeValue | None:
    """ "soon", "in coming weeks"; not "as soon as", "soon-to-be"."""
    if found.tense() < 0 or found.names_before() == "as" or found.name_after() in ("dash", "as", "after"):
        return None
    return found.value("date", "FUTURE_REF", "day", earliest=found.anchor, fuzzy=True)

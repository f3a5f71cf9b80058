"""Finds the times of a text: the table of rules, the scan, and joining neighbours ("7 p.m." + "on Friday")."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from worker.dimensions.times import (
    absolute_dates,
    clock_times,
    durations,
    event_anchored_times,
    named_periods,
    relative_dates,
)
from worker.dimensions.times.ages import with_ages
from worker.dimensions.times.lexer import LexedText, lex
from worker.dimensions.times.rule_match import RuleMatch
from worker.dimensions.times.rule_patterns import combined, compiled
from worker.dimensions.times.value import TimeValue
from worker.text.memoized import memoized

Build = Callable[[RuleMatch], TimeValue | None]

EDGE = "(the? <edge> dash? (of|in)? the? )?"
LENGTH = (
    "<bound>? (<half_a>|<count> (dash? and dash? a dash? <half>)?|<a>) dash? <span> (and a <half2>)?"
    " (comma? and? <count2> dash? <span2>)? (comma? and? <count3> dash? <span3>)?"
)
NEAR = "(near? <rel>)?"

YEAR = "(comma? <year>|<yearref>)?"
"""After a month or a day of the month."""
APPOSED = "(comma a <anyweekday2>)?"
AGO = "(<ago>|<later>|<earlier>|<hence>|<before>|<after>|following)?"

TABLE: tuple[tuple[str, Build], ...] = (
    # calendar days
    ("(<weekday> comma?)? <iso>", absolute_dates.iso),
    ("<slash>", absolute_dates.slashed),
    ("(<weekday> comma?)? <dmy>", absolute_dates.day_month_year),
    ("(<weekday> comma?)? <anymonth> <dayth> (dash|to) <dayth2> (comma? <year>)?", absolute_dates.month_range),
    ("<anymonth> <dayth> dash <anymonth2> <dayth2> (comma? <year>)?", absolute_dates.month_range),
    ("the? <dayth> (dash|to) the? <dayth2> of? <anymonth> (comma? <year>)?", absolute_dates.month_range),
    (
        "(<anyweekday> <anypart>? comma?)? <anymonth> the? <dayth> (?!scale|percent|units|unit)" + YEAR + APPOSED,
        absolute_dates.month_day,
    ),
    ("(<anyweekday> comma?)? the? <dayth> of? <anymonth>" + YEAR + APPOSED, absolute_dates.month_day),
    ("the <ordinal> of <anymonth>" + YEAR + APPOSED, absolute_dates.month_day),
    ("the? (<ordinal>|<last>) <anyweekday> (of|in) <anymonth> (comma? <year>)?", absolute_dates.nth_weekday_of_month),
    ("the? (<ordinal>|<last>) <anyweekday> (of|in) (every|the) <span>", relative_dates.nth_weekday_each),
    ("the? (<ordinal>|<last>) <anyweekday> (of|in) <pointer> <span>", relative_dates.nth_weekday_of_period),
    ("the? (<ordinal>|<last>) <anyweekday> (of|in) <year>", relative_dates.nth_weekday_of_period),
    # quarters, halves, centuries, decades, seasons, months, years
    ("(the)? <ordinal> half of <anymonth> (comma? <year>)?", named_periods.half_of),
    ("(the)? <ordinal> half of (<fiscal> unit?)? (<year>|<fy>)", named_periods.half_of),
    ("<hn> (of? (<fiscal> unit?)? (<year>|<fy>))?", named_periods.half_of),
    ("the? <ordinal> half (<yearref>|of the <span>)?", named_periods.half_of),
    ("<ordinal> dash quarter", named_periods.quarter),
    (
        EDGE + "the? (<qn>|<anymonth> dash anymonth quarter|<ordinal> quarter) (of? (<fiscal> unit?)? (<year>|<fy>))?",
        named_periods.quarter,
    ),
    ("<fy>", named_periods.fiscal_year),
    (EDGE + "the? <ordinal> dash? (?=unit) <span>", named_periods.century),
    (EDGE + "<the>? (<decade>|<nineties>)", named_periods.decade),
    ("<the>? <edge> dash? of? the? (<decade>|<nineties>)", named_periods.decade),
    (EDGE + "<the>? <pointer>? (<season>|<fall>) (comma? of? <year> (dash <int2>)?)?", named_periods.season),
    ("<pointer>? <holiday> (comma? <year>)?", absolute_dates.holiday),
    (EDGE + "<pointer>? <month> ((of|comma)? <year>|<yearref>)?", absolute_dates.month_named),
    (EDGE + "<pointer>? <rmonth> ((of|comma)? <year>|<yearref>)?", absolute_dates.risky_month),
    ("<year> (dash|<colon>) (<int2>|<year2>)", named_periods.year_range),
    ("<int> (dash|<colon>) <int2>", named_periods.season_years),
    # times of day
    (NEAR + "(<clock>|<hour>) <ampm> (<local> time|<zone>)?", clock_times.clock),
    ("<hour> (dash|to) <hour2> <ampm>", clock_times.clock_range),
    (NEAR + "<half> <past> <hour> (in the <part>)?", clock_times.clock),
    (NEAR + "<hour> oclock (in the <part>)?", clock_times.clock),
    (NEAR + "(<clock>|<hour>) in the <part>", clock_times.clock),
    (NEAR + "<hour>? <noon> (<local> time|<zone>)? (?!unit|units)", clock_times.clock),
    (NEAR + "<clock> (<local> time|<zone>)?", clock_times.clock),
    (NEAR + "<hhmm> (<local> time|<zone>|units)", clock_times.clock),
    ("the? early <units> (?=of (weekday|month|rmonth|n12|n31|deictic|the (n12|n31|ordn)))", clock_times.part_of),
    (
        "(the|late|early)? <part> (?!of (n12|n31) (to|dash)) (?=of (weekday|month|rmonth|n12|n31|deictic|the (n12|n31|ordn)))",
        clock_times.part_of,
    ),
    ("<hms>", clock_times.race_time),
    # weekdays and days relative to the dateline
    ("the? <span> (<before>|<after>) <deictic>", relative_dates.day_beyond),
    ("(<a>|<count>) <span> (from|on) <anyweekday>", relative_dates.weeks_beyond),
    ("<dayedge>? <deictic> <anypart>?", relative_dates.deictic),
    ("the? <pointer> <part>", relative_dates.this_part),
    ("(every <weekday>|<weekdays>) <anypart>?", relative_dates.weekdays),
    ("the <weekday> (<before>|<after>|following)", event_anchored_times.weekday_by_event),
    ("(<dayedge> on?)? (on? the)? <pointer>? <anyweekday> <anypart>? (<week>)?", relative_dates.weekday),
    ("(the)? <pointer>? weekend", relative_dates.weekend),
    # relative to an event or the last date mentioned
    ("(the)? <eve> <of>", event_anchored_times.told_from_event),
    (
        "the (<span>|<part>) (<before>|<after>|<of>|following) (?!(n12|n31) (to|dash))",
        event_anchored_times.told_from_event,
    ),
    # durations
    ("<count> dash <span> dash <old>", durations.length),
    ("(<aged>|at? the? <age> of?) <count>", durations.age),
    ("the? <ordinal> <anniversary>", durations.anniversary),
    ("(every (<count>|<other>|<ordinal>)?|per) <span>", durations.repeated),
    ("<frequency>", durations.repeated),
    ("(the)? <pointer> <count> dash? <span>", durations.pointed_length),
    ("the (<last>|<past>|next|coming) <span>", durations.pointed_unit),
    ("<bound>? between? <count> dash? (dash|to|or) dash? <count2> dash? <span>", durations.length_range),
    (LENGTH + " (dash? <old>|of <age>)", durations.length),
    (LENGTH + " " + AGO, durations.length),
    (LENGTH, durations.length),
    ("<span> <ago>", durations.bare),
    ("(<earlier>|<later>)? " + EDGE + "the? <pointer> <span>", relative_dates.unit_reference),
    ("the? <edge> of the <span>", relative_dates.unit_reference),
    ("<span>", durations.bare),
    # years and vague references
    (EDGE + "<year> (<bc>|<ad>)?", named_periods.year_alone),
    ("<now>|(at the|at) <moment>", relative_dates.present),
    ("<recently>|in recent <span>", relative_dates.past),
    ("<soon>|in the? coming <span>", relative_dates.future),
)
"""Expression → builder. At each position, the first rule that matches and whose builder returns a value applies."""


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """One compiled row of the table."""

    pattern: re.Pattern[str]
    build: Build


RULES = tuple(CompiledRule(compiled(pattern), build) for pattern, build in TABLE)
ANY_RULE = combined([pattern for pattern, _ in TABLE])
LATELY = 8
"""Number of earlier values that "the following day" can refer to."""


@memoized
def find_times(text: str, anchor: date | None) -> list[TimeValue]:
    """The temporal expressions of a text in reading order, resolved by its dateline (`anchor`).

    >>> [(v.text, v.timex) for v in find_times("The vote is on Friday, Feb. 9.", date(2018, 1, 30))]
    [('Friday, Feb. 9', '2018-02-09')]
    """
    lexed = lex(text)
    values: list[TimeValue] = []
    at = 0
    while (match := ANY_RULE.search(lexed.classes, at)) is not None:
        at = _accept(lexed, match, anchor, values)
    return with_ages(text, [_with_modifier(text, value) for value in joined(text, values)])


def _accept(lexed: LexedText, match: re.Match[str], anchor: date | None, values: list[TimeValue]) -> int:
    """Appends the value of the first rule that applies here. Returns the index of the next token to scan."""
    place = match.start()
    for rule in RULES[(match.lastindex or 1) - 1 :]:
        detailed = rule.pattern.match(lexed.classes, place)
        if detailed is None:
            continue
        try:
            value = rule.build(RuleMatch(lexed, detailed, anchor, values[-LATELY:]))
        except (ValueError, OverflowError):
            continue
        if value is not None:
            values.append(value)
            return detailed.end()
    return place + 1


PREFIXES = {
    "since": "since", "until": "until", "till": "until", "by": "by", "before": "before", "after": "after", "from": "from",
    "starting": "from", "to": "to", "through": "to", "between": "between", "within": "within", "over": "over", "in": "in",
}  # fmt: skip
_LAST_WORD = re.compile(r"([A-Za-z]+)[\s,]+(?:the\s+)?$")


def _with_modifier(text: str, value: TimeValue) -> TimeValue:
    if value.modifier is not None:
        return value
    before = _LAST_WORD.search(text, max(0, value.start - 24), value.start)
    name = PREFIXES.get(before[1].lower()) if before else None
    return replace(value, modifier=name) if name else value


_GLUE = re.compile(r"[\s,]*(?:(?:on|of|in|at|around|about)\s+(?:the\s+)?)?$")


def joined(text: str, values: list[TimeValue]) -> list[TimeValue]:
    """Joins a time of day with the day beside it, and resolves "the day after" a date that follows."""
    out: list[TimeValue] = []
    for value in values:
        one = _join(text, out[-1], value) if out else None
        if one is None:
            out.append(value)
        else:
            out[-1] = one
    return out


def _join(text: str, left: TimeValue, right: TimeValue) -> TimeValue | None:
    if right.start - left.end > 16:
        return None
    gap = text[left.end : right.start]
    if left.relative_to == "event" and left.event and left.event[0] <= right.start <= left.event[0] + 4:
        resolved = event_anchored_times.resolved(left, right)
        return (
            replace(resolved, relative_to=None, event=None, end=right.end, text=text[left.start : right.end])
            if resolved
            else None
        )
    if not _GLUE.fullmatch(gap):
        return None
    if _is_undated(left) and _is_day(right):
        return _timed(text, left, right, left, right)
    if _is_day(left) and _is_undated(right):
        return _timed(text, left, right, right, left)
    return None


def _is_undated(value: TimeValue) -> bool:
    return value.kind == "time" and value.timex.startswith(clock_times.UNDATED + "T") and value.offset_days is None


def _is_day(value: TimeValue) -> bool:
    return value.unit == "day" and value.kind in ("date", "time") and value.relative_to is None and value.exists


def _timed(text: str, left: TimeValue, right: TimeValue, time: TimeValue, day: TimeValue) -> TimeValue:
    moment = day.timex.partition("T")[0]
    return replace(
        day, start=left.start, end=right.end, text=text[left.start : right.end], kind="time",
        timex=time.timex.replace(clock_times.UNDATED, moment), unit=time.unit, minutes=time.minutes, zone=time.zone,
        fuzzy=time.fuzzy or day.fuzzy, modifier=time.modifier or day.modifier,
    )  # fmt: skip

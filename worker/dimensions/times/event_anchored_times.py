"""Times relative to an event: "two days before the launch", "on the eve of the fair", "the Sunday after the vote"."""

import re
from dataclasses import replace
from datetime import date, timedelta

from worker.dimensions.times import periods
from worker.dimensions.times.anchoring import weekday_of
from worker.dimensions.times.lexer import LexedText
from worker.dimensions.times.relative_dates import last_day, last_within
from worker.dimensions.times.rule_match import RuleMatch
from worker.dimensions.times.tense import FUTURE, PAST
from worker.dimensions.times.value import TimeValue
from worker.dimensions.times.vocabulary import PARTS, UNITS

DAYS = {"day": 1, "week": 7}
LONGEST_PHRASE = 9
OPENERS = ("the", "own", "a", "that", "this", "name", "year4", "same")
INSIDE = frozenset("word name num year4 season apos dash of the own ordw ordn small part fall second trap abbr".split())
JOINERS = frozenset("of the own a that this same dash apos".split())
"""Words within a noun phrase that cannot end it."""
NOUNS_TOO = frozenset("left lead set met cut".split())
VERBS = (
    FUTURE | PAST | frozenset("is are has have had be been which who whose when where while but".split())
) - NOUNS_TOO


def event_after(lexed: LexedText, index: int) -> tuple[int, int] | None:
    """Offsets of the noun phrase that begins at a token; None if none does.

    >>> from worker.dimensions.times.lexer import lex
    >>> event_after(lex("the day before the opening ceremony, he said"), 3)
    (15, 35)
    """
    if lexed.name(index) not in OPENERS:
        return None
    last = -1
    for i in range(index, min(index + LONGEST_PHRASE, len(lexed.words))):
        name = lexed.name(i)
        if (name not in INSIDE and not (i == index and name in OPENERS)) or (lexed.words[i] in VERBS and i > index + 1):
            break
        if name not in JOINERS:
            last = i
    return (lexed.starts[index], lexed.ends[last]) if last >= 0 else None


DATED = ("month", "rmonth", "weekday", "holiday", "iso", "deictic", "n12", "n31")


def event_or_date(lexed: LexedText, index: int) -> tuple[int, int] | None:
    """Offsets of the event's phrase, or of the first token of a date in its place ("the day after Christmas")."""
    if lexed.name(index) in DATED:
        return lexed.starts[index], lexed.ends[index]
    return event_after(lexed, index)


def told_from_event(found: RuleMatch) -> TimeValue | None:
    """ "The day before the opening", "the eve of the Games". Without an event, relative to the last date mentioned."""
    unit = "day" if not found.has("span") else UNITS[found.word("span")]
    part = PARTS.get(found.word("part"), "")
    step = _step(found)
    event = event_or_date(found.lexed, found.after)
    if found.has("span") and found.lexed.name(found.match.start("span")) == "units":
        return _around(found, event, step)
    if unit in ("second", "minute", "hour", "quarter") or (
        event is None and (found.has("of") or not _ends_here(found))
    ):
        return None
    offset = step if unit == "day" else 7 * step if unit == "week" else None
    timex = (
        "XXXX-XX-XX" + (f"T{part}" if part else "")
        if unit == "day"
        else {"week": "XXXX-WXX", "month": "XXXX-XX"}.get(unit, "XXXX")
    )
    if event is None:
        return _bare(found, timex, unit, step)
    value = found.value(
        "date", timex, unit, anchored=False, relative_to="event", event=event, offset_days=offset, modifier=_side(step)
    )
    return _without_of(found, value) if found.has("of") else value


def _around(found: RuleMatch, event: tuple[int, int] | None, step: int) -> TimeValue | None:
    """ "The days after the vote", "the years before the war": near the event, at no exact distance."""
    if event is None or not step:
        return None
    return found.value(
        "date", "XXXX", "day", anchored=False, relative_to="event", event=event, modifier=_side(step), fuzzy=True
    )


def _without_of(found: RuleMatch, value: TimeValue) -> TimeValue:
    end = found.lexed.ends[found.after - 2]
    return replace(value, end=end, text=found.lexed.text[value.start : end])


def _step(found: RuleMatch) -> int:
    if found.has("eve") or found.has("before"):
        return -1
    if found.has("of"):
        return 0
    return 0 if found.word("part") in ("evening", "night", "afternoon") and not found.has("before") else 1


def _side(step: int) -> str | None:
    return {-1: "before", 1: "after"}.get(step)


def _ends_here(found: RuleMatch) -> bool:
    return found.name_after() in ("stop", "comma", "paren", "and", "dash", "")


def _bare(found: RuleMatch, timex: str, unit: str, step: int) -> TimeValue:
    base = last_day(found) if unit in ("day", "week") else last_within(found, unit)
    if base is None:
        return found.value(
            "date", timex, unit, anchored=False, relative_to="mention", offset_days=step if unit == "day" else None
        )
    return found.dated(
        periods.shifted(unit, base, step),
        relative_to="mention",
        offset_days=step * DAYS[unit] if unit in DAYS else None,
    )


def weekday_by_event(found: RuleMatch) -> TimeValue | None:
    """ "The Sunday before the opening": a weekday that only the event's date resolves."""
    event = event_or_date(found.lexed, found.after)
    day = weekday_of(found)
    if event is None or day is None:
        return None
    side = "before" if found.has("before") else "after"
    return found.value(
        "date",
        f"XXXX-WXX-{day + 1}",
        "day",
        weekday=day,
        anchored=False,
        relative_to="event",
        event=event,
        modifier=side,
    )


def resolved(value: TimeValue, by: TimeValue) -> TimeValue | None:
    """An event-relative value, resolved with the event's date; None if that is not enough.

    "The day before the opening", with the opening on Feb. 9, is Feb. 8.
    """
    if by.day is None:
        return None
    if value.kind == "duration" and value.offset_days is None:
        return _resolved_length(value, by.day)
    if value.offset_days is not None:
        day = by.day + timedelta(days=value.offset_days)
        if value.unit == "week" and value.kind == "date":
            return _resolved_week(value, day)
    elif value.weekday is not None and value.modifier == "before":
        day = by.day - timedelta(days=(by.day.weekday() - value.weekday - 1) % 7 + 1)
    elif value.weekday is not None:
        day = by.day + timedelta(days=(value.weekday - by.day.weekday() - 1) % 7 + 1)
    else:
        return None
    part = value.timex.partition("T")[2] if value.kind != "duration" else ""
    timex = day.isoformat() + (f"T{part}" if part else "")
    return replace(value, kind="date", timex=timex, unit="day", earliest=day, latest=day, anchored=True, days=None)


def _resolved_week(value: TimeValue, day: date) -> TimeValue:
    """ "The week of Sept. 18"."""
    week = periods.week(day)
    return replace(value, timex=week.timex, earliest=week.first, latest=week.last, anchored=True)


def _resolved_length(value: TimeValue, by: date) -> TimeValue | None:
    """The year or month of "ten years after" a day."""
    amount = re.fullmatch(r"P([0-9]+)([YM])", value.timex)
    if amount is None:
        return None
    unit = "year" if amount[2] == "Y" else "month"
    day = periods.moved(by, unit, int(amount[1]) * (-1 if value.modifier == "before" else 1))
    period = periods.containing(unit, day)
    return replace(
        value,
        kind="date",
        timex=period.timex,
        unit=unit,
        earliest=period.first,
        latest=period.last,
        anchored=True,
        days=None,
        fuzzy=True,
    )

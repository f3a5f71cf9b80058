"""Weekdays that do not match the date beside them."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from factcheck.verdict import ConflictKind, InternalConflict
from worker.consistency.article_spans import ArticleSpan, conflict
from worker.consistency.sentence_values import SentenceValues
from worker.dimensions.times.render import AP_MONTHS, WEEKDAY_NAMES, weekday_mismatch
from worker.dimensions.times.value import TimeValue

# A date without a year can be in the year before or after. Writers state the year of a date further away than this.
_NEAR = timedelta(days=120)
_THIS_MONTH = timedelta(days=31)


def wrong_weekdays(article: Sequence[SentenceValues], anchor: date | None) -> Iterator[InternalConflict]:
    """ "Friday, Feb. 10, 2018", which was a Saturday. Suggests the right weekday, and the nearest such Friday."""
    for values in article:
        for value in values.times:
            repairs = weekday_mismatch(value)
            if repairs and value.day and value.weekday is not None and _is_sure(value, value.day, anchor):
                place = ArticleSpan(values.sentence, value.start, value.end, value.timex)
                message = _message(value.day, value.weekday)
                yield conflict(ConflictKind.WEEKDAY, place, None, message, [(place, r) for r in repairs])


def _is_sure(value: TimeValue, day: date, anchor: date | None) -> bool:
    """True if the year is written, or the date is near the dateline and has another weekday in the adjacent years too."""
    if value.other is not None:
        return False
    if str(day.year) in value.text:
        return True
    if anchor is None or abs(day - anchor) > _NEAR:
        return False
    doubtful = abs(day - anchor) > _THIS_MONTH or day.year != anchor.year
    return not (doubtful and any(_on(day, year).weekday() == value.weekday for year in (day.year - 1, day.year + 1)))


def _on(day: date, year: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return date(year, 2, 28) if leap_day else day.replace(year=year)


def _message(day: date, weekday: int) -> str:
    """ "Feb. 10, 2018 is a Saturday; the Friday is Feb. 9." """
    nearest = day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
    said = f"{_month_day(day)}, {day.year}"
    return f"{said} is a {WEEKDAY_NAMES[day.weekday()]}; the {WEEKDAY_NAMES[weekday]} is {_month_day(nearest)}."


def _month_day(day: date) -> str:
    return f"{AP_MONTHS[day.month - 1]} {day.day}"

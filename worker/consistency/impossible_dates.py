"""Dates that do not exist: "Feb. 29, 2023", "June 31"."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence

from factcheck.verdict import ConflictKind, InternalConflict
from worker.consistency.article_spans import ArticleSpan, conflict
from worker.consistency.sentence_values import SentenceValues
from worker.dimensions.times.render import AP_MONTHS
from worker.dimensions.times.value import TimeValue

_DAY = re.compile(r"([0-9]{4}|XXXX)-([0-9]{2})-([0-9]{2})")
_LEAP_YEAR = 2000


def impossible_dates(article: Sequence[SentenceValues]) -> Iterator[InternalConflict]:
    """One conflict per such date. The suggested repair is the last day of the month, if the day is written in digits."""
    for values in article:
        for value in values.times:
            missing = None if value.exists else _missing(value)
            if missing is not None:
                place = ArticleSpan(values.sentence, value.start, value.end, value.timex)
                year, month, day = missing
                last = monthrange(year or _LEAP_YEAR, month)[1]
                repairs = [(place, text) for text in _with_day(place.text, day, last)]
                yield conflict(ConflictKind.DATE, place, None, _message(year, month, day, last), repairs)


def _missing(value: TimeValue) -> tuple[int | None, int, int] | None:
    """(year, month, day) of the first date in the value that does not exist. The year is None if the words have none."""
    for written, month, day in _DAY.findall(value.timex):
        year = int(written) if written != "XXXX" else None
        if 1 <= int(month) <= 12 and int(day) > monthrange(year or _LEAP_YEAR, int(month))[1]:
            return year, int(month), int(day)
    return None


def _with_day(text: str, day: int, last: int) -> list[str]:
    """The words with another day of the month; [] unless the day occurs once and in digits."""
    written = re.compile(rf"(?<!\d){day}(?:st|nd|rd|th)?(?!\d)")
    if len(written.findall(text)) != 1:
        return []
    ending = {1: "st", 2: "nd", 3: "rd"}.get(last % 10 if last != 11 else 0, "th")
    return [written.sub(lambda found: f"{last}{ending if found[0][-1].isalpha() else ''}", text)]


def _message(year: int | None, month: int, day: int, last: int) -> str:
    name = AP_MONTHS[month - 1]
    when = f" in {year}" if year is not None and month == 2 else ""
    return f"There is no {name} {day}{when}; the last day of the month is {name} {last}."

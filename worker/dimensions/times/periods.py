"""Calendar periods (day, ISO week, month, quarter …) with their TIMEX3 values."""

from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """The days `first`..`last`, inclusive."""

    first: date
    last: date
    timex: str
    unit: str


SEASON_MONTHS = {"SP": (3, 6), "SU": (6, 9), "FA": (9, 12), "WI": (12, 3)}
"""First month of a season (meteorological), and the month on whose 20th it ends at the latest (astronomical)."""


def day(moment: date) -> Period:
    """One day."""
    return Period(moment, moment, moment.isoformat(), "day")


def week(moment: date) -> Period:
    """The ISO week (Monday to Sunday) that contains a day.

    >>> week(date(2018, 2, 4)).timex
    '2018-W05'
    """
    monday = moment - timedelta(days=moment.weekday())
    year, number, _ = moment.isocalendar()
    return Period(monday, monday + timedelta(days=6), f"{year:04}-W{number:02}", "week")


def weekend(moment: date) -> Period:
    """Saturday and Sunday of the ISO week that contains a day."""
    whole = week(moment)
    return Period(whole.first + timedelta(days=5), whole.last, whole.timex + "-WE", "weekend")


def months(year: int, first: int, count: int, timex: str, unit: str) -> Period:
    """`count` whole months from month `first` of a year."""
    ahead = year * 12 + first - 1 + count
    end = date(ahead // 12, ahead % 12 + 1, 1) - timedelta(days=1) if ahead < 120_000 else date.max
    return Period(date(year, first, 1), end, timex, unit)


def month(year: int, number: int) -> Period:
    """A calendar month; `number` counts from 1."""
    return months(year, number, 1, f"{year:04}-{number:02}", "month")


def quarter(year: int, number: int) -> Period:
    """A calendar quarter, 1 to 4."""
    return months(year, number * 3 - 2, 3, f"{year:04}-Q{number}", "quarter")


def half(year: int, number: int) -> Period:
    """The first or second half of a year."""
    return months(year, number * 6 - 5, 6, f"{year:04}-H{number}", "half")


def season(year: int, code: str) -> Period:
    """A season of the northern hemisphere. Winter is the one that begins in the year."""
    begin, end = SEASON_MONTHS[code]
    return Period(date(year, begin, 1), date(year + (end < begin), end, 20), f"{year:04}-{code}", "season")


def year(number: int) -> Period:
    """A calendar year."""
    return months(number, 1, 12, f"{number:04}", "year")


def decade(first_year: int) -> Period:
    """The ten years from a year that ends in 0.

    >>> decade(1990).timex
    '199'
    """
    return months(first_year, 1, 120, f"{first_year // 10:03}", "decade")


def century(number: int) -> Period:
    """The nth century. Includes both conventions: 1901-2000 and 1900-1999."""
    return replace(months(number * 100 - 100, 1, 1212, f"{number - 1:02}", "century"))


def containing(unit: str, moment: date) -> Period:
    """The period of a unit that contains a day."""
    simple = {"day": day, "week": week, "weekend": weekend}
    if unit in simple:
        return simple[unit](moment)
    return {
        "month": lambda: month(moment.year, moment.month),
        "quarter": lambda: quarter(moment.year, (moment.month + 2) // 3),
        "year": lambda: year(moment.year),
        "decade": lambda: decade(moment.year // 10 * 10),
        "century": lambda: century(moment.year // 100 + 1),
        "millennium": lambda: Period(date(2001, 1, 1), date(3000, 12, 31), "2", "millennium"),
    }[unit]()


def moved(moment: date, unit: str, count: int) -> date:
    """A day moved by `count` units. The last day of the month if the result does not exist.

    >>> moved(date(2018, 3, 31), "month", -1)
    datetime.date(2018, 2, 28)
    """
    days = {"day": 1, "weekend": 7, "week": 7, "fortnight": 14}
    if unit in days:
        return moment + timedelta(days=days[unit] * count)
    each = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}[unit]
    index = moment.year * 12 + moment.month - 1 + each * count
    whole = month(index // 12, index % 12 + 1)
    return min(whole.first + timedelta(days=moment.day - 1), whole.last)


def shifted(unit: str, moment: date, count: int) -> Period:
    """The period `count` units after the one that contains a day."""
    base = "week" if unit == "fortnight" else unit
    return containing(base, moved(moment, unit, count))


EDGE_SHARES = {
    "early": (0.0, 0.45), "start": (0.0, 0.34), "mid": (0.25, 0.75), "late": (0.55, 1.0),
    "end": (0.66, 1.0), "turn": (0.0, 0.2),
}  # fmt: skip
"""Shares of a period that "early", "mid" and "late" can mean."""


def edge(period: Period, name: str) -> tuple[date, date]:
    """First and last day of the "early", "mid" or "end" part of a period."""
    low, high = EDGE_SHARES[name]
    span = (period.last - period.first).days
    return period.first + timedelta(days=int(span * low)), period.first + timedelta(days=round(span * high))

"""Completes dates from the dateline: missing years, two-digit years, parts of periods."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from worker.dimensions.times import periods
from worker.dimensions.times.periods import Period
from worker.dimensions.times.rule_match import RuleMatch
from worker.dimensions.times.value import TimeValue
from worker.dimensions.times.vocabulary import WEEKDAYS

NEARER = 3
"""A day this many times nearer in the past than in the future is past, even if the tense is future."""

FAR_DAYS = 30
"""A date without a year is the nearest one, unless it is further away than this and the tense points the other way."""


def year_of(found: RuleMatch) -> int | None:
    """The year in the match, or None."""
    if found.has("yearref") and found.anchor is not None:
        step = {"last": -1, "next": 1}.get(found.lexed.words[found.tokens("yearref").stop - 2], 0)
        return found.anchor.year + step if found.lexed.words[found.tokens("yearref").stop - 1] == "year" else None
    short = found.word("qn")[2:] or found.word("hn")[2:]
    if short:
        return int(short) if len(short) == 4 else full_year(int(short))
    if found.has("fy"):
        return fiscal_years(found.word("fy"))[0]
    return int(found.word("year")) if found.has("year") else None


def fiscal_years(words: str) -> tuple[int, int]:
    """First and last year of "FY24", "FY2023-24".

    >>> fiscal_years("fy 2023-24")
    (2023, 2024)
    """
    numbers = [int(part) for part in re.findall(r"[0-9]+", words)]
    first = numbers[0] if numbers[0] > 99 else full_year(numbers[0])
    last = numbers[-1] if numbers[-1] > 99 else first // 100 * 100 + numbers[-1]
    return first, last


def full_year(short: int) -> int:
    """The year of two digits: 50 to 99 are in the 20th century.

    >>> full_year(12), full_year(87)
    (2012, 1987)
    """
    return short + (2000 if short < 50 else 1900)


def weekday_of(found: RuleMatch) -> int | None:
    """Number of the matched weekday, Monday 0; None if there is none."""
    name = found.word("weekday") or found.word("anyweekday") or found.word("anyweekday2")
    return WEEKDAYS[name] if name else None


def nearest_year(found: RuleMatch, in_year: Callable[[int], date | None]) -> date | None:
    """The recurrence nearest to the dateline. If that is far away, the tense decides."""
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
    if tense > 0 and -gap * NEARER < 365 + gap:
        return best
    return next((d for d in days if (d > anchor) == (tense > 0) and abs((d - anchor).days) <= 366), best)


EDGES = {"beginning": "start", "middle": "mid"}


def edged(found: RuleMatch, period: Period, **more: Any) -> TimeValue:
    """The period, or its beginning, middle or end, as the words say."""
    name = EDGES.get(found.word("edge"), found.word("edge"))
    if not name:
        return found.dated(period, **more)
    first, last = periods.edge(period, name)
    return found.dated(period, **{**more, "earliest": first, "latest": last, "modifier": name, "fuzzy": True})

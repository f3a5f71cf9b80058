"""Years and named periods: "early 2019", "the 1990s", "Q3 2018", "next spring", "the first half of May"."""

from datetime import date

from worker.dimensions.times import periods
from worker.dimensions.times.absolute_dates import month_named
from worker.dimensions.times.anchoring import edged, fiscal_years, full_year, nearest_year, year_of
from worker.dimensions.times.numerals import ordinal
from worker.dimensions.times.periods import Period
from worker.dimensions.times.rule_match import RuleMatch
from worker.dimensions.times.value import TimeValue
from worker.dimensions.times.vocabulary import DECADES, MONTHS, SEASONS

YEAR_CUES = frozenset(
    "in since until till by from to between and before after during of than for early mid late about around circa or "
    "through throughout fiscal year".split()
)

YEAR_NOUNS = frozenset("people men women children miles votes meters metres feet troops words".split())


def year_alone(found: RuleMatch) -> TimeValue | None:
    """ "2018" in a context that makes it a year: "in 2018", "(2018)", "the 2018 Games"; not "2018 votes"."""
    if not (found.has("edge") or _is_year(found)):
        return None
    number = int(found.word("year"))
    return edged(found, periods.year(number))


def _is_year(found: RuleMatch) -> bool:
    before, after = found.before(), found.follows()
    number = int(found.word("year"))
    counted = (
        found.name_after() == "word"
        and (after.endswith("s") or after in YEAR_NOUNS)
        and not after.endswith(("ss", "us", "is", "as"))
    )
    if found.name_after() in ("percent", "scale", "unit", "units") or found.names_before() in ("money", "num"):
        return False
    if before in YEAR_CUES or before in MONTHS:
        return not (counted and before not in ("in", "since")) and after not in YEAR_NOUNS
    if not 1800 <= number <= 2100 or counted:
        return False
    if found.names_before() in ("paren", "comma", "apos", "own", "the", "a", "this", ""):
        return True
    return found.name_after() in ("name", "season") or found.names_before() in ("dash", "season")


def year_range(found: RuleMatch) -> TimeValue | None:
    """ "2015-18", "2015-2018": one value for all years."""
    low, high = (
        int(found.word("year")),
        int(found.lexed.words[found.tokens("int2").start if found.has("int2") else found.tokens("year2").start]),
    )
    if high < 100:
        high += low // 100 * 100
    if not low < high <= 2199 or (found.has("int2") and len(found.word("int2")) != 2):
        return None
    if found.has("colon") and (found.word("colon") != "/" or high != low + 1):
        return None
    return _years(found, low, high)


def _years(found: RuleMatch, low: int, high: int) -> TimeValue:
    first, last = periods.year(low), periods.year(high)
    return found.dated(Period(first.first, last.last, f"{low:04}/{high:04}", "range"))


SPLIT_YEARS = frozenset("season seasons campaign academic school fiscal financial tax marketing winter ski".split())
"""Nouns for periods that span two calendar years."""


def season_years(found: RuleMatch) -> TimeValue | None:
    """ "The 23-24 season", "23/24 campaign": two consecutive years in two digits, before a word of `SPLIT_YEARS`."""
    low, high = found.word("int"), found.word("int2")
    split = found.follows() in SPLIT_YEARS and (not found.has("colon") or found.word("colon") == "/")
    if not split or len(low) != 2 or len(high) != 2 or (int(low) + 1) % 100 != int(high):
        return None
    first = full_year(int(low))
    return _years(found, first, first + 1)


def fiscal_year(found: RuleMatch) -> TimeValue | None:
    """ "FY24", "FY2024", "FY2023-24": taken as the named calendar year, since companies' fiscal years begin differently."""
    low, high = fiscal_years(found.word("fy"))
    if low == high:
        return found.dated(periods.year(low))
    return _years(found, low, high) if high == low + 1 else None


def decade(found: RuleMatch) -> TimeValue | None:
    """ "the 1990s", "the '90s", "the early nineties"."""
    raw = found.word("decade") or found.word("nineties")
    digits = "".join(c for c in raw if c.isdigit())
    short = DECADES[raw] * 10 if not digits else int(digits)
    first = short if short >= 100 else short + (1900 if short > 10 or found.anchor is None else 2000)
    if not digits and not (found.has("the") or found.has("edge")):
        return None
    return edged(found, periods.decade(first))


def century(found: RuleMatch) -> TimeValue | None:
    """ "the 20th century", "nineteenth-century"."""
    number = ordinal(found.lexed, found.tokens("ordinal"))
    if found.word("span") != "century":
        return None
    return edged(found, periods.century(number)) if 1 <= number <= 30 else None


def season(found: RuleMatch) -> TimeValue | None:
    """ "spring 2021", "the summer of 1976", "next spring", "in the autumn"."""
    word = found.word("season") or found.word("fall")
    code = SEASONS[word]
    year = year_of(found)
    if year is not None:
        return _season_in(found, year, code)
    if not _season_wanted(found, word):
        return None
    in_general = not (found.has("the") or found.has("pointer") or found.has("edge")) and found.before() in (
        "in",
        "during",
    )
    if found.anchor is None or in_general:
        return found.value("date", f"XXXX-{code}", "season", anchored=False, modifier=found.pointer or None)
    return edged(found, pointed_season(found, found.anchor, code), fuzzy=True)


def _season_in(found: RuleMatch, year: int, code: str) -> TimeValue:
    period = periods.season(year, code)
    if code == "WI" and not found.has("int2"):
        return edged(found, Period(date(year, 1, 1), period.last, period.timex, "season"), fuzzy=True)
    return edged(found, period, fuzzy=True)


def _season_wanted(found: RuleMatch, word: str) -> bool:
    if found.name_after() == "name" and found.lexed.raw(found.after - 1)[0].isupper():
        return False  # the Winter Olympics, the Spring Festival
    if found.has("pointer"):
        return found.name_after() != "word" or found.pointer in ("this", "next", "last")
    cue = found.before() in ("in", "by", "since", "until", "before", "after", "during", "this", "from", "of", "till")
    if word == "fall" and (found.follows() == "of" or not found.has("the")):
        return False
    return (cue or found.has("edge")) and found.follows() not in SEASON_NOUNS


SEASON_NOUNS = frozenset(
    "recess school schools holiday holidays break games olympics camp term season festival sale water".split()
)


CLOSING_DAYS = 30
"""In the last days of a season, a future "in the spring" means the next one."""


def pointed_season(found: RuleMatch, anchor: date, code: str) -> Period:
    """The season meant by "this", "next" or "last", else by the tense."""
    around = [periods.season(y, code) for y in range(max(1, anchor.year - 2), min(9998, anchor.year + 2) + 1)]
    past = [p for p in around if p.last < anchor]
    ahead = [p for p in around if p.first > anchor]
    running = [p for p in around if p.first <= anchor <= p.last]
    pointer = found.pointer
    if pointer in ("last", "past", "previous") and past:
        return past[-1]
    if pointer in ("next", "coming") and ahead:
        return ahead[0]
    if running and (pointer == "this" or (running[0].last - anchor).days > CLOSING_DAYS or found.tense() <= 0):
        return running[0]
    same = next((p for p in around if p.first.year == anchor.year), around[0])
    if pointer == "this":
        return same
    if past and ahead:
        since, until = (anchor - past[-1].last).days, (ahead[0].first - anchor).days
        if min(since, until) * 4 < max(since, until):
            return past[-1] if since < until else ahead[0]
    tense = found.tense()
    return past[-1] if tense < 0 and past else ahead[0] if tense > 0 and ahead else same


def quarter(found: RuleMatch) -> TimeValue | None:
    """ "the third quarter of 2018", "Q3 2018", "the July-September quarter"."""
    if found.has("qn"):
        number = int(found.word("qn")[:2].strip("q"))
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


FINANCIAL = frozenset(
    "revenue revenues sales profit profits earnings income turnover loss losses output exports imports orders dividend "
    "deliveries shipments margin margins growth guidance results operating net".split()
)
"""Near these words, "the second half" means the year's, not a match's."""


def half_of(found: RuleMatch) -> TimeValue | None:
    """ "The first half of 2020", "H1", "the second half of the year", "the second half of October"."""
    number = int(found.word("hn")[:2].strip("h")) if found.has("hn") else ordinal(found.lexed, found.tokens("ordinal"))
    if number not in (1, 2):
        return None
    if found.has("anymonth"):
        return _half_of_month(found, number)
    year = year_of(found)
    if year is not None:
        return found.dated(periods.half(year, number))
    if found.follows() == "of" or found.name_after() == "dash" or not _is_half_year(found):
        return None
    if found.anchor is None:
        return found.value("date", f"XXXX-H{number}", "half", anchored=False)
    near = nearest_year(found, lambda y: date(y, number * 6 - 3, 15))
    return found.dated(periods.half(near.year, number)) if near else None


def _is_half_year(found: RuleMatch) -> bool:
    if found.has("span"):
        return found.word("span") == "year"
    return found.has("hn") or not FINANCIAL.isdisjoint(found.lexed.words)


def _half_of_month(found: RuleMatch, number: int) -> TimeValue | None:
    whole = month_named(found)
    if whole is None or whole.earliest is None or whole.latest is None:
        return whole
    middle = whole.earliest.replace(day=15)
    first, last = (whole.earliest, middle) if number == 1 else (middle.replace(day=16), whole.latest)
    return found.dated(Period(first, last, whole.timex, "month"), modifier="start" if number == 1 else "end")

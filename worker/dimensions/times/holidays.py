"""Named days of the year."""

import re
from collections.abc import Callable
from datetime import date, timedelta


def easter(year: int) -> date:
    """Western Easter Sunday (anonymous Gregorian computus, Meeus 1991).

    >>> easter(2018)
    datetime.date(2018, 4, 1)
    """
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    el = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth weekday of a month. `nth` counts from 1, or is -1 for the last; Monday is 0.

    >>> nth_weekday(2018, 11, 3, 4)
    datetime.date(2018, 11, 22)
    """
    if nth < 0:
        following = date(year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=(following.weekday() - weekday - 1) % 7 + 1)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _easter(offset: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=offset)


def _nth(month: int, weekday: int, nth: int) -> Callable[[int], date]:
    return lambda year: nth_weekday(year, month, weekday, nth)


HOLIDAYS: dict[str, Callable[[int], date]] = {
    "new year's day": _fixed(1, 1), "new years day": _fixed(1, 1), "new year": _fixed(1, 1), "new year's": _fixed(1, 1),
    "new year's eve": _fixed(12, 31), "new years eve": _fixed(12, 31), "christmas eve": _fixed(12, 24),
    "christmas day": _fixed(12, 25), "christmas": _fixed(12, 25), "xmas": _fixed(12, 25), "boxing day": _fixed(12, 26),
    "epiphany": _fixed(1, 6), "valentine's day": _fixed(2, 14), "st. valentine's day": _fixed(2, 14),
    "saint valentine's day": _fixed(2, 14), "st. patrick's day": _fixed(3, 17), "st patrick's day": _fixed(3, 17),
    "april fools' day": _fixed(4, 1), "april fool's day": _fixed(4, 1), "may day": _fixed(5, 1),
    "independence day": _fixed(7, 4), "bastille day": _fixed(7, 14), "halloween": _fixed(10, 31),
    "all saints' day": _fixed(11, 1), "guy fawkes night": _fixed(11, 5), "armistice day": _fixed(11, 11),
    "veterans day": _fixed(11, 11), "ash wednesday": _easter(-46), "palm sunday": _easter(-7),
    "maundy thursday": _easter(-3), "good friday": _easter(-2), "holy saturday": _easter(-1), "easter sunday": _easter(0),
    "easter": _easter(0), "easter monday": _easter(1), "ascension day": _easter(39), "whit sunday": _easter(49),
    "pentecost": _easter(49), "whit monday": _easter(50), "memorial day": _nth(5, 0, -1), "labor day": _nth(9, 0, 1),
    "columbus day": _nth(10, 0, 2), "thanksgiving": _nth(11, 3, 4), "thanksgiving day": _nth(11, 3, 4),
    "martin luther king day": _nth(1, 0, 3), "presidents day": _nth(2, 0, 3), "juneteenth": _fixed(6, 19),
    "international women's day": _fixed(3, 8), "anzac day": _fixed(4, 25), "canada day": _fixed(7, 1),
}  # fmt: skip
"""Name in lower case, with straight apostrophes → year → date. National days are those of English-language news."""


def _pattern(name: str) -> str:
    words = [re.escape(word).replace("'", "['’]") for word in name.split()]
    return r"\s".join(word[0].upper() + word[1:] for word in words)


HOLIDAY_PATTERN = "|".join(_pattern(name) for name in sorted(HOLIDAYS, key=len, reverse=True))

"""Writes numbers in words and figures."""

import re

from worker.dimensions.quantities.numbers import SMALL, TENS

_UNITS = list(SMALL)
_TEN_WORDS = {value: word for word, value in TENS.items() if word != "fourty"}


def spell(number: int) -> str:
    """A whole number below 10^12 in words, without "and": 342 → "three hundred forty-two".

    >>> spell(42), spell(7600)
    ('forty-two', 'seven thousand six hundred')
    """
    if number < 0:
        return "minus " + spell(-number)
    for name, scale in (("billion", 10**9), ("million", 10**6), ("thousand", 1000), ("hundred", 100)):
        if number >= scale:
            head, rest = divmod(number, scale)
            return f"{spell(head)} {name}" + (f" {spell(rest)}" if rest else "")
    if number < 20:
        return _UNITS[number]
    tens, rest = divmod(number, 10)
    return _TEN_WORDS[tens * 10] + (f"-{_UNITS[rest]}" if rest else "")


_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def spell_ordinal(number: int) -> str:
    """An ordinal in words: 12 → "twelfth", 21 → "twenty-first"."""
    words = spell(number)
    head, last = words[: -len(words.replace("-", " ").split()[-1])], words.replace("-", " ").split()[-1]
    return head + (_IRREGULAR.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th"))


def ordinal_figure(number: int) -> str:
    """An ordinal in figures: 12 → "12th", 21 → "21st"."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{suffix}"


def figures(value: float, grouped: bool = True) -> str:
    """A number in figures without trailing zeros: 12400.0 → "12,400", 3.5 → "3.5".

    >>> figures(12400.0), figures(3.5), figures(-16.0)
    ('12,400', '3.5', '-16')
    """
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text if grouped else text.replace(",", "")


_INDIAN_GROUPS = re.compile(r"(?<=[0-9])(?=(?:[0-9]{2})+$)")


def indian_figures(value: float) -> str:
    """A number in figures with Indian grouping: three digits, then pairs.

    >>> indian_figures(1234567.0), indian_figures(950.0)
    ('12,34,567', '950')
    """
    whole, dot, decimals = figures(value, grouped=False).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    if len(digits) > 3:
        digits = _INDIAN_GROUPS.sub(",", digits[:-3]) + "," + digits[-3:]
    return sign + digits + dot + decimals


def clock(seconds: float, hours: bool) -> str:
    """A race time: 7721 → "2:08:41", 223.13 → "3:43.13".

    >>> clock(7721.0, hours=True), clock(223.13, hours=False)
    ('2:08:41', '3:43.13')
    """
    minutes, rest = divmod(round(seconds, 3), 60)
    tail = f"{rest:06.3f}".rstrip("0").rstrip(".") if rest != int(rest) else f"{int(rest):02d}"
    return f"{int(minutes // 60)}:{int(minutes % 60):02d}:{tail}" if hours else f"{int(minutes)}:{tail}"

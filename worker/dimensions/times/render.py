"""Writes a time in the form of another, so that a correction fits its sentence."""

import re
from datetime import date, timedelta

from worker.dimensions.times.lexer import LexedText, lex
from worker.dimensions.times.value import TimeValue
from worker.dimensions.times.vocabulary import MONTHS, SMALL, TENS, WEEKDAYS

MONTH_NAMES = "January February March April May June July August September October November December".split()
AP_MONTHS = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()
WEEKDAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_LENGTH = re.compile(r"P(T?)([0-9]+)([YMWDHS])")
_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day", "TH": "hour", "TM": "minute", "TS": "second"}
_LONG_MONTHS = frozenset("march april may june july".split())


def render_like(claim: TimeValue, target: date | TimeValue) -> str:
    """The target's time in the claim's surface form; the target's own words if the form does not fit.

    A claim "Saturday, Feb. 4" and the day 2018-02-11 give "Sunday, Feb. 11".
    """
    if isinstance(target, date):
        return _day_like(claim, target)
    if claim.kind in ("duration", "set") and target.kind in ("duration", "set"):
        return _cased(claim, _length_like(claim.text, target))
    if _named_part(claim) and _named_part(target):
        return _part_like(claim, target)
    whole = _period_like(claim, target)
    if whole is not None:
        return whole
    if (
        target.day is None
        or target.unit in ("clock", "part")
        or claim.unit in ("clock", "part")
        or _names_itself(claim, target)
    ):
        return _cased(claim, target.text)
    return _day_like(claim, target.day)


def _names_itself(claim: TimeValue, target: TimeValue) -> bool:
    """True if the target is a holiday that keeps its name, since the claim has no day of the month to replace."""
    tokens = lex(target.text)
    return any(tokens.name(i) == "holiday" for i in range(len(tokens.words))) and not any(
        c.isdigit() for c in claim.text
    )


_ALWAYS_UPPER = frozenset("month rmonth weekday rweekday holiday qn hn fy name decade".split())


def _cased(like: TimeValue, text: str) -> str:
    """The text with an initial capital if the claim has one because it begins the sentence."""
    named = lex(like.text).name(0) in _ALWAYS_UPPER and like.start > 0
    return text[0].upper() + text[1:] if like.text[:1].isupper() and not named and text[:1].islower() else text


_PART = re.compile(r"(?:[0-9X]{4}-)?([QH])([1-4])")
_SHORT_PART = re.compile(r"\b(?:[QH][1-4]|[1-4][QH])\b", re.I)
_ORDINAL_PART = re.compile(r"\b(?:first|second|third|fourth|1st|2nd|3rd|4th)\b", re.I)


def _named_part(value: TimeValue) -> bool:
    return _PART.fullmatch(value.timex) is not None


def _part_like(claim: TimeValue, target: TimeValue) -> str:
    """A quarter or half in the claim's form: "Q3" and "the second quarter" give "Q2". Replaces the year too, if named."""
    wanted = _PART.fullmatch(target.timex)
    own = _PART.fullmatch(claim.timex)
    if wanted is None or own is None or wanted[1] != own[1]:
        return _cased(claim, target.text)
    number = int(wanted[2])
    if _SHORT_PART.search(claim.text):
        text = _SHORT_PART.sub(lambda part: re.sub("[1-4]", str(number), part[0]), claim.text)
    elif _ORDINAL_PART.search(claim.text):
        text = _ORDINAL_PART.sub(lambda part: _ordinal_like(part[0], number), claim.text)
    else:
        return _cased(claim, target.text)
    return re.sub(r"\b[0-9]{4}\b", str(target.earliest.year), text) if target.earliest else text


def _ordinal_like(like: str, number: int) -> str:
    if like[0].isdigit():
        return f"{number}{_suffix(number)}"
    word = ("first", "second", "third", "fourth")[number - 1]
    return word.capitalize() if like[0].isupper() else word


def _period_like(claim: TimeValue, target: TimeValue) -> str | None:
    if target.earliest is None or target.latest is None or claim.kind != "date":
        return None
    if claim.unit == "year" and target.earliest.year == target.latest.year:
        return (
            re.sub(r"[0-9]{4}", str(target.earliest.year), claim.text) if re.search(r"[0-9]{4}", claim.text) else None
        )
    one_month = (target.earliest.year, target.earliest.month) == (target.latest.year, target.latest.month)
    if claim.unit == "month" and one_month:
        return _substituted(claim.text, target.earliest, months_only=True)
    return None


def _day_like(claim: TimeValue, day: date) -> str:
    tokens = lex(claim.text)
    names = [tokens.name(i) for i in range(len(tokens.words))]
    if "dmy" in names:
        return _dmy_like(tokens.raw(names.index("dmy")), claim.text, day)
    if "iso" in names:
        return claim.text.replace(claim.text[tokens.starts[names.index("iso")] :][:10], day.isoformat())
    if "month" in names or "rmonth" in names:
        return _substituted(claim.text, day)
    if ("weekday" in names or "rweekday" in names) and _near(claim, day):
        return _substituted(claim.text, day)
    return ap_date(day, claim)


def _dmy_like(raw: str, text: str, day: date) -> str:
    """A day in the form "19-Nov-12"."""
    first, month, year = re.split(r"[-–/.\s]", raw)
    mark = raw[len(first)]
    written = f"{day.day:0{len(first)}}{mark}{_month_like(month, day.month)}{mark}{str(day.year)[-len(year) :]}"
    return text.replace(raw, written)


def _near(claim: TimeValue, day: date) -> bool:
    return claim.earliest is None or abs((day - claim.earliest).days) < 7


def ap_date(day: date, beside: TimeValue | None = None) -> str:
    """A date in AP style, with the year unless it is that of `beside`.

    >>> ap_date(date(2018, 2, 9))
    'Feb. 9, 2018'
    """
    text = f"{AP_MONTHS[day.month - 1]} {day.day}"
    return (
        text if beside is not None and beside.earliest and beside.earliest.year == day.year else f"{text}, {day.year}"
    )


def _substituted(text: str, day: date, months_only: bool = False) -> str:
    """The text with month, day, year and weekday replaced by those of a day."""
    tokens = lex(text)
    names = [tokens.name(i) for i in range(len(tokens.words))]
    has_month = any(name in ("month", "rmonth") for name in names)
    out, at = [], 0
    for i, name in enumerate(names):
        new = _token_like(tokens, i, name, day, has_month and not months_only)
        if new is not None:
            out += [text[at : tokens.starts[i]], new]
            at = tokens.ends[i]
    return "".join([*out, text[at:]])


def _token_like(tokens: LexedText, index: int, name: str, day: date, with_day: bool) -> str | None:
    raw = tokens.raw(index)
    if name in ("month", "rmonth"):
        return _month_like(raw, day.month)
    if name in ("weekday", "rweekday"):
        return _weekday_like(raw, day.weekday())
    if name == "year4":
        return str(day.year)
    if with_day and name in ("n12", "n31"):
        return f"{day.day:02}" if raw.startswith("0") else str(day.day)
    return f"{day.day}{_suffix(day.day)}" if with_day and name == "ordn" else None


def _month_like(raw: str, number: int) -> str:
    short = len(raw.rstrip(".")) <= 4 and raw.lower() not in _LONG_MONTHS
    name = MONTH_NAMES[number - 1]
    if MONTHS[raw.rstrip(".").lower()] == number:
        return raw
    if raw.endswith("."):
        name = AP_MONTHS[number - 1]
    elif short:
        name = name[:3]
    return name.upper() if raw.isupper() and len(raw) > 1 else name


def _weekday_like(raw: str, number: int) -> str:
    bare = raw.rstrip(".").lower()
    if WEEKDAYS[bare] == number:
        return raw
    name = WEEKDAY_NAMES[number] if bare.endswith("day") else WEEKDAY_NAMES[number][:3] + raw[len(bare) :]
    return name.upper() if raw.isupper() else name.lower() if raw.islower() else name


def _suffix(number: int) -> str:
    return "th" if 10 < number < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _length_like(form: str, target: TimeValue) -> str:
    """A duration in the claim's form: "three-year" and "two years" give "two-year". Keeps digits or words."""
    parts = _LENGTH.fullmatch(target.timex)
    decades = any(word in target.text.lower() for word in ("decade", "centur", "fortnight", "quarter", "half", "dozen"))
    compound = re.search(r"-\s?(?:year|month|week|day|hour|minute|second)\b", form) is not None
    if (
        parts is None
        or (decades and not compound)
        or target.modifier in ("more", "less", "least", "most", "nearly", "approx", "just over")
    ):
        return target.text
    amount = int(parts[2])
    digits = any(c.isdigit() for c in form) or amount > 99
    number = str(amount) if digits else number_words(amount)
    unit = _UNITS[parts[3] if parts[3] in "YWD" or not parts[1] else "T" + parts[3]]
    prefix = re.match(r"(?:every|each)\s+", form, re.IGNORECASE)
    if compound:
        return re.sub(r"^.*?-\s?(?:year|month|week|day|hour|minute|second)\b", f"{number}-{unit}", form)
    return (prefix[0] if prefix else "") + f"{number} {unit}{'' if amount == 1 else 's'}"


def number_words(number: int) -> str:
    """A number up to 99 in words.

    >>> number_words(38)
    'thirty-eight'
    """
    small = {n: w for w, n in SMALL.items()}
    if number in small:
        return small[number]
    tens = {n: w for w, n in TENS.items()}
    return tens[number // 10 * 10] + (f"-{small[number % 10]}" if number % 10 else "")


def weekday_mismatch(value: TimeValue) -> tuple[str, str] | None:
    """Both corrections of a weekday that does not match its date, in the original form; None if it matches.

    "Friday, Feb. 10, 2018" gives ("Saturday, Feb. 10, 2018", "Friday, Feb. 9, 2018"): the date's weekday, and the nearest
    date with that weekday.
    """
    if not value.weekday_conflict or value.day is None or value.weekday is None:
        return None
    gap = (value.weekday - value.day.weekday() + 3) % 7 - 3
    return _day_like(value, value.day), _day_like(value, value.day + timedelta(days=gap))

"""Date ranges: joins "from June 9 to June 25", and writes one range in the form of another."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from worker.dimensions.times.render import AP_MONTHS, MONTH_NAMES, render_like
from worker.dimensions.times.value import TimeValue

_BETWEEN = re.compile(r"[,\s]*(?:to|until|till|through|and|[-–—])\s+(?:on\s+|the\s+)*|\s*[-–—]\s*")
_OPENS = re.compile(r"\b(?P<word>from|between)\s+(?:on\s+|the\s+)*$", re.IGNORECASE)


def with_ranges(text: str, values: Sequence[TimeValue]) -> list[TimeValue]:
    """The values, with each "from A to B" or "between A and B" of days or years joined into one range."""
    out: list[TimeValue] = []
    for value in values:
        whole = _whole(text, out[-1], value) if out else None
        if whole is None:
            out.append(value)
        else:
            out[-1] = whole
    return out


def _whole(text: str, a: TimeValue, b: TimeValue) -> TimeValue | None:
    opens = _OPENS.search(text[: a.start])
    between = text[a.end : b.start]
    if not _BETWEEN.fullmatch(between) or not _may_end(a, b):
        return None
    if opens is None and " to " not in between and "through" not in between:
        return None
    if "and" in between and (opens is None or opens["word"].lower() != "between"):
        return None
    return replace(
        a, end=b.end, text=text[a.start : b.end], timex=f"{a.timex}/{b.timex}", unit="range", latest=b.latest, modifier=None,
        anchored=a.anchored and b.anchored, exists=a.exists and b.exists, weekday=None,
    )  # fmt: skip


def _may_end(a: TimeValue, b: TimeValue) -> bool:
    """True for two days or two years in figures, in order."""
    alike = a.kind == b.kind == "date" and a.unit == b.unit and a.unit in ("day", "year")
    told = all(any(c.isdigit() for c in value.text) and value.relative_to is None for value in (a, b))
    if a.earliest is None or b.latest is None:
        return alike and told
    return alike and told and a.earliest < b.latest


_DASH = r"(?P<dash>\s*[-–—‑]\s*|\s+(?:to|through|until|till)\s+(?:the\s+)?)"
_YEARS = re.compile(rf"(?P<first>[0-9]{{4}}){_DASH}(?P<last>[0-9]{{2,4}})")
_MONTH_FIRST = re.compile(rf"(?P<first>[^\d]*[^\W\d_]\.?\s[0-9]{{1,2}}(?:st|nd|rd|th)?){_DASH}(?P<rest>.*)", re.DOTALL)
_DAY_FIRST = re.compile(rf"[0-9]{{1,2}}{_DASH}[0-9]{{1,2}}(?P<of>\s(?:of\s)?)(?P<month>[^\W\d_]+\.?)(?P<tail>.*)")
_YEAR_TAIL = re.compile(r",?\s[0-9]{4}$")


def render_range(claim: TimeValue, target: TimeValue) -> str | None:
    """The target's range in the claim's form: "June 9-23" and "from June 9 to June 25" give "June 9-25".

    None if one of them is not a range, or has no year.
    """
    first, last = target.earliest, target.latest
    if claim.unit != "range" or target.unit != "range" or first is None or last is None:
        return None
    if years := _YEARS.fullmatch(claim.text):
        return f"{first.year}{years['dash']}{str(last.year)[-len(years['last']) :]}"
    if written := _DAY_FIRST.fullmatch(claim.text):
        return _day_first(written, first, last)
    if written := _MONTH_FIRST.fullmatch(claim.text):
        return _month_first(claim, written, first, last)
    return None


def _month_first(claim: TimeValue, written: re.Match[str], first: date, last: date) -> str:
    start, end = _day(claim, written["first"], first), _day(claim, written["first"], last)
    if first.month == last.month:
        end = re.sub(r"^[^0-9]+", "", end)
    year = _YEAR_TAIL.search(written["rest"])
    tail = re.sub(r"[0-9]{4}", str(last.year), year[0]) if year else ""
    return f"{start}{written['dash']}{end}{tail}"


def _day(claim: TimeValue, form: str, day: date) -> str:
    """A day in the claim's form: "June 9"."""
    return render_like(replace(claim, text=form, unit="day", end=claim.start + len(form)), day)


def _day_first(written: re.Match[str], first: date, last: date) -> str:
    of, tail = written["of"], re.sub(r"[0-9]{4}", str(last.year), written["tail"])
    names = [_month(written["month"], day.month) for day in (first, last)]
    start = str(first.day) if first.month == last.month else f"{first.day}{of}{names[0]}"
    return f"{start}{written['dash']}{last.day}{of}{names[1]}{tail}"


def _month(like: str, number: int) -> str:
    if like.endswith("."):
        return AP_MONTHS[number - 1]
    name = MONTH_NAMES[number - 1]
    return name[:3] if len(like) == 3 and like.lower() != "may" else name

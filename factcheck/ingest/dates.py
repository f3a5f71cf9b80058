"""Dates as archives write them, to ISO 8601 in the zone they were written in.

A grammar of forms, not a guess: a text that fits none of them, or that could be two days, is no date.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from factcheck.ingest.months import MONTHS
from factcheck.ingest.raw_documents import RawDate
from factcheck.ingest.time_zones import parse_zone

_LONGEST = 100
_FIRST_YEAR = 1600
_ODD_TIME = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2}|(?:[^\W\d_]{2,12}\.?,?\s+)?(?:\d{1,2}\s+[^\W\d_]{3,13}|[^\W\d_]{3,13}\s+\d{1,2},)\s+\d{4})"
    r"[T ,]\s*(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-6]\d)?\S*(?:\s\S{1,20}){0,2}$"
)
"""A day with a time whose zone or form is unknown: the day counts."""
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13})(?:\.\d+)?$")
_TIME = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?(?:\s*(?:uhr|h|hrs|o'clock)\b)?"
)
_ZONE = r"\s*(?P<zone>[A-Za-z][A-Za-z_]+/[A-Za-z_/]+|(?:[A-Za-z]{1,5})?\s?[+-]\d{1,2}:?\d{0,2}|[A-Za-z]{1,5})?(?:\s*\([^)]*\))?"
_ISO = re.compile(
    r"(?P<year>\d{4})(?P<dash>[-/.]?)(?P<month>\d{2})(?P=dash)(?P<day>\d{2})"
    r"(?:(?:\s*[Tt]\s*|\s+|(?<=\d{8})(?=\d{4}))(?P<hour>\d{2})(?::?(?P<minute>\d{2}))?(?::?(?P<second>\d{2})(?:[.,]\d+)?)?"
    + _ZONE
    + r")?$"
)
_EAST = re.compile(r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일].*$")
_DOTTED = re.compile(
    rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}})(?:[,\s]+{_TIME}{_ZONE})?$", re.IGNORECASE
)
_SLASHED = re.compile(
    rf"(?P<a>\d{{1,2}})(?P<dash>[/-])(?P<b>\d{{1,2}})(?P=dash)(?P<year>\d{{4}})(?:[,\s]+{_TIME}{_ZONE})?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"[^\W\d_]{2,12}\.?(?:,\s*|\s+(?:den\s+|the\s+)?(?=\d|[^\W\d_]))")
_MONTH = r"(?P<name>[^\W\d_]{3,13})\.?"
_AT = r"(?:(?:,?\s+(?:at|um|à|kl\.?|klo)\s+|[,\s|–—-]+)" + _TIME + _ZONE + r")?$"
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s-]+(?:de\s+|of\s+)?{_MONTH},?[\s-]+(?:de\s+|del\s+)?(?P<year>\d{{4}}|\d{{2}}(?=\s+\d))"
    + _AT,
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_AT}", re.IGNORECASE)
_YEAR_LAST = re.compile(rf"{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_TIME}{_ZONE}\s+(?P<year>\d{{4}})$", re.IGNORECASE)


@lru_cache(maxsize=1024)
def parse_moment(raw: str, zone: tzinfo | None) -> str | None:
    """ISO 8601 of a date or date-time, or None. What has no zone is in `zone`; UTC is told in `zone`, any other as written.

    Midnight in UTC stays: it mostly stands for a day without an hour.

    >>> parse_moment("Mon, 20 May 2024 21:30:00 EST", None), parse_moment("May 11, 2018", None)
    ('2024-05-20T21:30:00-05:00', '2018-05-11')
    """
    text = " ".join(raw.replace("\u202f", " ").split())
    if not text or len(text) > _LONGEST:
        return None
    if _EPOCH.match(text):
        return _local(_epoch(float(text)), zone).isoformat()
    clipped = _ODD_TIME.match(text)
    return _parsed(text, zone) or (_parsed(clipped["day"], zone) if clipped else None)


def _parsed(text: str, zone: tzinfo | None) -> str | None:
    for form, read in _forms():
        for candidate in (text, _WEEKDAY.sub("", text, count=1)):
            if (found := form.match(candidate)) and (day := read(found)) and (made := _made(day, found, zone)):
                return made
    return None


def first_moment(stamps: tuple[RawDate, ...], zone: tzinfo | None) -> tuple[str | None, str | None]:
    """The first stamp that is a date: its ISO form and its field."""
    for stamp in stamps:
        if moment := parse_moment(stamp.raw, zone):
            return moment, stamp.field
    return None, None


def as_aware(moment: str, zone: tzinfo | None) -> datetime:
    """A moment to compare by. A day counts from its start; without a zone it is in `zone`, or in UTC."""
    found = datetime.fromisoformat(moment)
    return found if found.tzinfo else found.replace(tzinfo=zone or UTC)


def shifted(local: str, utc: str) -> str | None:
    """A local date-time with the offset that its twin in UTC gives it, both `YYYY-MM-DD HH:MM:SS`.

    >>> shifted("2018-03-05 20:30:00", "2018-03-06 01:30:00")
    '2018-03-05T20:30:00-05:00'
    """
    try:
        here, there = datetime.fromisoformat(local), datetime.fromisoformat(utc)
        minutes = round((here - there).total_seconds() / 60)
    except (ValueError, TypeError):
        return None
    if abs(minutes) > 15 * 60 or minutes % 15:
        return None
    return here.replace(tzinfo=timezone(timedelta(minutes=minutes))).isoformat()


def _forms() -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str]], date | None]]]:
    yield _ISO, _numbered
    yield _DAY_FIRST, _written
    yield _MONTH_FIRST, _written
    yield _YEAR_LAST, _written
    yield _DOTTED, _numbered
    yield _SLASHED, _slashed
    yield _EAST, _numbered


def _numbered(found: re.Match[str]) -> date | None:
    return _day(found["year"], int(found["month"]), found["day"])


def _written(found: re.Match[str]) -> date | None:
    month = MONTHS.get(found["name"].lower())
    return _day(found["year"], month, found["day"]) if month else None


def _slashed(found: re.Match[str]) -> date | None:
    """03/04/2018 is two days; 30/04/2018 and 04/30/2018 are one, and so is 04/04/2018."""
    a, b = int(found["a"]), int(found["b"])
    if a <= 12 and b <= 12 and a != b:
        return None
    return _day(found["year"], min(a, b) if max(a, b) > 12 else a, str(max(a, b)))


def _day(year: str, month: int, day: str) -> date | None:
    full = int(year) + (0 if len(year) == 4 else 2000 if int(year) < 69 else 1900)
    try:
        return date(full, month, int(day)) if full >= _FIRST_YEAR else None
    except ValueError:
        return None


def _made(day: date, found: re.Match[str], zone: tzinfo | None) -> str | None:
    parts = found.groupdict()
    if not parts.get("hour"):
        return day.isoformat()
    time = _time(parts)
    if time is None:
        return day.isoformat() if parts.get("minute") is None else None
    moment = datetime(day.year, day.month, day.day) + time
    own = parse_zone(parts["zone"]) if parts.get("zone") else None
    return (_local(moment.replace(tzinfo=own), zone) if own else moment.replace(tzinfo=zone)).isoformat()


def _time(parts: dict[str, str | None]) -> timedelta | None:
    """From midnight; 24:00 is the next one, a leap second is the one before it."""
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    half = (parts.get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 24 or minute > 59 or second > 60:
        return None
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _local(moment: datetime, zone: tzinfo | None) -> datetime:
    is_midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    if zone is None or moment.utcoffset() or is_midnight:
        return moment
    return moment.astimezone(zone)


def _epoch(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC).replace(microsecond=0)

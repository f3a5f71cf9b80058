"""Time zones as archives write them: offsets, abbreviations, IANA names."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from factcheck.errors import InvalidInput, InvalidInputDetail

_UTC_NAMES = frozenset({"z", "ut", "utc", "gmt", "wet"})
_HOURS = {
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "akst": -9, "akdt": -8, "hst": -10, "nst": -3.5, "ndt": -2.5, "ast": -4, "adt": -3,
    "bst": 1, "west": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "sast": 2,
    "jst": 9, "kst": 9, "hkt": 8, "sgt": 8, "awst": 8, "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
"""Hours from UTC. North America's are RFC 822's; IST is left out: it is India's, Ireland's or Israel's."""
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+-])(\d{1,2}):?(\d{2})?$", re.IGNORECASE)
_LARGEST_OFFSET = timedelta(hours=15)


def parse_zone(raw: str) -> tzinfo | None:
    """The zone, or None if it is unknown.

    >>> parse_zone("GMT+0530"), parse_zone("IST")
    (datetime.timezone(datetime.timedelta(seconds=19800)), None)
    """
    name = re.sub(r"\(.*?\)", "", raw).strip()
    if name.lower() in _UTC_NAMES:
        return UTC
    if name.lower() in _HOURS:
        return timezone(timedelta(hours=_HOURS[name.lower()]))
    offset = _OFFSET.match(name)
    return _fixed(offset) if offset else _named(name)


def require_zone(name: str, pointer: str) -> tzinfo:
    """A zone of a setting or an option. Raises `InvalidInput` at `pointer`."""
    zone = parse_zone(name)
    if zone is None:
        raise InvalidInput([InvalidInputDetail(pointer, f"{name!r} is no time zone, such as Europe/Oslo or +01:00")])
    return zone


def _fixed(offset: re.Match[str]) -> tzinfo | None:
    size = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    if size > _LARGEST_OFFSET:
        return None
    return timezone(-size if offset[1] == "-" else size) if size else UTC


def _named(name: str) -> tzinfo | None:
    if "/" not in name:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None

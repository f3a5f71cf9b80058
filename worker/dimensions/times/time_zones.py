"""Time zones in news text, as minutes east of UTC; several for an ambiguous abbreviation."""

from datetime import date, timedelta

_FIXED: dict[str, tuple[int, ...]] = {
    "gmt": (0,), "utc": (0,), "bst": (60,), "cet": (60,), "cest": (120,), "eet": (120,), "eest": (180,), "msk": (180,),
    "est": (-300,), "edt": (-240,), "cst": (-360,), "cdt": (-300,), "mst": (-420,), "mdt": (-360,), "pst": (-480,),
    "pdt": (-420,), "ist": (330, 60, 120), "pkt": (300,), "sgt": (480,), "hkt": (480,), "kst": (540,), "jst": (540,),
    "aest": (600,), "aedt": (660,), "nzst": (720,), "nzdt": (780,), "sast": (120,), "wat": (60,),
}  # fmt: skip
""""IST" is the abbreviation of India, Ireland and Israel."""
_AMERICAN = {"et": -300, "ct": -360, "mt": -420, "pt": -480}
"""Standard time of zones without a season in their name; one hour more in summer."""


def offsets(zone: str, day: date | None) -> tuple[int, ...]:
    """Possible offsets of the zone on a day, in minutes east of UTC; empty for an unknown zone.

    >>> offsets("et", date(2024, 5, 18)), offsets("et", None)
    ((-240,), (-300, -240))
    """
    if zone not in _AMERICAN:
        return _FIXED.get(zone, ())
    standard = _AMERICAN[zone]
    if day is None:
        return standard, standard + 60
    return (standard + 60,) if _is_american_summer(day) else (standard,)


def _is_american_summer(day: date) -> bool:
    """From the second Sunday of March to the first of November. Source: U.S. Energy Policy Act of 2005."""
    return _sunday(day.year, 3, 8) <= day < _sunday(day.year, 11, 1)


def _sunday(year: int, month: int, earliest: int) -> date:
    first = date(year, month, earliest)
    return first + timedelta(days=(6 - first.weekday()) % 7)

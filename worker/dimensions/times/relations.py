"""Compares two times by days, minutes or duration. Agreement is directed, conflict is symmetric."""

import math
import re
from dataclasses import replace
from datetime import date
from typing import Literal

from worker.dimensions.relation import Relation
from worker.dimensions.times.time_zones import offsets
from worker.dimensions.times.value import TimeValue
from worker.dimensions.times.vocabulary import UNIT_DAYS

Window = tuple[float, float]
ConflictKind = Literal["date", "weekday", "duration"]

FUZZ = 0.25
"""Share of its width by which a fuzzy period is extended on both sides before it counts as disjoint."""
WIDER = 2.5
"""Fuzzy evidence up to this many times as wide as the claim supports it; wider evidence is too vague."""
ROUND_MINUTES = 15
"""Tolerance in minutes of a time given as a full hour."""

HALF_LINES = {"before": -1, "by": -1, "after": 1}
LOWER_BOUNDS = ("more", "least", "over", "just over")


def time_relation(claim: TimeValue, evidence: TimeValue) -> Relation:
    """AGREE if the evidence's time entails the claim's, CONFLICT if both cannot be true, else INCOMPARABLE.

    "12 May 2020" supports "May 2020". "May 2020" neither supports nor contradicts "12 May 2020".
    A date with a wrong weekday ("Saturday, Feb. 4" in 2018) conflicts as a claim, and is incomparable as evidence.
    """
    if not same_slot_kind(claim, evidence) or not (claim.exists and evidence.exists) or evidence.weekday_conflict:
        return Relation.INCOMPARABLE
    if claim.kind in ("duration", "set"):
        return _lengths(claim, evidence)
    if claim.relative_to == "event" or evidence.relative_to == "event":
        return (
            Relation.INCOMPARABLE if claim.earliest is None or evidence.earliest is None else _points(claim, evidence)
        )
    return _points(claim, evidence)


def same_slot_kind(claim: TimeValue, evidence: TimeValue) -> bool:
    """True if both are points in time, durations, ages, or repetitions."""
    return _slot(claim) == _slot(evidence)


def _slot(value: TimeValue) -> str:
    if value.kind == "duration":
        return "age" if value.is_age else "duration"
    return "set" if value.kind == "set" else "point"


def conflict_kind(claim: TimeValue, evidence: TimeValue) -> ConflictKind:
    """The kind of a conflict between the two."""
    if claim.kind in ("duration", "set"):
        return "duration"
    if claim.weekday is None:
        return "date"
    named_day_only = claim.text.lower().find("day") >= 0 and not any(c.isdigit() for c in claim.text)
    return "weekday" if named_day_only or claim.day == evidence.day else "date"


# ── points in time ──────────────────────────────────────────────────────────────────────────────────────────────────


def _points(claim: TimeValue, evidence: TimeValue) -> Relation:
    if "_REF" in claim.timex or "_REF" in evidence.timex:
        return Relation.AGREE if claim.timex == evidence.timex != "FUTURE_REF" else Relation.INCOMPARABLE
    if claim.earliest is None or evidence.earliest is None:
        return _by_words(claim, evidence)
    days = _days(claim, evidence)
    if claim.weekday_conflict and days == Relation.AGREE:
        return Relation.CONFLICT
    return _with_minutes(days, claim, evidence)


def _days(claim: TimeValue, evidence: TimeValue) -> Relation:
    if claim.unit == evidence.unit == "range":
        return Relation.AGREE if claim.timex == evidence.timex else Relation.CONFLICT
    outcomes = {_stretch(claim, c, evidence, e) for c in _readings(claim, evidence) for e in _readings(evidence, claim)}
    if Relation.AGREE in outcomes:
        return Relation.AGREE
    return (
        Relation.CONFLICT
        if outcomes == {Relation.CONFLICT} and not _doubtful(claim, evidence)
        else Relation.INCOMPARABLE
    )


def apart(claim: TimeValue, evidence: TimeValue) -> bool:
    """True if no readings of the two have a day in common."""
    if claim.earliest is None or evidence.earliest is None or "duration" in (claim.kind, evidence.kind):
        return False
    pairs = [(c, e) for c in _readings(claim, evidence) for e in _readings(evidence, claim)]
    return all(_apart(_loosened(claim, c), _loosened(evidence, e)) for c, e in pairs)


def _readings(value: TimeValue, beside: TimeValue) -> list[Window]:
    first = -math.inf if value.earliest is None else value.earliest.toordinal()
    last = math.inf if value.latest is None else value.latest.toordinal()
    side = HALF_LINES.get(value.modifier or "", 0) if value.modifier != beside.modifier and value.minutes is None else 0
    whole = (-math.inf, last) if side < 0 else (first, math.inf) if side > 0 else (first, last)
    return [whole] + ([(value.other.toordinal(), value.other.toordinal())] if value.other else [])


def _stretch(claim: TimeValue, c: Window, evidence: TimeValue, e: Window) -> Relation:
    if _apart(_loosened(claim, c), _loosened(evidence, e)):
        return Relation.CONFLICT
    if c[0] <= e[0] and e[1] <= c[1]:
        return Relation.INCOMPARABLE if claim.unit == "range" != evidence.unit else Relation.AGREE
    if _apart(c, e):
        return Relation.INCOMPARABLE
    width_claim, width_evidence = c[1] - c[0] + 1, e[1] - e[0] + 1
    if (claim.fuzzy or evidence.fuzzy) and width_evidence <= WIDER * width_claim:
        return Relation.AGREE
    return Relation.INCOMPARABLE


def _loosened(value: TimeValue, window: Window) -> Window:
    slack = (window[1] - window[0]) * FUZZ if value.fuzzy and math.isfinite(window[1] - window[0]) else 0.0
    return window[0] - slack, window[1] + slack


def _apart(a: Window, b: Window) -> bool:
    return a[1] < b[0] or b[1] < a[0]


def _doubtful(claim: TimeValue, evidence: TimeValue) -> bool:
    return _week_off(claim, evidence) or _year_off(claim, evidence)


def _year_off(claim: TimeValue, evidence: TimeValue) -> bool:
    """True for one day or month in two years, one of them inferred: the tense may be misread, so this is not a conflict."""
    if (
        claim.earliest is None
        or evidence.earliest is None
        or claim.unit != evidence.unit
        or claim.unit not in ("day", "month")
    ):
        return False
    unwritten = any(
        re.search(r"[0-9]{4}|year|ago", v.text) is None and re.search(r"[0-9A-Z]", v.text) for v in (claim, evidence)
    )
    same = (claim.earliest.month, claim.earliest.day) == (evidence.earliest.month, evidence.earliest.day)
    return same and claim.earliest.year != evidence.earliest.year and unwritten


def _week_off(claim: TimeValue, evidence: TimeValue) -> bool:
    """True for one weekday a week apart, one of them bare: the tense may be misread, so this is not a conflict."""
    if claim.day is None or evidence.day is None or abs((claim.day - evidence.day).days) != 7:
        return False
    return any(v.weekday is not None and _ANCHORING.search(v.text) is None for v in (claim, evidence))


_ANCHORING = re.compile(r"\d|\b(?:of|in)\b", re.I)
"""Words that fix a weekday in the calendar: a day, "of this month", "in October"."""


def _with_minutes(days: Relation, claim: TimeValue, evidence: TimeValue) -> Relation:
    if claim.minutes is None or evidence.minutes is None:
        finer = claim.minutes is not None and days == Relation.AGREE
        return Relation.INCOMPARABLE if finer else days
    if claim.day is None or evidence.day is None or days == Relation.INCOMPARABLE:
        return days
    c, e = _absolute(claim, claim.day), _absolute(evidence, evidence.day)
    if days == Relation.CONFLICT and not _zoned(claim, evidence):
        return Relation.CONFLICT if _apart(c, e) else Relation.INCOMPARABLE
    return _clock(claim, c, evidence, e)


def _absolute(value: TimeValue, day: date) -> Window:
    low, high = value.minutes or (0, 1440)
    return day.toordinal() * 1440 + low, day.toordinal() * 1440 + high


DAY_MINUTES = 1440


def _clock(claim: TimeValue, c: Window, evidence: TimeValue, e: Window) -> Relation:
    """Compares minutes. CONFLICT only if all readings of zones, midnight and an ambiguous "2:30" differ."""
    outcomes = {_minutes(c, (e[0] + shift, e[1] + shift)) for shift in _shifts(claim, evidence)}
    if Relation.AGREE in outcomes:
        return Relation.AGREE
    unlike = _zone(claim) != _zone(evidence) and not _zoned(claim, evidence)
    return Relation.INCOMPARABLE if unlike or outcomes != {Relation.CONFLICT} else Relation.CONFLICT


def _minutes(c: Window, e: Window) -> Relation:
    if _apart(c, e):
        rounded = max(c[0], e[0]) - min(c[1], e[1]) <= ROUND_MINUTES and (c[0] % 60 == 0 or e[0] % 60 == 0)
        return Relation.INCOMPARABLE if rounded else Relation.CONFLICT
    inside = c[0] <= e[0] and e[1] <= c[1]
    return Relation.AGREE if inside or e[1] - e[0] <= 60 else Relation.INCOMPARABLE


def _shifts(claim: TimeValue, evidence: TimeValue) -> set[int]:
    """Possible differences in minutes between the zones of evidence and claim."""
    day = claim.day or evidence.day
    zones = {0}
    if _zoned(claim, evidence):
        zones = {a - b for a in offsets(_zone(claim), day) for b in offsets(_zone(evidence), day)}
    undated = claim.day is None or evidence.day is None
    whole_days = {-DAY_MINUTES, 0, DAY_MINUTES} if undated or any(map(_is_midnight, (claim, evidence))) else {0}
    halves = {-720, 0, 720} if _half_open(claim) or _half_open(evidence) else {0}
    return {zone + whole + half for zone in zones for whole in whole_days for half in halves}


def _zone(value: TimeValue) -> str:
    return value.zone or "local"


def _zoned(claim: TimeValue, evidence: TimeValue) -> bool:
    """True if both name known, different zones."""
    a, b = _zone(claim), _zone(evidence)
    return a != b and bool(offsets(a, None)) and bool(offsets(b, None))


def _is_midnight(value: TimeValue) -> bool:
    """True for midnight, which can mean either end of a day."""
    return value.unit == "clock" and value.minutes in ((0, 0), (DAY_MINUTES, DAY_MINUTES))


_HALF_KNOWN = re.compile(
    r"(?<![a-z])[ap]\.?\s?m\b|noon|midday|midnight|morning|evening|night|hours|\b0\d|\b\d{4}\b", re.I
)


def _half_open(value: TimeValue) -> bool:
    """True if a.m. or p.m. is open: "at 2:30", "half past two"; not "at 02:30", "2:30 GMT"."""
    if value.unit != "clock" or value.zone is not None or value.minutes is None:
        return False
    return 60 <= value.minutes[0] < 780 and _HALF_KNOWN.search(value.text) is None


# ── words without a dateline ────────────────────────────────────────────────────────────────────────────────────────


def _by_words(claim: TimeValue, evidence: TimeValue) -> Relation:
    """Compares TIMEX3 fields if one side has no year, week or day. Unknown fields match anything."""
    if claim.relative_to or evidence.relative_to:
        return Relation.INCOMPARABLE
    if "WXX-" in claim.timex or "WXX-" in evidence.timex:
        return _weekdays(claim, evidence)
    if (
        claim.minutes
        and evidence.minutes
        and (claim.timex.startswith("XXXX-XX-XXT") or evidence.timex.startswith("XXXX-XX-XXT"))
    ):
        return _clock(claim, claim.minutes, evidence, evidence.minutes)
    return _fields(claim.timex.split("T")[0].split("-"), evidence.timex.split("T")[0].split("-"))


def _weekdays(claim: TimeValue, evidence: TimeValue) -> Relation:
    c, e = (v.weekday if v.weekday is not None else v.day.weekday() if v.day else None for v in (claim, evidence))
    if c is None or e is None:
        return Relation.INCOMPARABLE
    if c != e:
        return (
            Relation.CONFLICT if claim.weekday is not None and evidence.weekday is not None else Relation.INCOMPARABLE
        )
    if claim.minutes and evidence.minutes:
        return _clock(claim, claim.minutes, evidence, evidence.minutes)
    return Relation.INCOMPARABLE if claim.minutes else Relation.AGREE


def _fields(claim: list[str], evidence: list[str]) -> Relation:
    known = False
    for c, e in zip(claim, evidence, strict=False):
        if c.isdigit() and e.isdigit():
            if c != e:
                return Relation.CONFLICT
            known = True
        elif not (set(c) == {"X"} or set(e) == {"X"}):
            if c != e:
                return Relation.CONFLICT if _of_one_count(c, e) else Relation.INCOMPARABLE
            known = True
    return Relation.AGREE if known and len(evidence) >= len(claim) else Relation.INCOMPARABLE


def _of_one_count(a: str, b: str) -> bool:
    """True for two quarters, or two halves."""
    return a[0] == b[0] and a[0] in "QH" and a[1:].isdigit() and b[1:].isdigit()


# ── lengths ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _lengths(claim: TimeValue, evidence: TimeValue) -> Relation:
    if claim.days is None or evidence.days is None:
        return Relation.AGREE if claim.timex == evidence.timex and claim.kind == "set" else Relation.INCOMPARABLE
    c, e = claim.days, evidence.days
    if _apart(c, e):
        mixed = (claim.modifier == "anniversary") != (evidence.modifier == "anniversary")
        return Relation.INCOMPARABLE if mixed else Relation.CONFLICT
    if claim.modifier in LOWER_BOUNDS and evidence.modifier in LOWER_BOUNDS:
        return Relation.AGREE if e[0] >= c[0] * 0.9 else Relation.INCOMPARABLE
    if c[0] <= e[0] and e[1] <= c[1]:
        return Relation.AGREE
    if math.isinf(e[1]):
        return Relation.INCOMPARABLE
    shared, narrow = min(c[1], e[1]) - max(c[0], e[0]), min(c[1] - c[0], e[1] - e[0])
    if not (claim.fuzzy or evidence.fuzzy):
        return Relation.AGREE if shared * 2 >= narrow else Relation.INCOMPARABLE
    return Relation.AGREE if e[1] - e[0] <= max(WIDER * (c[1] - c[0]), 0.3 * e[1]) else Relation.INCOMPARABLE


def duration_since(value: TimeValue, anchor: date) -> TimeValue | None:
    """The duration from a past date to the dateline: "since 2016" in a report of 2025 is eight to nine years.

    None if the date is unknown or in the future. Offsets and text stay those of the date.
    """
    if value.kind not in ("date", "time") or value.earliest is None or value.latest is None or value.earliest > anchor:
        return None
    low, high = max(0, (anchor - value.latest).days), (anchor - value.earliest).days
    unit, amount = _told(value, anchor, (low + high) / 2)
    letter = {"year": "Y", "month": "M", "day": "D"}[unit]
    return replace(
        value, kind="duration", timex=f"P{amount}{letter}", unit=unit, earliest=None, latest=None, other=None, weekday=None,
        minutes=None, days=(float(low), float(high)), fuzzy=high > low, modifier=None,
    )  # fmt: skip


def _told(value: TimeValue, anchor: date, middle: float) -> tuple[str, int]:
    assert value.earliest is not None
    if value.unit == "year":
        return "year", anchor.year - value.earliest.year
    unit = "year" if middle >= 700 else "month" if middle >= 60 else "day"
    return unit, int(middle / UNIT_DAYS[unit])

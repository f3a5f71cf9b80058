"""Compares dates, weekdays, durations and ages."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import ELSEWHEN, Alignment, SpanValue
from worker.dimensions.entities.value_holders import (
    ages_of_different_people,
    different_records,
    held_by_different_names,
)
from worker.dimensions.relation import Relation
from worker.dimensions.slot_alignment import ValuePosition, agreeing_alone, match_values, slot_similarity
from worker.dimensions.times.ages import is_too_wide, render_age
from worker.dimensions.times.date_ranges import render_range, with_ranges
from worker.dimensions.times.event_anchored_times import resolved
from worker.dimensions.times.find import find_times
from worker.dimensions.times.relations import apart, conflict_kind, duration_since, time_relation
from worker.dimensions.times.render import render_like, weekday_mismatch
from worker.dimensions.times.value import TimeValue
from worker.models.ports import Models
from worker.text.pipeline_types import ClaimInContext, RankedPassage

_EVENT_WORD = re.compile(r"[A-Za-z]{4,}")


def compare_times(
    statement: ClaimInContext, ranked_passages: Sequence[RankedPassage], models: Models, vetoed: Collection[int] = ()
) -> tuple[list[Alignment], list[SpanValue]]:
    """Alignments of every time of the claim, and the times that a passage must support.

    If a passage supports a time, another's conflict with it has score 0. `vetoed` are ranks of passages that cannot support
    anything.
    """
    times = [t for t in find_times(statement.sentence.text, statement.anchor) if statement.owns(t.start, t.end)]
    mine = [_dated(t, statement.sentence.text, ranked_passages) for t in times if _definite(t)]
    if not mine:
        return [], []
    tables = [_table(statement, mine, ranked, ranked_passages) for ranked in ranked_passages]
    borne_out = {place for t in tables if t.ranked.rank not in vetoed and (place := t.agreeing_alone()) is not None}
    findings = [f for table in tables for f in _against(statement, table, borne_out, models)]
    return findings, [_words(t) for t in mine]


def _definite(value: TimeValue) -> bool:
    """False for vague times ("now", "recently", "then") and for repetitions without a number ("daily")."""
    return "_REF" not in value.timex and (value.kind != "set" or _COUNTED.match(value.text) is not None)


_COUNTED = re.compile(r"(?:every|each)\s+(?:\d|two|three|four|five|six|seven|eight|nine|ten|other|second|third)", re.I)


@dataclass(frozen=True, slots=True)
class _RelationTable:
    """The claim's times and a passage's times. `relations` has one row per time of the claim."""

    ranked: RankedPassage
    mine: Sequence[TimeValue]
    theirs: Sequence[TimeValue]
    relations: Sequence[Sequence[Relation]]

    def agreeing_alone(self) -> tuple[int, int] | None:
        """Indices of the claim's only comparable time and its equal in the passage; None if there is no such pair."""
        at = agreeing_alone(self.relations)
        return None if at is None else (self.mine[at].start, self.mine[at].end)


def _table(
    statement: ClaimInContext,
    times: Sequence[TimeValue],
    ranked: RankedPassage,
    ranked_passages: Sequence[RankedPassage],
) -> _RelationTable:
    text = ranked.passage.text
    found = [_dated(t, text, ranked_passages) for t in find_times(text, ranked.anchor) if _definite(t)]
    mine, theirs = _in_like_ranges(list(times), statement.sentence.text, found, text)
    return _RelationTable(ranked, mine, theirs, [[_relation(c, statement, e, ranked) for e in theirs] for c in mine])


def _against(
    statement: ClaimInContext, table: _RelationTable, borne_out: Collection[tuple[int, int]], models: Models
) -> Iterator[Alignment]:
    ranked, mine, theirs, relations = table.ranked, table.mine, table.theirs, table.relations
    places, others = [_place(t) for t in mine], [_place(t) for t in theirs]
    unweighed = {i for i, t in enumerate(mine) if (t.start, t.end) in borne_out}
    similarity = slot_similarity(statement, places, ranked, others, relations, models, unweighed)
    matches = match_values(relations, similarity)
    for match in matches:
        claim, evidence = mine[match.mine], theirs[match.theirs]
        if match.relation is Relation.CONFLICT and claim.weekday_conflict and claim.day == evidence.day:
            # The archive has the same date, and the calendar contradicts the claim's weekday: certain.
            yield replace(_finding(match.relation, claim, ranked, evidence, 0.95), rule="weekday.impossible")
        else:
            yield _finding(match.relation, claim, ranked, evidence, match.similarity)
    agreeing = {match.mine for match in matches if match.relation is Relation.AGREE}
    yield from _elsewhen([t for i, t in enumerate(mine) if i not in agreeing], theirs, ranked)


def _elsewhen(mine: Sequence[TimeValue], theirs: Sequence[TimeValue], ranked: RankedPassage) -> Iterator[Alignment]:
    """The same words for different days: "on Friday" in reports of two weeks. Not a conflict, since each can be about its own
    event, but a reason against support: `worker.evidence.support_vetoes` reads this rule."""
    for claim in mine:
        other = next((e for e in theirs if _is_elsewhen(claim, e)), None)
        if other is not None:
            kind = ConflictKind(conflict_kind(claim, other))
            yield Alignment(Relation.INCOMPARABLE, kind, _words(claim), ranked, _words(other), 0.0, None, ELSEWHEN)


def _is_elsewhen(claim: TimeValue, evidence: TimeValue) -> bool:
    """True if both are resolved, are different days, and differ only in the dateline that resolves them."""
    if not (claim.anchored and evidence.anchored) or not apart(claim, evidence):
        return False
    return _same_words(claim, evidence) or _same_yearless_day(claim, evidence)


def _same_yearless_day(claim: TimeValue, evidence: TimeValue) -> bool:
    a, b = claim.day, evidence.day
    written = re.search(r"[0-9]{4}", claim.text) and re.search(r"[0-9]{4}", evidence.text)
    return a is not None and b is not None and (a.month, a.day) == (b.month, b.day) and not written


def _in_like_ranges(
    mine: list[TimeValue], text: str, theirs: list[TimeValue], other: str
) -> tuple[list[TimeValue], list[TimeValue]]:
    """Joins "from A to B" into a range on one side if the other side has a range ("A-B")."""
    here, there = (any(t.unit == "range" for t in side) for side in (mine, theirs))
    return with_ranges(text, mine) if there else mine, with_ranges(other, theirs) if here else theirs


def _relation(claim: TimeValue, statement: ClaimInContext, evidence: TimeValue, ranked: RankedPassage) -> Relation:
    relation = _compare(claim, statement, evidence, ranked)
    if relation is not Relation.CONFLICT:
        return relation
    ranges = claim.unit == evidence.unit == "range"
    ends = _in_range(statement.sentence.text, claim) != _in_range(ranked.passage.text, evidence)
    if _other_length(claim, evidence) or (ends and not ranges):
        return Relation.INCOMPARABLE
    sides = statement, (claim.start, claim.end), ranked, (evidence.start, evidence.end)
    others = (
        ages_of_different_people(*sides)
        if claim.is_age
        else held_by_different_names(*sides) or different_records(*sides)
    )
    return Relation.INCOMPARABLE if others else relation


# A duration this many times another is that of something else.
_OTHER_ORDER = 20.0


def _other_length(claim: TimeValue, evidence: TimeValue) -> bool:
    """True for an offset from an event against a plain duration, or durations of different orders of magnitude."""
    if claim.kind != "duration" or evidence.kind != "duration" or claim.is_age:
        return False
    if (claim.relative_to == "event") != (evidence.relative_to == "event"):
        return True
    mine, theirs = claim.days or (0.0, 0.0), evidence.days or (0.0, 0.0)
    return 0 < mine[1] < theirs[0] / _OTHER_ORDER or 0 < theirs[1] < mine[0] / _OTHER_ORDER


_RANGE = re.compile(r"\b(?:between|from)\s+(\d{4})\s+(?:and|to|until|through)\s+(\d{4})\b", re.I)


def _in_range(text: str, value: TimeValue) -> bool:
    """True for one end of "between 1910 and 1945"."""
    return any(value.start in (found.start(1), found.start(2)) for found in _RANGE.finditer(text))


def _compare(claim: TimeValue, statement: ClaimInContext, evidence: TimeValue, ranked: RankedPassage) -> Relation:
    relation = time_relation(claim, evidence)
    if relation is Relation.AGREE and claim.is_age and is_too_wide(claim, evidence):
        return Relation.INCOMPARABLE
    if relation is Relation.CONFLICT and (_same_words(claim, evidence) or not _of_one_grain(claim, evidence)):
        return Relation.INCOMPARABLE
    if relation is not Relation.INCOMPARABLE:
        return relation
    if claim.relative_to == "event" and evidence.relative_to == "event":
        return _same_event_offset(claim, statement.sentence.text, evidence, ranked.passage.text)
    return _by_length(claim, statement.anchor, evidence, ranked.anchor)


# From fine to coarse. A day and "last year" fill different slots.
_GRAINS = ("second", "minute", "hour", "day", "week", "month", "season", "quarter", "half", "year", "decade", "century")


_CLOCK = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b\.?|\b\d{1,2}[:.]\d\d\b", re.I)


def _same_words(claim: TimeValue, evidence: TimeValue) -> bool:
    """True for the same words resolved by different datelines ("on Saturday"): a dateline is more likely wrong than the day."""
    clocks = _CLOCK.search(claim.text), _CLOCK.search(evidence.text)
    dated = any(c.isdigit() for c in _CLOCK.sub("", claim.text) + _CLOCK.sub("", evidence.text))
    exact = claim.unit == evidence.unit == "clock"
    bare = not dated and not all(clocks) and not exact
    return claim.text.casefold() == evidence.text.casefold() or (
        bare and claim.weekday is not None and claim.weekday == evidence.weekday
    )


def _of_one_grain(claim: TimeValue, evidence: TimeValue) -> bool:
    """True if the passage's time is as fine as the claim's or one step coarser, or both are durations."""
    if (claim.kind == "duration") != (evidence.kind == "duration"):
        return False
    units = [{"clock": "minute"}.get(value.unit, value.unit) for value in (claim, evidence)]
    if claim.kind == "duration" or not set(units) <= set(_GRAINS):
        return True
    mine, theirs = (_GRAINS.index(unit) for unit in units)
    return (
        theirs <= mine or (claim.unit == "month" and evidence.unit == "year") or mine < _GRAINS.index("day") == theirs
    )


def _same_event_offset(claim: TimeValue, text: str, evidence: TimeValue, other: str) -> Relation:
    """AGREE for one offset from events that share a word: "the eve of the Games", "the day before the Winter Olympics"."""
    if claim.offset_days != evidence.offset_days or claim.event is None or evidence.event is None:
        return Relation.INCOMPARABLE
    a, b = _event_words(text, claim), _event_words(other, evidence)
    return Relation.AGREE if a & b else Relation.INCOMPARABLE


def _event_words(text: str, value: TimeValue) -> set[str]:
    start, end = value.event or (0, 0)
    return _event_forms(text[start:end])


# Synonyms in event names.
_ALSO = {"olympic": "game"}


def _event_forms(text: str) -> set[str]:
    words = (w.lower().rstrip("s") for w in _EVENT_WORD.findall(text))
    return {_ALSO.get(word, word) for word in words}


def _by_length(claim: TimeValue, anchor: date | None, evidence: TimeValue, other: date | None) -> Relation:
    """Durations against dates ("nine years", "since 2016"), each relative to its dateline. Only agreement is reliable."""
    if claim.kind == "duration" and evidence.kind == "date" and (anchor or other):
        length = duration_since(evidence, anchor or other or date.min)
        agrees = length is not None and time_relation(claim, length) is Relation.AGREE
        return Relation.AGREE if agrees else Relation.INCOMPARABLE
    if claim.kind == "date" and evidence.kind == "duration" and other:
        length = duration_since(claim, other)
        agrees = length is not None and time_relation(length, evidence) is Relation.AGREE
        return Relation.AGREE if agrees else Relation.INCOMPARABLE
    return Relation.INCOMPARABLE


def _dated(value: TimeValue, text: str, ranked_passages: Sequence[RankedPassage]) -> TimeValue:
    """An event-relative time, resolved if a passage gives the event's date."""
    if value.relative_to != "event" or value.event is None or value.day is not None or value.kind == "duration":
        return value
    words = _event_words(text, value)
    for ranked in ranked_passages:
        day = _event_day(words, ranked)
        if day is not None:
            return resolved(value, day) or value
    return value


def _event_day(words: set[str], ranked: RankedPassage) -> TimeValue | None:
    passage = ranked.passage.text
    said = _event_forms(passage)
    days = [t for t in find_times(passage, ranked.anchor) if t.day is not None and t.relative_to is None]
    return days[0] if len(days) == 1 and words and words <= said else None


def _finding(
    relation: Relation, claim: TimeValue, ranked: RankedPassage, evidence: TimeValue, score: float
) -> Alignment:
    kind = ConflictKind.NUMBER if claim.is_age else ConflictKind(conflict_kind(claim, evidence))
    return Alignment(
        relation,
        kind,
        _words(claim),
        ranked,
        _words(evidence),
        score,
        _replacement(claim, evidence) if relation is Relation.CONFLICT else None,
        f"{kind.value}.{'differs' if relation is Relation.CONFLICT else 'same'}",
    )


def _replacement(claim: TimeValue, evidence: TimeValue) -> str:
    if claim.weekday_conflict and evidence.day == claim.day:
        repairs = weekday_mismatch(claim)
        return repairs[0] if repairs else evidence.text
    special = render_age(claim, evidence) if claim.is_age else render_range(claim, evidence)
    return special or render_like(claim, evidence)


def _place(value: TimeValue) -> ValuePosition:
    return ValuePosition(value.start, value.end, "")


def _words(value: TimeValue) -> SpanValue:
    return SpanValue(value.start, value.end, value.timex)

"""Dates, times and durations of a text: found, compared, rewritten. The public face of the temporal tagger."""

from worker.dimensions.times.event_times import resolved
from worker.dimensions.times.find import find_times
from worker.dimensions.times.relations import (
    apart,
    compare_times,
    conflict_kind,
    counted_back,
    duration_since,
    same_slot_kind,
)
from worker.dimensions.times.render import render_like, weekday_mismatch
from worker.dimensions.times.value import TimeValue

__all__ = [
    "TimeValue",
    "apart",
    "compare_times",
    "conflict_kind",
    "counted_back",
    "duration_since",
    "find_times",
    "render_like",
    "resolved",
    "same_slot_kind",
    "weekday_mismatch",
]

"""Dates, times and durations of a text: found, compared, rewritten. The public face of the temporal tagger."""

from worker.values.timex.compare import compare_times, conflict_kind, counted_back, duration_since, same_slot_kind
from worker.values.timex.events import resolved
from worker.values.timex.find import find_times
from worker.values.timex.render import render_like, weekday_mismatch
from worker.values.timex.value import TimeValue

__all__ = [
    "TimeValue",
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

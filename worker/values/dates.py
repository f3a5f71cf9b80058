"""Dates, times and durations of a text: found, compared, rewritten. The public face of the temporal tagger."""

from worker.values.timex.find import find_times
from worker.values.timex.value import TimeValue

__all__ = ["TimeValue", "find_times"]

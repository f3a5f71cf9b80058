"""Laws of the temporal tagger that hold for any text."""

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.dimensions.relation import Relation
from worker.dimensions.times.find import find_times
from worker.dimensions.times.holidays import HOLIDAYS
from worker.dimensions.times.relations import time_relation
from worker.dimensions.times.render import (
    AP_MONTHS,
    MONTH_NAMES,
    WEEKDAY_NAMES,
    number_words,
    render_like,
    weekday_mismatch,
)
from worker.dimensions.times.value import TimeValue
from worker.dimensions.times.vocabulary import CLASSES, MONTHS, WEEKDAYS

DATELINES = st.none() | st.dates()
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WORDS = [
    *(word for words in CLASSES.values() for word in words.split()),
    *(name.title() for name in (*MONTHS, *WEEKDAYS, *HOLIDAYS)),
    *"1 2 9 12 30 31 45 99 1990 2018 2018-02-04 9/2/2018 1,500 3.5 1990s '90s 15:30 2:06:41 3rd 21st Q3 , - – . 's B.C.".split(),
]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
"""Nonsense made of the grammar's own words: harder than prose."""


def _lawful(text: str, values: list[TimeValue]) -> None:
    for value in values:
        assert text[value.start : value.end] == value.text != ""
        assert value.earliest is None or value.latest is None or value.earliest <= value.latest
    assert all(left.end <= right.start for left, right in pairwise(values))


@given(st.text(max_size=300), DATELINES)
def test_any_text_is_read_and_spans_slice_back(text: str, dateline: date | None) -> None:
    _lawful(text, find_times(text, dateline))


@settings(max_examples=300, deadline=None)
@given(SENTENCES, DATELINES)
def test_any_words_of_time_are_read_and_spans_slice_back(text: str, dateline: date | None) -> None:
    _lawful(text, find_times(text, dateline))


@settings(deadline=None)
@given(SENTENCES, SENTENCES, DATELINES)
def test_conflict_is_symmetric_and_rendering_never_fails(one: str, two: str, dateline: date | None) -> None:
    for claim in find_times(one, dateline):
        weekday_mismatch(claim)
        for evidence in find_times(two, dateline):
            assert render_like(claim, evidence)
            if not (claim.weekday_conflict or evidence.weekday_conflict):
                there, back = time_relation(claim, evidence), time_relation(evidence, claim)
                assert (there is Relation.CONFLICT) == (back is Relation.CONFLICT)


FORMATS = {
    "ap": lambda d: f"{AP_MONTHS[d.month - 1]} {d.day}, {d.year}",
    "long": lambda d: f"{MONTH_NAMES[d.month - 1]} {d.day}, {d.year}",
    "british": lambda d: f"{d.day} {MONTH_NAMES[d.month - 1]} {d.year}",
    "weekday": lambda d: f"{WEEKDAY_NAMES[d.weekday()]}, {MONTH_NAMES[d.month - 1]} {d.day}, {d.year}",
    "iso": date.isoformat,
}


@pytest.mark.parametrize("form", FORMATS)
@given(day=DAYS, dateline=DATELINES)
def test_reading_what_was_written_gives_the_day_back(form: str, day: date, dateline: date | None) -> None:
    (value,) = find_times(f"It was on {FORMATS[form](day)} in the hall.", dateline)
    assert (value.day, value.timex, value.weekday_conflict) == (day, day.isoformat(), False)


@pytest.mark.parametrize("form", FORMATS)
@given(day=DAYS, other=DAYS)
def test_a_correction_reads_as_the_day_it_stands_for(form: str, day: date, other: date) -> None:
    (claim,) = find_times(FORMATS[form](day), None)
    (written,) = find_times(render_like(claim, other), None)
    assert (written.day, written.weekday_conflict) == (other, False)


@given(DAYS, st.integers(-1, 6))
def test_a_weekday_means_a_day_within_a_week_of_the_dateline(dateline: date, weekday: int) -> None:
    for sentence in ("He spoke on {}.", "He will speak on {}.", "{} it was."):
        (value,) = find_times(sentence.format(WEEKDAY_NAMES[weekday]), dateline)
        assert value.day is not None
        assert abs((value.day - dateline).days) < 7
        assert value.day.weekday() == weekday % 7


@given(st.integers(1, 99), st.sampled_from(["day", "week", "month", "year", "hour", "minute"]))
def test_words_and_digits_name_the_same_length(number: int, unit: str) -> None:
    plural = "" if number == 1 else "s"
    (words,) = find_times(f"for {number_words(number)} {unit}{plural}", None)
    (digits,) = find_times(f"for {number} {unit}{plural}", None)
    assert (words.timex, words.days) == (digits.timex, digits.days)


@given(DAYS)
def test_agreement_has_a_direction(day: date) -> None:
    (fine,) = find_times(FORMATS["british"](day), None)
    (coarse,) = find_times(f"in {MONTH_NAMES[day.month - 1]} {day.year}", None)
    assert time_relation(coarse, fine) is Relation.AGREE
    assert time_relation(fine, coarse) is Relation.INCOMPARABLE


HOSTILE = [
    "one hundred and ", "a half ", "the end of the ", "Feb. ", "1-", "Monday, ", "1,111", "more than ", "two and a half ",
    "early in the ", "every other ", "9 to ", "year ", "’90s ", "a third of a ", "2018-", "twenty-", "a few ", "at ", "12:",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    def seconds(times: int) -> float:
        begin = time.process_time()
        find_times(piece * times, date(2018, 1, 31))
        return time.process_time() - begin

    short = min(seconds(500) for _ in range(3))
    assert min(seconds(4000) for _ in range(2)) < 8 * short * 3 + 0.2  # eight times the text; squared it were 64 times

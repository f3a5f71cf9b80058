"""The temporal tagger: its table, its comparisons, its repairs. The table's format stands in its first line."""

from collections import Counter
from datetime import date

import pytest

from bench.dates.value_f1 import TABLE, Row, found_in, read_table, score
from worker.dimensions.relation import Relation
from worker.dimensions.times.event_anchored_times import resolved
from worker.dimensions.times.find import find_times
from worker.dimensions.times.relations import conflict_kind, duration_since, time_relation
from worker.dimensions.times.render import render_like, weekday_mismatch
from worker.dimensions.times.value import TimeValue

WEDNESDAY = date(2018, 1, 31)
ROWS = read_table(TABLE)


def a_time(words: str, dateline: date | None = WEDNESDAY) -> TimeValue:
    """The first time in a few words."""
    return find_times(words, dateline)[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.sentence)
def test_each_row_of_the_table(row: Row) -> None:
    assert Counter(found_in(row)) == Counter(row.expected)


def test_the_table_is_large_and_its_f1_high() -> None:
    assert len(ROWS) >= 300
    assert score(ROWS).f1 >= 0.98


COMPARISONS = [
    # claim, evidence, claim against evidence, evidence against claim
    ("Feb. 10", "Feb. 9", "conflict", "conflict"),
    ("Feb. 9", "Friday, Feb. 9, 2018", "agree", "agree"),
    ("in May 2020", "on 12 May 2020", "agree", "incomparable"),
    ("in 2013", "in August 2003", "conflict", "conflict"),
    ("in 2003", "in August 2003", "agree", "incomparable"),
    ("this Sunday", "Feb. 4", "agree", "agree"),
    ("said on Monday", "said on Tuesday", "conflict", "conflict"),
    ("Monday night", "on Monday", "incomparable", "agree"),
    ("on Monday morning", "on Monday night", "conflict", "conflict"),
    ("late on Friday night", "in the early hours of Saturday", "incomparable", "incomparable"),
    ("about a month ago", "in early January", "agree", "incomparable"),
    ("about a month ago", "in June 2017", "conflict", "conflict"),
    ("next spring", "in March 2018", "agree", "incomparable"),
    ("in autumn 2016", "in spring 2016", "conflict", "conflict"),
    ("in the 1990s", "in 1994", "agree", "incomparable"),
    ("in Q3 2017", "in August 2017", "agree", "incomparable"),
    ("before 2005", "in 2003", "agree", "incomparable"),
    ("before 2005", "in 2007", "conflict", "conflict"),
    ("after 2005", "after 2015", "conflict", "conflict"),
    ("Feb. 4-9", "Feb. 4-8", "conflict", "conflict"),
    ("Feb. 4-9", "Feb. 5", "incomparable", "incomparable"),
    ("at 4 p.m. on Saturday", "shortly after 4 p.m. on Saturday", "agree", "agree"),
    ("at 4 p.m. on Saturday", "at 7 p.m. on Saturday", "conflict", "conflict"),
    ("at 4 p.m. EST", "at 9 p.m. GMT", "agree", "agree"),
    ("at 9 a.m. EST", "at 9 a.m. GMT", "conflict", "conflict"),
    ("at 9 a.m. ET", "at 1 p.m. GMT", "agree", "agree"),
    ("at 9 a.m. ET", "at 2 p.m. GMT", "agree", "agree"),
    ("at 9 a.m. ET on Feb. 9", "at 2 p.m. GMT on Feb. 9", "agree", "agree"),
    ("at 9 a.m. ET on Feb. 9", "at 1 p.m. GMT on Feb. 9", "conflict", "conflict"),
    ("at 10 p.m. EST on Monday", "at 3 a.m. GMT on Tuesday", "agree", "agree"),
    ("at 9 a.m.", "at 9 a.m. GMT", "agree", "agree"),
    ("at 9 a.m.", "at 11 a.m. GMT", "incomparable", "incomparable"),
    ("12 noon", "midday", "agree", "agree"),
    ("noon", "midnight", "conflict", "conflict"),
    ("noon on Friday", "midnight on Friday", "conflict", "conflict"),
    ("midnight on Friday", "12 a.m. on Friday", "agree", "agree"),
    ("noon", "12 p.m.", "agree", "agree"),
    ("at 14.30 on Friday", "2:30 p.m. on Friday", "agree", "agree"),
    ("at 2:30 on Friday", "at 14:30 on Friday", "agree", "agree"),
    ("half past two", "2:30 p.m.", "agree", "agree"),
    ("half past two in the afternoon", "2:30 p.m.", "agree", "agree"),
    ("half past two in the afternoon", "3:30 p.m.", "conflict", "conflict"),
    ("at 02:30 on Friday", "at 14:30 on Friday", "conflict", "conflict"),
    ("2H17", "the second half of 2017", "agree", "agree"),
    ("3Q17", "the third quarter of fiscal 2017", "agree", "agree"),
    ("Q3 FY17", "the second quarter of fiscal year 2017", "conflict", "conflict"),
    ("at 2:30 on Friday", "at 15:30 on Friday", "conflict", "conflict"),
    ("1430 GMT", "2:30 p.m. GMT", "agree", "agree"),
    ("1430 GMT", "3:30 p.m. GMT", "conflict", "conflict"),
    ("07-Mar-2017", "March 7, 2017", "agree", "agree"),
    ("07-Mar-17", "March 9, 2017", "conflict", "conflict"),
    ("07-Mar-17", "in March 2017", "incomparable", "agree"),
    ("FY17", "fiscal year 2017", "agree", "agree"),
    ("FY17", "FY2016", "conflict", "conflict"),
    ("the 16-17 season", "the 2016/17 season", "agree", "agree"),
    ("the 16-17 season", "the 2017-18 season", "conflict", "conflict"),
    ("H1 2017", "the first half of 2017", "agree", "agree"),
    ("H1 2017", "the second half of 2017", "conflict", "conflict"),
    ("H1 2017", "in May 2017", "agree", "incomparable"),
    ("the first Monday of March 2018", "March 5, 2018", "agree", "agree"),
    ("the first Monday of March 2018", "March 12, 2018", "conflict", "conflict"),
    ("the last Friday of this month", "Jan. 26", "agree", "agree"),
    ("the last Friday of this month", "Jan. 19", "conflict", "conflict"),
    ("three years", "two years", "conflict", "conflict"),
    ("24 months", "two years", "agree", "agree"),
    ("24 months", "24 weeks", "conflict", "conflict"),
    ("nearly fourteen hours", "close to 14 hours", "agree", "agree"),
    ("a little more than three and a half hours", "three hours and 38 minutes", "agree", "agree"),
    ("a third of an hour", "twenty minutes", "agree", "agree"),
    ("more than six decades", "over 60 years", "agree", "agree"),
    ("more than three days", "79 hours", "agree", "incomparable"),
    ("at least five years", "three years", "conflict", "conflict"),
    ("sixteen minutes", "six minutes", "conflict", "conflict"),
    ("every three years", "every two years", "conflict", "conflict"),
    ("the 43-year-old", "for 43 years", "incomparable", "incomparable"),
    ("aged 43", "a 44-year-old", "conflict", "conflict"),
    ("for two years", "in 2017", "incomparable", "incomparable"),
    ("Feb. 30, 2018", "Feb. 28, 2018", "incomparable", "incomparable"),
    ("recently", "last week", "incomparable", "incomparable"),
    ("9/2/2018", "Feb. 9, 2018", "agree", "agree"),
    ("9/2/2018", "March 1, 2018", "conflict", "conflict"),
    ("the day before the opening", "Feb. 8", "incomparable", "incomparable"),
]


@pytest.mark.parametrize(("claim", "evidence", "there", "back"), COMPARISONS)
def test_comparison_has_a_direction(claim: str, evidence: str, there: str, back: str) -> None:
    one, two = a_time(claim), a_time(evidence)
    assert (time_relation(one, two), time_relation(two, one)) == (Relation(there), Relation(back))


UNDATED = [
    ("Feb. 9", "Feb. 9", "agree"),
    ("Feb. 9", "Feb. 10", "conflict"),
    ("on Friday", "on Friday", "agree"),
    ("on Friday", "on Monday", "conflict"),
    ("yesterday", "Feb. 9", "incomparable"),
    ("last week", "last month", "incomparable"),
    ("in May", "on May 12", "agree"),
    ("on May 12", "in May", "incomparable"),
    ("in May", "in June", "conflict"),
]


@pytest.mark.parametrize(("claim", "evidence", "relation"), UNDATED)
def test_without_datelines_only_the_words_are_compared(claim: str, evidence: str, relation: str) -> None:
    assert time_relation(a_time(claim, None), a_time(evidence, None)) == Relation(relation)


def test_the_same_weekday_a_week_away_is_a_doubt_and_no_conflict() -> None:
    assert time_relation(a_time("on Friday"), a_time("Feb. 2, 2018")) is not Relation.CONFLICT


def test_the_same_day_in_a_year_that_was_not_written_is_a_doubt_and_no_conflict() -> None:
    assert time_relation(a_time("Feb. 9"), a_time("Feb. 9, 2017")) is Relation.INCOMPARABLE
    assert time_relation(a_time("Feb. 9, 2018"), a_time("Feb. 9, 2017")) is Relation.CONFLICT


def test_a_date_with_a_wrong_weekday_conflicts_as_a_claim_and_is_no_evidence() -> None:
    wrong, right = a_time("Saturday, Feb. 4"), a_time("this Sunday")
    assert time_relation(wrong, right) is Relation.CONFLICT
    assert conflict_kind(wrong, right) == "weekday"
    assert time_relation(right, wrong) is Relation.INCOMPARABLE


@pytest.mark.parametrize(
    ("claim", "evidence", "kind"),
    [("on Friday", "on Monday", "weekday"), ("Feb. 9", "Feb. 10", "date"), ("two years", "six years", "duration")],
)
def test_the_kind_of_a_conflict(claim: str, evidence: str, kind: str) -> None:
    assert conflict_kind(a_time(claim), a_time(evidence)) == kind


@pytest.mark.parametrize(
    ("words", "weekday_repair", "date_repair"),
    [
        ("Friday, Feb. 10, 2018", "Saturday, Feb. 10, 2018", "Friday, Feb. 9, 2018"),
        ("Thursday, Oct. 30, 2019", "Wednesday, Oct. 30, 2019", "Thursday, Oct. 31, 2019"),
        ("Monday 1st October 2019", "Tuesday 1st October 2019", "Monday 30th September 2019"),
        ("Fri., Feb. 10, 2018", "Sat., Feb. 10, 2018", "Fri., Feb. 9, 2018"),
    ],
)
def test_both_repairs_of_a_wrong_weekday(words: str, weekday_repair: str, date_repair: str) -> None:
    assert weekday_mismatch(a_time(words)) == (weekday_repair, date_repair)


@pytest.mark.parametrize("words", ["Friday, Feb. 9, 2018", "on Friday", "Feb. 9", "Friday, Feb. 30, 2018", "two years"])
def test_no_repair_where_nothing_is_wrong_or_nothing_is_known(words: str) -> None:
    assert weekday_mismatch(a_time(words)) is None


RENDERED = [
    ("Feb. 10", "Feb. 9", "Feb. 9"),
    ("Feb. 10", "on Feb 9, 2018", "Feb. 9"),
    ("10 February 2018", "Feb. 9", "9 February 2018"),
    ("the 10th of February", "Feb. 2", "the 2nd of February"),
    ("Saturday, Feb. 4", "this Sunday", "Sunday, Feb. 4"),
    ("on Tuesday", "on Monday", "Monday"),
    ("on Tuesday night", "on Monday night", "Monday night"),
    ("on Tuesday", "on June 3, 2017", "June 3, 2017"),
    ("Christmas Day", "New Year's Day", "New Year's Day"),
    ("in 2013", "in August 2003", "2003"),
    ("in July", "Sept. 5, 2017", "September"),
    ("three years", "a two-year deal", "two years"),
    ("a three-year deal", "for two years", "two-year"),
    ("24 months", "24 weeks", "24 weeks"),
    ("three years", "28 years", "twenty-eight years"),
    ("every three years", "every two years", "every two years"),
    ("Three years", "two years", "Two years"),
    ("2018-02-10", "Feb. 9", "2018-02-09"),
    ("three years", "nearly four years", "nearly four years"),
    ("in Q3", "in the second quarter", "Q2"),
    ("in Q3 2017", "in the first quarter of 2016", "Q1 2016"),
    ("in 3Q", "in Q4", "4Q"),
    ("in the third quarter", "in Q1", "the first quarter"),
    ("The third quarter", "Q1", "The first quarter"),
    ("in H1", "in the second half of the year", "H2"),
    ("on 07-Mar-17", "on March 9, 2017", "09-Mar-17"),
    ("on 7-Mar-2017", "on Nov. 21, 2016", "21-Nov-2016"),
]


@pytest.mark.parametrize(("claim", "evidence", "written"), RENDERED)
def test_evidence_is_written_in_the_form_of_the_claim(claim: str, evidence: str, written: str) -> None:
    assert render_like(a_time(claim), a_time(evidence)) == written


def test_a_day_is_written_in_the_form_of_the_claim() -> None:
    assert render_like(a_time("Saturday, Feb. 3"), date(2018, 2, 11)) == "Sunday, Feb. 11"


def test_a_day_told_from_an_event_is_settled_by_the_event() -> None:
    text = "The day before the opening ceremony, they march."
    (value,) = find_times(text, WEDNESDAY)
    assert (value.relative_to, value.offset_days, value.anchored) == ("event", -1, False)
    assert value.event is not None
    assert text[slice(*value.event)] == "the opening ceremony"
    day = resolved(value, a_time("Feb. 9"))
    assert day is not None
    assert day.day == date(2018, 2, 8)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("two days after the vote", date(2018, 2, 11)),
        ("a week before the vote", date(2018, 2, 2)),
        ("the Sunday before the vote", date(2018, 2, 4)),
        ("the Sunday after the vote", date(2018, 2, 11)),
        ("on the eve of the vote", date(2018, 2, 8)),
    ],
)
def test_offsets_from_an_event(words: str, day: date) -> None:
    settled = resolved(a_time(words), a_time("Feb. 9"))
    assert settled is not None
    assert settled.day == day


def test_an_event_without_a_day_settles_nothing() -> None:
    assert resolved(a_time("the day before the vote"), a_time("in 2018")) is None


def test_the_length_since_a_date_supports_the_length_told() -> None:
    dateline = date(2025, 3, 11)
    since = duration_since(a_time("since 2016", dateline), dateline)
    assert since is not None
    assert time_relation(a_time("nine years"), since) is Relation.AGREE
    assert time_relation(a_time("six years"), since) is Relation.CONFLICT


def test_without_a_dateline_no_day_is_invented() -> None:
    for value in find_times("He left on Friday, last week, two years ago, tomorrow, in May and on Feb. 9.", None):
        assert not value.anchored
        assert value.earliest is None


def test_a_day_that_does_not_exist_is_flagged() -> None:
    value = a_time("Feb. 30, 2018")
    assert not value.exists
    assert value.earliest is None


def test_modifiers_are_kept_beside_the_words() -> None:
    words = {"since 2016": "since", "until March 1": "until", "by June": "by", "about two years": "approx"}
    assert {text: a_time(text).modifier for text in words} == words


def test_ages_are_told_from_other_lengths() -> None:
    assert [v.is_age for v in find_times("The 43-year-old served for 43 years, aged 20.", None)] == [True, False, True]

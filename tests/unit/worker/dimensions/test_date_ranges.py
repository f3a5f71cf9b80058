"""Stretches told as "A-B" and as "from A to B": one range, mended in the draft's form."""

from datetime import date

import pytest

from tests.unit.worker.model_fixtures import a_kit, a_statement, a_witness, told
from worker.dimensions.times.compare import compare_times
from worker.dimensions.times.date_ranges import render_range, with_ranges
from worker.dimensions.times.find import find_times
from worker.dimensions.times.value import TimeValue

DATELINE = date(2024, 5, 2)


def one(text: str) -> TimeValue:
    (value,) = with_ranges(text, find_times(text, DATELINE))
    return value


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("from Aug. 2 to Aug. 9", "2024-08-02/2024-08-09"),
        ("from Aug. 2 through Sept. 1", "2024-08-02/2024-09-01"),
        ("between Aug. 2 and Aug. 9", "2024-08-02/2024-08-09"),
        ("from 1997 to 2003", "1997/2003"),
        ("from 1997 – 2003", "1997/2003"),
        ("from 1997 until 2003", "1997/2003"),
    ],
)
def test_two_ends_make_one_range(text: str, timex: str) -> None:
    assert (one(text).timex, one(text).unit) == (timex, "range")


@pytest.mark.parametrize(
    "text",
    [
        "on Aug. 2 and Aug. 9",
        "from Aug. 9 to Aug. 2",
        "in 1997 and 2003",
        "from Monday to Friday",
        "Aug. 2, then Aug. 9",
    ],
)
def test_other_pairs_stay_two(text: str) -> None:
    assert all(value.unit != "range" for value in with_ranges(text, find_times(text, DATELINE)))


@pytest.mark.parametrize(
    ("claim", "evidence", "mended"),
    [
        ("Aug. 2-9", "from Aug. 2 to Aug. 14", "Aug. 2-14"),
        ("Aug. 2–9", "from Aug. 30 to Sept. 6", "Aug. 30–Sept. 6"),
        ("August 2-9, 2024", "between Aug. 3 and Aug. 9, 2024", "August 3-9, 2024"),
        ("2-9 August", "from 3 August to 14 August", "3-14 August"),
        ("Aug. 2 to 9", "from Aug. 3 to Aug. 14", "Aug. 3 to 14"),
        ("1997-2003", "from 1997 to 2005", "1997-2005"),
        ("1997 – 2003", "from 1996 to 2003", "1996 – 2003"),
        ("2014-18", "from 2014 to 2019", "2014-19"),
        ("July 28-Aug. 3", "from July 21 to July 25", "July 21-25"),
    ],
)
def test_a_range_is_written_in_the_drafts_form(claim: str, evidence: str, mended: str) -> None:
    assert render_range(one(claim), one(evidence)) == mended


@pytest.mark.parametrize(
    ("claim", "passage", "relation"),
    [
        ("The regatta runs Aug. 2-9.", "The regatta runs from Aug. 2 to Aug. 9.", "agree"),
        ("The regatta runs Aug. 2-9.", "The regatta runs from Aug. 2 to Aug. 14.", "conflict"),
        ("She was coach from 1997 – 2003.", "She was coach from 1997 to 2003.", "agree"),
        ("She was coach from 1997 – 2003.", "She was coach from 1997 to 2005.", "conflict"),
        ("She was coach from 1997 to 2003.", "She was coach 1997-2005.", "conflict"),
        ("The regatta runs Aug. 2–9.", "The regatta runs Aug. 2–9.", "agree"),
    ],
)
def test_ranges_relate_over_their_forms(claim: str, passage: str, relation: str) -> None:
    statement = a_statement(claim)
    found = told(statement, compare_times(statement, [a_witness(passage)], a_kit())[0])
    assert {r for r, *_ in found} == {relation}

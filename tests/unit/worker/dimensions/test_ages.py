"""Ages in apposition and by decade, and how they relate."""

from datetime import date

import pytest

from tests.unit.worker.model_fixtures import a_kit, a_statement, a_witness, told
from worker.dimensions.times.ages import render_age
from worker.dimensions.times.compare import compare_times
from worker.dimensions.times.find import find_times


def ages(text: str) -> list[str]:
    return [value.timex for value in find_times(text, date(2024, 5, 20)) if value.is_age]


@pytest.mark.parametrize(
    ("text", "timex"),
    [
        ("A pilot, 47, was hurt.", "P47Y"),
        ("Police held Mara Lind, 47.", "P47Y"),
        ("Okafor, 47, was hurt.", "P47Y"),
        ("His daughter, 8, was hurt.", "P8Y"),
        ("She turned 50 on Sunday.", "P50Y"),
        ("A pilot in his 40s was hurt.", "P40Y/P50Y"),
        ("A pilot in her forties was hurt.", "P40Y/P50Y"),
        ("A pilot in her early 40s was hurt.", "P40Y/P45Y"),
        ("A pilot in her mid-to-late 40s was hurt.", "P43Y/P50Y"),
        ("Pilots in their late twenties were hurt.", "P26Y/P30Y"),
        ("A 40-something pilot was hurt.", "P40Y/P50Y"),
        ("The octogenarian was hurt.", "P80Y/P90Y"),
        ("A woman of 47 was hurt.", "P47Y"),
        ("Mara Lind is now 47.", "P47Y"),
        ("He was 47 when the mill burned.", "P47Y"),
    ],
)
def test_ages_are_found(text: str, timex: str) -> None:
    assert ages(text) == [timex]


@pytest.mark.parametrize(
    "text",
    [
        "Of the boats, 47, were lost.",
        "On May 4, 47, people came.",
        "They drew numbers 4, 47, and 9.",
        "In Harrow, 47, and more, stayed.",
        "The 1940s were hard.",
        "Cars in the 40s range were cheap.",
        "The road turned 50 meters on.",
        "A man of 40 words spoke.",
        "The total was 47.",
        "Temperatures in the 40s are usual.",
    ],
)
def test_other_figures_are_no_ages(text: str) -> None:
    assert ages(text) == []


def relations(claim: str, passage: str) -> set[str]:
    statement = a_statement(claim)
    return {relation for relation, *_ in told(statement, compare_times(statement, [a_witness(passage)], a_kit())[0])}


@pytest.mark.parametrize(
    ("claim", "passage", "relation"),
    [
        ("A pilot, 47, was hurt.", "A 47-year-old pilot was hurt.", "agree"),
        ("A pilot in his 40s was hurt.", "A pilot, 47, was hurt.", "agree"),
        ("A pilot in his 40s was hurt.", "A pilot in his mid-40s was hurt.", "agree"),
        ("A pilot, 47, was hurt.", "A pilot aged 39 was hurt.", "conflict"),
        ("A pilot in her 20s was hurt.", "A pilot, 47, was hurt.", "conflict"),
        ("A pilot in her early 40s was hurt.", "A 49-year-old pilot was hurt.", "conflict"),
        ("A pilot in her 20s was hurt.", "A pilot in her 60s was hurt.", "conflict"),
    ],
)
def test_two_ages_relate(claim: str, passage: str, relation: str) -> None:
    assert relations(claim, passage) == {relation}


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("A pilot, 47, was hurt.", "A pilot in his 40s was hurt."),
        ("A pilot in his mid-40s was hurt.", "A pilot in his 40s was hurt."),
        ("A pilot, 47, was hurt.", "A boy, 9, was hurt."),
        ("A pilot in his 40s was hurt.", "A 12-year-old girl was hurt."),
    ],
)
def test_a_wider_age_or_another_bearers_settles_nothing(claim: str, passage: str) -> None:
    assert relations(claim, passage) == set()


@pytest.mark.parametrize(
    ("claim", "evidence", "mended"),
    [
        ("A pilot, 47, left.", "A pilot, 39, left.", "39"),
        ("A pilot in her 40s left.", "A pilot, 39, left.", "aged 39"),
        ("A pilot in her mid-40s left.", "A pilot in their 60s left.", "in her 60s"),
        ("A pilot, 47, left.", "A pilot in her 60s left.", "in her 60s"),
        ("A 47-year-old pilot left.", "A pilot in her 60s left.", "60-something"),
        ("A pilot, 47, left.", "A 39-year-old pilot left.", "39"),
    ],
)
def test_a_mended_age_reads(claim: str, evidence: str, mended: str) -> None:
    mine, theirs = find_times(claim, None)[0], find_times(evidence, None)[0]
    assert render_age(mine, theirs) == mended

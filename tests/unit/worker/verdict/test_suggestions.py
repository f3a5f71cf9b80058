"""Suggestions read where they are put in."""

import pytest

from factcheck.verdict import ConflictKind
from tests.unit.worker.model_fixtures import a_statement, a_witness
from worker.dimensions.alignment import conflict_between
from worker.verdict.suggestions import fitted, suggested

MENDS = [
    ("It was a mistake of the bank.", "mistake", "error", "It was an error of the bank."),
    ("An error of the bank.", "error", "mistake", "A mistake of the bank."),
    ("It took an hour.", "hour", "week", "It took a week."),
    ("It was a week ago.", "week", "hour", "It was an hour ago."),
    ("He leads a party.", "party", "union", "He leads a union."),
    ("She got a 9-year term.", "9-year", "8-year", "She got an 8-year term."),
    ("The bank won last year by a length.", "last year", "Feb. 9, 2018", "The bank won on Feb. 9, 2018 by a length."),
    ("Last year the bank lost.", "Last year", "Feb. 9, 2018", "On Feb. 9, 2018, the bank lost."),
    ("The bank opens tomorrow.", "tomorrow", "Feb. 9", "The bank opens Feb. 9."),
    ("It is shut from today to May.", "today", "Feb. 9", "It is shut from Feb. 9 to May."),
    ("They met two days ago in Rome.", "two days ago", "Feb. 9", "They met on Feb. 9 in Rome."),
    ("The vote is next week.", "next week", "this week", "The vote is this week."),
    ("It flooded twice in May.", "twice", "four", "It flooded four times in May."),
    ("The mayor said so.", "mayor", "and the clerk", "The clerk said so."),
    ("They want a dry roof.", "a dry roof", "a dry roof and a warm room", "They want a dry roof and a warm room."),
    ("Two had severe burns.", "severe burns", "minor burns", "Two had minor burns."),
    ("Her sister bought the house.", "house", "the farm", "Her sister bought the farm."),
    (
        "The fossil is 95 thousand years old.",
        "95 thousand years old",
        "12 million years",
        "The fossil is 12 million years old.",
    ),
]
NONE = [
    ("Monday's vote was close.", "Monday", "March 13"),
    ("The judge spoke first.", "judge", "his partner"),
    ("A plot of 3,200 square kilometres.", "3,200 square kilometres", "0 square kilometres"),
    ("The fossil is 95 thousand years old.", "95 thousand years old", "95000000 years"),
    ("The vote was close.", "close", "close"),
    ("The 1,300 have begun.", "1,300", "some 1,900"),
    ("The miners' letter came.", "miners", "cost"),
]


@pytest.mark.parametrize(("text", "old", "new", "mended"), MENDS)
def test_a_suggestion_is_fitted_to_the_words_around_it(text: str, old: str, new: str, mended: str):
    at = text.index(old)
    found = fitted(text, at, at + len(old), new)
    assert found is not None
    start, end, words = found
    assert text[:start] + words + text[end:] == mended


@pytest.mark.parametrize(("text", "old", "new"), NONE)
def test_what_would_not_read_is_not_suggested(text: str, old: str, new: str):
    at = text.index(old)
    assert fitted(text, at, at + len(old), new) is None


def test_somebodys_words_are_suggested_as_they_were_said():
    statement = a_statement("“We lost the last one”, the captain said.")
    report = a_witness("“And our side won the last one”, the captain said.")
    conflict = conflict_between(
        ConflictKind.QUOTE, (1, 21), report, (1, 30), 0.9, "And our side won the last one", "quote.altered"
    )
    assert suggested(statement, conflict) == (1, 21, "And our side won the last one")

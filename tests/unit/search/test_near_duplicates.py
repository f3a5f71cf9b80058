import random

import pytest

from factcheck.near_duplicates import BANDS, alike, bands, sketch, with_stories
from tests.builders import a_document

WORDS = "council mayor harvest bridge storm budget vote police school river court train union island market".split()


def a_report(seed: int, words: int = 200) -> str:
    chance = random.Random(seed)
    return " ".join(f"{chance.choice(WORDS)}{chance.randrange(50)}" for _ in range(words)) + "."


REPORT = a_report(0)


@pytest.mark.parametrize(
    "copy",
    [
        REPORT,
        REPORT.upper(),
        "HARBOR CITY (Wire) - " + REPORT,
        REPORT.replace(" ", "\n\n"),
        REPORT.rsplit(" ", 40)[0],
    ],
)
def test_a_wire_report_is_known_again_with_another_dateline_setting_or_a_shorter_end(copy: str):
    assert alike(sketch(REPORT), sketch(copy))
    assert set(bands(sketch(REPORT))) & set(bands(sketch(copy)))


@pytest.mark.parametrize("other", [a_report(1), REPORT[: len(REPORT) // 3] + a_report(1)])
def test_another_report_is_none_even_where_it_quotes_a_third(other: str):
    assert not alike(sketch(REPORT), sketch(other))


def test_a_sketch_stays_the_same_over_time():
    """It is stored: where this fails, the kind in the keys' names must change."""
    assert sketch("The mayor opened the new bridge on Monday, and the council met again in the evening.").hex()[
        :16
    ] == ("dcd57a1945a50d18")


@pytest.mark.parametrize("text", ["", "Too short to tell.", "? ! .", "\ud800 " * 30])
def test_what_is_too_short_has_no_sketch(text: str):
    assert sketch(text) == b""
    assert bands(b"") == []


def test_bands_have_names_of_their_own():
    assert len(set(bands(sketch(REPORT)))) == BANDS


def test_copies_get_the_story_of_the_first_and_others_their_own():
    documents = [a_document("a", REPORT), a_document("b", a_report(1)), a_document("c", "Wire: " + REPORT)]
    short = [a_document("d", "Short."), a_document("e", "Short.")]
    assert [d.story for d in with_stories([*documents, *short])] == ["a", "b", "a", "d", "e"]


def test_a_story_that_is_known_stays():
    assert [d.story for d in with_stories([a_document("a", REPORT, story="7")])] == ["7"]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.dimensions.events.synonyms_and_antonyms import opposite_verbs, opposite_words, same_meaning

SAME = [("approve", "adopt"), ("cancel", "call off"), ("resign", "step down"), ("arrest", "detain"), ("fly", "fly")]
OPPOSITE = [("approve", "reject"), ("approve", "turn down"), ("cancel", "postpone"), ("win", "lose"), ("buy", "sell")]
NEITHER = [("approve", "sink"), ("fly", "swim"), ("begin", "buy"), ("call off", "call")]
VERBS = st.sampled_from(sorted({verb for pair in (*SAME, *OPPOSITE, *NEITHER) for verb in pair}))


@pytest.mark.parametrize(("a", "b"), SAME)
def test_verbs_of_one_meaning(a: str, b: str):
    assert same_meaning(a, b)
    assert not opposite_verbs(a, b)


@pytest.mark.parametrize(("a", "b"), OPPOSITE)
def test_verbs_that_exclude_each_other(a: str, b: str):
    assert opposite_verbs(a, b)
    assert not same_meaning(a, b)


@pytest.mark.parametrize(("a", "b"), NEITHER)
def test_verbs_that_have_nothing_to_do_with_each_other(a: str, b: str):
    assert not same_meaning(a, b)
    assert not opposite_verbs(a, b)


@given(VERBS, VERBS)
def test_meaning_is_symmetric_and_never_both(a: str, b: str):
    assert same_meaning(a, b) == same_meaning(b, a)
    assert opposite_verbs(a, b) == opposite_verbs(b, a)
    assert not (same_meaning(a, b) and opposite_verbs(a, b))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("first", "last", True),
        ("public", "private", True),
        ("warmer", "colder", True),
        ("first", "first", False),
        ("first", "public", False),
        ("unknown", "words", False),
    ],
)
def test_words_that_exclude_each_other(a: str, b: str, expected: bool):
    assert opposite_words(a, b) is opposite_words(b, a) is expected

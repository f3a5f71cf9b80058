import pytest

from worker.dimensions.entities.countries import country_of, government_of, is_nationality


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Norway", "norway"),
        ("Norwegian", "norway"),
        ("the Netherlands", "netherlands"),
        ("Dutch", "netherlands"),
        ("Holland", "netherlands"),
        ("U.S.", "united states"),
        ("Britain’s", "united kingdom"),
        ("the North", "north korea"),
        ("North", None),
        ("Oslo", None),
        ("Lysvik", None),
    ],
)
def test_a_country_is_known_by_all_its_names(word: str, country: str | None):
    assert country_of(word) == country


@pytest.mark.parametrize(
    ("word", "country"),
    [("Pyongyang", "north korea"), ("the White House", "united states"), ("Norway", None), ("Lysvik", None)],
)
def test_a_capital_stands_for_its_government(word: str, country: str | None):
    assert government_of(word) == country


@pytest.mark.parametrize(
    ("word", "expected"), [("Norwegians", True), ("Dutch", True), ("Norway", False), ("Oslo", False)]
)
def test_a_people_is_not_its_country(word: str, expected: bool):
    assert is_nationality(word) is expected

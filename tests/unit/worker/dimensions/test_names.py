import pytest

from tests.unit.worker.model_fixtures import parsed
from worker.dimensions.entities.names import Name, find_names, nationality, near_miss, same_name


def a_name(text: str, kind: str = "PERSON") -> Name:
    return Name(0, len(text), text, kind, 0)


def names(text: str) -> list[str]:
    return [n.text for n in find_names(parsed(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prime Minister Tor Hellesund met Dr. Anna Vik on Monday.", ["Tor Hellesund", "Anna Vik"]),
        ("North Korea’s Kim Jong-un spoke.", ["North Korea", "Kim Jong-un"]),
        ("The Australian Harriet Cole won.", ["Australian", "Harriet Cole"]),
        ("The council met on Tuesday, March 3.", []),
        ("The ferry sank.", []),
    ],
)
def test_names_are_found_without_their_titles(text: str, expected: list[str]):
    assert names(text) == expected


def test_a_name_s_span_slices_back_to_it():
    text = "Yesterday 😀 Mayor Tor Hellesund met Anna Vik in Oslo."
    assert all(text[n.start : n.end] == n.text for n in find_names(parsed(text)))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Anna Vik", "Anna Vik"),
        ("Anna Vik", "Vik"),
        ("Anna Vik", "ANNA VIK"),
        ("José Núñez", "Jose Nunez"),
        ("Anna Vik", "Anna Vik’s"),
        ("A. Vik", "Anna Vik"),
        ("World Health Organization", "WHO"),
        ("Bank of Norway", "BN"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Norway", "Norwegian"),
        ("Oslo", "Norway"),
        ("United States", "U.S."),
    ],
)
def test_two_forms_of_one_name_are_one(a: str, b: str):
    assert same_name(a_name(a), a_name(b))
    assert same_name(a_name(b), a_name(a))
    assert not near_miss(a_name(a), a_name(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sigrid Aune", "Sigrid Aume"),
        ("Sigrid Aune", "Sigrun Aune"),
        ("Anna Vik", "Kari Vik"),
        ("Tor Hellesund", "Thor Hellesand"),
        ("Hellesund", "Hellesand"),
    ],
)
def test_a_slip_in_a_name_is_a_near_miss(a: str, b: str):
    assert near_miss(a_name(a), a_name(b))
    assert near_miss(a_name(b), a_name(a))
    assert not same_name(a_name(a), a_name(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Anna Vik", "Tor Hellesund"),
        ("Norway", "Sweden"),
        ("Vik", "Moe"),
        ("Anna", "Anne"),
        ("World Health Organization", "WTO"),
    ],
)
def test_different_names_are_neither(a: str, b: str):
    assert not same_name(a_name(a), a_name(b))
    assert not near_miss(a_name(a), a_name(b))


def test_a_slip_in_a_place_of_one_word_is_no_near_miss():
    assert not near_miss(a_name("Hellesund", "GPE"), a_name("Hellesand", "GPE"))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Britain's Harriet Cole won.", "Britain"),
        ("The Australian Harriet Cole won.", "Australian"),
        ("The Australian long-distance runner Harriet Cole won.", "Australian"),
        ("Harriet Cole of Mali won the race.", "Mali"),
        ("Harriet Cole, a Spaniard, won the race.", "Spaniard"),
        ("Harriet Cole won the race in Mali.", None),
        ("Harriet Cole won.", None),
    ],
)
def test_a_person_s_country_is_the_one_beside_the_name(text: str, country: str | None):
    (person,) = [n for n in find_names(parsed(text)) if n.text == "Harriet Cole"]
    found = nationality(parsed(text), person)
    assert (found and found.text) == country


def test_a_country_has_no_nationality():
    text = "Britain's neighbour France agreed."
    assert [nationality(parsed(text), n) for n in find_names(parsed(text))] == [None, None]

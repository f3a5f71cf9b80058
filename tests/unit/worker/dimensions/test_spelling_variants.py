import re

import pytest

from tests.unit.worker.model_fixtures import parsed
from worker.dimensions.entities.names import find_names
from worker.dimensions.entities.spelling_variants import same_spelling


def words(name: str) -> tuple[str, ...]:
    return tuple(re.split(r"[ -]", name.casefold()))


ONE_NAME = [
    ("Mohammed Haddad", "Muhammad al-Hadad"),
    ("Khaled Mansour", "Khalid Mansur"),
    ("Yusuf Karimov", "Yousef Karimov"),
    ("Hussein Rahmani", "Hossein Rahmany"),
    ("El-Sayed", "Al-Sayyid"),
    ("Gaddafi", "Qaddafi"),
    ("Yevgeny Morozov", "Evgenii Morozov"),
    ("Mykola Tkachenko", "Nikolai Tkachenko"),
    ("Dmytro Kovalchuk", "Dmitry Kovalchuk"),
    ("Zelenskyy", "Zelensky"),
    ("Odesa", "Odessa"),
    ("Bill Turner", "William Turner"),
    ("Peggy Marsh", "Margaret Marsh"),
    ("Liz Carver", "Elizabeth Carver"),
]

TWO_NAMES = [
    ("Anna Berg", "Anna Borg"),
    ("Peter Hansen", "Peter Hanson"),
    ("Smith", "Smyth"),
    ("Ahmed Haddad", "Mahmoud Haddad"),
    ("Omar Khan", "Imran Khan"),
    ("Aleksandr Petrov", "Aleksei Petrov"),
    ("Sergei Ivanov", "Sergei Ivanenko"),
    ("Ivanov", "Ivanova"),
    ("Bill Turner", "Robert Turner"),
    ("Bill Turner", "William Tanner"),
    ("Kyiv", "Kharkiv"),
]


@pytest.mark.parametrize(("a", "b"), ONE_NAME)
def test_spellings_of_one_name(a: str, b: str):
    assert same_spelling(words(a), words(b))
    assert same_spelling(words(b), words(a))


@pytest.mark.parametrize(("a", "b"), TWO_NAMES)
def test_names_of_two_bearers(a: str, b: str):
    assert not same_spelling(words(a), words(b))
    assert not same_spelling(words(b), words(a))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The keeper, Ole “Tank” Moller, left the club.", ["Ole “Tank” Moller"]),
        ('The singer, Nora "Lark" Lunde, left the choir.', ['Nora "Lark" Lunde']),
        ("The judge, Karim al-Bakri, resigned.", ["Karim al-Bakri"]),
        ("He called “Orrin” and Velby sister towns.", ["Orrin", "Velby"]),
    ],
)
def test_a_nickname_and_an_article_stand_within_a_name(text: str, names: list[str]):
    assert [n.text for n in find_names(parsed(text))] == names

import pytest

from tests.unit.worker.model_fixtures import parsed
from worker.dimensions.entities.person_roles import HeldRole, find_roles, roles_differ


def roles(text: str) -> list[tuple[str, str]]:
    return [(r.post, r.bearer.text) for r in find_roles(parsed(text))]


def the_role(text: str) -> HeldRole:
    (role,) = find_roles(parsed(text))
    return role


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Prosecutor Sigrid Aune spoke.", ("prosecutor", "Sigrid Aune")),
        ("Jurgen Aalt, president of the Growers' Union, spoke.", ("president", "Jurgen Aalt")),
        ("His lawyer, Sigrid Aune, spoke.", ("lawyer", "Sigrid Aune")),
        ("Sigrid Aune is the lawyer of the club.", ("lawyer", "Sigrid Aune")),
        ("Tor Hellesund became mayor in 2010.", ("mayor", "Tor Hellesund")),
    ],
)
def test_a_post_is_told_by_title_by_apposition_or_by_a_verb(text: str, expected: tuple[str, str]):
    assert roles(text) == [expected]


@pytest.mark.parametrize("text", ["Sigrid Aune spoke.", "The lawyer spoke.", "Sigrid Aune met a lawyer."])
def test_a_name_without_a_post_has_none(text: str):
    assert roles(text) == []


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Prosecutor Sigrid Aune spoke.", "His lawyer, Sigrid Aune, spoke.", True),
        ("Judge Sigrid Aune spoke.", "Sigrid Aune is the mayor.", True),
        ("Attorney Sigrid Aune spoke.", "His lawyer, Sigrid Aune, spoke.", False),
        ("President Sigrid Aune spoke.", "Sigrid Aune is the director of the club.", False),
    ],
)
def test_posts_differ_where_nobody_would_call_one_by_the_other_s_word(a: str, b: str, expected: bool):
    assert roles_differ(the_role(a), the_role(b)) is expected
    assert roles_differ(the_role(b), the_role(a)) is expected

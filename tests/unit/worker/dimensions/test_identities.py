import pytest

from tests.unit.worker.model_fixtures import Told, a_statement, a_witness, told
from worker.dimensions.entities.compare import claim_names, compare_entities


def found(claim: str, *passages: str) -> set[Told]:
    statement = a_statement(claim)
    return told(statement, compare_entities(statement, [a_witness(p, i) for i, p in enumerate(passages)]))


CLASHES = {
    "a slip in a name": (
        "Mayor Anna Hellesund opened the museum.",
        "Mayor Anna Hellesand opened the museum.",
        ("name.near-miss", "Anna Hellesund", "Anna Hellesand"),
    ),
    "another post": (
        "Prosecutor Sigrid Aune appealed the ruling.",
        "Sigrid Aune, the lawyer of the club, appealed the ruling.",
        ("role.differs", "Prosecutor", "lawyer"),
    ),
    "another place": (
        "The trial opened in Vienna.",
        "The trial opened in Lisbon.",
        ("place.differs", "Vienna", "Lisbon"),
    ),
    "another country": (
        "The Australian Harriet Cole won the race.",
        "Britain's Harriet Cole won the race.",
        ("place.nationality", "Australian", "Britain"),
    ),
}
AGREE = {
    "a name": ("Sigrid Aune opened the museum.", "Aune spoke.", ("name.same", "Sigrid Aune", "Aune")),
    "a place": ("The trial opened in Vienna.", "The trial opened in Vienna.", ("name.same", "Vienna", "Vienna")),
    "a post": (
        "Prosecutor Sigrid Aune appealed the ruling.",
        "Prosecutor Sigrid Aune appealed the ruling.",
        ("role.same", "Prosecutor", "Prosecutor"),
    ),
    "a country": (
        "The Australian Harriet Cole won the race.",
        "Australia's Harriet Cole won the race.",
        ("place.nationality", "Australian", "Australia"),
    ),
}
SILENT = {
    "another person": ("Sigrid Aune opened the museum.", "Tor Hellesund opened the museum."),
    "no name": ("The trial opened on Monday.", "The trial opened in Lisbon."),
}


@pytest.mark.parametrize(("claim", "passage", "clash"), CLASHES.values(), ids=CLASHES)
def test_a_passage_knows_the_name_otherwise(claim: str, passage: str, clash: tuple[str, str, str]):
    assert ("conflict", *clash) in found(claim, passage)


def test_a_body_named_once_is_meant_by_its_noun():
    said = found("The Unification Ministry paid.", "The ministry paid for it.", "The Unification Ministry met.")
    assert ("agree", "name.same", "The Unification Ministry", "ministry") in said


@pytest.mark.parametrize(("claim", "passage", "match"), AGREE.values(), ids=AGREE)
def test_a_passage_bears_the_name_out(claim: str, passage: str, match: tuple[str, str, str]):
    assert ("agree", *match) in found(claim, passage)
    assert {relation for relation, *_ in found(claim, passage)} == {"agree"}


@pytest.mark.parametrize(("claim", "passage"), SILENT.values(), ids=SILENT)
def test_a_passage_with_other_names_says_nothing(claim: str, passage: str):
    assert found(claim, passage) == set()


def test_a_name_that_one_passage_knows_is_no_slip_of_another_passage_s():
    claim = "Mayor Anna Hellesund opened the museum."
    assert "name.near-miss" in {rule for _, rule, *_ in found(claim, "Anna Hellesand said the museum was open.")}
    both = found(claim, "Anna Hellesand said the museum was open.", claim)
    assert {relation for relation, *_ in both} == {"agree"}


def test_a_place_that_some_passage_knows_differs_from_none():
    both = found("The trial opened in Vienna.", "The trial opened in Lisbon.", "It moved to Vienna.")
    assert {(relation, rule) for relation, rule, *_ in both} == {("agree", "name.same")}


def test_a_post_differs_only_where_every_passage_has_another():
    claim = "Prosecutor Sigrid Aune appealed the ruling."
    both = found(claim, "The lawyer Sigrid Aune appealed.", "Prosecutor Sigrid Aune appealed.")
    assert "role.differs" not in {rule for _, rule, *_ in both}


def test_a_claim_asks_for_its_own_names_only():
    assert [n.text for n in claim_names(a_statement("Sigrid Aune opened the museum in Vienna."))] == [
        "Sigrid Aune",
        "Vienna",
    ]

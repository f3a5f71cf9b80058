import pytest

from tests.unit.worker.model_fixtures import a_statement, a_witness, parsed
from worker.dimensions.events.compare import compare_events
from worker.dimensions.events.directed_relations import compare_relations, find_relations


def parties(text: str) -> list[dict[str, str]]:
    return [{role: name.text for role, name in r.parties.items()} for r in find_relations(parsed(text))]


def found(claim: str, passage: str) -> set[tuple[str, str]]:
    statement = a_statement(claim)
    return {(f.relation.value, f.rule) for f in compare_relations(statement, a_witness(passage))}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Velby beat Orrin 4-1.", {"winner": "Velby", "loser": "Orrin"}),
        ("Orrin lost 1-4 at home to Velby on Sunday.", {"winner": "Velby", "loser": "Orrin"}),
        ("Orrin were beaten 4-1 by Velby.", {"winner": "Velby", "loser": "Orrin"}),
        ("Velby knocked out Orrin 3-1 in the cup.", {"winner": "Velby", "loser": "Orrin"}),
        ("Orrin went down 2-0 to Velby.", {"winner": "Velby", "loser": "Orrin"}),
        ("Velby's 3-1 win over Orrin came late.", {"winner": "Velby", "loser": "Orrin"}),
        ("Orrin drew 1-1 with Velby.", {"side": "Orrin", "side 2": "Velby"}),
        ("Norsk Timber sold the mill to Velby Paper.", {"seller": "Norsk Timber", "buyer": "Velby Paper"}),
        ("Velby Paper bought the mill from Norsk Timber.", {"seller": "Norsk Timber", "buyer": "Velby Paper"}),
        ("Velby lent Orrin $2 million.", {"lender": "Velby", "borrower": "Orrin"}),
        ("Orrin borrowed $2 million from Velby.", {"lender": "Velby", "borrower": "Orrin"}),
        ("Velby Paper was sued by Nordbank.", {"defendant": "Velby Paper", "plaintiff": "Nordbank"}),
        ("Mary Lund was paid $3,000 by Paul Sand.", {"payee": "Mary Lund", "payer": "Paul Sand"}),
    ],
)
def test_parties_have_their_roles_in_either_voice(text: str, roles: dict[str, str]):
    assert parties(text) == [roles]


@pytest.mark.parametrize("text", ["Velby did not beat Orrin.", "The mill was sold.", "Velby and Orrin met on Sunday."])
def test_a_denied_relation_or_one_with_a_single_party_is_none(text: str):
    assert parties(text) == []


SWAPPED = [
    ("Harlow beat Kesby 2-1 on Sunday.", "Kesby beat Harlow 2-1 on Sunday."),
    ("Harlow beat Kesby 2-1.", "Harlow lost 2-1 to Kesby."),
    ("Harlow defeated Kesby 88-80.", "Harlow were defeated 88-80 by Kesby."),
    ("Dan Reed beat Tom Field 6-4 6-3.", "Tom Field beat Dan Reed 6-4 6-3."),
    ("Nordbank bought Velby Paper for $9 million.", "Velby Paper bought Nordbank for $9 million."),
    ("Nordbank sued Velby Paper for $9 million.", "Velby Paper sued Nordbank for $9 million."),
    ("Paul Sand paid Mary Lund $4,000.", "Mary Lund paid Paul Sand $4,000."),
]


@pytest.mark.parametrize(("claim", "passage"), SWAPPED)
def test_parties_that_change_places_clash(claim: str, passage: str):
    assert ("conflict", "relation.swapped") in found(claim, passage)


SAME = [
    ("Harlow beat Kesby 2-1.", "Harlow beat Kesby 2-1."),
    ("Harlow lost 2-1 to Kesby.", "Kesby beat Harlow 2-1."),
    ("Harlow lost 1-2 to Kesby.", "Kesby beat Harlow 2-1."),
]


@pytest.mark.parametrize(("claim", "passage"), SAME)
def test_one_match_told_from_either_side_agrees_with_its_score(claim: str, passage: str):
    assert found(claim, passage) == {("agree", "relation.same"), ("agree", "relation.score")}


@pytest.mark.parametrize(
    ("claim", "passage", "rule"),
    [
        ("Harlow drew 1-1 with Kesby.", "Kesby beat Harlow 2-1.", "relation.outcome"),
        ("Kesby beat Harlow 2-1.", "Kesby drew 1-1 with Harlow.", "relation.outcome"),
        ("Harlow lost 3-1 to Kesby.", "Kesby beat Harlow 3-2.", "relation.score"),
        ("Kesby beat Harlow 3-1.", "Harlow lost 3-2 to Kesby.", "relation.score"),
    ],
)
def test_another_outcome_or_score_of_the_same_two_clashes(claim: str, passage: str, rule: str):
    assert ("conflict", rule) in found(claim, passage)


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Harlow beat Kesby 2-1.", "Kesby beat Marlow 2-1."),
        ("Harlow beat Kesby 2-1.", "Harlow bought Kesby for $2 million."),
        ("Nordbank sued Velby Paper.", "Nordbank lent Velby Paper $9 million."),
    ],
)
def test_other_parties_and_other_relations_say_nothing(claim: str, passage: str):
    assert found(claim, passage) == set()


def test_a_purchase_and_a_sale_between_the_same_two_do_not_clash():
    statement = a_statement("Mary Lund bought the yacht from Paul Sand for $2 million.")
    findings = compare_events(statement, [a_witness("Paul Sand sold the yacht to Mary Lund for $2 million.")])
    assert not [f.rule for f in findings if f.relation.value == "conflict"]

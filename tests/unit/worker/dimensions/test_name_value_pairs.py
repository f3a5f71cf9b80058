import pytest

from tests.unit.worker.model_fixtures import Told, a_statement, a_witness, told
from worker.dimensions.quantities.name_value_pairs import compare_name_value_pairs

TABLE = "Anna Vik scored 9 points, Kari Moe 12 points."


def found(claim: str, passage: str) -> set[Told]:
    statement = a_statement(claim)
    return told(statement, compare_name_value_pairs(statement, [a_witness(passage)]))


def test_a_value_that_the_passage_gives_to_another_name_is_a_conflict():
    assert found("Anna Vik scored 12 points.", TABLE) == {("conflict", "pair.crossed", "12", "9")}


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Kari Moe scored 12 points.", TABLE),
        ("Kari Moe scored 10 points.", TABLE),
        ("Tor Hellesund scored 12 points.", TABLE),
        ("Anna Vik scored 12 points.", "Anna Vik scored 9 points."),
        ("Anna Vik scored 12 points.", "Anna Vik and Kari Moe scored 9 and 12 points."),
        ("Anna Vik won the race.", TABLE),
    ],
)
def test_other_pairs_are_left_alone(claim: str, passage: str):
    assert found(claim, passage) == set()

"""A figure said of each member of a group needs every member's figure."""

import pytest

from tests.builders import a_document
from tests.unit.worker.model_fixtures import Told, a_kit, a_statement, a_witness, told
from worker.dimensions.quantities.compare import compare_quantities
from worker.dimensions.quantities.distributive_quantities import is_of_each
from worker.dimensions.quantities.find import find_quantities


def found(claim: str, *passages: str) -> set[Told]:
    statement = a_statement(claim)
    witnesses = [a_witness(p, i) for i, p in enumerate(passages)]
    return told(statement, compare_quantities(statement, witnesses, a_kit())[0])


def relations(claim: str, *passages: str) -> set[str]:
    return {relation for relation, rule, *_ in found(claim, *passages) if not rule.endswith("derived")}


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("All farms lost more than 30 cows.", True),
        ("Both farms lost more than 30 cows.", True),
        ("Each of the farms lost at least 30 cows.", True),
        ("Every farm lost 30 cows.", True),
        ("The farms lost 30 cows each.", True),
        ("Neither farm lost more than 30 cows.", True),
        ("In all the farms lost 30 cows.", False),
        ("Above all the farms lost 30 cows.", False),
        ("All 30 cows died.", False),
        ("The farms lost 30 cows each year.", False),
        ("The farm lost 30 cows.", False),
    ],
)
def test_words_that_speak_of_each_member(text: str, each: bool) -> None:
    assert is_of_each(text, find_quantities(text)[0]) is each


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Both farms lost more than 30 cows.", "One farm lost 21 cows and the other farm lost 44 cows."),
        ("All farms lost at least 30 cows.", "The farms lost 21, 35 and 44 cows."),
        ("Each of the farms lost less than 30 cows.", "The farms lost 21, 25 and 44 cows."),
        ("The farms lost more than 30 cows each.", "The farms lost 21 cows and 44 cows."),
        ("All farms paid more than 30 percent.", "The farms paid 21 and 44 percent."),
        ("Neither farm lost more than 30 cows.", "The farms lost 21 cows and 44 cows."),
    ],
)
def test_one_member_that_differs_is_no_support(claim: str, passage: str) -> None:
    assert relations(claim, passage) == {"conflict"}


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Both farms lost more than 30 cows.", "One farm lost 36 cows and the other farm lost 44 cows."),
        ("All farms lost at least 30 cows.", "The farms lost 31, 35 and 44 cows."),
        ("Neither farm lost more than 50 cows.", "The farms lost 31 cows and 44 cows."),
        ("The farm lost more than 30 cows.", "The farm lost 21 cows in May and 44 cows in June."),
        ("In all the farms lost more than 60 cows.", "The farms lost 21 and 44 cows, 65 cows together."),
    ],
)
def test_every_member_within_the_bound_is_support(claim: str, passage: str) -> None:
    assert "agree" in relations(claim, passage)


def test_a_member_told_of_in_another_sentence_counts() -> None:
    statement = a_statement("In spring both farms in the valley lost more than 30 cows.")
    report = a_document("d1")
    sentences = (
        "In spring one farm in the valley lost 44 cows.",
        "In spring the other farm in the valley lost 21 cows.",
    )
    witnesses = [a_witness(text, i, document=report) for i, text in enumerate(sentences)]
    found = told(statement, compare_quantities(statement, witnesses, a_kit())[0])
    assert {relation for relation, *_ in found} == {"conflict"}

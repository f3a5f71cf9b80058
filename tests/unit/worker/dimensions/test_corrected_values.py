import pytest

from tests.unit.worker.model_fixtures import a_statement, a_witness
from worker.dimensions.events.corrected_values import find_corrected_values


def mends(claim: str, passage: str) -> list[tuple[str, str, str]]:
    """(kind, the claim's words, the words in their place)"""
    statement = a_statement(claim)
    found = find_corrected_values(statement, a_witness(passage))
    return [(f.kind.value, claim[f.claim.start : f.claim.end], f.replacement or "") for f in found]


@pytest.mark.parametrize(
    ("claim", "passage", "mend"),
    [
        ("Twelve boats sank off Orrin.", "Seven boats sank off Orrin, not twelve.", ("number", "Twelve", "Seven")),
        ("Some 12 boats sank off Orrin.", "Not twelve but seven boats sank off Orrin.", ("number", "12", "seven")),
        ("The vote is on Thursday.", "The vote is on Tuesday, not Thursday.", ("weekday", "Thursday", "Tuesday")),
        ("The clinic opened in 2015.", "The clinic opened in 2014, not in 2015.", ("date", "2015", "2014")),
        (
            "The festival drew 9,000 visitors.",
            "The festival drew 6,000 visitors, not the 9,000 that organizers named.",
            ("number", "9,000", "6,000"),
        ),
        (
            "Guests chose hotels for the week.",
            "Guests chose tents rather than hotels.",
            ("relation", "hotels", "tents"),
        ),
    ],
)
def test_the_claim_has_the_value_that_the_passage_sets_right(claim: str, passage: str, mend: tuple[str, str, str]):
    assert mends(claim, passage) == [mend]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Seven boats sank off Orrin.", "Seven boats sank off Orrin, not twelve."),
        ("Seven boats sank off Orrin, not twelve.", "Seven boats sank off Orrin, not twelve."),
        ("Twelve nurses met in Velby on Monday.", "Seven boats sank off Orrin, not twelve."),
        ("Twelve boats sank off Orrin.", "Twelve boats sank off Orrin, not seven."),
        ("Twelve boats sank off Orrin.", "Twelve boats sank off Orrin."),
        ("The vote is on Thursday.", "The vote is not on Monday."),
    ],
)
def test_nothing_is_set_right_where_the_value_is_another_or_the_event(claim: str, passage: str):
    assert mends(claim, passage) == []

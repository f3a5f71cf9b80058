import pytest

from tests.unit.worker.model_fixtures import parsed
from worker.text.contrasts import find_contrasts


def contrasts(text: str) -> list[tuple[str, str]]:
    return [(text[slice(*c.right)], text[slice(*c.wrong)]) for c in find_contrasts(parsed(text))]


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        ("Seven boats sank, not twelve.", "Seven", "twelve"),
        ("Seven boats, not twelve, sank in the harbor.", "Seven", "twelve"),
        ("Seven rather than twelve boats sank.", "Seven", "twelve"),
        ("Rather than 15 million dollars, the road cost 12 million dollars.", "12 million", "15 million"),
        ("The club paid 3 million instead of the expected 5 million dollars.", "3 million", "5 million"),
        ("The road cost not 15 but 12 million dollars.", "12", "15"),
        ("The vote took place on Tuesday, not on Thursday.", "Tuesday", "Thursday"),
        ("The clinic opened in May and not in March, the county said.", "May", "March"),
        ("It was Nora Lunde, not Per Dahl, who won the race.", "Nora Lunde", "Per Dahl"),
        ("It was not Per Dahl but Nora Lunde who won the race.", "Nora Lunde", "Per Dahl"),
        ("The toll was corrected from twelve to seven.", "seven", "twelve"),
        ("The toll was revised to seven from twelve.", "seven", "twelve"),
        ("Lunde came third, not second.", "third", "second"),
        ("Seven barns burned on Monday, rather than the twelve first reported.", "Seven", "twelve"),
        ("Seven barns burned; not twelve.", "Seven", "twelve"),
        ("They serve tea, not coffee.", "tea", "coffee"),
    ],
)
def test_a_rejected_value_is_paired_with_the_one_in_its_place(text: str, right: str, wrong: str):
    assert contrasts(text) == [(right, wrong)]


@pytest.mark.parametrize(
    "text",
    [
        "The council did not vote on Tuesday, and the mayor left.",
        "He is not the mayor, and she is.",
        "Not only Per Dahl but also Nora Lunde won a medal.",
        "The firm grew in 2020, not because of luck but out of need.",
        "Prices rose to 12 dollars from 9 dollars.",
        "The team is not yet complete.",
    ],
)
def test_other_uses_of_not_and_from_set_nothing_right(text: str):
    assert contrasts(text) == []

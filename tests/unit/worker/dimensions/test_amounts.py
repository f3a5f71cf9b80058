import pytest

from tests.unit.worker.model_fixtures import Told, a_kit, a_statement, a_witness, told
from worker.dimensions.quantities.compare import compare_quantities


def found(claim: str, *passages: str) -> set[Told]:
    statement = a_statement(claim)
    ranked_passages = [a_witness(p, i) for i, p in enumerate(passages)]
    return told(statement, compare_quantities(statement, ranked_passages, a_kit())[0])


CLASHES = {
    "another currency": (
        "The town paid 3 million euros for the hall.",
        "The town paid 3 million dollars for the hall.",
        ("money.differs", "3 million euros", "3 million dollars"),
    ),
    "two ranks crosswise": (
        "It was the seventh flight and the ninth success.",
        "It was the ninth flight and the seventh success.",
        ("pair.crossed", "seventh", "ninth"),
    ),
    "two counts crosswise": (
        "The fair showed dozens of carts and trailers, among them hundreds of two-wheeled trailers.",
        "The fair showed hundreds of tractors and trailers, among them dozens of two-wheeled trailers.",
        ("pair.crossed", "dozens", "hundreds"),
    ),
    "a count": (
        "Nine people died in the fire.",
        "Seven people died in the fire.",
        ("number.differs", "Nine", "Seven"),
    ),
    "a sum": (
        "The town paid 3 million euros for the hall.",
        "The town paid 5 million euros for the hall.",
        ("money.differs", "3 million euros", "5 million euros"),
    ),
    "a share": ("Turnout was 61 percent.", "Turnout was 54 percent.", ("percent.differs", "61 percent", "54 percent")),
    "a rank": ("It was her third title.", "It was her fourth title.", ("ordinal.differs", "third", "fourth")),
    "another's count": (
        "Police counted 4,000 marchers.",
        "Police counted 4,000 marchers, while organisers spoke of 15,000 marchers.",
        ("account.rival", "4,000", "15,000"),
    ),
}
AGREE = {
    "a count": ("Nine people died in the fire.", "Nine people died in the fire.", ("number.same", "Nine", "Nine")),
    "a rounded count": ("About 40 houses burned down.", "Some 41 houses burned down.", ("number.same", "40", "41")),
    "another unit": (
        "The tower is 80 metres tall.",
        "The tower is 262 feet tall.",
        ("number.same", "80 metres", "262 feet"),
    ),
    "a total": (
        "In all 12 people were hurt.",
        "Seven passengers and five crew members were hurt.",
        ("number.derived", "12", "Seven"),
    ),
}
SILENT = {
    "another bearer": ("Anna Palmer retired after 15 seasons.", "Bruce Arians retired after five seasons."),
    "the rest of a crowd": ("Two people were hurt.", "Anna Vik and seven other people were hurt."),
    "a player's number": ("Roe threw two passes.", "Quarterback Drew Stanton (5) threw the ball."),
    "no figure": ("Nine people died in the fire.", "The fire started at the mill."),
    "another order of size": ("Nine people died in the fire.", "Eleven hundred people live on the island."),
    "another sum in another currency": (
        "The town paid 3 million euros for the hall.",
        "The town paid 4 million dollars for the hall.",
    ),
}


@pytest.mark.parametrize(("claim", "passage", "clash"), CLASHES.values(), ids=CLASHES)
def test_a_passage_has_another_figure(claim: str, passage: str, clash: tuple[str, str, str]):
    assert ("conflict", *clash) in found(claim, passage)


@pytest.mark.parametrize(("claim", "passage", "match"), AGREE.values(), ids=AGREE)
def test_a_passage_bears_the_figure_out(claim: str, passage: str, match: tuple[str, str, str]):
    assert ("agree", *match) in found(claim, passage)


@pytest.mark.parametrize(("claim", "passage"), SILENT.values(), ids=SILENT)
def test_a_passage_with_other_figures_says_nothing(claim: str, passage: str):
    assert found(claim, passage) == set()


def test_a_figure_that_a_passage_has_is_not_derived_from_another_s():
    total, parts = "Twelve people were hurt.", "Seven passengers and five crew members were hurt."
    assert "number.derived" in {rule for _, rule, *_ in found("In all 12 people were hurt.", parts)}
    assert "number.derived" not in {rule for _, rule, *_ in found("In all 12 people were hurt.", total, parts)}


def test_the_replacement_is_told_as_the_claim_tells_its_figure():
    statement = a_statement("Nine people died in the fire.")
    (finding,), _ = compare_quantities(statement, [a_witness("The fire killed 7 people.")], a_kit())
    assert finding.replacement == "Seven"


def test_every_figure_of_the_claim_asks_to_be_borne_out():
    text = "Nine people died and the town paid 3 million euros."
    _, required_values = compare_quantities(a_statement(text), [], a_kit())
    assert text[required_values[0].start : required_values[0].end] == "Nine"


def test_a_figure_in_the_very_place_of_another_is_no_sum_to_reckon_with():
    rules = {rule for _, rule, _, _ in found("Senn doubles it to 800 euros.", "Senn doubles it to 400 euros.")}
    assert "money.differs" in rules
    assert "number.derived" not in rules

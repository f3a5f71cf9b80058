import pytest

from tests.unit.worker.model_fixtures import Told, a_kit, a_statement, a_witness, told
from worker.dimensions.quotes.compare import compare_quotes

CLAIM = "“We will rebuild the school by May,” said Tor Hellesund."
ALTERED = "“We will never rebuild the school by May,” said Tor Hellesund."
ANOTHER = "“We will rebuild the school by May,” said Anna Vik."


def found(claim: str, *passages: str) -> set[Told]:
    statement = a_statement(claim)
    return told(statement, compare_quotes(statement, [a_witness(p, i) for i, p in enumerate(passages)], a_kit())[0])


def rules(claim: str, *passages: str) -> set[str]:
    return {rule for _, rule, *_ in found(claim, *passages)}


def test_the_same_words_from_the_same_mouth_bear_a_quotation_out():
    assert rules(CLAIM, CLAIM) == {"quote.exact", "quote.same-speaker"}


def test_altered_words_are_a_conflict():
    assert rules(CLAIM, ALTERED) == {"quote.altered", "quote.same-speaker"}


def test_the_right_words_from_the_wrong_mouth_are_a_conflict():
    assert ("conflict", "quote.speaker", "Tor Hellesund", "Anna Vik") in found(CLAIM, ANOTHER)


def test_a_passage_with_the_exact_words_outweighs_one_that_alters_them():
    assert rules(CLAIM, ALTERED, CLAIM) == {"quote.exact", "quote.same-speaker"}


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (CLAIM, "Tor Hellesund said they would rebuild the school by June."),
        (CLAIM, "The weather stayed dry in the valley."),
        ("He called it “a mess”.", "He called it “a triumph”."),
        ("The school was rebuilt.", CLAIM),
    ],
)
def test_indirect_speech_and_short_scraps_alter_nothing(claim: str, passage: str):
    assert found(claim, passage) == set()


def test_every_quotation_of_three_words_asks_to_be_borne_out():
    _, required_values = compare_quotes(a_statement(CLAIM), [], a_kit())
    assert [CLAIM[w.start : w.end] for w in required_values] == ["We will rebuild the school by May,"]

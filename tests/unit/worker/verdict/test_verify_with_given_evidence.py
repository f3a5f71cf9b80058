"""A claim against given evidence, with models that count shared words."""

import pytest

from tests.unit.worker.model_fixtures import a_kit
from worker.verdict.verify_with_given_evidence import read, verify

HARBOUR = "The harbour bridge opened in Hallein on Friday."
FERRY = "The ferry sinks no more. Its owner paid 300 crowns for the repair. The council thanked the crew."


def test_what_the_evidence_says_is_supported():
    scores = verify(HARBOUR, [FERRY, HARBOUR], a_kit())
    assert scores.supported > 0.9


@pytest.mark.parametrize("evidence", [[], [""], [" \n "]])
def test_no_evidence_says_nothing(evidence: list[str]):
    assert verify(HARBOUR, evidence, a_kit()).unverified == 1.0


@pytest.mark.parametrize("claim", ["", "  ", "…", "?!"])
def test_a_claim_without_words_is_unverified(claim: str):
    assert verify(claim, [HARBOUR], a_kit()).unverified == 1.0


def test_probabilities_sum_to_one():
    scores = verify(f"{HARBOUR} The mayor wept.", [FERRY, HARBOUR], a_kit())
    assert scores.supported + scores.contradicted + scores.unverified == pytest.approx(1.0)


def test_the_weakest_sentence_counts():
    alone = verify(HARBOUR, [HARBOUR], a_kit())
    with_more = verify(f"{HARBOUR} Three swimmers drowned near Salzburg.", [HARBOUR], a_kit())
    assert with_more.supported < 0.3 < alone.supported


def test_sentences_of_a_text_cut_into_words_are_told_apart():
    claim = "the harbour bridge opened in hallein on friday . three swimmers drowned near salzburg ."
    assert verify(claim, [HARBOUR], a_kit()).supported < 0.3


def test_a_figure_that_the_evidence_never_names_weighs_against_support():
    right = verify("Its owner paid 300 crowns for the repair.", [FERRY], a_kit())
    wrong = verify("Its owner paid 400 crowns for the repair.", [FERRY], a_kit())
    assert wrong.supported < right.supported - 0.1


def test_the_end_of_a_long_text_is_read():
    filler = " ".join(f"The council met for the {n}th time." for n in range(400))
    assert verify(HARBOUR, [f"{filler} {HARBOUR}"], a_kit()).supported > 0.9


def test_a_claim_without_sentence_marks_is_read_in_pieces():
    shown = read("the harbour bridge opened " * 100, [HARBOUR], a_kit())
    assert len(shown) == 3

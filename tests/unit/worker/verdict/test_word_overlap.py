"""What a claim's sentence has in the evidence, word by word."""

import pytest

from tests.unit.worker.model_fixtures import parsed
from worker.verdict.word_overlap import WordOverlap, align, covering, read_evidence, stem

EVIDENCE = (
    "The harbour bridge in Hallein opened on Friday.",
    "Its owner, Tor Hellesund, paid 1,200 crowns for the repair.",
    "The council thanked the crew, but did not name the captain.",
)


def aligned(claim: str) -> WordOverlap:
    return align(parsed(claim), read_evidence(EVIDENCE), [0.5] * len(EVIDENCE))


@pytest.mark.parametrize(
    ("word", "same"),
    [
        ("parties", "party"), ("carried", "carry"), ("stopped", "stop"), ("races", "race"), ("opening", "opened"),
        ("1,200", "1200"), ("seven", "7"), ("twenty", "20"),
    ],
)  # fmt: skip
def test_forms_of_a_word_share_a_stem(word: str, same: str):
    assert stem(word) == stem(same)


@pytest.mark.parametrize(
    ("word", "other"), [("1,200", "12,00.5"), ("bridge", "bright"), ("council", "counsel"), ("six", "sixty")]
)
def test_other_words_do_not(word: str, other: str):
    assert stem(word) != stem(other)


@pytest.mark.parametrize(
    ("claim", "lacks"),
    [
        ("The owner paid 1200 crowns.", False),
        ("The owner paid 1,300 crowns.", True),
        ("The owner paid seven crowns.", True),
        ("The owner paid in Q3.", False),
        ("The 4Q repair cost the owner.", False),
        ("One of the owners paid.", False),
    ],
)
def test_a_figure_that_the_evidence_lacks(claim: str, lacks: bool):
    assert aligned(claim).figures is lacks


@pytest.mark.parametrize(
    ("claim", "lacks"),
    [
        ("The bridge in Hallein opened.", False),
        ("The bridge in Salzburg opened.", True),
        ("The bridge opened on Friday.", False),
        ("the bridge opened on tuesday.", True),
        ("Bridges opened.", False),
        ("Ferries opened.", False),
    ],
)
def test_a_name_or_a_day_that_the_evidence_lacks(claim: str, lacks: bool):
    assert aligned(claim).names is lacks


@pytest.mark.parametrize(
    ("claim", "alone"),
    [
        ("The bridge in Hallein did not open on Friday.", True),
        ("The bridge never opened.", True),
        ("The bridge in Hallein opened on Friday.", False),
        ("The council did not name the captain.", False),
    ],
)
def test_a_denial_that_the_evidence_lacks(claim: str, alone: bool):
    assert aligned(claim).denied is alone


def test_words_that_belong_together_meet_in_the_evidence():
    told = aligned("Tor Hellesund paid for the repair.").pairs
    mixed = aligned("The captain paid for the bridge.").pairs
    assert told == 1.0
    assert mixed < 0.5


def test_a_sentence_without_pairs_misses_none():
    assert aligned("Friday.").pairs == 1.0


def test_the_sentences_that_cover_a_claim_come_in_their_order():
    told = read_evidence(EVIDENCE)
    assert covering("The council thanked the owner of the bridge in Hallein.", told, [0.5, 0.5, 0.5]) == [0, 1, 2]
    assert covering("The council thanked the crew.", told, [0.9, 0.5, 0.5]) == [2]
    assert covering("", told, [0.1, 0.9, 0.5]) == [1]

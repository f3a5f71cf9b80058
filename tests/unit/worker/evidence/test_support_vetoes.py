from dataclasses import replace

import pytest

from tests.unit.worker.model_fixtures import a_statement, a_witness
from worker.dimensions.events.compare import compare_events
from worker.evidence.support_vetoes import vetoes_support

CLAIM = "The dam at Orrin burst on Sunday."


def veto(claim: str, passage: str, after: str = "") -> str | None:
    statement, ranked = a_statement(claim), a_witness(passage)
    ranked = replace(ranked, passage=replace(ranked.passage, after=after))
    return vetoes_support(statement, ranked, compare_events(statement, [ranked]))


DENIED = [
    "The governor denied that the dam at Orrin burst on Sunday.",
    "Claims circulating online that the dam at Orrin burst on Sunday are baseless.",
    "A parody account said that the dam at Orrin burst on Sunday.",
    "The Herald has withdrawn an article saying that the dam at Orrin burst on Sunday.",
    "Engineers could not confirm that the dam at Orrin burst on Sunday.",
    "Contrary to reports, no dam at Orrin burst on Sunday.",
]


@pytest.mark.parametrize("passage", DENIED)
def test_a_passage_that_denies_the_claim_cannot_support_it(passage: str):
    assert veto(CLAIM, passage) == "factuality.denied"


@pytest.mark.parametrize(
    ("passage", "rule"),
    [
        ("Did the dam at Orrin burst on Sunday?", "factuality.asked"),
        ("Police are investigating whether the dam at Orrin burst on Sunday.", "factuality.asked"),
        ("The dam at Orrin may burst on Sunday.", "factuality.possible"),
        ("A viral video claimed that the dam at Orrin burst on Sunday.", "factuality.possible"),
        ("The dam at Orrin will burst on Sunday.", "factuality.planned"),
    ],
)
def test_nor_one_that_asks_doubts_or_foresees_it(passage: str, rule: str):
    assert veto(CLAIM, passage) == rule


@pytest.mark.parametrize(
    ("passage", "rule"),
    [
        ("Hoax: The cannery shut in May.", "factuality.denied"),
        ("The cannery shut in May, a false report said.", "factuality.denied"),
        ("Unconfirmed reports said the cannery shut in May.", "factuality.possible"),
    ],
)
def test_nor_one_with_words_of_denial_beside_the_claim_s_own_words(passage: str, rule: str):
    """ "The cannery shut" is read as a noun."""
    assert veto("The cannery shut in May.", passage) == rule


def test_nor_a_notice_of_what_an_earlier_version_said():
    notice = "An earlier version of this story gave the number of barns that burned in Velby as twelve."
    assert veto("Twelve barns burned in Velby.", notice) == "factuality.corrected"


@pytest.mark.parametrize("after", ["That is false: it holds.", "This is not true.", "In fact, it holds."])
def test_nor_one_that_the_next_sentence_takes_back(after: str):
    assert veto(CLAIM, "Lunde said the dam at Orrin burst on Sunday.", after) == "factuality.denied"


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("Seven boats sank off Orrin.", "Seven boats sank off Orrin, not twelve."),
        (CLAIM, CLAIM),
        ("The firm is said to be planning a mill in Velby.", "The firm is allegedly planning a mill in Velby."),
        (CLAIM, "The dam at Orrin burst on Sunday, the governor said."),
        (CLAIM, "Officials said the dam at Orrin burst on Sunday, and denied that anyone was hurt."),
        (CLAIM, "The governor did not deny that the dam at Orrin burst on Sunday."),
        ("The governor denied that the dam burst.", "The governor denied that the dam burst."),
        ("The governor said the dam burst.", "The governor falsely claimed that the dam burst."),
        ("The dam did not burst on Sunday.", "The dam did not burst on Sunday."),
        ("Anna Ruiz will lead the museum from May.", "Anna Ruiz will lead the museum from May."),
        ("“It is a right, but it is not a duty,” she said.", "“It is a right, but it is not a duty,” Lunde said."),
    ],
)
def test_a_passage_that_says_what_the_claim_says_may_support_it(claim: str, passage: str):
    assert veto(claim, passage) is None


@pytest.mark.parametrize(
    ("claim", "passage", "rule"),
    [
        ("Harlow beat Kesby 2-1.", "Kesby beat Harlow 2-1.", "relation.swapped"),
        ("Twelve boats sank off Orrin.", "Seven boats sank off Orrin, not twelve.", "factuality.corrected"),
    ],
)
def test_a_clash_of_the_whole_passage_forbids_support(claim: str, passage: str, rule: str):
    assert veto(claim, passage) == rule

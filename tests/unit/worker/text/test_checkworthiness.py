import pytest

from tests.unit.worker.model_fixtures import a_statement

FACTS = [
    "The bridge opened in 1932.",
    "Anna Vik won the race.",
    "Two people died.",
    "The minister resigned.",
    "The striker scored twice.",
    "Hellesund quit.",
    "Prices rose.",
    "The dam burst.",
    "Nine dead in Lysvik fire",
    "Lysvik council rejects harbour plan",
    "She resigned.",
    "Moe won.",
    "It snowed.",
    "The tower is 80 metres tall.",
    "It was the worst flood since 1953.",
    "“It was the best day of my life,” Vik said.",
    "“We deserve far better than this.”",
    "The council should sell the harbour by 2030, Anna Vik said.",
]
NO_FACTS = {
    "a question": "Should the council sell the harbour?",
    "an exclamation": "What a wonderful evening it was.",
    "a matter of taste": "The food was delicious.",
    "a judgement of a person": "The mayor was charming.",
    "a demand": "The council should sell the harbour.",
    "an order": "Sell the harbour now.",
    "an appeal": "Let us hope the rain stops.",
    "a saying": "You can never be too careful.",
    "the writer's voice": "We deserve better.",
    "the writer's heart": "I love this town.",
    "a stance": "Honestly, nobody knows why.",
    "a link": "Read more about the election.",
    "a button": "Click here to subscribe.",
    "a greeting": "Good morning from Lysvik.",
    "a caption": "Photo: Anna Vik",
    "a word": "Advertisement",
    "a short wish": "Well done.",
    "a short order": "Subscribe now.",
    "a short thank": "Many thanks.",
    "a short heading": "More stories",
    "a headline without a verb": "Fire in Lysvik",
    "a long headline without a verb": "New mayor of Lysvik in trouble with the council",
    "a byline": "By Anna Vik",
    "an embargo": "Embargoed until 6 a.m. on Oct. 3",
    "the time of an entry": "18:20 CEST",
    "a credit": "(Reporting by Anna Vik in Ostheim)",
    "a note of correction": "An earlier version of this story said that 41 people drowned.",
}


@pytest.mark.parametrize("text", FACTS)
def test_what_an_archive_could_bear_out_is_checked(text: str):
    assert a_statement(text).checkable


@pytest.mark.parametrize("text", NO_FACTS.values(), ids=NO_FACTS)
def test_what_no_archive_could_bear_out_is_left_alone(text: str):
    assert not a_statement(text).checkable

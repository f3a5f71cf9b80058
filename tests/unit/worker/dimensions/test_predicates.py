import pytest

from tests.unit.worker.model_fixtures import parsed
from worker.dimensions.events.predicates import Mood, Predicate, aligned, find_predicates, opposed


def predicate(text: str, lemma: str) -> Predicate:
    (found,) = [p for p in find_predicates(parsed(text)) if p.lemma == lemma]
    return found


@pytest.mark.parametrize(
    ("text", "lemma", "mood"),
    [
        ("The council approved the plan.", "approve", Mood.FACT),
        ("The council has approved the plan.", "approve", Mood.FACT),
        ("The council will approve the plan.", "approve", Mood.PLAN),
        ("The council must approve the plan.", "approve", Mood.PLAN),
        ("The council may approve the plan.", "approve", Mood.POSSIBLE),
        ("If the council approves the plan, work starts.", "approve", Mood.POSSIBLE),
        ("The club reportedly bought the stadium.", "buy", Mood.POSSIBLE),
        ("The club wants to buy the stadium.", "buy", Mood.PLAN),
        ("The firm plans to cut jobs.", "cut", Mood.PLAN),
        ("There is no plan to close the school.", "close", Mood.PLAN),
        ("The firm was forced to cut jobs.", "cut", Mood.FACT),
    ],
)
def test_a_verb_is_told_as_fact_as_plan_or_as_possible(text: str, lemma: str, mood: Mood):
    assert predicate(text, lemma).mood is mood


@pytest.mark.parametrize(
    ("text", "lemma", "negated"),
    [
        ("The council approved the plan.", "approve", False),
        ("The council has not approved the plan.", "approve", True),
        ("She never resigned.", "resign", True),
        ("No passengers survived the crash.", "survive", True),
        ("The council refused to approve the plan.", "approve", True),
        ("The council failed to approve the plan.", "approve", True),
        ("There is no plan to close the school.", "close", True),
        ("The club has yet to pay the fine.", "pay", True),
        ("The club has to pay the fine.", "pay", False),
        ("The club approved no plan.", "approve", True),
    ],
)
def test_a_denial_is_heard_at_the_verb_and_above_it(text: str, lemma: str, negated: bool):
    assert predicate(text, lemma).negated is negated


@pytest.mark.parametrize(
    ("text", "lemma", "passive", "subject"),
    [
        ("The council approved the plan.", "approve", False, "council"),
        ("The plan was approved by the council.", "approve", True, "plan"),
        ("The council met and approved the plan.", "approve", False, "council"),
        ("The club wants to buy the stadium.", "buy", False, "club"),
    ],
)
def test_a_verb_knows_its_subject_and_its_voice(text: str, lemma: str, passive: bool, subject: str):
    found = predicate(text, lemma)
    assert found.passive is passive
    assert found.subject is not None
    assert parsed(text).tokens[found.subject].text == subject


@pytest.mark.parametrize(
    ("text", "lemma", "done"),
    [
        ("The club bought the stadium.", "buy", True),
        ("The club has bought the stadium.", "buy", True),
        ("The stadium was bought in May.", "buy", True),
        ("The club buys the stadium.", "buy", False),
        ("The club will buy the stadium.", "buy", False),
    ],
)
def test_past_and_perfect_forms_are_done(text: str, lemma: str, done: bool):
    assert predicate(text, lemma).done is done


@pytest.mark.parametrize(
    ("text", "lemma"), [("The festival was called off.", "call off"), ("The race takes place in May.", "take place")]
)
def test_a_verb_keeps_the_particle_it_means_nothing_without(text: str, lemma: str):
    assert predicate(text, lemma).lemma == lemma


def test_a_predicate_s_span_holds_its_helping_words():
    text = "The council has not approved the plan."
    found = predicate(text, "approve")
    assert text[found.start : found.end] == "has not approved"


def test_verbs_of_one_meaning_align_and_opposite_ones_do_not():
    adopted, passed = predicate("They adopted it.", "adopt"), predicate("They passed it.", "pass")
    rejected = predicate("They rejected it.", "reject")
    assert aligned(adopted, passed)
    assert opposed(adopted, rejected)
    assert not aligned(adopted, rejected)
    assert not opposed(adopted, passed)

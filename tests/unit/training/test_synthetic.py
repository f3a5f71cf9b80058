"""Pairs made from articles: what keeps a sentence's meaning, what changes it, and what the pairs are called."""

import random
from collections import Counter

import pytest

from training.synthetic import changes
from training.synthetic.pairs import pairs, plain_sentences

AROUND = changes.Around(["Ann Lee", "Hallein", "Salzburg", "Tom Weber"], ["painted"], ["harbour"])


def changed(change: changes.Change, sentence: str) -> set[str | None]:
    return {change(sentence, random.Random(seed), AROUND) for seed in range(30)}


@pytest.mark.parametrize(
    ("change", "sentence", "becomes"),
    [
        (changes.date_form, "It opened on Feb. 9.", "It opened on 9 February."),
        (changes.number_form, "It has seven doors.", "It has 7 doors."),
        (changes.number_form, "It cost 3,000 crowns.", "It cost 3000 crowns."),
        (changes.rounded, "It drew 2,943 people.", "It drew nearly 3,000 people."),
        (changes.scale_form, "It cost $1.2 billion.", "It cost $1,200 million."),
        (changes.shortened, "The United Nations met.", "The UN met."),
        (changes.passive, "Ann Lee praised Tom Weber.", "Tom Weber was praised by Ann Lee."),
        (changes.without_aside, "The bridge, which cost a lot, opened.", "The bridge opened."),
        (changes.start_at_end, "On Monday, the bridge opened.", "The bridge opened on Monday."),
    ],
)
def test_the_same_said_otherwise(change: changes.Change, sentence: str, becomes: str):
    assert becomes in changed(change, sentence)


@pytest.mark.parametrize(
    ("change", "sentence", "becomes"),
    [
        (changes.other_day, "It opened on Feb. 9.", "It opened on Feb. 10."),
        (changes.other_scale, "It cost 3 million.", "It cost 3 billion."),
        (changes.other_bound, "It drew more than 60 people.", "It drew fewer than 60 people."),
        (changes.opposite, "Sales rose last year.", "Sales fell last year."),
        (changes.denied, "The bridge was closed.", "The bridge was not closed."),
        (changes.denied, "The bridge was not closed.", "The bridge was closed."),
        (changes.parties_swapped, "Ann Lee praised Tom Weber.", "Tom Weber praised Ann Lee."),
        (changes.other_name, "There Hallein won.", "There Salzburg won."),
        (changes.other_verb, "She opened the bridge.", "She painted the bridge."),
        (changes.other_thing, "She opened the bridge.", "She opened the harbour."),
        (changes.told_as_fact, "It may be closed.", "It is closed."),
    ],
)
def test_another_thing_said(change: changes.Change, sentence: str, becomes: str):
    assert becomes in changed(change, sentence)


@pytest.mark.parametrize("change", [*changes.SAME_MEANING, *changes.OTHER_MEANING, *changes.DOUBTFUL])
def test_a_sentence_with_nothing_to_change_is_left_alone(change: changes.Change):
    assert changed(change, "Rain.") == {None}


def articles(count: int = 60) -> list[tuple[str, str]]:
    """Reports of one make, each with names, days and figures of its own."""
    towns = ["Hallein", "Salzburg", "Linz", "Graz", "Villach"]
    return [
        (
            f"New bridge of {towns[n % 5]} opened on Monday by the mayor",
            f"The council of {towns[n % 5]} approved the bridge on March {n % 27 + 1}. "
            f"More than {n + 20} people came to {towns[n % 5]} when the mayor opened it on Monday. "
            f"Later the governor said that {towns[(n + 1) % 5]} has {n + 3} bridges and wants another one. "
            f"The bridge is the largest of the valley and was built by {n + 30} workers in four years.",
        )
        for n in range(count)
    ]


def test_pairs_are_the_same_for_the_same_seed():
    assert list(pairs(articles(), 4, seed=1)) == list(pairs(articles(), 4, seed=1))
    assert list(pairs(articles(), 4, seed=1)) != list(pairs(articles(), 4, seed=2))


def test_no_label_is_rare_and_a_false_pair_differs_from_its_passage():
    made = list(pairs(articles(), 4, seed=1))
    shares = Counter(pair.label for pair in made)
    assert min(shares.values()) > len(made) * 0.04
    assert set(shares) == {"entailment", "neutral", "contradiction", "not_entailment"}
    assert all(p.hypothesis not in p.premise for p in made if p.label in {"contradiction", "not_entailment"})


def test_page_furniture_and_fragments_are_no_sentences_to_learn_from():
    assert plain_sentences("Click here.\nSubscribe to our letter and read it every day.\nThe end") == [""] * 3

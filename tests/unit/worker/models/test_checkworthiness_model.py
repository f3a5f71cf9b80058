"""The packaged classifier of claims and opinions, with the packaged sentence encoder."""

import json
from functools import cache
from pathlib import Path

import pytest

from factcheck.errors import ModelUnusable
from factcheck.settings import PACKAGED_MODELS
from worker.models.checkworthiness_model import WEIGHTS, LinearCheckworthiness
from worker.models.sentence_encoder import SentenceEncoder


@cache
def encoder() -> SentenceEncoder:
    return SentenceEncoder(PACKAGED_MODELS / "encoder", 1)


@pytest.mark.parametrize(
    "text",
    [
        "The new stand is an eyesore, and everybody knows it.",
        "What on earth were the planners thinking?",
        "Nothing warms the heart like a brass band on a cold morning.",
        "Bring an umbrella, and bring your friends.",
        "We can only hope that the club comes to its senses.",
    ],
)
def test_opinions_are_no_claims(text: str):
    assert LinearCheckworthiness(encoder()).opinions([text]) == [True]


@pytest.mark.parametrize(
    "text",
    [
        "The new stand cost 4.2 million euros.",
        "Mayor Lena Brandt called the plan an eyesore.",
        "The council meets on Tuesday.",
        "It was the longest strike since 1998.",
        "The bank expects prices to fall next year.",
        "No one was hurt in the fire.",
    ],
)
def test_facts_are_claims_also_where_they_sound_like_opinions(text: str):
    assert LinearCheckworthiness(encoder()).opinions([text]) == [False]


def test_no_texts_have_no_answers():
    assert LinearCheckworthiness(encoder()).opinions([]) == []


@pytest.mark.parametrize("content", ["", "{}", '{"format": 99}', '{"format": 1, "coefficients": "x"}'])
def test_damaged_weights_are_refused_with_their_path(tmp_path: Path, content: str):
    path = tmp_path / "weights.json"
    path.write_text(content)
    with pytest.raises(ModelUnusable, match=r"weights\.json"):
        LinearCheckworthiness(encoder(), path)


def test_the_weights_fit_the_encoder():
    raw = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert 0.5 < raw["bar"] < 1.0
    assert len(LinearCheckworthiness(encoder()).probabilities(["Prices rose."])) == 1

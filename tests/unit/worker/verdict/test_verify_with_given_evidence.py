"""A claim against given evidence, with models that count shared words."""

import json
from pathlib import Path
from typing import Any

import pytest

from factcheck.errors import ModelUnusable
from tests.unit.worker.model_fixtures import a_kit
from worker.models.ports import Models
from worker.verdict.verify_with_given_evidence import FORMAT, LABELS, load_weights, packaged_weights, read, verify

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


def test_a_figure_that_the_evidence_never_names_weighs_against_support(models: Models):
    right = verify("Its owner paid 300 crowns for the repair.", [FERRY], models)
    wrong = verify("Its owner paid 400 crowns for the repair.", [FERRY], models)
    assert wrong.supported < right.supported - 0.1
    assert wrong.contradicted > 5 * right.contradicted


def test_the_end_of_a_long_text_is_read():
    filler = " ".join(f"The council met for the {n}th time." for n in range(400))
    assert verify(HARBOUR, [f"{filler} {HARBOUR}"], a_kit()).supported > 0.9


def test_a_claim_without_sentence_marks_is_read_in_pieces():
    shown = read("the harbour bridge opened " * 100, [HARBOUR], a_kit())
    assert len(shown) == 3


def weights(**changes: Any) -> dict[str, Any]:
    row = {"intercept": 0.0, "coefficients": [1.0]}
    features = [{"name": "similarity*sentences", "mean": 0.0, "scale": 1.0}]
    return {"format": FORMAT, "features": features, "labels": dict.fromkeys(LABELS, row), **changes}


def test_the_packaged_weights_name_features_of_this_build():
    features = read(HARBOUR, [HARBOUR], a_kit())[0]
    assert sum(packaged_weights().probabilities(features)) == pytest.approx(1.0)


UNUSABLE = {
    "another format": (weights(format=99), "has format 99"),
    "a feature of another build": (weights(features=[{"name": "moon", "mean": 0, "scale": 1}]), "moon"),
    "a coefficient too few": (weights(features=[]), "cannot be read"),
    "no labels": (weights(labels={}), "cannot be read"),
}


@pytest.mark.parametrize(("raw", "message"), UNUSABLE.values(), ids=UNUSABLE)
def test_unusable_weights_are_refused_with_the_reason(tmp_path: Path, raw: Any, message: str):
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(ModelUnusable, match=message):
        load_weights(path)

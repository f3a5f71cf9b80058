import json
from pathlib import Path
from typing import Any

import pytest

from factcheck.errors import ModelUnusable
from factcheck.verdict import Label
from worker.evidence.features import FEATURES
from worker.verdict.label_classifier import FORMAT, LABELS, load_label_classifier
from worker.verdict.packaged_judge import WEIGHTS, packaged_judge


def regressions(**changes: Any) -> dict[str, Any]:
    row = {"intercept": 0.0, "coefficients": [1.0]}
    return {
        "features": [{"name": "words", "mean": 0.0, "scale": 1.0}],
        "labels": {label.value: row for label in LABELS},
        **changes,
    }


def weights(**changes: Any) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "name": "tiny",
        "costs": {"supported": {"unverified": 1.0}},
        "corrected_false_alarm": 0.0,
        "by_unread": [regressions()],
        **changes,
    }


def written(folder: Path, raw: Any) -> Path:
    path = folder / "weights.json"
    path.write_text(raw if isinstance(raw, str) else json.dumps(raw), encoding="utf-8")
    return path


def test_weights_are_read(tmp_path: Path):
    judge = load_label_classifier(written(tmp_path, weights()), frozenset(FEATURES))
    assert judge.name() == "tiny"
    assert set(judge.probabilities({"words": 0.5}, unread=0).values()) == {0.25}


def test_the_packaged_weights_fit_this_build():
    assert WEIGHTS.is_file()
    assert packaged_judge().name()


def of(**changes: Any) -> dict[str, Any]:
    """Weights whose one regression is changed."""
    return weights(by_unread=[regressions(**changes)])


UNUSABLE = {
    "no JSON": ("{", "cannot be read"),
    "another format": (weights(format=99), "has format 99"),
    "a feature of another build": (of(features=[{"name": "moon", "mean": 0, "scale": 1}]), "moon"),
    "a coefficient too few": (of(features=[]), "cannot be read"),
    "a scale of nothing": (of(features=[{"name": "words", "mean": 0, "scale": 0}]), "cannot be read"),
    "no labels": (of(labels=[]), "cannot be read"),
    "no regression": (weights(by_unread=[]), "cannot be read"),
    "a list": ([], "cannot be read"),
}


@pytest.mark.parametrize(("raw", "message"), UNUSABLE.values(), ids=UNUSABLE)
def test_unusable_weights_are_refused_with_the_reason(tmp_path: Path, raw: Any, message: str):
    with pytest.raises(ModelUnusable, match=message):
        load_label_classifier(written(tmp_path, raw), frozenset(FEATURES))


def test_missing_weights_are_refused(tmp_path: Path):
    with pytest.raises(ModelUnusable, match="cannot be read"):
        load_label_classifier(tmp_path / "nowhere.json", frozenset(FEATURES))


def test_unverified_is_always_allowed(tmp_path: Path):
    judge = load_label_classifier(written(tmp_path, weights()), frozenset(FEATURES))
    assert judge.cheapest(dict.fromkeys(LABELS, 0.25), frozenset()) is Label.UNVERIFIED


def test_a_false_alarm_costs_its_own_where_a_value_corrects_the_claim(tmp_path: Path):
    costs = {"contradicted": {"supported": 4.0, "unverified": 4.0}, "unverified": {"contradicted": 1.0}}
    raw = weights(costs=costs, corrected_false_alarm=2.0)
    judge = load_label_classifier(written(tmp_path, raw), frozenset(FEATURES))
    likely = {Label.SUPPORTED: 0.0, Label.CONTRADICTED: 0.7, Label.DISPUTED: 0.0, Label.UNVERIFIED: 0.3}
    allowed = frozenset({Label.CONTRADICTED})
    assert judge.cheapest(likely, allowed) is Label.UNVERIFIED
    assert judge.cheapest(likely, allowed, is_corrected=True) is Label.CONTRADICTED


def test_each_number_of_unread_passages_has_weights_of_its_own(tmp_path: Path):
    labels = regressions()["labels"] | {"unverified": {"intercept": 9.0, "coefficients": [1.0]}}
    judge = load_label_classifier(
        written(tmp_path, weights(by_unread=[regressions(), regressions(labels=labels)])), frozenset(FEATURES)
    )
    unverified = [judge.probabilities({"words": 0.5}, unread)[Label.UNVERIFIED] for unread in (0, 1, 2)]
    assert unverified[0] == 0.25
    assert unverified[1] == unverified[2] > 0.9

from typing import Any

import pytest

from worker.verdict.softmax_regression import regression_of

CLASSES = ("yes", "no")


def weights(*names: str, **changes: Any) -> dict[str, Any]:
    row = {"intercept": 0.0, "coefficients": [1.0] * len(names)}
    against = {"intercept": 0.0, "coefficients": [-1.0] * len(names)}
    features = [{"name": name, "mean": 1.0, "scale": 2.0} for name in names]
    return {"features": features, "labels": {"yes": row, "no": against}, **changes}


def test_probabilities_sum_to_one_in_the_order_of_the_classes():
    yes, no = regression_of(weights("heat"), CLASSES).probabilities({"heat": 3.0})
    assert yes + no == pytest.approx(1.0)
    assert yes == pytest.approx(0.881, abs=1e-3)  # a margin of 2 in log-odds


def test_a_product_is_the_product_of_its_features():
    regression = regression_of(weights("heat", "heat*wind"), CLASSES)
    assert regression.standardised({"heat": 3.0, "wind": 5.0}) == [1.0, 7.0]


def test_features_and_factors_of_another_build_are_named():
    assert regression_of(weights("heat", "heat*moon"), CLASSES).unknown({"heat"}) == {"moon"}


def test_a_missing_feature_is_an_error():
    with pytest.raises(KeyError, match="heat"):
        regression_of(weights("heat"), CLASSES).probabilities({})


@pytest.mark.parametrize("changes", [{"labels": {}}, {"labels": []}, {"features": []}, {"features": {}}])
def test_weights_that_do_not_fit_are_refused(changes: dict[str, Any]):
    with pytest.raises((ValueError, LookupError)):
        regression_of(weights("heat", **changes), CLASSES)

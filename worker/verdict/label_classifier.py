"""The fitted judge: a multinomial logistic regression over a claim's features, and costs that select the label.

`training/judge` writes the weights as JSON, with a card. The file has its format, the features with mean and scale, a
coefficient for each label and feature, and the cost of each mistake.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path

from factcheck.errors import ModelUnusable
from factcheck.verdict import Label
from worker.models.weights_file import reading_weights
from worker.verdict.softmax_regression import SoftmaxRegression, dot_product, regression_of

FORMAT = 1
LABELS = (Label.SUPPORTED, Label.CONTRADICTED, Label.DISPUTED, Label.UNVERIFIED)

Costs = Mapping[Label, Mapping[Label, float]]
"""Predicted label → true label → cost. Missing pairs cost 0."""


@dataclass(frozen=True, slots=True)
class DifferingValueWeights:
    """Of claims with a value that differs: a coefficient a feature, and what a false alarm costs where it corrects the claim (0: as
    elsewhere)."""

    coefficients: tuple[float, ...]
    intercept: float
    false_alarm: float


@dataclass(frozen=True, slots=True)
class JudgeWeights:
    """`regression` has the classes `LABELS`, in their order."""

    name: str
    regression: SoftmaxRegression
    costs: Costs
    conflict: DifferingValueWeights | None


class LabelClassifier:
    """Features of a claim → probability of each label → the label with the lowest expected cost."""

    def __init__(self, weights: JudgeWeights) -> None:
        self._weights = weights
        self._costs_where_corrected = _with_false_alarm(weights)

    def name(self) -> str:
        """Name and version of the weights, as the report shows them."""
        return self._weights.name

    def probabilities(self, features: Mapping[str, float]) -> dict[Label, float]:
        """Sum to 1. `features` must hold every feature that the weights name."""
        return dict(zip(LABELS, self._weights.regression.probabilities(features), strict=True))

    def conflict_probability(self, features: Mapping[str, float]) -> float:
        """Probability that a differing value makes the claim wrong. Fitted only on claims with such a value."""
        w = self._weights
        if w.conflict is None:
            return 0.0
        row = w.regression.standardised(features)
        logit = w.conflict.intercept + dot_product(w.conflict.coefficients, row)
        return 1.0 / (1.0 + exp(-logit))

    def cheapest(
        self, probabilities: Mapping[Label, float], allowed: frozenset[Label], is_corrected: bool = False
    ) -> Label:
        """The label among `allowed` with the lowest expected cost; `unverified` is always allowed."""
        costs = self.costs(probabilities, is_corrected)
        return min((label for label in LABELS if label in allowed or label is Label.UNVERIFIED), key=costs.__getitem__)

    def costs(self, probabilities: Mapping[Label, float], is_corrected: bool = False) -> dict[Label, float]:
        """The expected cost of each label. `is_corrected`: a passage's value corrects the claim."""
        costs = self._costs_where_corrected if is_corrected else self._weights.costs
        return {
            said: sum(costs.get(said, {}).get(true, 0.0) * p for true, p in probabilities.items()) for said in LABELS
        }


def load_label_classifier(path: Path, known: frozenset[str]) -> LabelClassifier:
    """Reads the weights. `known` are the features that this build computes.

    Raises:
        ModelUnusable: the file is missing, damaged, of another format, or names features of another build.
    """
    with reading_weights(path, FORMAT) as raw:
        weights = _weights(raw)
    if foreign := weights.regression.unknown(known):
        raise ModelUnusable(f"{path} names features that this build does not compute: {', '.join(sorted(foreign))}")
    return LabelClassifier(weights)


def _weights(raw: Mapping[str, object]) -> JudgeWeights:
    regression = regression_of(raw, [label.value for label in LABELS])
    conflict = _conflict(raw.get("conflict"))
    if conflict and len(conflict.coefficients) != len(regression.features):
        raise ValueError("conflict needs a coefficient for each feature")
    return JudgeWeights(str(raw["name"]), regression, _costs(raw["costs"]), conflict)


def _with_false_alarm(weights: JudgeWeights) -> Costs:
    """The costs of claims that a passage's value corrects."""
    if weights.conflict is None or not weights.conflict.false_alarm:
        return weights.costs
    calm = {Label.SUPPORTED, Label.UNVERIFIED}
    return {
        said: {
            true: weights.conflict.false_alarm if true in calm and said not in calm else cost
            for true, cost in row.items()
        }
        for said, row in weights.costs.items()
    }


def _conflict(raw: object) -> DifferingValueWeights | None:
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise ValueError("conflict must be an object")
    coefficients = tuple(float(c) for c in raw["coefficients"])
    return DifferingValueWeights(coefficients, float(raw["intercept"]), float(raw.get("false_alarm", 0.0)))


def _costs(raw: object) -> Costs:
    if not isinstance(raw, dict):
        raise ValueError("costs must be an object")
    return {Label(said): {Label(true): float(cost) for true, cost in row.items()} for said, row in raw.items()}

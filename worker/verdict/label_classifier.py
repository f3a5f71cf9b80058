"""The fitted judge: multinomial logistic regressions over a claim's features, and costs that select the label.

`training/judge` writes the weights as JSON. The file has its format, the cost of each mistake, and a regression for each number
of passages that may stay unread: the features with mean and scale, a coefficient for each label and feature.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from pathlib import Path

from factcheck.errors import ModelUnusable
from factcheck.verdict import Label
from worker.models.weights_file import reading_weights
from worker.verdict.softmax_regression import SoftmaxRegression, dot_product, regression_of

FORMAT = 2
LABELS = (Label.SUPPORTED, Label.CONTRADICTED, Label.DISPUTED, Label.UNVERIFIED)

Costs = Mapping[Label, Mapping[Label, float]]
"""Predicted label → true label → cost. Missing pairs cost 0."""


@dataclass(frozen=True, slots=True)
class DifferingValueWeights:
    """Of claims with a value that differs: a coefficient a feature."""

    coefficients: tuple[float, ...]
    intercept: float


@dataclass(frozen=True, slots=True)
class Regressions:
    """`labels` has the classes `LABELS`, in their order; `conflict` the features of `labels`."""

    labels: SoftmaxRegression
    conflict: DifferingValueWeights | None


@dataclass(frozen=True, slots=True)
class JudgeWeights:
    """`by_unread[n]` is for claims with `n` unread passages, the last one for more. A false alarm costs `corrected_false_alarm`
    where a passage's value corrects the claim (0: as elsewhere)."""

    name: str
    by_unread: tuple[Regressions, ...]
    costs: Costs
    corrected_false_alarm: float


class LabelClassifier:
    """Features of a claim → probability of each label → the label with the lowest expected cost."""

    def __init__(self, weights: JudgeWeights) -> None:
        self._weights = weights
        self._costs_where_corrected = _with_false_alarm(weights)

    def name(self) -> str:
        """Name and version of the weights, as the report shows them."""
        return self._weights.name

    def probabilities(self, features: Mapping[str, float], unread: int) -> dict[Label, float]:
        """Sum to 1. `features` must hold every feature that the weights name; `unread` passages were not read."""
        return dict(zip(LABELS, self._regressions(unread).labels.probabilities(features), strict=True))

    def conflict_probability(self, features: Mapping[str, float], unread: int) -> float:
        """Probability that a differing value makes the claim wrong. Fitted only on claims with such a value."""
        regressions = self._regressions(unread)
        if regressions.conflict is None:
            return 0.0
        row = regressions.labels.standardised(features)
        logit = regressions.conflict.intercept + dot_product(regressions.conflict.coefficients, row)
        return 1.0 / (1.0 + exp(-logit))

    def _regressions(self, unread: int) -> Regressions:
        stages = self._weights.by_unread
        return stages[min(unread, len(stages) - 1)]

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
    foreign = {name for stage in weights.by_unread for name in stage.labels.unknown(known)}
    if foreign:
        raise ModelUnusable(f"{path} names features that this build does not compute: {', '.join(sorted(foreign))}")
    return LabelClassifier(weights)


def _weights(raw: Mapping[str, object]) -> JudgeWeights:
    stages = raw["by_unread"]
    if not isinstance(stages, list) or not stages:
        raise ValueError("by_unread must be a list of regressions")
    corrected = float(str(raw["corrected_false_alarm"]))
    return JudgeWeights(str(raw["name"]), tuple(map(_regressions, stages)), _costs(raw["costs"]), corrected)


def _regressions(raw: object) -> Regressions:
    if not isinstance(raw, dict):
        raise ValueError("a regression must be an object")
    labels = regression_of(raw, [label.value for label in LABELS])
    conflict = _conflict(raw.get("conflict"))
    if conflict and len(conflict.coefficients) != len(labels.features):
        raise ValueError("conflict needs a coefficient for each feature")
    return Regressions(labels, conflict)


def _with_false_alarm(weights: JudgeWeights) -> Costs:
    """The costs of claims that a passage's value corrects."""
    if not weights.corrected_false_alarm:
        return weights.costs
    calm = {Label.SUPPORTED, Label.UNVERIFIED}
    return {
        said: {
            true: weights.corrected_false_alarm if true in calm and said not in calm else cost
            for true, cost in row.items()
        }
        for said, row in weights.costs.items()
    }


def _conflict(raw: object) -> DifferingValueWeights | None:
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise ValueError("conflict must be an object")
    return DifferingValueWeights(tuple(float(c) for c in raw["coefficients"]), float(raw["intercept"]))


def _costs(raw: object) -> Costs:
    if not isinstance(raw, dict):
        raise ValueError("costs must be an object")
    return {Label(said): {Label(true): float(cost) for true, cost in row.items()} for said, row in raw.items()}

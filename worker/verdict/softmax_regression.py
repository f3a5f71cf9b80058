"""Multinomial logistic regression over named, standardised features. `training/judge` fits the weights.

A feature named `a*b` is the product of two others: how much a reading weighs may depend on how alike the texts are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import exp, prod


@dataclass(frozen=True, slots=True)
class SoftmaxRegression:
    """`coefficients` has shape `[classes, features]`, `intercepts` `[classes]`; `means` and `scales` standardise a feature each."""

    features: tuple[str, ...]
    means: tuple[float, ...]
    scales: tuple[float, ...]
    coefficients: tuple[tuple[float, ...], ...]
    intercepts: tuple[float, ...]

    def probabilities(self, features: Mapping[str, float]) -> list[float]:
        """One per class; they sum to 1. Raises `KeyError` where a feature is missing."""
        row = self.standardised(features)
        logits = [
            intercept + dot_product(coefficients, row)
            for coefficients, intercept in zip(self.coefficients, self.intercepts, strict=True)
        ]
        powers = [exp(logit - max(logits)) for logit in logits]
        return [power / sum(powers) for power in powers]

    def standardised(self, features: Mapping[str, float]) -> list[float]:
        """The features in the order of the weights, each less its mean, over its scale."""
        return [
            (value_of(name, features) - mean) / scale
            for name, mean, scale in zip(self.features, self.means, self.scales, strict=True)
        ]

    def unknown(self, known: Collection[str]) -> set[str]:
        """Features, factors of products included, that are not among `known`."""
        return {factor for name in self.features for factor in name.split("*")} - set(known)


def value_of(name: str, features: Mapping[str, float]) -> float:
    """The feature `name`, or where it is `a*b` the product of both."""
    return prod(features[factor] for factor in name.split("*"))


def regression_of(raw: Mapping[str, object], classes: Sequence[str]) -> SoftmaxRegression:
    """The regression in a weights file: `features` are objects of name, mean and scale, `labels` hold an object of intercept and
    coefficients for each class. Raises `ValueError`, `KeyError` or `TypeError` where something is missing or does not fit."""
    rows, labels = raw["features"], raw["labels"]
    if not isinstance(rows, list) or not isinstance(labels, dict):
        raise ValueError("features must be a list, labels an object")
    regression = SoftmaxRegression(
        features=tuple(str(row["name"]) for row in rows),
        means=tuple(float(row["mean"]) for row in rows),
        scales=tuple(float(row["scale"]) for row in rows),
        coefficients=tuple(tuple(float(c) for c in labels[name]["coefficients"]) for name in classes),
        intercepts=tuple(float(labels[name]["intercept"]) for name in classes),
    )
    if any(len(row) != len(rows) for row in regression.coefficients) or 0.0 in regression.scales:
        raise ValueError("a coefficient for each feature and scales above 0 are needed")
    return regression


def dot_product(coefficients: Sequence[float], row: Sequence[float]) -> float:
    """The sum of the products. Raises `ValueError` where the lengths differ."""
    return sum(c * x for c, x in zip(coefficients, row, strict=True))

"""A fitted regression as its weights file holds it; `worker.verdict.softmax_regression.regression_of` reads it."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def members(
    names: Iterable[str],
    means: Floats,
    scales: Floats,
    labels: Iterable[str],
    coefficients: Floats,
    intercepts: Floats,
) -> dict[str, Any]:
    """The members `features` and `labels`: mean and scale of each of `names`, shape [features]; coefficients, shape [labels,
    features], and intercepts, shape [labels]; rounded to six digits. Coefficients of further labels are left out."""
    rows = zip(names, means.tolist(), scales.tolist(), strict=True)
    return {
        "features": [{"name": name, "mean": round(mean, 6), "scale": round(scale, 6)} for name, mean, scale in rows],
        "labels": {
            label: {
                "intercept": round(float(intercepts[at]), 6),
                "coefficients": [round(float(c), 6) for c in coefficients[at]],
            }
            for at, label in enumerate(labels)
        },
    }

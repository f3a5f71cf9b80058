"""Pairs a second of two models, in turns, so that a noisy machine slows both alike."""

import time
from statistics import median

from factcheck.ports import EntailmentModel

_ROUNDS = 12
_PAIRS = 32
# With the hypothesis below this makes 64 word pieces, three of them marks.
_PREMISE = " ".join(["the harbour council met on a day"] * 7)
_HYPOTHESIS = "the council met at the harbour on that day again"


def ratios(baseline: EntailmentModel, model: EntailmentModel) -> dict[str, float]:
    """Median pairs a second of both, and the median of their ratios."""
    batch = [(_PREMISE, _HYPOTHESIS)] * _PAIRS
    rates: list[tuple[float, float]] = []
    for turn in range(_ROUNDS + 1):
        pair = (_rate(baseline, batch), _rate(model, batch))
        if turn:  # the first warms up
            rates.append(pair)
    return {
        "baseline_pairs_s": round(median(b for b, _ in rates), 1),
        "model_pairs_s": round(median(m for _, m in rates), 1),
        "ratio": round(median(m / b for b, m in rates), 3),
    }


def _rate(model: EntailmentModel, batch: list[tuple[str, str]]) -> float:
    began = time.perf_counter()
    model.judge(batch)
    return len(batch) / (time.perf_counter() - began)

"""The judge with the packaged weights."""

from functools import cache
from pathlib import Path

from worker.evidence.features import FEATURES
from worker.verdict.judge import VetoingJudge
from worker.verdict.label_classifier import load_label_classifier

WEIGHTS = Path(__file__).parent / "weights.json"


@cache
def packaged_judge() -> VetoingJudge:
    """The judge, loaded once per process.

    Raises:
        ModelUnusable: see `load_label_classifier`.
    """
    return VetoingJudge(load_label_classifier(WEIGHTS, frozenset(FEATURES)))

"""The judge with the packaged weights."""

from functools import cache
from pathlib import Path

from worker.evidence.features import FEATURES
from worker.verdict.judge import EvidenceJudge
from worker.verdict.label_classifier import load_judge

WEIGHTS = Path(__file__).parent / "weights.json"


@cache
def packaged_judge() -> EvidenceJudge:
    """The judge, loaded once per process.

    Raises:
        ModelUnusable: see `load_judge`.
    """
    return EvidenceJudge(load_judge(WEIGHTS, frozenset(FEATURES)))

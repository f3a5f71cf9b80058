"""The entailment model: premise, claim → entails, contradicts, says nothing."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from factcheck.errors import ModelUnusable
from factcheck.ports import Entailed
from worker.models.onnx import Floats, OnnxEncoder

LIMIT_TOKENS = 192


class OnnxEntailment:
    """Implements the port `Entailment`. Logits come in the order entailment, neutral, contradiction (see the model card)."""

    def __init__(self, folder: Path, threads: int) -> None:
        self._encoder = OnnxEncoder(folder, threads, LIMIT_TOKENS)
        self._name = folder.name
        if self._encoder.encode([("a", "b")])[0].shape != (3,):
            raise ModelUnusable(f"the model in {folder} does not answer three logits a pair")

    def name(self) -> str:
        """The folder's name."""
        return self._name

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Entailed]:
        """Premise, hypothesis → probabilities that sum to 1."""
        return [_softmax(row) for row in self._encoder.encode(pairs)]


def _softmax(logits: Floats) -> Entailed:
    powers = np.exp(logits - logits.max())
    entails, neutral, contradicts = (powers / powers.sum()).tolist()
    return Entailed(supported=entails, unverified=neutral, contradicted=contradicts)

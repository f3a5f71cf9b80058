"""The entailment model: premise and hypothesis → probabilities of entailment, contradiction and neutral."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from factcheck.errors import ModelUnusable
from factcheck.ports import EntailmentScores
from worker.models.answer_cache import AnswerCache
from worker.models.onnx import Floats, OnnxEncoder
from worker.models.weights_file import reading_weights

LIMIT_TOKENS = 192
_CACHE = 20_000


class OnnxEntailment:
    """Implements the port `Entailment`. The model's logits are entailment, neutral, contradiction (see the model card).

    `folder` holds `model.onnx`, `tokenizer.json` and optionally `calibration.json` with {"temperature": number above 0}, by
    which the logits are divided.

    Raises: `ModelUnusable` if a file is missing or invalid, or the model does not return three logits per pair.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        self._temperature = _temperature(folder / "calibration.json")
        self._encoder = OnnxEncoder(folder, threads, LIMIT_TOKENS)
        self._name = folder.name
        self._answers: AnswerCache[tuple[str, str], EntailmentScores] = AnswerCache(_CACHE)
        if self._encoder.encode([("a", "b")])[0].shape != (3,):
            raise ModelUnusable(f"the model in {folder} does not answer three logits a pair")

    def name(self) -> str:
        """The folder's name."""
        return self._name

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[EntailmentScores]:
        """(premise, hypothesis) → probabilities that sum to 1. Caches the last 20,000 pairs."""
        return self._answers.answers(pairs, self._read)

    def _read(self, pairs: list[tuple[str, str]]) -> list[EntailmentScores]:
        return [_softmax(row / self._temperature) for row in self._encoder.encode(pairs)]


def _temperature(path: Path) -> float:
    """The temperature; 1.0 without a file."""
    if not path.exists():
        return 1.0
    with reading_weights(path) as raw:
        temperature = float(raw["temperature"])
    if not 0.0 < temperature < 100.0:
        raise ModelUnusable(f"{path}: a temperature lies between 0 and 100, not at {temperature}")
    return temperature


def _softmax(logits: Floats) -> EntailmentScores:
    powers = np.exp(logits - logits.max())
    entails, neutral, contradicts = (powers / powers.sum()).tolist()
    return EntailmentScores(supported=entails, unverified=neutral, contradicted=contradicts)

"""Sentence vectors: how close in meaning two texts are."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from worker.models.answer_cache import AnswerCache
from worker.models.onnx import Floats, OnnxEncoder

_CACHE = 20_000


class SentenceEncoder:
    """Unit vectors of 384 dimensions (bge-small-en-v1.5, first token's state); remembers the last 20,000 texts (30 MB)."""

    def __init__(self, folder: Path, threads: int) -> None:
        self._encoder = OnnxEncoder(folder, threads, 128)
        self._memory: AnswerCache[str, Floats] = AnswerCache(_CACHE)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Shape `[len(texts), 384]`, float32, each row of length 1."""
        rows = self._memory.answers(texts, self._encoded)
        return np.stack(rows) if rows else np.zeros((0, 384), np.float32)

    def _encoded(self, texts: list[str]) -> list[Floats]:
        return [_unit(row[0] if row.ndim == 2 else row) for row in self._encoder.encode(texts)]


def _unit(row: Floats) -> Floats:
    return row / np.linalg.norm(row)

"""Which passage speaks of the same thing: a sentence encoder (fast, one text at a time) and a cross-encoder (exact, a pair)."""

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from worker.models.onnx import Floats, OnnxEncoder

_CACHE = 20_000


class SentenceEncoder:
    """Unit vectors of 384 dimensions (bge-small-en-v1.5, first token's state); remembers the last 20,000 texts (30 MB)."""

    def __init__(self, folder: Path, threads: int) -> None:
        self._encoder = OnnxEncoder(folder, threads, 128)
        self._known: OrderedDict[str, Floats] = OrderedDict()

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Shape `[len(texts), 384]`, float32, each row of length 1."""
        missing = list(dict.fromkeys(t for t in texts if t not in self._known))
        for text, row in zip(missing, self._encoder.encode(missing), strict=True):
            first = row[0] if row.ndim == 2 else row
            self._known[text] = first / np.linalg.norm(first)
        rows = np.stack([self._known[t] for t in texts]) if texts else np.zeros((0, 384), np.float32)
        while len(self._known) > _CACHE:
            self._known.popitem(last=False)
        return rows


class CrossEncoder:
    """Relevance of a passage to a query, a logit (ms-marco-MiniLM-L-12-v2): above 0 means that it answers it.

    Remembers the last 20,000 pairs: the clauses of one sentence ask about the same ones, and so do edited drafts.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        self._encoder = OnnxEncoder(folder, threads, 192)
        self._known: OrderedDict[tuple[str, str], float] = OrderedDict()

    def relevance(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Query, passage → logit, about -11 to 11, in the order given."""
        missing = list(dict.fromkeys(p for p in pairs if p not in self._known))
        for pair, row in zip(missing, self._encoder.encode(missing), strict=True):
            self._known[pair] = float(row[0])
        logits = [self._known[p] for p in pairs]
        while len(self._known) > _CACHE:
            self._known.popitem(last=False)
        return logits

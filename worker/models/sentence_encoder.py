"""Sentence vectors, whose cosine measures similarity of meaning."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from factcheck.ports import PassageEmbeddingCodes
from worker.models.answer_cache import AnswerCache
from worker.models.onnx import Floats, OnnxEncoder
from worker.models.vector_quantizer import VectorQuantizer

_CACHE = 4_000
_PASSAGE_CACHE = 20_000
_WIDTH = 384


class SentenceEncoder:
    """Unit vectors of 384 dimensions (bge-small-en-v1.5, state of the first token). Caches the last 4,000 texts (6 MB)."""

    def __init__(self, folder: Path, threads: int) -> None:
        self._encoder = OnnxEncoder(folder, threads, 128)
        self._memory: AnswerCache[str, Floats] = AnswerCache(_CACHE)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Shape `[len(texts), 384]`, float32, each row of length 1."""
        return _stacked(self._memory.answers(texts, self._encoded))

    def fresh_vectors(self, texts: Sequence[str]) -> Floats:
        """As `vectors`, bypassing the cache."""
        return _stacked(self._encoded(list(texts)))

    def _encoded(self, texts: list[str]) -> list[Floats]:
        return [_unit(row[0] if row.ndim == 2 else row) for row in self._encoder.encode(texts)]


class PassageEncoder:
    """Vectors of archive passages, decoded from their codes. Encodes passages without a stored code.

    Caches the codes of the last 20,000 passages (8 MB). New passages are encoded and decoded too, so that a verdict does not
    depend on whether a code was stored.
    """

    def __init__(self, encoder: SentenceEncoder, code: VectorQuantizer, stored: PassageEmbeddingCodes | None) -> None:
        self._encoder = encoder
        self._code = code
        self._stored = stored
        self._memory: AnswerCache[str, bytes] = AnswerCache(_PASSAGE_CACHE)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Shape `[len(texts), 384]`, float32, rows of about unit length."""
        codes = self._memory.answers(texts, self._codes)
        return self._code.decode(codes) if codes else np.zeros((0, _WIDTH), np.float32)

    def store(self, texts: Sequence[str]) -> int:
        """Encodes and stores the texts that have no stored code yet. Returns their number. Raises: `IndexUnavailable`."""
        keys = {self._code.key(text): text for text in texts}
        if self._stored is None or not keys:
            return 0
        known = self._stored.read(list(keys))
        missing = {key: text for key, text in keys.items() if key not in known}
        if missing:
            codes = self._code.encode(self._encoder.fresh_vectors(list(missing.values())))
            self._stored.write(dict(zip(missing, codes, strict=True)))
        return len(missing)

    def _codes(self, texts: list[str]) -> list[bytes]:
        keys = [self._code.key(text) for text in texts]
        found = self._stored.read(keys) if self._stored is not None else {}
        missing = [(key, text) for key, text in zip(keys, texts, strict=True) if key not in found]
        if missing:
            fresh = self._code.encode(self._encoder.fresh_vectors([text for _, text in missing]))
            found |= {key: code for (key, _), code in zip(missing, fresh, strict=True)}
        return [found[key] for key in keys]


def _stacked(rows: list[Floats]) -> Floats:
    return np.stack(rows) if rows else np.zeros((0, _WIDTH), np.float32)


def _unit(row: Floats) -> Floats:
    return row / np.linalg.norm(row)

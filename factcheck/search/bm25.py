"""BM25 over the distributed engine, with the weights of the embedded index."""

from collections.abc import Mapping, Sequence
from math import log
from threading import Lock
from time import monotonic

from factcheck.search.distributed.engine_ports import DocumentFrequencies, EngineReader
from factcheck.search.index_query import RAREST

_CACHE_LIFETIME_S = 600.0
_MAX_CACHED = 50_000
_K1, _B = 1.2, 0.75
_AVERAGE_WORDS = 30.0
"""Average length of a passage with its headline, in news prose. Deviations have little effect on the ranking."""


class Bm25Weights:
    """Inverse document frequencies of query words. Caches frequencies for ten minutes, but never a frequency of 0."""

    def __init__(self, engine: EngineReader) -> None:
        self._engine = engine
        self._lock = Lock()
        self._expiry: tuple[str, float] = ("", 0.0)
        self._cached = DocumentFrequencies(0, {})

    def weights(self, generation: str, words: Sequence[str]) -> dict[str, float]:
        """The rarest of the words that occur, with their inverse document frequency."""
        known = self._frequencies(generation, words)
        rarest = sorted((count, word) for word in words if (count := known.of.get(word, 0)))[:RAREST]
        return {word: log(1 + (known.passages - count + 0.5) / (count + 0.5)) for count, word in rarest}

    def _frequencies(self, generation: str, words: Sequence[str]) -> DocumentFrequencies:
        with self._lock:
            cached_generation, until = self._expiry
            stale = cached_generation != generation or monotonic() > until or len(self._cached.of) > _MAX_CACHED
            cached = DocumentFrequencies(0, {}) if stale else self._cached
        missing = [word for word in words if word not in cached.of]
        if not missing:
            return cached
        fetched = self._engine.frequencies(generation, missing)
        passages = max(cached.passages, fetched.passages)
        found = DocumentFrequencies(
            passages, {**cached.of, **{word: count for word, count in fetched.of.items() if count}}
        )
        with self._lock:
            self._cached = found
            if stale:
                self._expiry = (generation, monotonic() + _CACHE_LIFETIME_S)
        return found


def bm25(words: Sequence[str], weights: Mapping[str, float]) -> float:
    """BM25 score of a passage, with the constants of the embedded index.

    Source: Robertson and Zaragoza 2009.
    """
    length = _K1 * (1 - _B + _B * len(words) / _AVERAGE_WORDS)
    counts = {word: words.count(word) for word in weights}
    return sum(weights[word] * (_K1 + 1) * count / (count + length) for word, count in counts.items() if count)

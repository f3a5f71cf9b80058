"""How much a word says, and BM25 as the embedded index reckons it, for passages that another engine found."""

from collections.abc import Mapping, Sequence
from math import log
from threading import Lock
from time import monotonic

from factcheck.search.distributed.engine import EngineReader, Frequencies
from factcheck.search.index_query import RAREST

_KEPT_S = 600.0
_MOST_KEPT = 50_000
_K1, _B = 1.2, 0.75
_AVERAGE_WORDS = 30.0
"""A passage with its headline, in news prose; what is longer or shorter than this weighs little."""


class Bm25Weights:
    """Which of a query's words to look for. Frequencies are kept for ten minutes, but never that a word is unknown."""

    def __init__(self, engine: EngineReader) -> None:
        self._engine = engine
        self._lock = Lock()
        self._fresh: tuple[str, float] = ("", 0.0)
        self._known = Frequencies(0, {})

    def weights(self, generation: str, words: Sequence[str]) -> dict[str, float]:
        """The rarest of those words that occur, with their inverse document frequency."""
        known = self._frequencies(generation, words)
        rarest = sorted((count, word) for word in words if (count := known.of.get(word, 0)))[:RAREST]
        return {word: log(1 + (known.passages - count + 0.5) / (count + 0.5)) for count, word in rarest}

    def _frequencies(self, generation: str, words: Sequence[str]) -> Frequencies:
        with self._lock:
            kept_for, until = self._fresh
            stale = kept_for != generation or monotonic() > until or len(self._known.of) > _MOST_KEPT
            held = Frequencies(0, {}) if stale else self._known
        missing = [word for word in words if word not in held.of]
        if not missing:
            return held
        asked = self._engine.frequencies(generation, missing)
        passages = max(held.passages, asked.passages)
        found = Frequencies(passages, {**held.of, **{word: count for word, count in asked.of.items() if count}})
        with self._lock:
            self._known = found
            if stale:
                self._fresh = (generation, monotonic() + _KEPT_S)
        return found


def bm25(words: Sequence[str], weights: Mapping[str, float]) -> float:
    """Robertson and Zaragoza 2009, with the constants of the embedded index."""
    length = _K1 * (1 - _B + _B * len(words) / _AVERAGE_WORDS)
    counts = {word: words.count(word) for word in weights}
    return sum(weights[word] * (_K1 + 1) * count / (count + length) for word, count in counts.items() if count)

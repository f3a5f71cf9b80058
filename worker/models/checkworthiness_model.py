"""Classifier for sentences that state no claim: opinions, questions, exhortations, page furniture.

A logistic regression over the sentence vector and a few patterns, fitted by `training/checkable/fit.py`.
"""

import re
from collections.abc import Sequence
from math import exp
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from worker.models.weights_file import reading_weights

FORMAT = 1
WEIGHTS = Path(__file__).parent / "checkworthiness.json"
# Patterns that sentence vectors represent poorly. Each adds one input.
_COUNTED = (
    r"\d",
    r"\?\W*$",
    r"!\W*$",
    r"\b(?:i|we|you|our|your|my|us|me)\b",
    r"\b(?:should|ought|must|let|need to)\b",
    r"\b(?:said|says|told|according to|announced|reported|asked|called for|warned|urged|denied|promised|thanked|refused)\b",
    r"[“\"«]",
    r"\b(?:may|might|could|would|perhaps|maybe)\b",
    r"\b(?:jan|feb|mar|apr|june?|july?|aug|sept?|oct|nov|dec|mon|tues|wednes|thurs|fri|satur|sun)(?:\.|[a-z]*day|[a-z]*\b)",
    r"(?<=[a-z,] )[A-Z][a-z]+",
    r"\b(?:best|worst|most|more than|less than|least|never|always)\b",
)
_PATTERNS = tuple(re.compile(pattern) if "[A-Z]" in pattern else re.compile(pattern, re.I) for pattern in _COUNTED)
_SCALE = 0.3
"""Input for a matching pattern. On the scale of differences between sentence vectors, so that regularisation affects both alike."""


class _Encoder(Protocol):
    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]: ...


def counted(text: str) -> list[float]:
    """One input per pattern: `_SCALE` if it matches, else 0."""
    return [_SCALE * (pattern.search(text) is not None) for pattern in _PATTERNS]


def _is_latin(text: str) -> bool:
    """True if most letters are Latin. The encoder is not trained on other scripts."""
    letters = [c for c in text if c.isalpha()]
    return 2 * sum(c < "\u0250" for c in letters) > len(letters)


def inputs(texts: Sequence[str], encoder: _Encoder) -> npt.NDArray[np.float64]:
    """The classifier's inputs. Shape: `[len(texts), d + patterns]`."""
    words = np.array([counted(text) for text in texts], dtype=np.float64)
    return np.concatenate([encoder.vectors(texts).astype(np.float64), words], axis=1)


class LinearCheckworthiness:
    """The packaged classifier over an encoder's vectors."""

    def __init__(self, encoder: _Encoder, weights: Path = WEIGHTS) -> None:
        """Raises: `ModelUnusable` if the weights cannot be read."""
        with reading_weights(weights, FORMAT) as raw:
            self._coefficients = np.array(raw["coefficients"], dtype=np.float64)
            self._intercept, self._bar = float(raw["intercept"]), float(raw["bar"])
        self._encoder = encoder

    def probabilities(self, texts: Sequence[str]) -> list[float]:
        """Probability for each text that it states no claim."""
        odds = inputs(texts, self._encoder) @ self._coefficients + self._intercept
        return [1.0 / (1.0 + exp(-value)) for value in odds.tolist()]

    def opinions(self, texts: Sequence[str]) -> list[bool]:
        """True for texts that almost certainly state no claim. Rejects 1 % of checkable texts, and none in other scripts."""
        if not texts:
            return []
        return [p > self._bar and _is_latin(text) for text, p in zip(texts, self.probabilities(texts), strict=True)]

"""The loaded models, as the steps use them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from factcheck.ports import Entailment
from worker.syntax import Parsed


class Parser(Protocol):
    """Text → syntax."""

    def parse(self, texts: Sequence[str]) -> list[Parsed]:
        """One result a text, in the order given."""


class Encoder(Protocol):
    """Text → meaning."""

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Shape `[len(texts), d]`, unit rows."""


class Relevance(Protocol):
    """Does a passage speak of a claim?"""

    def relevance(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Claim, passage → logit."""


@dataclass(frozen=True, slots=True)
class Kit:
    """One a process. Thread-safe: a check retrieves for its next claims while it judges those at hand."""

    parser: Parser
    encoder: Encoder
    relevance: Relevance
    entailment: Entailment
    retrieval: str

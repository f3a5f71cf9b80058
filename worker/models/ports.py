"""The loaded models, as the steps use them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from factcheck.ports import EntailmentModel
from worker.text.syntax import Parser


class TextEncoder(Protocol):
    """Text → meaning."""

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Shape `[len(texts), d]`, unit rows."""


class Checkworthiness(Protocol):
    """Tells claims from opinions, questions, exhortations and page furniture."""

    def opinions(self, texts: Sequence[str]) -> list[bool]:
        """Which sentences are surely no claims."""


@dataclass(frozen=True, slots=True)
class Models:
    """One a process. Thread-safe: a check retrieves for its next claims while it judges those at hand.

    `encoder` is for claims and parts of sentences, `passages` for sentences of the archive, whose vectors are stored.
    """

    parser: Parser
    encoder: TextEncoder
    passages: TextEncoder
    entailment: EntailmentModel
    checkworthiness: Checkworthiness
    retrieval: str

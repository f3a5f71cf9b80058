"""Ports of the models that the steps use."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from factcheck.ports import EntailmentModel
from worker.text.syntax import Parser


class TextEncoder(Protocol):
    """Encodes texts as vectors."""

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Shape `[len(texts), d]`, unit rows."""


class CheckworthinessClassifier(Protocol):
    """Separates claims from opinions, questions, exhortations and page furniture."""

    def opinions(self, texts: Sequence[str]) -> list[bool]:
        """True for sentences that almost certainly state no claim."""


@dataclass(frozen=True, slots=True)
class Models:
    """The models of a process. Thread-safe: a check retrieves for its next claims while it judges the current ones.

    `encoder` is for claims and parts of sentences, `passages` for sentences of the archive, whose vectors are stored.
    """

    parser: Parser
    encoder: TextEncoder
    passages: TextEncoder
    entailment: EntailmentModel
    checkworthiness: CheckworthinessClassifier
    retrieval: str

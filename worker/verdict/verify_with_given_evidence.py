"""Checks a claim against given evidence, sentence by sentence.

Long evidence is not truncated: the model reads the sentences most similar to the claim's, and those that together have most
of its words. Its scores are combined with features of the words, which a model of this size overlooks: a figure or name that
the evidence lacks, words that never occur together. `training.judge.given_evidence` fits the weights.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, log
from pathlib import Path
from statistics import fmean

from factcheck.errors import ModelUnusable
from factcheck.ports import EntailmentScores
from factcheck.sentences import pieces, split_sentences
from worker.models.ports import Models
from worker.models.weights_file import reading_weights
from worker.verdict.softmax_regression import SoftmaxRegression, regression_of
from worker.verdict.word_overlap import WordOverlap, align, covering, read_evidence

FORMAT = 1
LABELS = ("supported", "contradicted", "unverified")
WEIGHTS = Path(__file__).parent / "given_evidence_weights.json"

# Number of most similar sentences that form one premise, and of those that are read alone, too.
_TOGETHER, _ALONE = 3, 2
_WORD = re.compile(r"\w")
# Parsing time grows with the square of a sentence's length.
_LONGEST_CHARS = 1_000
_LEAST_PROBABILITY = 2e-3
_LEAST = 1e-6

EvidenceReading = Mapping[str, float]
"""Features of one sentence of a claim, by name: those of `FEATURES`."""

FEATURES: Mapping[str, str] = {
    "entailment": "mean log-odds of entailment by the premises of several sentences",
    "entailment_most": "highest log-odds of entailment by any premise, single sentences included",
    "contradiction": "mean log-odds of contradiction",
    "contradiction_most": "highest log-odds of contradiction",
    "neutral": "mean log-odds of neither",
    "neutral_least": "lowest log-odds of neither",
    "similarity": "highest cosine with a sentence of the evidence, in [-1, 1]",
    "pairs": "share of the word pairs that occur in one sentence of the evidence, in [0, 1]",
    "figures": "1: has a figure that the evidence lacks",
    "names": "1: has a name that the evidence lacks",
    "denied": "1: negates something, and the evidence does not",
    "missing": "share of the content words that the evidence lacks, in [0, 1]",
    "missing_names": "share of the names that the evidence lacks, in [0, 1]",
    "content": "logarithm of 1 + the number of content words",
    "sentences": "logarithm of the number of sentences of the evidence",
}


def verify(claim: str, evidence: Sequence[str], models: Models) -> EntailmentScores:
    """Probabilities for the claim given the evidence; they sum to 1. Without evidence, all but `unverified` is 0.

    Of several sentences, support is the geometric mean, so that one without it counts most; contradiction is the highest.

    Raises:
        ModelUnusable: the weights are missing or damaged.
    """
    sentences = [packaged_weights().probabilities(features) for features in read(claim, evidence, models)]
    if not sentences:
        return EntailmentScores(supported=0.0, unverified=1.0, contradicted=0.0)
    supported = exp(fmean(log(max(probability, _LEAST)) for probability, _, _ in sentences))
    contradicted = min(max(probability for _, probability, _ in sentences), 1.0 - supported)
    unverified = max(0.0, 1.0 - supported - contradicted)
    return EntailmentScores(supported=supported, unverified=unverified, contradicted=contradicted)


@cache
def packaged_weights() -> SoftmaxRegression:
    """The weights, read once per process. Raises `ModelUnusable` as `load_weights` does."""
    return load_weights(WEIGHTS)


def load_weights(path: Path) -> SoftmaxRegression:
    """The regression in a file that `training.judge.given_evidence` wrote; its classes are `LABELS`.

    Raises:
        ModelUnusable: the file is missing, damaged, of another format, or names features of another build.
    """
    with reading_weights(path, FORMAT) as raw:
        weights = regression_of(raw, LABELS)
    if foreign := weights.unknown(FEATURES):
        raise ModelUnusable(f"{path} names features that this build does not compute: {', '.join(sorted(foreign))}")
    return weights


def read(claim: str, evidence: Sequence[str], models: Models) -> list[EvidenceReading]:
    """The features of each sentence of the claim, in order; [] if claim or evidence has no words."""
    passages = [text[a:b] for text in evidence for a, b in split_sentences(text)]
    parts = _sentences(claim)
    if not passages or not parts:
        return []
    vectors = models.encoder.vectors([*parts, *passages])
    similarity: list[list[float]] = (vectors[: len(parts)] @ vectors[len(parts) :].T).tolist()
    told = read_evidence(passages)
    joined = [_joined(passages, row, covering(part, told, row)) for part, row in zip(parts, similarity, strict=True)]
    alone = [[passages[i] for i in _most_similar(row, _ALONE)] for row in similarity]
    premises = [[*several, *single] for several, single in zip(joined, alone, strict=True)]
    answers = iter(
        models.entailment.judge([(premise, part) for part, row in zip(parts, premises, strict=True) for premise in row])
    )
    return [
        _features([next(answers) for _ in row], len(several), align(parsed, told, alike), alike)
        for row, several, parsed, alike in zip(premises, joined, models.parser.parse(parts), similarity, strict=True)
    ]


def _sentences(claim: str) -> list[str]:
    """The claim's sentences. A dot between spaces also ends one, as in tokenised texts."""
    whole = [claim[a:b] for c, d in split_sentences(claim) for a, b in pieces(claim, c, d, _LONGEST_CHARS)]
    parts = [part.strip() for text in whole for part in re.split(r"(?<=\s[.!?])\s+", text)]
    return [part for part in parts if _WORD.search(part)]


def _most_similar(similarity: Sequence[float], count: int) -> list[int]:
    return sorted(range(len(similarity)), key=lambda i: -similarity[i])[:count]


def _joined(passages: Sequence[str], similarity: Sequence[float], covering: Sequence[int]) -> list[str]:
    """The most similar sentences, and those that cover the claim's words, each joined in the order of the evidence."""
    likeliest = sorted(_most_similar(similarity, _TOGETHER))
    return list(dict.fromkeys(" ".join(passages[i] for i in chosen) for chosen in (likeliest, covering)))


def _features(
    judged: Sequence[EntailmentScores], joined: int, found: WordOverlap, similarity: Sequence[float]
) -> EvidenceReading:
    """The first `joined` of the judged premises are of several sentences."""
    entailed = [_logit(scores.supported) for scores in judged]
    refuted = [_logit(scores.contradicted) for scores in judged]
    neutral = [_logit(scores.unverified) for scores in judged]
    return {
        "entailment": fmean(entailed[:joined]),
        "entailment_most": max(entailed),
        "contradiction": fmean(refuted[:joined]),
        "contradiction_most": max(refuted),
        "neutral": fmean(neutral[:joined]),
        "neutral_least": min(neutral),
        "similarity": max(similarity),
        "pairs": found.pairs,
        "figures": found.figures,
        "names": found.names,
        "denied": found.denied,
        "missing": found.missing,
        "missing_names": found.missing_names,
        "content": log(1 + found.content),
        "sentences": log(len(similarity)),
    }


def _logit(probability: float) -> float:
    sure = min(max(probability, _LEAST_PROBABILITY), 1.0 - _LEAST_PROBABILITY)
    return log(sure / (1.0 - sure))

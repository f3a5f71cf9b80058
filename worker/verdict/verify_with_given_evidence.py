"""Checks a claim against given evidence, sentence by sentence.

Long evidence is not truncated: the model reads the sentences most similar to the claim's, and those that together have most
of its words. Its scores are combined with features of the words, which a model of this size overlooks: a figure or name that
the evidence lacks, words that never occur together.
"""

import re
from collections.abc import Mapping, Sequence
from math import exp, log
from statistics import fmean

from factcheck.ports import EntailmentScores
from factcheck.sentences import pieces, split_sentences
from worker.models.ports import Models
from worker.verdict.word_overlap import WordOverlap, align, covering, read_evidence

# Number of most similar sentences that form one premise.
_TOGETHER = 3
_WORD = re.compile(r"\w")
# Parsing time grows with the square of a sentence's length.
_LONGEST_CHARS = 1_000

EvidenceReading = Mapping[str, float]
"""Features of one sentence of a claim, by name. The tables below have their weights."""

# Weights and intercept of the log-odds of support. Fitted by logistic regression on summaries and on claims about science
# and climate; all kinds have equal weight and balanced classes. Word features have 0.6 of their fitted weight, which costs
# nothing on average and leaves more to the model.
_SUPPORT: EvidenceReading = {
    "entailed": 0.41, "refuted": -0.2, "likeness": 2.13, "pairs": 0.53, "figures": -0.76, "names": -0.59, "denied": -0.65,
}  # fmt: skip
_SUPPORT_BEGINS = -1.79
# Weights of the log-odds of contradiction against neutral evidence, without support. Fitted on the claims about science and
# climate. A model trained on pairs takes sentences about something else for contradictions, so similarity weighs most.
_REFUTED: EvidenceReading = {"refuted": 0.44, "silent": -0.25, "likeness": 8.84, "pairs": 1.0}
_REFUTED_BEGINS = -7.0
# Weight of the least entailed sentence; the mean of all has the rest.
_WEAKEST = 0.75


def verify(claim: str, evidence: Sequence[str], models: Models) -> EntailmentScores:
    """Probabilities for the claim given the evidence; they sum to 1. Without evidence, all but `unverified` is 0.

    Support for a claim of several sentences is mostly that of the least entailed one, contradiction that of the worst.
    """
    shown = read(claim, evidence, models)
    if not shown:
        return EntailmentScores(supported=0.0, unverified=1.0, contradicted=0.0)
    supported = _probability(_weighed(_of_all(shown), _SUPPORT, _SUPPORT_BEGINS))
    nli_contradiction = _probability(max(_weighed(one, _REFUTED, _REFUTED_BEGINS) for one in shown))
    contradicted = (1.0 - supported) * nli_contradiction
    unverified = max(0.0, 1.0 - supported - contradicted)
    return EntailmentScores(supported=supported, unverified=unverified, contradicted=contradicted)


def read(claim: str, evidence: Sequence[str], models: Models) -> list[EvidenceReading]:
    """The features of each sentence of the claim, in order; [] if claim or evidence has no words."""
    passages = [text[a:b] for text in evidence for a, b in split_sentences(text)]
    parts = _sentences(claim)
    if not passages or not parts:
        return []
    vectors = models.encoder.vectors([*parts, *passages])
    similarity: list[list[float]] = (vectors[: len(parts)] @ vectors[len(parts) :].T).tolist()
    told = read_evidence(passages)
    premises = [
        _premises(passages, row, covering(part, told, row)) for part, row in zip(parts, similarity, strict=True)
    ]
    answers = iter(
        models.entailment.judge([(premise, part) for part, row in zip(parts, premises, strict=True) for premise in row])
    )
    return [
        _shown([next(answers) for _ in row], align(parsed, told, alike), max(alike))
        for row, parsed, alike in zip(premises, models.parser.parse(parts), similarity, strict=True)
    ]


def _sentences(claim: str) -> list[str]:
    """The claim's sentences. A dot between spaces also ends one, as in tokenised texts."""
    whole = [claim[a:b] for c, d in split_sentences(claim) for a, b in pieces(claim, c, d, _LONGEST_CHARS)]
    parts = [part.strip() for text in whole for part in re.split(r"(?<=\s[.!?])\s+", text)]
    return [part for part in parts if _WORD.search(part)]


def _premises(passages: Sequence[str], similarity: Sequence[float], covering: Sequence[int]) -> list[str]:
    """The most similar sentences, and those that cover the claim's words, each joined in the order of the evidence."""
    likeliest = sorted(sorted(range(len(passages)), key=lambda i: -similarity[i])[:_TOGETHER])
    return list(dict.fromkeys(" ".join(passages[i] for i in chosen) for chosen in (likeliest, covering)))


def _shown(judged: Sequence[EntailmentScores], found: WordOverlap, similarity: float) -> EvidenceReading:
    return {
        "entailed": fmean(_logit(j.supported) for j in judged),
        "refuted": fmean(_logit(j.contradicted) for j in judged),
        "silent": fmean(_logit(j.unverified) for j in judged),
        "likeness": similarity,
        "figures": found.figures,
        "names": found.names,
        "denied": found.denied,
        "pairs": found.pairs,
    }


def _of_all(shown: Sequence[EvidenceReading]) -> EvidenceReading:
    """The mean over the sentences; for entailment, the lowest counts extra."""
    means = {name: fmean(one[name] for one in shown) for name in shown[0]}
    least = min(one["entailed"] for one in shown)
    return {**means, "entailed": _WEAKEST * least + (1.0 - _WEAKEST) * means["entailed"]}


def _weighed(shown: EvidenceReading, weights: EvidenceReading, begin: float) -> float:
    return begin + sum(weight * shown[name] for name, weight in weights.items())


def _logit(probability: float) -> float:
    sure = min(max(probability, 2e-3), 1.0 - 2e-3)
    return log(sure / (1.0 - sure))


def _probability(odds: float) -> float:
    return 1.0 / (1.0 + exp(-odds))

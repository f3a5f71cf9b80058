"""A claim against given evidence: sentence by sentence, each against the sentences that are most like it.

A long text is not cut off: what is likest a sentence of the claim, and what together has most of its words, is read whole.
What the entailment model finds there is weighed with what the words alone show: a figure or a name that the evidence lacks,
words that never meet in it. A model of this size overlooks both.
"""

import re
from collections.abc import Mapping, Sequence
from math import exp, log
from statistics import fmean

from factcheck.ports import EntailmentScores
from factcheck.sentences import pieces, split_sentences
from worker.models.ports import Models
from worker.verdict.word_overlap import WordOverlap, align, covering, read_evidence

# So many of the likeliest sentences are read together.
_TOGETHER = 3
_WORD = re.compile(r"\w")
# Syntax takes time by the square of a sentence's length.
_LONGEST_CHARS = 1_000

EvidenceReading = Mapping[str, float]
"""What one sentence of a claim shows, by name; the names are those of the tables below."""

# What each adds to the logarithm of support's odds, and where the odds begin. Fitted by logistic regression on summaries
# and on claims of science and of climate, all kinds of equal worth, each kind's classes balanced: 0 lies between them. The
# words weigh 0.6 of what was fitted, which costs nothing on average and leaves more to the model.
_SUPPORT: EvidenceReading = {
    "entailed": 0.41, "refuted": -0.2, "likeness": 2.13, "pairs": 0.53, "figures": -0.76, "names": -0.59, "denied": -0.65,
}  # fmt: skip
_SUPPORT_BEGINS = -1.79
# Where the evidence does not support: contradiction's odds against evidence that says nothing on the claim. Fitted on the
# claims of science and of climate. A model trained on pairs calls a sentence about something else a contradiction, so that
# likeness weighs most.
_REFUTED: EvidenceReading = {"refuted": 0.44, "silent": -0.25, "likeness": 8.84, "pairs": 1.0}
_REFUTED_BEGINS = -7.0
# How far the sentence that the evidence entails least counts; the mean of all has the rest.
_WEAKEST = 0.75


def verify(claim: str, evidence: Sequence[str], models: Models) -> EntailmentScores:
    """Probabilities for the claim, given the evidence; they sum to 1. Empty evidence says nothing.

    A claim of several sentences is supported as far as its sentences are, the least entailed counting most; contradicted as
    far as its worst.
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
    """What each sentence of the claim shows, in order; nothing where claim or evidence has no words."""
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
    """The claim's sentences. A dot between spaces ends one too, as in texts that were cut into words."""
    whole = [claim[a:b] for c, d in split_sentences(claim) for a, b in pieces(claim, c, d, _LONGEST_CHARS)]
    parts = [part.strip() for text in whole for part in re.split(r"(?<=\s[.!?])\s+", text)]
    return [part for part in parts if _WORD.search(part)]


def _premises(passages: Sequence[str], similarity: Sequence[float], covering: Sequence[int]) -> list[str]:
    """The likeliest sentences, and those that cover the claim's words, each joined in the order of the evidence."""
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
    """The means of all sentences; what is entailed least pulls that one down."""
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

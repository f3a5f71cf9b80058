"""A claim against given evidence: sentence by sentence, each against the passages that are most like it.

A long text is not cut off: its best windows are read whole. What the claim names and the evidence never does (a figure, a
word) weighs against support, since a model of this size overlooks it.
"""

import re
from collections.abc import Sequence
from math import exp, log
from statistics import fmean

from factcheck.ports import Entailed
from factcheck.sentences import split_sentences
from worker.kit import Kit

# Windows of so many sentences are read, so many of the likeliest, and the likeliest sentences joined.
_WIDTH = 3
_WINDOWS = 2
_TOGETHER = 3
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]{3,}")
# What a figure and a share of words that the evidence lacks take from the odds of support, and where the odds begin.
_FIGURE, _UNSAID, _BEGIN = 2.0, 5.0, 1.5

# The sentence encoder's cosines between which a text begins to be about another.
_UNLIKE, _ALIKE = 0.55, 0.7


def verify(claim: str, evidence: Sequence[str], kit: Kit) -> Entailed:
    """Probabilities for the claim, given the evidence; they sum to 1. Empty evidence says nothing.

    A claim of several sentences is supported as far as its sentences are, the weakest counting most; contradicted as far as
    its worst.
    """
    passages = [text[a:b] for text in evidence for a, b in split_sentences(text)]
    parts = _sentences(claim)
    if not passages or not parts:
        return Entailed(supported=0.0, unverified=1.0, contradicted=0.0)
    vectors = kit.encoder.vectors([*parts, *passages])
    likeness = vectors[: len(parts)] @ vectors[len(parts) :].T
    premises = [_premises(passages, row.tolist()) for row in likeness]
    judged = kit.entailment.judge(
        [(premise, part) for part, row in zip(parts, premises, strict=True) for premise in row]
    )
    answers = iter(judged)
    strongest = [
        _strongest([next(answers) for _ in row], float(alike.max()))
        for row, alike in zip(premises, likeness, strict=True)
    ]
    said = _forms(" ".join(evidence))
    return _together_judged(strongest, [_odds(j, part, said) for j, part in zip(strongest, parts, strict=True)])


def _sentences(claim: str) -> list[str]:
    """The claim's sentences. A dot between spaces ends one too, as in texts that were cut into words."""
    whole = [claim[a:b] for a, b in split_sentences(claim)]
    parts = [part.strip() for text in whole for part in re.split(r"(?<=\s[.!?])\s+", text)]
    return [part for part in parts if _WORD.search(part)]


def _premises(passages: Sequence[str], likeness: Sequence[float]) -> list[str]:
    """The windows around the likeliest sentences, and the likeliest sentences in the order of the text."""
    best = sorted(range(len(passages)), key=lambda i: -likeness[i])
    windows: list[tuple[int, int]] = []
    for i in best:
        start = max(0, min(i - _WIDTH // 2, len(passages) - _WIDTH))
        if all(abs(start - other) >= 2 for other, _ in windows):
            windows.append((start, start + _WIDTH))
        if len(windows) == _WINDOWS:
            break
    together = " ".join(passages[i] for i in sorted(best[:_TOGETHER]))
    return list(dict.fromkeys([passages[best[0]], *(" ".join(passages[a:b]) for a, b in windows), together]))


def _strongest(judged: Sequence[Entailed], likeness: float) -> Entailed:
    """Support is the strongest of any premise; contradiction counts where nothing supports, and the evidence is about it.

    A model trained on pairs calls a sentence of something else a contradiction: cosines of such lie below 0.6.
    """
    supported = max(j.supported for j in judged)
    about = min(1.0, max(0.0, (likeness - _UNLIKE) / (_ALIKE - _UNLIKE)))
    contradicted = max(j.contradicted for j in judged) * (1.0 - supported) * about
    return _shares(supported, contradicted)


def _forms(text: str) -> set[str]:
    return {_stem(word) for word in _WORD.findall(text.lower())}


def _stem(word: str) -> str:
    """A figure without its commas; a word's first six letters, so that its endings count as one."""
    return word.replace(",", "") if word[0].isdigit() else word[:6]


def _odds(judged: Entailed, part: str, said: set[str]) -> float:
    """The logarithm of support's odds, less what the evidence never says."""
    words = _WORD.findall(part.lower())
    missing = [word for word in words if _stem(word) not in said]
    figures = sum(word[0].isdigit() for word in missing)
    sure = min(max(judged.supported, 1e-3), 1.0 - 1e-3)
    lost = _UNSAID * len(missing) / max(1, len(words)) + _FIGURE * figures
    odds: float = log(sure / (1.0 - sure)) + _BEGIN - lost
    return odds


def _together_judged(judged: Sequence[Entailed], odds: Sequence[float]) -> Entailed:
    """Half the mean of the sentences, half the weakest; contradiction has what support leaves."""
    supported = 1.0 / (1.0 + exp(-(fmean(odds) + min(odds)) / 2))
    contradicted = max(j.contradicted / max(1e-6, 1.0 - j.supported) for j in judged)
    return _shares(supported, contradicted * (1.0 - supported))


def _shares(supported: float, contradicted: float) -> Entailed:
    return Entailed(supported=supported, contradicted=contradicted, unverified=max(0.0, 1.0 - supported - contradicted))

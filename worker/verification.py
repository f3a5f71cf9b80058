"""A claim against given evidence: sentence by sentence, each against the passages that are most like it.

A long text is not cut off: its best windows are read whole. What the claim names and the evidence never does (a figure, a
word) weighs against support, since a model of this size overlooks it.
"""

import re
from collections.abc import Sequence
from math import exp, log

from factcheck.ports import Entailed
from factcheck.sentences import split_sentences
from worker.kit import Kit

# Windows of so many sentences are read, so many of the likeliest, and the likeliest sentences joined.
_WIDTH = 3
_WINDOWS = 2
_TOGETHER = 3
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]{3,}")
# What a figure and a share of words that the evidence lacks take from the odds of support: bench/RESULTS.md.
_FIGURE, _UNSAID = 1.0, 2.0


def verify(claim: str, evidence: Sequence[str], kit: Kit) -> Entailed:
    """Probabilities for the claim, given the evidence; they sum to 1. Empty evidence says nothing.

    A claim of several sentences is supported as far as its weakest sentence, contradicted as far as its worst.
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
    said = _forms(" ".join(evidence))
    return _weakest([
        _weighed(_strongest([next(answers) for _ in row]), part, said) for part, row in zip(parts, premises, strict=True)
    ])  # fmt: skip


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


def _strongest(judged: Sequence[Entailed]) -> Entailed:
    """Support is the strongest of any premise; contradiction counts where nothing supports."""
    supported = max(j.supported for j in judged)
    contradicted = max(j.contradicted for j in judged) * (1.0 - supported)
    return _shares(supported, contradicted)


def _forms(text: str) -> set[str]:
    return {_stem(word) for word in _WORD.findall(text.lower())}


def _stem(word: str) -> str:
    """A figure without its commas; a word's first six letters, so that its endings count as one."""
    return word.replace(",", "") if word[0].isdigit() else word[:6]


def _weighed(judged: Entailed, part: str, said: set[str]) -> Entailed:
    """Support, less what the evidence never says."""
    words = _WORD.findall(part.lower())
    figures = [w for w in words if w[0].isdigit()]
    missing = [w for w in words if _stem(w) not in said]
    unsaid = len(missing) / max(1, len(words))
    lost = _FIGURE * sum(w in missing for w in figures) + _UNSAID * unsaid
    if lost == 0.0:
        return judged
    sure = min(max(judged.supported, 1e-4), 1.0 - 1e-4)
    supported = 1.0 / (1.0 + exp(lost - log(sure / (1.0 - sure))))
    return _shares(supported, min(judged.contradicted, 1.0 - supported))


def _weakest(judged: Sequence[Entailed]) -> Entailed:
    supported = min(j.supported for j in judged)
    return _shares(supported, min(max(j.contradicted for j in judged), 1.0 - supported))


def _shares(supported: float, contradicted: float) -> Entailed:
    return Entailed(supported=supported, contradicted=contradicted, unverified=max(0.0, 1.0 - supported - contradicted))

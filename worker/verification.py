"""A claim against given evidence: the best passages of a long text count, not its first words."""

from collections.abc import Sequence

from factcheck.ports import Entailed
from factcheck.sentences import split_sentences
from worker.kit import Kit

# Passages read one by one, and together in the order of the text.
_ALONE = 4
_TOGETHER = 3


def verify(claim: str, evidence: Sequence[str], kit: Kit) -> Entailed:
    """Probabilities for the claim, given the evidence; they sum to 1. Empty evidence says nothing."""
    passages = [text[a:b] for text in evidence for a, b in split_sentences(text)]
    if not passages or not claim.strip():
        return Entailed(supported=0.0, unverified=1.0, contradicted=0.0)
    premises = _premises(claim, passages, kit)
    return _strongest(kit.entailment.judge([(premise, claim) for premise in premises]))


def _premises(claim: str, passages: list[str], kit: Kit) -> list[str]:
    vectors = kit.encoder.vectors([claim, *passages])
    likeness = (vectors[1:] @ vectors[0]).tolist()
    best = sorted(range(len(passages)), key=lambda i: -likeness[i])
    together = " ".join(passages[i] for i in sorted(best[:_TOGETHER]))
    return [*(passages[i] for i in best[:_ALONE]), together]


def _strongest(judged: list[Entailed]) -> Entailed:
    """Support is the strongest of any premise; contradiction counts where nothing supports."""
    supported = max(j.supported for j in judged)
    contradicted = max(j.contradicted for j in judged) * (1.0 - supported)
    return Entailed(supported=supported, contradicted=contradicted, unverified=max(0.0, 1.0 - supported - contradicted))

"""Where the lines are drawn. Measured on `cases/dev.jsonl` with `make bench-verdicts`; see docs/verdicts.md."""

from dataclasses import dataclass, field
from math import exp


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`silent`, `related`: logits of relevance; the rest in [0, 1]. `sureness` by rule, `otherwise` for rules not listed."""

    silent: float = -4.0
    related: float = -3.0
    supported: float = 0.5
    otherwise: float = 0.5
    agreed: float = 0.35
    margin: float = 0.1
    rival: float = 0.4
    sureness: dict[str, float] = field(default_factory=dict)

    def of(self, rule: str) -> float:
        """How sure a rule's finding must be to raise an alarm."""
        return self.sureness.get(rule, self.otherwise)

    def support(self, relevance: float, likeness: float, entailed: float, values: int) -> float:
        """How strongly passages bear a claim out, once all its values agree: `values` of them, `entailed` in [-1, 1]."""
        weight = 6.0 * (likeness - 0.72) + 0.5 * min(values, 2) + 0.05 * relevance + 0.5 * entailed
        return 1.0 / (1.0 + exp(-2.5 * (weight - 0.6)))

"""Where the lines are drawn. Measured on `cases/dev.jsonl` with `make bench-verdicts`; see docs/verdicts.md."""

from dataclasses import dataclass, field
from math import exp, log


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`silent`, `related`: logits of relevance; the rest in [0, 1]. `score` by rule, `otherwise` for rules not listed."""

    silent: float = -4.0
    related: float = -3.0
    supported: float = 0.68
    otherwise: float = 0.33
    agreed: float = 0.35
    margin: float = 0.1
    apart: float = 0.35
    rival: float = 0.4
    disputed: float = 0.6
    superseding: float = 0.6
    score: dict[str, float] = field(
        default_factory=lambda: {
            "date.differs": 0.42,
            "weekday.differs": 0.4,
            "event.planned": 0.5,
            "word.opposite": 0.4,
            "place.differs": 0.55,
        }
    )

    def of(self, rule: str) -> float:
        """How sure a rule's finding must be to raise an alarm."""
        return self.score.get(rule, self.otherwise)

    def support(
        self, relevance: float, similarity: float, nli_entailment: float, values: int, open_values: int, words: int
    ) -> float:
        """How probably passages bear a claim out: `values` of it agree, `open_values` are not found.

        `nli_entailment`: the entailment model's probability on the best passage; `words`: the claim's, since the likeness of a long
        claim says more than that of a short one. Fitted by logistic regression on 325 claims that raised no alarm,
        cross-validated by article (area under the curve 0.80), then rounded.
        """
        sure = min(max(nli_entailment, 0.01), 0.99)
        weight = 1.9 * similarity + 0.03 * relevance + 0.46 * log(sure / (1.0 - sure)) - 2.6
        weight += 0.75 * min(values, 2) - 0.33 * open_values + 0.14 * min(words, 25)
        return 1.0 / (1.0 + exp(-weight))

    def silence(self, relevance: float) -> float:
        """How probably the corpus says nothing on a claim whose best passage has this relevance.

        Measured: right in 77 % of cases below -7, 51 % below -4, 20 % below 2, 4 % above: there the corpus speaks of the
        matter, and what it says could not be settled.
        """
        return 1.0 / (1.0 + exp(0.28 * (relevance + 5.5)))

    def confidence(self, rule: str) -> float:
        """How often a rule's verdict was right on the development cases, rounded."""
        return _CONFIDENCE.get(rule, 0.84)


_CONFIDENCE = {
    "claim.not-checkable": 0.95,
    "corpus.disagrees": 0.72,
    "account.rival": 0.72,
    "account.denied": 0.72,
    "corpus.superseded": 0.7,
    "corpus.newer": 0.7,
    "number.differs": 0.72,
    "event.negated": 0.72,
    "quote.altered": 0.95,
    "quote.speaker": 0.95,
    "weekday.impossible": 0.95,
    "role.differs": 0.93,
    "place.nationality": 0.93,
    "name.near-miss": 0.93,
    "date.differs": 0.93,
    "weekday.differs": 0.93,
}

"""Computes the judge's features from the evidence on a claim. `FEATURES` documents each; the weights refer to their names.

Logits are cut at ±5.5 (probabilities 0.004 and 0.996). Sums and means run over the passages that were read.
"""

from collections.abc import Callable, Mapping, Sequence
from math import exp, log

from factcheck.publication_date import day_of
from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, SpanValue
from worker.dimensions.relation import Relation
from worker.dimensions.slot_context import overlap
from worker.evidence.claim_evidence import ClaimEvidence, PassageReading, SubstitutionReading

_LEAST = 0.004
# Sharpness of means weighted by similarity: a cosine higher by 0.1 counts 3.3 times.
_SHARPNESS = 12.0
_MOST_WORDS, _MOST_VALUES = 25, 3
_VALUES = frozenset(
    {
        *(ConflictKind.DATE, ConflictKind.WEEKDAY, ConflictKind.DURATION, ConflictKind.ORDINAL),
        *(ConflictKind.NUMBER, ConflictKind.PERCENT, ConflictKind.MONEY),
    }
)


_IDENTITIES = frozenset({ConflictKind.NAME, ConflictKind.ROLE, ConflictKind.PLACE, ConflictKind.RELATION})


def features(evidence: ClaimEvidence) -> dict[str, float]:
    """All of `FEATURES`. `evidence` has at least one reading."""
    return {name: compute(evidence) for name, (_, compute) in FEATURES.items()}


def bears_on(a: SpanValue, b: SpanValue) -> bool:
    """True if two ranges of the claim overlap."""
    return a.start < b.end and b.start < a.end


def agreed(evidence: ClaimEvidence, value: SpanValue) -> bool:
    """True if a passage has this value of the claim. A name within it ("20 °C") is not the value, nor is a part of a figure
    that the parser takes for a verb ("40m")."""
    names = value in evidence.required_names
    is_figure = any(bears_on(value, figure) for figure in evidence.required_values)
    return any(
        a.relation is Relation.AGREE
        and bears_on(a.claim, value)
        and (names or a.kind not in _IDENTITIES)
        and not (is_figure and a.rule.startswith("event."))
        for a in evidence.alignments
    )


def open_substitutions(evidence: ClaimEvidence) -> list[SubstitutionReading]:
    """Substitutions whose value in the claim no passage supports."""
    return [s for s in evidence.substitutions if not agreed(evidence, s.conflict.claim)]


def top_reading(evidence: ClaimEvidence) -> PassageReading:
    """The passage with the strongest verdict on the claim, for or against."""
    return min(evidence.readings, key=lambda reading: reading.scores.unverified)


def _logit(probability: float) -> float:
    sure = min(max(probability, _LEAST), 1.0 - _LEAST)
    return log(sure / (1.0 - sure))


def _supported(evidence: ClaimEvidence) -> list[float]:
    return [r.scores.supported for r in evidence.readings]


def _contradicted(evidence: ClaimEvidence) -> list[float]:
    return [r.scores.contradicted for r in evidence.readings]


def _by_similarity(evidence: ClaimEvidence, values: Sequence[float]) -> float:
    weights = [exp(_SHARPNESS * (r.ranked.similarity - 1.0)) for r in evidence.readings]
    return sum(w * v for w, v in zip(weights, values, strict=True)) / sum(weights)


def _margin(evidence: ClaimEvidence) -> float:
    gaps = [_logit(r.scores.contradicted) - _logit(r.scores.supported) for r in evidence.readings]
    return _by_similarity(evidence, gaps)


def _similarity(evidence: ClaimEvidence) -> float:
    return max(r.ranked.similarity for r in evidence.readings)


def _overlap(evidence: ClaimEvidence) -> float:
    return max(overlap(evidence.statement, r.ranked) for r in evidence.readings)


def _words(evidence: ClaimEvidence) -> float:
    return min(_MOST_WORDS, len(evidence.statement.query.split())) / _MOST_WORDS


def _count(evidence: ClaimEvidence, values: Sequence[SpanValue], is_agreed: bool) -> float:
    return min(_MOST_VALUES, sum(agreed(evidence, v) is is_agreed for v in values))


def _substituted(evidence: ClaimEvidence) -> float:
    return max((s.scores.supported * s.conflict.score for s in open_substitutions(evidence)), default=0.0)


def _gain(evidence: ClaimEvidence) -> float:
    by_rank = {r.ranked.rank: r.scores.supported for r in evidence.readings}
    gains = [_logit(s.scores.supported) - _logit(by_rank[s.conflict.ranked.rank]) for s in open_substitutions(evidence)]
    return max(gains, default=0.0)


def _conflict_score(evidence: ClaimEvidence, of_values: bool) -> float:
    found = [a for a in evidence.alignments if a.relation is Relation.CONFLICT and (a.kind in _VALUES) is of_values]
    return max((a.score for a in found if not (of_values and agreed(evidence, a.claim))), default=0.0)


def contested(
    readings: Sequence[PassageReading], alignments: Sequence[Alignment]
) -> list[tuple[PassageReading, PassageReading]]:
    """Passages with the claim's value, each with one of another story that has another value there."""
    by_rank = {r.ranked.rank: r for r in readings}
    values = [a for a in alignments if a.kind in _VALUES]
    return [
        (by_rank[a.ranked.rank], by_rank[b.ranked.rank])
        for a in values
        for b in values
        if a.relation is Relation.AGREE and b.relation is Relation.CONFLICT and bears_on(a.claim, b.claim)
        if a.ranked.passage.story != b.ranked.passage.story
    ]


def _contested(evidence: ClaimEvidence) -> list[tuple[PassageReading, PassageReading]]:
    return contested(evidence.readings, evidence.alignments)


def _contested_by(evidence: ClaimEvidence, newer: bool) -> float:
    """1 where the report that has another value is newer than the one with the claim's, or not newer."""
    return float(any(is_newer(no, yes) is newer for yes, no in _contested(evidence)))


def _contested_contradiction(evidence: ClaimEvidence) -> float:
    return max((_logit(no.scores.contradicted) - _logit(_LEAST) for _, no in _contested(evidence)), default=0.0)


def is_newer(one: PassageReading, other: PassageReading) -> bool:
    """True if both reports have a day, and that of `one` is the later."""
    a, b = (day_of(r.ranked.passage.document.published_at) for r in (one, other))
    return a is not None and b is not None and a > b


def _quoted(evidence: ClaimEvidence) -> float:
    return float(any(a.relation is Relation.AGREE and a.kind is ConflictKind.QUOTE for a in evidence.alignments))


def _altered_quote(evidence: ClaimEvidence) -> float:
    return float(any(_is_conflict(a, "quote.") for a in evidence.alignments))


def _rival_accounts(evidence: ClaimEvidence) -> float:
    return float(any(_is_conflict(a, "account.") for a in evidence.alignments))


def _is_conflict(alignment: Alignment, rules: str) -> bool:
    return alignment.relation is Relation.CONFLICT and alignment.rule.startswith(rules)


def _disagreement(evidence: ClaimEvidence) -> float:
    """The highest minimum of support and contradiction by two passages of different stories."""
    pairs = [
        min(a.scores.supported, b.scores.contradicted)
        for a in evidence.readings
        for b in evidence.readings
        if a.ranked.passage.story != b.ranked.passage.story
    ]
    return max(pairs, default=0.0)


def _newer(evidence: ClaimEvidence) -> float:
    """The disagreement: positive if the supporting report is newer, negative if it is older."""
    yes = max(evidence.readings, key=lambda r: r.scores.supported)
    no = max(evidence.readings, key=lambda r: r.scores.contradicted)
    a, b = (day_of(r.ranked.passage.document.published_at) for r in (yes, no))
    if a is None or b is None or a == b:
        return 0.0
    return _disagreement(evidence) if a > b else -_disagreement(evidence)


Compute = Callable[[ClaimEvidence], float]

FEATURES: Mapping[str, tuple[str, Compute]] = {
    "entailment_top": (
        "entailment by the passage that says most, logit",
        lambda e: _logit(top_reading(e).scores.supported),
    ),
    "contradiction_top": ("contradiction by that passage, logit", lambda e: _logit(top_reading(e).scores.contradicted)),
    "neutral_top": ("that passage says nothing, logit", lambda e: _logit(top_reading(e).scores.unverified)),
    "entailment_most": ("highest entailment, logit", lambda e: _logit(max(_supported(e)))),
    "contradiction_most": ("highest contradiction, logit", lambda e: _logit(max(_contradicted(e)))),
    "entailment_sum": ("entailment over all passages, log", lambda e: log(sum(_supported(e)) + 0.01)),
    "contradiction_sum": ("contradiction over all passages, log", lambda e: log(sum(_contradicted(e)) + 0.01)),
    "entailment_near": ("entailment, mean weighted by similarity", lambda e: _by_similarity(e, _supported(e))),
    "contradiction_near": ("contradiction, mean weighted by similarity", lambda e: _by_similarity(e, _contradicted(e))),
    "margin": ("contradiction over entailment, logits, mean weighted by similarity", _margin),
    "similarity": ("highest cosine of passage and claim", _similarity),
    "overlap": ("highest share of the claim's content words in a passage", _overlap),
    "words": ("words of the claim, of 25", _words),
    "values_agreed": ("values of the claim that a passage has, up to 3", lambda e: _count(e, e.required_values, True)),
    "values_open": ("values that no passage has, up to 3", lambda e: _count(e, e.required_values, False)),
    "names_agreed": ("names that a passage has, up to 3", lambda e: _count(e, e.required_names, True)),
    "names_open": ("names that no passage has, up to 3", lambda e: _count(e, e.required_names, False)),
    "substituted": ("entailment with a differing value put in, times likeness of slots", _substituted),
    "substituted_gain": ("how much that raises entailment, logits", _gain),
    "value_conflict": ("likeness of slots where a value differs", lambda e: _conflict_score(e, True)),
    "contested_by_newer": (
        "1 where a report has the claim's value and a newer one of another story differs",
        lambda e: _contested_by(e, newer=True),
    ),
    "contested_by_older": (
        "1 where a report has the claim's value and one of another story that is not newer differs",
        lambda e: _contested_by(e, newer=False),
    ),
    "contested_contradiction": (
        "contradiction by a passage of the story that differs, logit above the least; 0 without",
        _contested_contradiction,
    ),
    "other_conflict": ("score of a conflict of names, roles, events", lambda e: _conflict_score(e, False)),
    "quotation_found": ("1 where a quotation stands in a passage word for word", _quoted),
    "quotation_altered": ("1 where words or speaker of a quotation differ", _altered_quote),
    "rival_accounts": ("1 where a passage tells two accounts", _rival_accounts),
    "disagreement": ("two stories, one for and one against: the weaker side", _disagreement),
    "newer": ("disagreement, positive where the supporting report is newer, negative where it is older", _newer),
}
"""Name → description, and how it is computed."""

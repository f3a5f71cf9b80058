"""Step 4: a statement against its witnesses, one comparer a kind of value; then the model on what the values leave open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from factcheck.ports import EntailmentScores
from worker.dimensions.alignment import Alignment, ClaimFeatures, SpanValue
from worker.dimensions.entities.compare import compare_identities, own_names
from worker.dimensions.events.compare import compare_events
from worker.dimensions.events.denials import find_denials
from worker.dimensions.hypothesis import restated
from worker.dimensions.quantities.compare import compare_amounts
from worker.dimensions.quantities.pairings import compare_pairings
from worker.dimensions.quotes.compare import compare_wording
from worker.dimensions.slot_alignment import denial
from worker.dimensions.slot_context import overlap
from worker.dimensions.times.compare import compare_dates
from worker.dimensions.value import Relation
from worker.models.ports import Models
from worker.text.claim_in_context import ClaimInContext, RankedPassage

_COMPARERS: tuple[
    Callable[[ClaimInContext, Sequence[RankedPassage], Models], tuple[list[Alignment], list[SpanValue]]], ...
] = (
    compare_dates,
    compare_amounts,
    compare_wording,
)

# Witnesses that the entailment model reads whole, and the relevance that makes one worth it. The best alone tells as much as
# the best three: area under the curve 0.75, both.
_ENTAILED = 1
_WORTH_READING = -4.0
# Below this relevance no value that differs raises an alarm: not worth the model's time.
_HOPELESS = -3.0

# A clash of verbs or opposite words counts where the model does not find that the passage says nothing on the claim: the
# least probability that it says something.
_SPEAKS = 0.2
_SURE_ALONE = frozenset({"event.swapped", "event.route", "event.order"})

_Pair = tuple[str, str]


def align_claim(statement: ClaimInContext, ranked_passages: Sequence[RankedPassage], models: Models) -> ClaimFeatures:
    """Everything that speaks for or against the statement, undecided."""
    findings = [
        *compare_events(statement, ranked_passages),
        *compare_identities(statement, ranked_passages),
        *compare_pairings(statement, ranked_passages),
        *find_denials(statement, ranked_passages),
    ]
    required_values = [SpanValue(n.start, n.end, None) for n in own_names(statement)]
    for comparer in _COMPARERS:
        found, wanted = comparer(statement, ranked_passages, models)
        findings += found
        required_values += wanted
    return _read(statement, ranked_passages, findings, required_values, models)


def _read(
    statement: ClaimInContext,
    ranked_passages: Sequence[RankedPassage],
    findings: Sequence[Alignment],
    required_values: Sequence[SpanValue],
    models: Models,
) -> ClaimFeatures:
    """What the model reads: each likely passage against the claim in its words, and with the values that differ put in."""
    likely = [w for w in ranked_passages[:_ENTAILED] if w.relevance > _WORTH_READING]
    doubtful = [f for f in findings if _is_doubtful(f)]
    differing = [f for f in findings if _differs(f) and f.ranked.relevance > _HOPELESS]
    plain = {
        w.rank: (w.passage.text, restated(statement, findings, w.rank))
        for w in (*likely, *(f.ranked for f in (*doubtful, *differing)))
    }
    put = {id(f): (f.ranked.passage.text, restated(statement, findings, f.ranked.rank, f)) for f in differing}
    pairs = list(dict.fromkeys((*plain.values(), *put.values())))
    readings = dict(zip(pairs, models.entailment.judge(pairs), strict=True))
    judged = [readings[plain[w.rank]] for w in likely]
    kept = [f for f in findings if not _is_doubtful(f) or _speaks_of_it(readings[plain[f.ranked.rank]])]
    return ClaimFeatures(
        findings=tuple(_weighed(f, plain, put.get(id(f)), readings) for f in kept),
        required_values=tuple(required_values),
        nli_entailment=tuple(j.supported for j in judged),
        nli_contradiction=tuple(j.contradicted for j in judged),
        coverage=max((overlap(statement, w) for w in ranked_passages), default=0.0),
    )


def _differs(finding: Alignment) -> bool:
    """A value of the claim and one of the passage that cannot both be right, if they tell of one thing."""
    return finding.relation is Relation.CONFLICT and finding.rule in _VALUE_RULES


_VALUE_RULES = frozenset(
    f"{kind}.differs" for kind in ("date", "weekday", "duration", "number", "money", "percent", "ordinal")
)


def _weighed(
    finding: Alignment, plain: Mapping[int, _Pair], put: _Pair | None, readings: Mapping[_Pair, EntailmentScores]
) -> Alignment:
    if not _differs(finding):
        return finding
    relevance = finding.ranked.relevance
    if put is None:
        return replace(finding, score=denial(finding.score, 0.0, 0.0, relevance))
    same, denied = readings[put].supported, readings[plain[finding.ranked.rank]].contradicted
    return replace(finding, score=denial(finding.score, same, denied, relevance))


def _is_doubtful(finding: Alignment) -> bool:
    """A clash of words that may stand in any two sentences."""
    loose = finding.rule.startswith("event.") or finding.rule == "word.opposite"
    return finding.relation is Relation.CONFLICT and loose and finding.rule not in _SURE_ALONE


def _speaks_of_it(reading: EntailmentScores) -> bool:
    return reading.supported + reading.contradicted >= _SPEAKS

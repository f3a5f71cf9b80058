"""Step 4: a statement against its witnesses, one comparer a kind of value; then the model on what the values leave open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from factcheck.ports import Entailed
from worker.comparers.amounts import compare_amounts
from worker.comparers.context import overlap
from worker.comparers.disputes import find_denials
from worker.comparers.events import compare_events
from worker.comparers.identities import compare_identities, own_names
from worker.comparers.pairings import compare_pairings
from worker.comparers.restated import restated
from worker.comparers.slots import denial
from worker.comparers.times import compare_dates
from worker.comparers.wording import compare_wording
from worker.finding import Comparison, Finding, Words
from worker.kit import Kit
from worker.statement import Statement, Witness
from worker.values.value import Relation

_COMPARERS: tuple[Callable[[Statement, Sequence[Witness], Kit], tuple[list[Finding], list[Words]]], ...] = (
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


def compare(statement: Statement, witnesses: Sequence[Witness], kit: Kit) -> Comparison:
    """Everything that speaks for or against the statement, undecided."""
    findings = [
        *compare_events(statement, witnesses),
        *compare_identities(statement, witnesses),
        *compare_pairings(statement, witnesses),
        *find_denials(statement, witnesses),
    ]
    asked = [Words(n.start, n.end, None) for n in own_names(statement)]
    for comparer in _COMPARERS:
        found, wanted = comparer(statement, witnesses, kit)
        findings += found
        asked += wanted
    return _read(statement, witnesses, findings, asked, kit)


def _read(
    statement: Statement, witnesses: Sequence[Witness], findings: Sequence[Finding], asked: Sequence[Words], kit: Kit
) -> Comparison:
    """What the model reads: each likely passage against the claim in its words, and with the values that differ put in."""
    likely = [w for w in witnesses[:_ENTAILED] if w.relevance > _WORTH_READING]
    doubtful = [f for f in findings if _is_doubtful(f)]
    differing = [f for f in findings if _differs(f) and f.witness.relevance > _HOPELESS]
    plain = {
        w.rank: (w.passage.text, restated(statement, findings, w.rank))
        for w in (*likely, *(f.witness for f in (*doubtful, *differing)))
    }
    put = {id(f): (f.witness.passage.text, restated(statement, findings, f.witness.rank, f)) for f in differing}
    pairs = list(dict.fromkeys((*plain.values(), *put.values())))
    readings = dict(zip(pairs, kit.entailment.judge(pairs), strict=True))
    judged = [readings[plain[w.rank]] for w in likely]
    kept = [f for f in findings if not _is_doubtful(f) or _speaks_of_it(readings[plain[f.witness.rank]])]
    return Comparison(
        findings=tuple(_weighed(f, plain, put.get(id(f)), readings) for f in kept),
        asked=tuple(asked),
        entailed=tuple(j.supported for j in judged),
        refuted=tuple(j.contradicted for j in judged),
        coverage=max((overlap(statement, w) for w in witnesses), default=0.0),
    )


def _differs(finding: Finding) -> bool:
    """A value of the claim and one of the passage that cannot both be right, if they tell of one thing."""
    return finding.relation is Relation.CONFLICT and finding.rule in _VALUE_RULES


_VALUE_RULES = frozenset(
    f"{kind}.differs" for kind in ("date", "weekday", "duration", "number", "money", "percent", "ordinal")
)


def _weighed(
    finding: Finding, plain: Mapping[int, _Pair], put: _Pair | None, readings: Mapping[_Pair, Entailed]
) -> Finding:
    if not _differs(finding):
        return finding
    relevance = finding.witness.relevance
    if put is None:
        return replace(finding, sureness=denial(finding.sureness, 0.0, 0.0, relevance))
    same, denied = readings[put].supported, readings[plain[finding.witness.rank]].contradicted
    return replace(finding, sureness=denial(finding.sureness, same, denied, relevance))


def _is_doubtful(finding: Finding) -> bool:
    """A clash of words that may stand in any two sentences."""
    loose = finding.rule.startswith("event.") or finding.rule == "word.opposite"
    return finding.relation is Relation.CONFLICT and loose and finding.rule not in _SURE_ALONE


def _speaks_of_it(reading: Entailed) -> bool:
    return reading.supported + reading.contradicted >= _SPEAKS

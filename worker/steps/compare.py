"""Step 4: a statement against its witnesses, one comparer a kind of value."""

from collections.abc import Callable, Sequence

from factcheck.ports import Entailed
from worker.comparers.amounts import compare_amounts
from worker.comparers.context import overlap
from worker.comparers.disputes import find_denials
from worker.comparers.events import compare_events
from worker.comparers.identities import compare_identities, own_names
from worker.comparers.pairings import compare_pairings
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

# Witnesses that the entailment model reads whole, and the relevance that makes one worth it.
_ENTAILED = 3
_WORTH_READING = -4.0


# A clash of verbs or opposite words counts where the model does not find that the passage says nothing on the claim: the
# least probability that it says something.
_SPEAKS = 0.2
_SURE_ALONE = frozenset({"event.swapped", "event.route"})


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
    likely = [w for w in witnesses[:_ENTAILED] if w.relevance > _WORTH_READING]
    doubtful = [f.witness for f in findings if _is_doubtful(f)]
    read = list({w.rank: w for w in (*likely, *doubtful)}.values())
    readings = dict(
        zip(
            (w.rank for w in read),
            kit.entailment.judge([(w.passage.text, statement.query) for w in read]),
            strict=True,
        )
    )
    judged = [readings[w.rank] for w in likely]
    return Comparison(
        findings=tuple(f for f in findings if not _is_doubtful(f) or _speaks_of_it(readings[f.witness.rank])),
        asked=tuple(asked),
        entailed=tuple(j.supported for j in judged),
        refuted=tuple(j.contradicted for j in judged),
        coverage=max((overlap(statement, w) for w in witnesses), default=0.0),
    )


def _is_doubtful(finding: Finding) -> bool:
    """A clash of words that may stand in any two sentences."""
    loose = finding.rule.startswith("event.") or finding.rule == "word.opposite"
    return finding.relation is Relation.CONFLICT and loose and finding.rule not in _SURE_ALONE


def _speaks_of_it(reading: Entailed) -> bool:
    return reading.supported + reading.contradicted >= _SPEAKS

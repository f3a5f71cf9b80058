"""Step 4: a statement against its witnesses, one comparer a kind of value."""

from collections.abc import Callable, Sequence

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

_COMPARERS: tuple[Callable[[Statement, Sequence[Witness], Kit], tuple[list[Finding], list[Words]]], ...] = (
    compare_dates,
    compare_amounts,
    compare_wording,
)

# Witnesses that the entailment model reads whole.
_ENTAILED = 3


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
    judged = kit.entailment.judge([(w.passage.text, statement.query) for w in witnesses[:_ENTAILED]])
    return Comparison(
        findings=tuple(findings),
        asked=tuple(asked),
        entailed=tuple(j.supported for j in judged),
        refuted=tuple(j.contradicted for j in judged),
        coverage=max((overlap(statement, w) for w in witnesses), default=0.0),
    )

"""Marked spans: what a report says is wrong in an article. SARIF, annotations and LanguageTool show them."""

from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.article import Span
from factcheck.decision import Decision, DecisionKind
from factcheck.evidence import Evidence, Stance
from factcheck.verdict import InternalConflict, Label, Report, Suggestion, Verdict

INTERNAL = "internal_conflict"
"""Used in place of a label when the article contradicts itself."""

TITLES = {
    Label.CONTRADICTED.value: "The archive says otherwise",
    Label.DISPUTED.value: "Reports in the archive disagree",
    INTERNAL: "The article contradicts itself",
}
_MARKED = (Label.CONTRADICTED, Label.DISPUTED)


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """One marked span.

    `kind` is the kind of the conflict, or the deciding rule if no conflicting words are known. `also` is the second
    span of an internal conflict.
    """

    label: str
    kind: str
    span: Span
    text: str
    message: str
    claim_id: str | None
    confidence: float | None
    also: Span | None
    suggestions: tuple[Suggestion, ...]
    evidence: tuple[Evidence, ...]
    decision: Decision | None = None

    @property
    def decided(self) -> DecisionKind:
        """What editors decided on the claim."""
        return self.decision.kind_for(self.label) if self.decision else DecisionKind.OPEN

    @property
    def rule_id(self) -> str:
        """`contradicted/date`. Stable across articles."""
        return f"{self.label}/{self.kind}"


def findings(report: Report) -> list[MarkedSpan]:
    """All findings in reading order, title first."""
    found = [f for verdict in report.verdicts if verdict.label in _MARKED for f in _of_claim(verdict)]
    found += [_of_article(conflict) for conflict in report.internal_conflicts]
    return sorted(found, key=lambda f: (f.span.field == "text", f.span.start, f.span.end))


def told(decision: Decision, label: str) -> str:
    """The decision on a verdict with this label, in one line: `dismissed by Anna: a newer report says so`."""
    reason = f": {decision.reason}" if decision.reason else ""
    return f"{decision.kind_for(label).value} by {decision.last.by}{reason}"


def with_stance(evidence: tuple[Evidence, ...]) -> list[Evidence]:
    """The evidence that supports or contradicts, without neutral passages."""
    return [piece for piece in evidence if piece.stance is not Stance.NEUTRAL]


def _of_claim(verdict: Verdict) -> Iterator[MarkedSpan]:
    """One finding per conflicting span; the whole claim if no conflicting span is known."""
    places = {conflict.claim.span: conflict for conflict in reversed(verdict.conflicts)}
    for span, conflict in places.items():
        fixes = tuple(s for s in verdict.suggestions if s.span.overlaps(span))
        yield _finding(verdict, conflict.kind.value, span, conflict.claim.text, fixes)
    if not places:
        yield _finding(verdict, verdict.rule, verdict.claim.span, verdict.claim.text, verdict.suggestions)


def _finding(verdict: Verdict, kind: str, span: Span, text: str, fixes: tuple[Suggestion, ...]) -> MarkedSpan:
    return MarkedSpan(
        label=verdict.label.value,
        kind=kind,
        span=span,
        text=text,
        message=verdict.message,
        claim_id=verdict.claim.id,
        confidence=verdict.confidence,
        also=None,
        suggestions=fixes,
        evidence=verdict.evidence,
        decision=verdict.decision,
    )


def _of_article(conflict: InternalConflict) -> MarkedSpan:
    return MarkedSpan(
        label=INTERNAL,
        kind=conflict.kind.value,
        span=conflict.a.span,
        text=conflict.a.text,
        message=conflict.message,
        claim_id=None,
        confidence=None,
        also=None if conflict.b is None else conflict.b.span,
        suggestions=conflict.suggestions,
        evidence=(),
    )

"""What in a report deserves a mark in the text: one finding for each place that cannot be right."""

from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.article import Span
from factcheck.evidence import Evidence, Stance
from factcheck.verdict import InternalConflict, Label, Report, Suggestion, Verdict

INTERNAL = "internal_conflict"
"""Stands where a label would, for an article that contradicts itself."""

TITLES = {
    Label.CONTRADICTED.value: "The archive says otherwise",
    Label.DISPUTED.value: "Reports in the archive disagree",
    INTERNAL: "The article contradicts itself",
}
_MARKED = (Label.CONTRADICTED, Label.DISPUTED)


@dataclass(frozen=True, slots=True)
class ReportFinding:
    """A mark in the text. `kind` is the conflict's kind, or the deciding rule where words alone do not show it.

    `also` is a second place of the article that the message speaks of.
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

    @property
    def rule_id(self) -> str:
        """`contradicted/date`: the same for the same sort of finding, in every article."""
        return f"{self.label}/{self.kind}"


def findings(report: Report) -> list[ReportFinding]:
    """All findings, in reading order."""
    found = [f for verdict in report.verdicts if verdict.label in _MARKED for f in _of_claim(verdict)]
    found += [_of_article(conflict) for conflict in report.internal_conflicts]
    return sorted(found, key=lambda f: (f.span.field == "text", f.span.start, f.span.end))


def telling(evidence: tuple[Evidence, ...]) -> list[Evidence]:
    """The evidence that takes a stance."""
    return [piece for piece in evidence if piece.stance is not Stance.NEUTRAL]


def _of_claim(verdict: Verdict) -> Iterator[ReportFinding]:
    """One for each conflicting word or phrase; the whole claim where none is known."""
    places = {conflict.claim.span: conflict for conflict in reversed(verdict.conflicts)}
    for span, conflict in places.items():
        fixes = tuple(s for s in verdict.suggestions if s.span.overlaps(span))
        yield _finding(verdict, conflict.kind.value, span, conflict.claim.text, fixes)
    if not places:
        yield _finding(verdict, verdict.rule, verdict.claim.span, verdict.claim.text, verdict.suggestions)


def _finding(verdict: Verdict, kind: str, span: Span, text: str, fixes: tuple[Suggestion, ...]) -> ReportFinding:
    return ReportFinding(
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
    )


def _of_article(conflict: InternalConflict) -> ReportFinding:
    return ReportFinding(
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

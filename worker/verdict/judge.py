"""Step 5: all findings on a statement → one label, its reasons, its evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from factcheck.article import Span, SpanBuilder
from factcheck.evidence import Evidence, Passage, Stance
from factcheck.verdict import ClaimSide, Conflict, ConflictKind, EvidenceSide, Label, Suggestion, Verdict
from worker.dimensions.alignment import Alignment, ClaimFeatures
from worker.dimensions.value import Relation
from worker.text.attribution import is_attributed
from worker.text.claim_in_context import ClaimInContext, RankedPassage
from worker.verdict.thresholds import Thresholds
from worker.verdict.verdict_message import verdict_message
from worker.verdict.vetoes import vetoes_support


@dataclass(frozen=True, slots=True)
class Decision:
    """A label, the rule that gave it, how sure it is, and the findings that show it."""

    label: Label
    rule: str
    confidence: float
    shown: tuple[Alignment, ...]


def judge(
    statement: ClaimInContext,
    ranked_passages: Sequence[RankedPassage],
    comparison: ClaimFeatures,
    limits: Thresholds,
    max_evidence: int,
) -> Verdict:
    """The verdict on one statement."""
    decision = decide(statement, ranked_passages, comparison, limits)
    evidence = _evidence(decision, ranked_passages, comparison, max_evidence)
    conflicts = tuple(_conflict(statement, f) for f in decision.shown)
    return Verdict(
        claim=statement.claim,
        label=decision.label,
        confidence=decision.confidence,
        message=verdict_message(decision.label, decision.rule, statement, conflicts, evidence),
        rule=decision.rule,
        conflicts=conflicts,
        suggestions=_suggestions(statement, decision),
        evidence=evidence,
    )


def decide(
    statement: ClaimInContext, ranked_passages: Sequence[RankedPassage], comparison: ClaimFeatures, limits: Thresholds
) -> Decision:
    """Label and reasons, from findings and thresholds alone."""
    if not statement.checkable:
        return Decision(Label.NOT_CHECKABLE, "claim.not-checkable", limits.confidence("claim.not-checkable"), ())
    if not ranked_passages or ranked_passages[0].relevance < limits.silent:
        return Decision(
            Label.UNVERIFIED,
            "corpus.silent",
            limits.silence(ranked_passages[0].relevance if ranked_passages else -11.0),
            (),
        )
    allowed, comparison = _allowed(statement, ranked_passages, comparison)
    clashes = _clashes(comparison, limits)
    alarm = _alarm(clashes, comparison, limits) if clashes else None
    if alarm is None and not allowed:
        sure = limits.silence(ranked_passages[0].relevance)
        return Decision(Label.UNVERIFIED, "corpus.unclear", sure, ())
    return alarm or _support(statement, allowed, comparison, limits)


def _allowed(
    statement: ClaimInContext, ranked_passages: Sequence[RankedPassage], comparison: ClaimFeatures
) -> tuple[list[RankedPassage], ClaimFeatures]:
    """The passages that no veto keeps from supporting the claim, and the features without the agreement of the others."""
    vetoed = {w.rank for w in ranked_passages if vetoes_support(statement, w, comparison.findings)}
    if not vetoed:
        return list(ranked_passages), comparison
    kept = tuple(f for f in comparison.findings if f.relation is not Relation.AGREE or f.ranked.rank not in vetoed)
    # The entailment model read the best passage only.
    entailed = () if ranked_passages[0].rank in vetoed else comparison.nli_entailment
    allowed = [w for w in ranked_passages if w.rank not in vetoed]
    return allowed, replace(comparison, findings=kept, nli_entailment=entailed)


def _clashes(comparison: ClaimFeatures, limits: Thresholds) -> list[Alignment]:
    """Conflicts sure enough for an alarm, and not outweighed by a passage that bears the same words out."""
    conflicts = [f for f in comparison.findings if f.relation is Relation.CONFLICT]
    sure = [f for f in conflicts if f.score >= _bar(f, comparison, limits) and _related(f, limits)]
    return [f for f in sure if not _outweighed(f, comparison, limits)]


def _related(conflict: Alignment, limits: Thresholds) -> bool:
    return conflict.ranked.relevance >= limits.related or conflict.rule == "weekday.impossible"


def _bar(conflict: Alignment, comparison: ClaimFeatures, limits: Thresholds) -> float:
    """Lower where a passage agrees and this one tells another's count: then both stand, and the claim is disputed."""
    agreed = any(f.score >= limits.agreed for f in _agreeing(conflict, comparison))
    counted = conflict.kind in _COUNTS and is_attributed(conflict.ranked.passage.text)
    return limits.rival if agreed and counted else limits.of(conflict.rule)


_EVENTS = frozenset({ConflictKind.NEGATION, ConflictKind.MODALITY, ConflictKind.RELATION})
_DAYS = frozenset({ConflictKind.DATE, ConflictKind.WEEKDAY})
_COUNTS = frozenset({ConflictKind.NUMBER, ConflictKind.MONEY, ConflictKind.PERCENT})


# Rules that see the whole of a passage: a value borne out elsewhere does not weigh against them.
_STRUCTURAL = frozenset(
    {
        "weekday.impossible",
        "pair.crossed",
        "account.rival",
        "account.denied",
        "event.swapped",
        "event.route",
        "event.order",
        "factuality.denied",
        "factuality.corrected",
        "relation.swapped",
        "relation.outcome",
    }
)


def _outweighed(conflict: Alignment, comparison: ClaimFeatures, limits: Thresholds) -> bool:
    if conflict.rule in _STRUCTURAL:
        return False
    agreeing = _agreeing(conflict, comparison)
    own = [f for f in agreeing if _story(f) == _story(conflict)]
    other = [f for f in agreeing if _story(f) != _story(conflict)]
    if conflict.kind in _EVENTS:
        return any(f.score >= conflict.score - limits.margin for f in agreeing)
    counted = conflict.kind in _COUNTS and is_attributed(conflict.ranked.passage.text)
    if counted and any(f.ranked.rank != conflict.ranked.rank for f in agreeing):
        return False
    return any(f.score >= conflict.score - limits.margin for f in own) or any(
        f.score > conflict.score + limits.margin for f in other
    )


def _agreeing(conflict: Alignment, comparison: ClaimFeatures) -> list[Alignment]:
    return [
        f
        for f in comparison.findings
        if f.relation is Relation.AGREE and _same_place(f, conflict) and _alike(f, conflict)
    ]


def _alike(a: Alignment, b: Alignment) -> bool:
    return a.kind is b.kind or {a.kind, b.kind} <= _EVENTS or {a.kind, b.kind} <= _DAYS


def _story(finding: Alignment) -> str:
    """Copies of one report are one witness."""
    return finding.ranked.passage.story


def _alarm(clashes: list[Alignment], comparison: ClaimFeatures, limits: Thresholds) -> Decision | None:
    """What the surest clash makes of the claim; None where more reports bear the same words out than deny them."""
    best = max(clashes, key=lambda f: f.score)
    if best.rule.startswith("account."):
        return Decision(Label.DISPUTED, best.rule, limits.confidence(best.rule), (best,))
    agreeing = [f for f in _agreeing(best, comparison) if f.score >= max(limits.agreed, best.score - limits.apart)]
    if not agreeing or best.rule in _STRUCTURAL:
        return Decision(Label.CONTRADICTED, best.rule, limits.confidence(best.rule), (best,))
    if len({_story(f) for f in agreeing}) > len({_story(f) for f in clashes if _same_place(f, best)}):
        return None
    newest = max(agreeing, key=lambda f: f.ranked.passage.document.published_at or "")
    if _supersedes(newest, best):
        return Decision(Label.SUPPORTED, "corpus.newer", limits.confidence("corpus.newer"), ())
    if _supersedes(best, newest):
        sure = best.score >= limits.superseding
        return (
            Decision(Label.CONTRADICTED, "corpus.superseded", limits.confidence("corpus.superseded"), (best,))
            if sure
            else None
        )
    if best.score < limits.disputed:
        return None
    return Decision(Label.DISPUTED, "corpus.disagrees", limits.confidence("corpus.disagrees"), (best,))


_CHANGES = re.compile(
    r"\b(?:now|rise[sn]?|rose|risen|bringing|brought|toll|climb\w*|increas\w*|revis\w*|updat\w*|correct\w*|so far|"
    r"lower(?:ed)?|rais(?:ed|es)|another|more (?:victims|people|bodies)|still|further|latest|second victim|no longer)\b",
    re.I,
)


def _supersedes(later: Alignment, earlier: Alignment) -> bool:
    """A later report of something that changes (a toll, a level, a plan), told as a change."""
    a, b = later.ranked.passage, earlier.ranked.passage
    if (a.document.published_at or "") <= (b.document.published_at or ""):
        return False
    return _CHANGES.search(a.text) is not None


def _same_place(a: Alignment, b: Alignment) -> bool:
    return a.claim.start < b.claim.end and b.claim.start < a.claim.end


def _support(
    statement: ClaimInContext, ranked_passages: Sequence[RankedPassage], comparison: ClaimFeatures, limits: Thresholds
) -> Decision:
    agreeing = [f for f in comparison.findings if f.relation is Relation.AGREE]
    borne = {(f.claim.start, f.claim.end) for f in agreeing}
    open_values = [w for w in comparison.required_values if (w.start, w.end) not in borne]
    values = {f.claim.start for f in agreeing if _bears_out(f)}
    strength = limits.support(
        ranked_passages[0].relevance,
        max(w.similarity for w in ranked_passages),
        max(comparison.nli_entailment, default=0.0),
        len(values),
        len(open_values),
        len(statement.query.split()),
    )
    if strength < limits.supported:
        return Decision(Label.UNVERIFIED, "corpus.unclear", limits.silence(ranked_passages[0].relevance), ())
    return Decision(Label.SUPPORTED, "corpus.agrees", 0.5 + 0.42 * strength, ())


def _bears_out(agreement: Alignment) -> bool:
    """A value, or who did it; a name or a verb alone says too little."""
    if agreement.rule in {"event.party", "relation.same"}:
        return True
    return agreement.kind not in _IDENTITIES and agreement.rule != "event.same"


_IDENTITIES = frozenset({ConflictKind.NAME, ConflictKind.ROLE, ConflictKind.PLACE, ConflictKind.RELATION})


def _evidence(
    decision: Decision, ranked_passages: Sequence[RankedPassage], comparison: ClaimFeatures, limit: int
) -> tuple[Evidence, ...]:
    against = {f.ranked.rank for f in decision.shown}
    agreeing = {f.ranked.rank for f in comparison.findings if f.relation is Relation.AGREE}
    if decision.label is Label.SUPPORTED:
        agreeing.add(0)
    elif decision.label is not Label.DISPUTED:
        agreeing = set()
    rows = []
    for ranked in ranked_passages:
        stance = Stance.SUPPORTS if ranked.rank in agreeing else Stance.NEUTRAL
        stance = Stance.CONTRADICTS if ranked.rank in against else stance
        rows.append((stance is Stance.NEUTRAL, ranked, stance))
    rows.sort(key=lambda row: (row[0], row[1].rank not in against, row[1].rank))
    return tuple(
        Evidence(w.passage.document, w.passage.span, w.passage.text, stance, _share(w.relevance))
        for _, w, stance in rows[:limit]
        if decision.label is not Label.NOT_CHECKABLE
    )


def _share(logit: float) -> float:
    power: float = 2.718281828 ** (-max(-30.0, min(30.0, logit / 2)))
    return 1.0 / (1.0 + power)


def _conflict(statement: ClaimInContext, finding: Alignment) -> Conflict:
    span = statement.sentence.span(finding.claim.start, finding.claim.end)
    start, end = finding.evidence.start, finding.evidence.end
    passage = finding.ranked.passage
    return Conflict(
        finding.kind,
        ClaimSide(span, statement.sentence.ruler.slice(span), finding.claim.value),
        EvidenceSide(
            passage.document.id, _in_document(passage, start, end), passage.text[start:end], finding.evidence.value
        ),
    )


def _in_document(passage: Passage, start: int, end: int) -> Span:
    """`passage.text[start:end]` as a span of its document."""
    local = SpanBuilder(passage.span.field, passage.text).span(start, end)
    at, wide = passage.span.start, passage.span.utf16_start
    return Span(local.field, at + start, at + end, wide + local.utf16_start, wide + local.utf16_end)


def _suggestions(statement: ClaimInContext, decision: Decision) -> tuple[Suggestion, ...]:
    return tuple(
        Suggestion(statement.sentence.span(f.claim.start, f.claim.end), f.replacement)
        for f in decision.shown
        if f.replacement and decision.label is Label.CONTRADICTED and f.kind is not ConflictKind.SUPERSEDED
    )

"""Step 5: decides on a claim's label from its evidence, with reasons and passages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from factcheck.article import OffsetConverter, Span
from factcheck.evidence import Evidence, Passage, Stance
from factcheck.verdict import ClaimSide, Conflict, ConflictKind, EvidenceSide, Label, Suggestion, Verdict
from worker.dimensions.alignment import Alignment
from worker.dimensions.relation import Relation
from worker.evidence.claim_evidence import ClaimEvidence, PassageReading
from worker.evidence.features import bears_on, features
from worker.evidence.reader import window
from worker.text.pipeline_types import ClaimInContext
from worker.verdict.label_classifier import LabelClassifier
from worker.verdict.shown_conflicts import (
    Contradict,
    conflicts_of,
    decisive_conflicts,
    exact_dispute,
    exact_support,
    with_others,
)
from worker.verdict.suggestions import suggested
from worker.verdict.verdict_message import verdict_message

# Margin above which the last passage, or the last two, need not be read: at 4 % false alarms, recall and errors passed of no set of
# drafts move by half a point (docs/performance.md).
SETTLED = {1: 0.1, 2: 0.4}
_WORD = re.compile(r"[^\W_]{3,}")
ALARMS = frozenset({Label.CONTRADICTED, Label.DISPUTED})


class Judge(Protocol):
    """Decides on one claim."""

    def name(self) -> str:
        """Name and version, as the report shows it."""

    def is_settled(self, evidence: ClaimEvidence) -> bool:
        """True if the label is so certain that the unread passages need not be read."""

    def judge(self, evidence: ClaimEvidence, contradict: Contradict, max_evidence: int) -> Verdict:
        """The verdict. `contradict` reads variants of the claim against a passage, to find the words to show."""


@dataclass(frozen=True, slots=True)
class LabelDecision:
    """A label, the id of the rule behind it, its probability, the conflicts shown, and the ranks of supporting passages."""

    label: Label
    rule: str
    confidence: float
    conflicts: tuple[Alignment, ...]
    supporting: frozenset[int]


def not_checkable(statement: ClaimInContext) -> Verdict:
    """The verdict on an opinion, a question, an exhortation or page furniture."""
    return _verdict(statement, LabelDecision(Label.NOT_CHECKABLE, "claim.not-checkable", 1.0, (), frozenset()), ())


def silent(statement: ClaimInContext) -> Verdict:
    """The verdict on a claim for which the corpus has no passage."""
    return _verdict(statement, LabelDecision(Label.UNVERIFIED, "corpus.silent", 1.0, (), frozenset()), ())


CORRECTED = ("value_conflict", "margin", "substituted_gain")
"""Features that are above 0 where a passage's value corrects the claim: a value differs, the passages lean against the claim, and
they bear it out better with their own value put in. A false alarm costs less there: an editor sees at a glance what differs."""


class VetoingJudge:
    """`Judge`: the label classifier, with vetoes on labels that the evidence does not allow."""

    def __init__(self, classifier: LabelClassifier) -> None:
        self._classifier = classifier

    def name(self) -> str:
        """The weights' name."""
        return self._classifier.name()

    def judge(self, evidence: ClaimEvidence, contradict: Contradict, max_evidence: int) -> Verdict:
        """See `Judge`."""
        decision = self.decide(evidence, contradict)
        return _verdict(evidence.statement, decision, _evidence(decision, evidence, max_evidence))

    def is_settled(self, evidence: ClaimEvidence) -> bool:
        """See `Judge`: True if the second cheapest label costs more than the cheapest by the margin in `SETTLED`."""
        probabilities, corrected = self._probabilities(evidence)
        costs = self._classifier.costs(probabilities, corrected)
        cheapest, second, *_ = sorted(costs.values())
        return second - cheapest > SETTLED[min(evidence.unread, max(SETTLED))]

    def _probabilities(self, evidence: ClaimEvidence) -> tuple[dict[Label, float], bool]:
        """And whether a passage's value corrects the claim."""
        found = features(evidence)
        probabilities = _possible(self._classifier.probabilities(found, evidence.unread), evidence)
        if found["value_conflict"] > 0:
            conflict = self._classifier.conflict_probability(found, evidence.unread)
            probabilities = _with_conflict(probabilities, conflict)
        return probabilities, all(found[name] > 0 for name in CORRECTED)

    def decide(self, evidence: ClaimEvidence, contradict: Contradict) -> LabelDecision:
        """The label with the lowest expected cost that can be shown: an alarm needs words, support a passage without veto."""
        probabilities, corrected = self._probabilities(evidence)
        backing = supporting(evidence)
        decisive = decisive_conflicts(evidence)
        if decisive:
            sure = probabilities[Label.CONTRADICTED] + probabilities[Label.DISPUTED]
            conflicts = with_others(decisive, evidence)
            return LabelDecision(Label.CONTRADICTED, decisive[0].rule, max(sure, 0.5), conflicts, frozenset())
        rivals, backed = exact_dispute(evidence)
        if rivals:
            sure = probabilities[Label.DISPUTED] + probabilities[Label.CONTRADICTED]
            return LabelDecision(Label.DISPUTED, "corpus.disagrees", max(sure, 0.5), rivals, backed)
        exact = exact_support(evidence)
        if exact and probabilities[Label.DISPUTED] < probabilities[Label.SUPPORTED]:
            sure = max(probabilities[Label.SUPPORTED], 0.5)
            return LabelDecision(Label.SUPPORTED, "corpus.agrees", sure, (), exact)
        return self._weighed(evidence, contradict, probabilities, corrected, backing)

    def _weighed(
        self,
        evidence: ClaimEvidence,
        contradict: Contradict,
        probabilities: Mapping[Label, float],
        corrected: bool,
        backing: frozenset[int],
    ) -> LabelDecision:
        """A dispute needs a passage on each side: one that contradicts in its words is none that supports."""
        allowed = frozenset(Label) if backing else frozenset(Label) - {Label.SUPPORTED, Label.DISPUTED}
        cheapest = partial(self._classifier.cheapest, probabilities, is_corrected=corrected)
        label = cheapest(allowed)
        conflicts = conflicts_of(evidence, contradict) if label in ALARMS else ()
        if label in ALARMS and not conflicts:
            label = cheapest(allowed - ALARMS)
        saying_so = backing - {a.ranked.rank for a in conflicts}
        if label is Label.DISPUTED and not saying_so:
            label = cheapest(allowed - {Label.DISPUTED})
            conflicts = conflicts if label in ALARMS else ()
        supporting = saying_so if label is Label.DISPUTED else backing
        return LabelDecision(label, _rule(label, evidence, conflicts), probabilities[label], conflicts, supporting)


def _with_conflict(probabilities: dict[Label, float], conflict: float) -> dict[Label, float]:
    """The probabilities with that of an alarm raised to at least `conflict`, and the others scaled down."""
    alarm = probabilities[Label.CONTRADICTED] + probabilities[Label.DISPUTED]
    if conflict <= alarm:
        return probabilities
    grown, rest = conflict / max(alarm, 1e-9), (1.0 - conflict) / max(1.0 - alarm, 1e-9)
    return {label: p * (grown if label in ALARMS else rest) for label, p in probabilities.items()}


def _possible(probabilities: Mapping[Label, float], evidence: ClaimEvidence) -> dict[Label, float]:
    """The probabilities without `disputed` if only one story was read: its share goes to the other labels."""
    if len({r.ranked.passage.story for r in evidence.readings}) > 1:
        return dict(probabilities)
    rest = 1.0 - probabilities[Label.DISPUTED]
    return {label: 0.0 if label is Label.DISPUTED else p / rest for label, p in probabilities.items()}


def supporting(evidence: ClaimEvidence) -> frozenset[int]:
    """Ranks of the passages that support the claim more than they contradict it, and have no veto.

    None if the claim has names, and no passage with its headline and neighbours has a word of any: it is about others.
    """
    if _is_about_others(evidence):
        return frozenset()
    ranks = {r.ranked.rank for r in evidence.readings if r.scores.supported >= r.scores.contradicted}
    ranks |= {a.ranked.rank for a in evidence.alignments if a.relation is Relation.AGREE}
    return frozenset(r.ranked.rank for r in evidence.readings if r.ranked.rank in ranks and r.veto is None)


def _is_about_others(evidence: ClaimEvidence) -> bool:
    text = evidence.statement.sentence.text
    names = {word for name in evidence.required_names for word in _WORD.findall(text[name.start : name.end].casefold())}
    told = {word for r in evidence.readings for word in _WORD.findall(window(r.ranked.passage).casefold())}
    return bool(names) and not names & told


def _rule(label: Label, evidence: ClaimEvidence, conflicts: Sequence[Alignment]) -> str:
    if label is Label.CONTRADICTED:
        return conflicts[0].rule
    if label is Label.DISPUTED:
        return "corpus.disagrees"
    if label is Label.SUPPORTED:
        return "corpus.agrees"
    return "corpus.unclear" if _speaks(evidence) else "corpus.silent"


def _speaks(evidence: ClaimEvidence) -> bool:
    """True if a passage is about the claim: the reader's scores are not neutral, or the passage has a value of the claim."""
    read = any(r.scores.unverified < r.scores.supported + r.scores.contradicted for r in evidence.readings)
    values = (*evidence.required_values, *evidence.required_names)
    return read or any(
        a.relation is Relation.AGREE and any(bears_on(a.claim, value) for value in values) for a in evidence.alignments
    )


def _verdict(statement: ClaimInContext, decision: LabelDecision, evidence: tuple[Evidence, ...]) -> Verdict:
    conflicts = tuple(_conflict(statement, a) for a in decision.conflicts)
    return Verdict(
        claim=statement.claim,
        label=decision.label,
        confidence=decision.confidence,
        message=verdict_message(decision.label, decision.rule, conflicts, evidence),
        rule=decision.rule,
        conflicts=conflicts,
        suggestions=_suggestions(statement, decision),
        evidence=evidence,
    )


def _evidence(decision: LabelDecision, evidence: ClaimEvidence, limit: int) -> tuple[Evidence, ...]:
    """Passages with their stance: decisive ones first, then by the reader's scores, then unread ones."""
    rows = [(_stance(decision, reading), reading) for reading in evidence.readings]
    order = {Stance.CONTRADICTS: 0, Stance.SUPPORTS: 1, Stance.NEUTRAL: 2}
    rows.sort(key=lambda row: (order[row[0]], -_strength(*row)))
    shown = {a.ranked.rank for a in decision.conflicts}
    read = [_one(*row) for at, row in enumerate(rows) if at < limit or row[1].ranked.rank in shown]
    unread = evidence.others[: max(0, limit - len(read))]
    return (*read, *(Evidence(p.document, p.span, p.text, Stance.NEUTRAL, 0.0) for p, _ in unread))


def _stance(decision: LabelDecision, reading: PassageReading) -> Stance:
    if reading.ranked.rank in {a.ranked.rank for a in decision.conflicts}:
        return Stance.CONTRADICTS
    supports = decision.label in (Label.SUPPORTED, Label.DISPUTED) and reading.ranked.rank in decision.supporting
    return Stance.SUPPORTS if supports and _is_sure(reading, decision) else Stance.NEUTRAL


def _is_sure(reading: PassageReading, decision: LabelDecision) -> bool:
    """True for the best supporting passage, and for others if support is their most probable class."""
    scores = reading.scores
    return reading.ranked.rank == min(decision.supporting) or scores.supported > max(
        scores.unverified, scores.contradicted
    )


def _strength(stance: Stance, reading: PassageReading) -> float:
    scores = reading.scores
    return {Stance.CONTRADICTS: scores.contradicted, Stance.SUPPORTS: scores.supported}.get(
        stance, 1.0 - scores.unverified
    )


def _one(stance: Stance, reading: PassageReading) -> Evidence:
    passage = reading.ranked.passage
    return Evidence(passage.document, passage.span, passage.text, stance, _strength(stance, reading))


def _conflict(statement: ClaimInContext, alignment: Alignment) -> Conflict:
    span = statement.sentence.span(alignment.claim.start, alignment.claim.end)
    start, end = alignment.evidence.start, alignment.evidence.end
    passage = alignment.ranked.passage
    return Conflict(
        alignment.kind,
        ClaimSide(span, statement.sentence.ruler.slice(span), alignment.claim.value),
        EvidenceSide(
            passage.document.id, _in_document(passage, start, end), passage.text[start:end], alignment.evidence.value
        ),
    )


def _in_document(passage: Passage, start: int, end: int) -> Span:
    """`passage.text[start:end]` as a span of its document."""
    local = OffsetConverter(passage.span.field, passage.text).span(start, end)
    at, wide = passage.span.start, passage.span.utf16_start
    return Span(local.field, at + start, at + end, wide + local.utf16_start, wide + local.utf16_end)


def _suggestions(statement: ClaimInContext, decision: LabelDecision) -> tuple[Suggestion, ...]:
    if decision.label is not Label.CONTRADICTED:
        return ()
    found = [suggested(statement, a) for a in decision.conflicts if a.kind is not ConflictKind.SUPERSEDED]
    return tuple(Suggestion(statement.sentence.span(f[0], f[1]), f[2]) for f in found if f is not None)

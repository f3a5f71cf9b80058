"""Finds the claims of one version of an article again in another, so that decisions follow them over edits.

A claim's id is a hash of its words, so the same words match by id. Other words match where they are alike and what the
verdict is about is the same: the words in conflict, or without any the figures and names. So a claim whose error was
changed to another error is another claim.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from factcheck.decision import Decision, DecisionKind
from factcheck.verdict import Label, Report, Verdict

LEAST_LIKENESS = 0.6
"""Share of common words, those in conflict left out, from which an edited claim counts as the same."""

FINDINGS = (Label.CONTRADICTED, Label.DISPUTED)
"""Labels that ask an editor for a decision."""

_WORD = re.compile(r"[^\W_]+(?:['’.,:][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class TrackedClaim:
    """What is needed to find a claim again. `odd` are its words in conflict, in order, empty if none are known."""

    id: str
    label: Label
    text: str
    odd: tuple[str, ...]


Pairs: TypeAlias = Mapping[str, str]
"""Key of one side → key of the other."""


def words_of(verdict: Verdict) -> TrackedClaim:
    """The words of a verdict's claim."""
    odd = tuple(sorted({conflict.claim.text for conflict in verdict.conflicts}))
    return TrackedClaim(verdict.claim.id, verdict.label, verdict.claim.text, odd)


def findings_of(report: Report) -> tuple[TrackedClaim, ...]:
    """The contradicted and disputed claims of a report, in its order."""
    return tuple(words_of(verdict) for verdict in report.verdicts if verdict.label in FINDINGS)


def words_to_json(claim: TrackedClaim) -> list[Any]:
    """A compact row."""
    return [claim.id, claim.label.value, claim.text, list(claim.odd)]


def words_from_json(raw: Sequence[Any]) -> TrackedClaim:
    """Inverse of `words_to_json`."""
    return TrackedClaim(raw[0], Label(raw[1]), raw[2], tuple(raw[3]))


def followed(decisions: Iterable[Decision], claims: Sequence[TrackedClaim]) -> dict[str, Decision]:
    """Claim id → the decision on it. A decision is on one claim at most."""
    known = {decision.id: decision for decision in decisions}
    by_claim_id = {claim_id: decision.id for decision in known.values() for claim_id in decision.claim_ids}
    found = {claim.id: by_claim_id[claim.id] for claim in claims if claim.id in by_claim_id}
    free = set(known) - set(found.values())
    anchors = {key: (known[key].text, known[key].odd_words) for key in free}
    rest = [claim for claim in claims if claim.id not in found]
    found.update(_alike(anchors, rest))
    return {claim_id: known[key] for claim_id, key in found.items()}


def matched(before: Sequence[TrackedClaim], after: Sequence[TrackedClaim]) -> dict[str, str]:
    """Id of a claim of `after` → id of the same claim in `before`."""
    old = {claim.id for claim in before}
    found = {claim.id: claim.id for claim in after if claim.id in old}
    anchors = {claim.id: (claim.text, claim.odd) for claim in before if claim.id not in found}
    found.update(_alike(anchors, [claim for claim in after if claim.id not in found]))
    return found


def decided(report: Report, decisions: Iterable[Decision]) -> Report:
    """The report with the decisions on its claims."""
    found = followed(decisions, [words_of(verdict) for verdict in report.verdicts])
    if not found:
        return report
    verdicts = tuple(replace(v, decision=found[v.claim.id]) if v.claim.id in found else v for v in report.verdicts)
    return replace(report, verdicts=verdicts)


def is_dismissed(verdict: Verdict) -> bool:
    """True if an editor has dismissed the verdict, and its label is still the one that the editor saw."""
    return verdict.decision is not None and verdict.decision.kind_for(verdict.label) is DecisionKind.DISMISSED


def decision_counts(report: Report) -> dict[str, int]:
    """Number of findings of a report with its decisions: in all, open, confirmed, dismissed."""
    found = [verdict for verdict in report.verdicts if verdict.label in FINDINGS]
    return _counted([v.decision.kind_for(v.label) if v.decision else DecisionKind.OPEN for v in found])


def count_findings(findings: Sequence[TrackedClaim], decisions: Iterable[Decision]) -> dict[str, int]:
    """As `decision_counts`, of findings without their report."""
    on = followed(decisions, findings)
    return _counted([on[f.id].kind_for(f.label) if f.id in on else DecisionKind.OPEN for f in findings])


def _counted(kinds: Sequence[DecisionKind]) -> dict[str, int]:
    order = (DecisionKind.OPEN, DecisionKind.CONFIRMED, DecisionKind.DISMISSED)
    return {"findings": len(kinds), **{kind.value: kinds.count(kind) for kind in order}}


def _alike(anchors: Mapping[str, tuple[str, tuple[str, ...]]], claims: Sequence[TrackedClaim]) -> Pairs:
    """Claim id → key of the anchor most like it, each anchor once, the surest pairs first."""
    scored = sorted(
        (
            (likeness, claim.id, key)
            for key, (text, odd) in anchors.items()
            for claim in claims
            if (likeness := _likeness(text, odd, claim)) >= LEAST_LIKENESS
        ),
        key=lambda entry: (-entry[0], entry[1], entry[2]),
    )
    found: dict[str, str] = {}
    for _, claim_id, key in scored:
        if claim_id not in found and key not in found.values():
            found[claim_id] = key
    return found


def _likeness(text: str, odd: tuple[str, ...], claim: TrackedClaim) -> float:
    if odd != claim.odd or (not odd and _facts(text) != _facts(claim.text)):
        return 0.0
    about = Counter(word for words in odd for word in _words(words))
    before, after = _words(text) - about, _words(claim.text) - about
    return 2 * (before & after).total() / max(1, before.total() + after.total())


def _words(text: str) -> Counter[str]:
    return Counter(word.casefold() for word in _WORD.findall(text))


def _facts(text: str) -> set[str]:
    """Figures, and names: capitalised words but the first."""
    words = _WORD.findall(text)
    return {word for at, word in enumerate(words) if any(c.isdigit() for c in word) or (at and word[0].isupper())}

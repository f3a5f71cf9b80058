"""Decisions from hand-made findings; the limits are the test's own, so that tuning them moves no row of a table."""

from dataclasses import replace
from typing import Any

import pytest

from factcheck.article import Field
from factcheck.evidence import Stance
from factcheck.verdict import ConflictKind, Label, Verdict
from tests.builders import a_document
from tests.unit.worker.model_fixtures import a_statement, a_witness
from worker.dimensions.alignment import Alignment, ClaimFeatures, SpanValue
from worker.dimensions.value import Relation
from worker.text.claim_in_context import ClaimInContext, RankedPassage
from worker.verdict.judge import decide, judge
from worker.verdict.thresholds import Thresholds

TEXT = "Nine people died in the fire."
LIMITS = Thresholds(
    silent=-4.0,
    related=-3.0,
    supported=0.5,
    otherwise=0.4,
    agreed=0.35,
    margin=0.1,
    rival=0.3,
    disputed=0.5,
    superseding=0.75,
    score={},
)


def report(
    rank: int = 0, text: str = "Seven people died in the fire.", day: str | None = None, **changes: Any
) -> RankedPassage:
    """A passage of a document of its own; `of` names another document, `story` what it is a copy of."""
    document = a_document(changes.pop("of", f"d{rank}"), published_at=day, story=changes.pop("story", None))
    return a_witness(text, rank, document=document, **changes)


def a_finding(ranked: RankedPassage, relation: Relation = Relation.CONFLICT, **changes: Any) -> Alignment:
    finding = Alignment(
        relation,
        ConflictKind.NUMBER,
        SpanValue(0, 4, "9"),
        ranked,
        SpanValue(0, 5, "7"),
        0.8,
        "Seven",
        "number.differs",
    )
    return replace(finding, **changes)


def agreeing(ranked: RankedPassage, **changes: Any) -> Alignment:
    return a_finding(ranked, Relation.AGREE, **{"replacement": None, "rule": "number.same", **changes})


def compared(*findings: Alignment, required_values: tuple[SpanValue, ...] = ()) -> ClaimFeatures:
    return ClaimFeatures(findings, required_values, (0.9,), (0.05,), 1.0)


def decided(*findings: Alignment, required_values: tuple[SpanValue, ...] = ()) -> tuple[str, str]:
    ranked_passages = {f.ranked.rank: f.ranked for f in findings}
    ranked = [ranked_passages[rank] for rank in sorted(ranked_passages)]
    decision = decide(a_statement(TEXT), ranked, compared(*findings, required_values=required_values), LIMITS)
    return decision.label.value, decision.rule


def verdict(ranked_passages: list[RankedPassage], *findings: Alignment, most: int = 5) -> Verdict:
    return judge(a_statement(TEXT), ranked_passages, compared(*findings), LIMITS, most)


OLD, NEW = "2018-02-07", "2018-02-09"
COUNTED = "Police said seven people died in the fire."
ROSE = "The toll rose to nine people."

DECISIONS = {
    "a sure conflict": ((a_finding(report()),), ("contradicted", "number.differs")),
    "an unsure conflict": ((a_finding(report(), score=0.3),), ("supported", "corpus.agrees")),
    "a conflict with a passage that hardly speaks of it": (
        (a_finding(report(1, relevance=-3.5)), agreeing(report(0))),
        ("supported", "corpus.agrees"),
    ),
    "the surest of two conflicts": (
        (a_finding(report(0), score=0.5), a_finding(report(1), score=0.9, rule="date.differs")),
        ("contradicted", "date.differs"),
    ),
    "two reports that disagree": (
        (a_finding(report(0, COUNTED)), agreeing(report(1), score=0.8)),
        ("disputed", "corpus.disagrees"),
    ),
    "one report that has both": (
        (a_finding(report(0, of="d")), agreeing(report(1, of="d"), score=0.8)),
        ("supported", "corpus.agrees"),
    ),
    "a surer report that agrees": (
        (a_finding(report(0), score=0.5), agreeing(report(1), score=0.9)),
        ("supported", "corpus.agrees"),
    ),
    "a majority that agrees": (
        (a_finding(report(0)), agreeing(report(1), score=0.8), agreeing(report(2), score=0.8)),
        ("supported", "corpus.agrees"),
    ),
    "a majority that is one wire report printed twice": (
        (
            a_finding(report(0, COUNTED)),
            agreeing(report(1, story="wire"), score=0.8),
            agreeing(report(2, story="wire"), score=0.8),
        ),
        ("disputed", "corpus.disagrees"),
    ),
    "a later report of a change that agrees": (
        (a_finding(report(0, day=OLD)), agreeing(report(1, ROSE, day=NEW), score=0.8)),
        ("supported", "corpus.newer"),
    ),
    "a later report of a change that denies": (
        (a_finding(report(0, "The toll rose to seven.", day=NEW)), agreeing(report(1, TEXT, day=OLD), score=0.8)),
        ("contradicted", "corpus.superseded"),
    ),
    "a later report that tells no change": (
        (a_finding(report(0, COUNTED, day=NEW)), agreeing(report(1, TEXT, day=OLD), score=0.8)),
        ("disputed", "corpus.disagrees"),
    ),
    "another's count beside a surer one that agrees": (
        (a_finding(report(0, COUNTED), score=0.5), agreeing(report(1), score=0.9)),
        ("disputed", "corpus.disagrees"),
    ),
    "what one party denies": (
        (a_finding(report(), rule="account.denied", kind=ConflictKind.RELATION),),
        ("disputed", "account.denied"),
    ),
    "names and values crosswise, whatever agrees": (
        (a_finding(report(0), rule="pair.crossed"), agreeing(report(0), score=1.0)),
        ("contradicted", "pair.crossed"),
    ),
    "a like event as sure as its denial": (
        (
            a_finding(report(0), kind=ConflictKind.NEGATION, rule="event.negated"),
            agreeing(report(1), kind=ConflictKind.NEGATION, rule="event.same"),
        ),
        ("supported", "corpus.agrees"),
    ),
    "agreement on other words of the claim": (
        (a_finding(report(0)), agreeing(report(1), claim=SpanValue(24, 28, None), score=1.0)),
        ("contradicted", "number.differs"),
    ),
    "agreement of another kind on the same words": (
        (a_finding(report(0)), agreeing(report(1), kind=ConflictKind.NAME, score=1.0)),
        ("contradicted", "number.differs"),
    ),
    "agreement alone": ((agreeing(report()),), ("supported", "corpus.agrees")),
}


@pytest.mark.parametrize(("findings", "expected"), DECISIONS.values(), ids=DECISIONS)
def test_findings_decide_the_label_and_its_rule(findings: tuple[Alignment, ...], expected: tuple[str, str]):
    assert decided(*findings) == expected


def test_without_a_passage_the_archive_is_silent():
    decision = decide(a_statement(TEXT), [], compared(), LIMITS)
    assert (decision.label, decision.rule) == (Label.UNVERIFIED, "corpus.silent")


def test_a_passage_that_speaks_of_something_else_counts_as_none():
    decision = decide(a_statement(TEXT), [report(relevance=-5.0)], compared(a_finding(report())), LIMITS)
    assert (decision.label, decision.rule) == (Label.UNVERIFIED, "corpus.silent")


def test_passages_that_are_too_unlike_settle_nothing():
    decision = decide(a_statement(TEXT), [report(relevance=-1.0, similarity=0.3)], compared(), LIMITS)
    assert (decision.label, decision.rule) == (Label.UNVERIFIED, "corpus.unclear")


def test_an_opinion_is_not_checked_whatever_was_found():
    opinion: ClaimInContext = a_statement("The food was delicious.")
    decision = decide(opinion, [report()], compared(a_finding(report())), LIMITS)
    assert (decision.label, decision.rule) == (Label.NOT_CHECKABLE, "claim.not-checkable")


def test_values_that_nothing_bears_out_weaken_support():
    full = decide(a_statement(TEXT), [report()], compared(agreeing(report())), LIMITS)
    torn = decide(
        a_statement(TEXT), [report()], compared(agreeing(report()), required_values=(SpanValue(24, 28, None),)), LIMITS
    )
    assert torn.confidence < full.confidence


def test_a_contradiction_shows_both_sides_and_offers_the_archive_s_words():
    found = verdict([report()], a_finding(report()))
    (conflict,), (suggestion,) = found.conflicts, found.suggestions
    assert (conflict.claim.text, conflict.evidence.text, conflict.evidence.document_id) == ("Nine", "Seven", "d0")
    assert (suggestion.span.start, suggestion.span.end, suggestion.replacement) == (0, 4, "Seven")
    assert found.message == "The article says “Nine”; d0 says “Seven”."


def test_a_dispute_offers_no_words():
    ranked_passages = [report(0, COUNTED), report(1)]
    found = verdict(ranked_passages, a_finding(ranked_passages[0]), agreeing(ranked_passages[1], score=0.8))
    assert (found.label, found.suggestions) == (Label.DISPUTED, ())


def test_a_conflict_s_place_in_its_document_counts_from_the_document_s_start():
    ranked = report()
    at = replace(ranked.passage.span, start=100, end=131, utf16_start=120, utf16_end=151)
    moved = replace(ranked, passage=replace(ranked.passage, span=at))
    span = verdict([moved], a_finding(moved)).conflicts[0].evidence.span
    assert (span.field, span.start, span.end, span.utf16_start, span.utf16_end) == (Field.TEXT, 100, 105, 120, 125)


def test_evidence_says_how_each_passage_stands_to_the_claim():
    ranked_passages = [report(0), report(1, COUNTED), report(2)]
    found = verdict(ranked_passages, a_finding(ranked_passages[1]), agreeing(ranked_passages[2], score=0.8))
    assert found.label is Label.DISPUTED
    stances = {e.document.id: e.stance for e in found.evidence}
    assert stances == {"d0": Stance.NEUTRAL, "d1": Stance.CONTRADICTS, "d2": Stance.SUPPORTS}


def test_the_passage_that_contradicts_is_shown_even_where_one_only_fits():
    ranked_passages = [report(0), report(1), report(2)]
    (only,) = verdict(ranked_passages, a_finding(ranked_passages[2]), most=1).evidence
    assert (only.document.id, only.stance) == ("d2", Stance.CONTRADICTS)


def test_support_is_shown_by_the_closest_passage_and_by_those_that_agree():
    ranked_passages = [report(0), report(1), report(2)]
    found = verdict(ranked_passages, agreeing(ranked_passages[2]))
    assert [(e.document.id, e.stance) for e in found.evidence] == [
        ("d0", Stance.SUPPORTS),
        ("d2", Stance.SUPPORTS),
        ("d1", Stance.NEUTRAL),
    ]


def test_an_opinion_has_no_evidence():
    found = judge(a_statement("The food was delicious."), [report()], compared(), LIMITS, 5)
    assert found.evidence == ()

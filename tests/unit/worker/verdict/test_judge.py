"""Decisions from hand-made evidence; the weights are the test's own, so that a new fit moves no row of a table."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from factcheck.article import Field
from factcheck.evidence import Stance
from factcheck.ports import EntailmentScores
from factcheck.verdict import ConflictKind, Label, Verdict
from tests.builders import a_document
from tests.unit.worker.model_fixtures import a_statement, a_witness
from worker.dimensions.alignment import Alignment, SpanValue
from worker.dimensions.relation import Relation
from worker.evidence.claim_evidence import ClaimEvidence, PassageReading, SubstitutionReading
from worker.text.pipeline_types import RankedPassage
from worker.verdict.judge import VetoingJudge, not_checkable, silent, supporting
from worker.verdict.label_classifier import LABELS, JudgeWeights, LabelClassifier, Regressions
from worker.verdict.softmax_regression import SoftmaxRegression

TEXT = "Nine people died in the fire."
YES, NO, NOTHING = (EntailmentScores(*row) for row in ((0.9, 0.05, 0.05), (0.05, 0.05, 0.9), (0.02, 0.96, 0.02)))
COSTS = {
    Label.SUPPORTED: {Label.CONTRADICTED: 2.0, Label.DISPUTED: 2.0, Label.UNVERIFIED: 1.0},
    Label.CONTRADICTED: {Label.SUPPORTED: 2.0, Label.UNVERIFIED: 2.0, Label.DISPUTED: 0.2},
    Label.DISPUTED: {Label.SUPPORTED: 2.0, Label.UNVERIFIED: 2.0, Label.CONTRADICTED: 0.2},
    Label.UNVERIFIED: {Label.SUPPORTED: 1.0, Label.CONTRADICTED: 1.0, Label.DISPUTED: 1.0},
}
# Rows: supported, contradicted, disputed, unverified; columns: entailment_most, contradiction_most, disagreement.
REGRESSION = SoftmaxRegression(
    features=("entailment_most", "contradiction_most", "disagreement"),
    means=(0.0, 0.0, 0.0),
    scales=(1.0, 1.0, 1.0),
    coefficients=((2.0, -2.0, 0.0), (-2.0, 2.0, 0.0), (0.0, 0.0, 9.0), (-2.0, -2.0, 0.0)),
    intercepts=(0.0, 0.0, -1.0, -4.0),
)
JUDGE = VetoingJudge(
    LabelClassifier(
        JudgeWeights(
            name="test",
            by_unread=(Regressions(REGRESSION, conflict=None),),
            costs=COSTS,
            corrected_false_alarm=0.0,
        )
    )
)


def report(rank: int = 0, text: str = "Seven people died in the fire.", **changes: Any) -> RankedPassage:
    """A passage of a document of its own."""
    return a_witness(text, rank, document=a_document(f"d{rank}", **changes))


def read(
    *readings: tuple[RankedPassage, EntailmentScores], found: Sequence[Alignment] = (), **changes: Any
) -> ClaimEvidence:
    evidence = ClaimEvidence(
        statement=a_statement(TEXT),
        readings=tuple(PassageReading(*reading, None, verbatim=False) for reading in readings),
        others=(),
        alignments=tuple(found),
        substitutions=tuple(
            SubstitutionReading(a, YES, verbatim=False)
            for a in found
            if a.relation is Relation.CONFLICT and a.rule == "number.differs"
        ),
        required_values=(SpanValue(0, 4, "9"),),
        required_names=(),
        unread=0,
    )
    return replace(evidence, **changes)


def figure(ranked: RankedPassage, relation: Relation = Relation.CONFLICT, **changes: Any) -> Alignment:
    alignment = Alignment(
        relation,
        ConflictKind.NUMBER,
        SpanValue(0, 4, "9"),
        ranked,
        SpanValue(0, 5, "7"),
        0.8,
        "Seven" if relation is Relation.CONFLICT else None,
        "number.differs" if relation is Relation.CONFLICT else "number.same",
    )
    return replace(alignment, **changes)


def no_reader(texts: Sequence[str], ranked: RankedPassage) -> list[float]:
    raise AssertionError("the reader is asked only where no value can be shown")


def contradicted_by_verb(texts: Sequence[str], ranked: RankedPassage) -> list[float]:
    return [0.9 if "died" in text else 0.1 for text in texts]


def verdict(evidence: ClaimEvidence, most: int = 5, contradict: Any = no_reader) -> Verdict:
    return JUDGE.judge(evidence, contradict, most)


def test_a_passage_that_entails_supports():
    found = verdict(read((report(), YES)))
    assert (found.label, found.rule, found.evidence[0].stance) == (Label.SUPPORTED, "corpus.agrees", Stance.SUPPORTS)


def test_a_value_that_differs_is_shown_with_its_mend():
    ranked = report()
    found = verdict(read((ranked, NO), found=[figure(ranked)]))
    assert (found.label, found.rule) == (Label.CONTRADICTED, "number.differs")
    assert [(c.kind, c.claim.text, c.evidence.text) for c in found.conflicts] == [
        (ConflictKind.NUMBER, "Nine", "Seven")
    ]
    assert [s.replacement for s in found.suggestions] == ["Seven"]
    assert found.evidence[0].stance is Stance.CONTRADICTS


def test_of_two_reports_that_differ_from_the_claim_the_newer_one_mends_it():
    old = report(0, published_at="2024-05-01")
    new = report(1, text="Eight people died in the fire.", published_at="2024-05-03")
    found = verdict(read((old, NO), (new, NO), found=[figure(old), figure(new, replacement="Eight", score=0.7)]))
    assert [s.replacement for s in found.suggestions] == ["Eight"]


def test_an_exact_conflict_does_not_hide_the_others():
    ranked = report()
    impossible = figure(ranked, rule="weekday.impossible", kind=ConflictKind.WEEKDAY, claim=SpanValue(24, 28, "x"))
    found = verdict(read((ranked, NO), found=[impossible, figure(ranked)]))
    assert [(c.kind, c.claim.text) for c in found.conflicts] == [
        (ConflictKind.WEEKDAY, "fire"),
        (ConflictKind.NUMBER, "Nine"),
    ]


def test_a_contradiction_without_a_value_shows_the_words_it_rests_on():
    found = verdict(read((report(text="Nine people survived the fire."), NO)), contradict=contradicted_by_verb)
    [conflict] = found.conflicts
    assert (found.rule, conflict.claim.text, conflict.kind) == ("reader.contradicts", "died", ConflictKind.RELATION)
    assert found.suggestions == ()


def test_no_conflict_is_shown_on_words_that_a_passage_bears_out():
    one, other = report(0), report(1, TEXT)
    found = verdict(
        read((one, NO), (other, NOTHING), found=[figure(one), figure(other, Relation.AGREE)]),
        contradict=contradicted_by_verb,
    )
    assert [c.claim.text for c in found.conflicts] == ["died"]


def test_two_stories_that_disagree_are_a_dispute():
    one, other = report(0), report(1, TEXT)
    found = verdict(read((one, NO), (other, YES), found=[figure(one)]))
    assert (found.label, found.rule) == (Label.DISPUTED, "corpus.disagrees")
    assert {e.stance for e in found.evidence} == {Stance.CONTRADICTS, Stance.SUPPORTS}


def test_a_dispute_in_which_nobody_else_says_so_is_none():
    """The words that contradict stand in the one passage that supports, too; the other story is silent."""
    one, other = report(0, text="Seven people survived the fire."), report(1, text="Rain fell.")
    torn, against = EntailmentScores(0.5, 0.0, 0.5), EntailmentScores(0.05, 0.5, 0.45)
    evidence = read((one, torn), (other, against))
    assert supporting(evidence) == {0}

    def by_the_first(texts: Sequence[str], ranked: RankedPassage) -> list[float]:
        return [0.9 if ranked is one and "died" in text else 0.1 for text in texts]

    found = verdict(evidence, contradict=by_the_first)
    assert found.label is Label.CONTRADICTED
    assert {c.evidence.document_id for c in found.conflicts} == {"d0"}


def test_a_veto_forbids_support():
    vetoed = PassageReading(report(text=TEXT), YES, "date.elsewhen", verbatim=False)
    assert verdict(read(readings=(vetoed,))).label is Label.UNVERIFIED


def test_a_passage_that_has_the_claim_word_for_word_supports_it():
    verbatim = PassageReading(report(text=TEXT), NOTHING, None, verbatim=True)
    assert verdict(read(readings=(verbatim,))).label is Label.SUPPORTED
    assert verdict(read(readings=(verbatim,), alignments=(figure(verbatim.ranked),))).label is not Label.SUPPORTED


def test_an_impossible_weekday_is_contradicted_whatever_the_reader_says():
    ranked = report(text=TEXT)
    impossible = figure(ranked, rule="weekday.impossible", kind=ConflictKind.WEEKDAY)
    found = verdict(read((ranked, YES), found=[impossible]))
    assert (found.label, found.rule) == (Label.CONTRADICTED, "weekday.impossible")


@pytest.mark.parametrize(
    ("scores", "rule"), [(NOTHING, "corpus.silent"), (EntailmentScores(0.3, 0.4, 0.3), "corpus.unclear")]
)
def test_silence_is_told_from_what_settles_nothing(scores: EntailmentScores, rule: str):
    found = verdict(read((report(), scores)))
    assert (found.label, found.rule, found.conflicts) == (Label.UNVERIFIED, rule, ())
    assert {e.stance for e in found.evidence} == {Stance.NEUTRAL}


def test_without_a_passage_the_archive_is_silent():
    assert (silent(a_statement(TEXT)).label, silent(a_statement(TEXT)).evidence) == (Label.UNVERIFIED, ())


def test_an_opinion_is_not_checked():
    assert not_checkable(a_statement("The food was delicious.")).label is Label.NOT_CHECKABLE


def test_evidence_is_bounded_but_what_decides_is_always_shown():
    rows = [(report(0, TEXT), NOTHING), (report(1, TEXT), NOTHING), (report(2), NO)]
    found = verdict(read(*rows, found=[figure(rows[2][0])]), most=1)
    assert [(e.document.id, e.stance) for e in found.evidence] == [("d2", Stance.CONTRADICTS)]


def test_unread_passages_follow_as_neutral():
    others = ((report(7).passage, 0.5), (report(8).passage, 0.4))
    found = verdict(read((report(), YES), others=others), most=2)
    assert [e.document.id for e in found.evidence] == ["d0", "d7"]


def test_places_in_a_document_are_those_of_its_text():
    ranked = report()
    shifted = replace(
        ranked, passage=replace(ranked.passage, span=replace(ranked.passage.span, start=10, utf16_start=12))
    )
    [conflict] = verdict(read((shifted, NO), found=[figure(shifted)])).conflicts
    span = conflict.evidence.span
    assert (span.field, span.start, span.end, span.utf16_start, span.utf16_end) == (Field.TEXT, 10, 15, 12, 17)


def test_probabilities_follow_the_labels_and_sum_to_one():
    classifier = JUDGE._classifier
    found = classifier.probabilities(
        {"entailment_most": 3.0, "contradiction_most": -3.0, "disagreement": 0.0}, unread=0
    )
    assert tuple(found) == LABELS
    assert sum(found.values()) == pytest.approx(1.0)
    assert max(found, key=lambda label: found[label]) is Label.SUPPORTED


def test_two_stories_that_differ_in_nothing_but_a_value_are_a_dispute():
    one, other = report(0), report(1, TEXT)
    verbatim = PassageReading(other, YES, None, verbatim=True)
    conflict = figure(one)
    found = verdict(
        read(
            readings=(PassageReading(one, NO, None, verbatim=False), verbatim),
            alignments=(conflict, figure(other, Relation.AGREE)),
            substitutions=(SubstitutionReading(conflict, YES, verbatim=True),),
        )
    )
    assert (found.label, [c.claim.text for c in found.conflicts]) == (Label.DISPUTED, ["Nine"])


def test_no_passage_supports_a_claim_about_names_that_stand_nowhere():
    evidence = read((report(), YES))
    name = SpanValue(0, len(evidence.statement.sentence.text), None)
    stranger = replace(evidence.statement.sentence.parsed, text="Zoltan Quimby " + evidence.statement.sentence.text)
    sentence = replace(evidence.statement.sentence, parsed=stranger)
    about = replace(evidence, statement=replace(evidence.statement, sentence=sentence))
    assert supporting(replace(about, required_names=(SpanValue(0, len("Zoltan Quimby"), None),))) == frozenset()
    assert supporting(replace(evidence, required_names=(name,))) == {0}


@pytest.mark.parametrize(("scores", "settled"), [((0.9, 0.05, 0.05), True), ((0.45, 0.1, 0.45), False)])
def test_a_claim_is_settled_where_one_label_costs_much_less_than_the_others(
    scores: tuple[float, float, float], settled: bool
):
    evidence = replace(read((report(), EntailmentScores(*scores)), (report(1), NOTHING)), unread=1)
    assert JUDGE.is_settled(evidence) is settled

import pytest

from factcheck.ports import EntailmentScores
from tests.unit.worker.model_fixtures import a_kit, a_statement, a_witness
from worker.evidence.features import FEATURES, features, open_substitutions, top_reading
from worker.evidence.reader import read_evidence, read_variants
from worker.evidence.retrieve import Retrieved

CLAIM = "Nine people died in Tindby on Monday."


def evidence_on(claim: str, *passages: str):
    ranked = tuple(a_witness(text, rank) for rank, text in enumerate(passages))
    return read_evidence(a_statement(claim, dateline="2018-02-07"), Retrieved(ranked, ()), a_kit())


def test_every_comparer_is_heard():
    claim = "Prosecutor Sigrid Aune said nine people died in Tindby on Monday."
    found = evidence_on(claim, "Lawyer Sigrid Aune said seven people died in Tindby on Tuesday.")
    assert {"name.same", "role.differs", "number.differs", "weekday.differs"} <= {a.rule for a in found.alignments}


def test_a_claim_asks_for_its_names_its_times_and_its_figures():
    found = evidence_on("Sigrid Aune paid 300 euros in May 2016.", "Nothing of the kind.")
    words = [found.statement.sentence.text[v.start : v.end] for v in (*found.required_values, *found.required_names)]
    assert sorted(words) == ["300 euros", "May 2016", "Sigrid Aune"]


def test_each_passage_is_read_once_in_order():
    found = evidence_on(CLAIM, CLAIM, "Rain fell.")
    assert [r.ranked.rank for r in found.readings] == [0, 1]
    assert found.readings[0].scores.supported > found.readings[1].scores.supported
    assert top_reading(found).ranked.rank == 0


def test_a_value_that_differs_is_put_in_the_claim_s_place():
    found = evidence_on(CLAIM, "Seven people died in Tindby on Monday.")
    [substitution] = open_substitutions(found)
    assert substitution.conflict.rule == "number.differs"
    assert substitution.scores.supported > found.readings[0].scores.supported - 0.1


def test_all_features_are_numbers_and_documented():
    found = features(evidence_on(CLAIM, CLAIM, "Seven people died in Tindby on Tuesday."))
    assert set(found) == set(FEATURES)
    assert all(isinstance(float(value), float) for value in found.values())
    assert all(description for description, _ in FEATURES.values())


def test_agreement_and_conflict_move_their_features():
    same, other = (features(evidence_on(CLAIM, text)) for text in (CLAIM, "Seven people died in Tindby on Monday."))
    assert (same["values_open"], same["value_conflict"], same["overlap"]) == (0, 0.0, 1.0)
    assert other["values_open"] == 1
    assert other["value_conflict"] > 0
    assert other["substituted"] > 0


@pytest.mark.parametrize("claim", ["Died.", "9 12 300 4", "WORDS " * 300, "Ni osoby zginęły w pożarze."])
@pytest.mark.parametrize("passage", ["Yes", "1 | 2 | 3 | 4", "x " * 300])
def test_odd_claims_and_passages_have_features_too(claim: str, passage: str):
    assert set(features(evidence_on(claim, passage))) == set(FEATURES)


def test_variants_of_a_claim_are_read_against_one_passage():
    class Denying:
        def name(self) -> str:
            return "denying"

        def judge(self, pairs):
            return [
                EntailmentScores(0.0, 0.0, 1.0) if "nine" in claim else EntailmentScores(0.0, 1.0, 0.0)
                for _, claim in pairs
            ]

    from dataclasses import replace

    models = replace(a_kit(), entailment=Denying())
    assert read_variants(["nine", "ten"], a_witness("Eight."), models) == [1.0, 0.0]


def test_a_phrase_that_the_passage_has_too_is_not_left_out():
    class Counted:
        def __init__(self) -> None:
            self.claims: list[str] = []

        def name(self) -> str:
            return "counted"

        def judge(self, pairs):
            self.claims += [claim for _, claim in pairs]
            return [
                EntailmentScores(0.0, 1.0 - 0.1 * len(claim.split()), 0.1 * len(claim.split())) for _, claim in pairs
            ]

    from dataclasses import replace

    model = Counted()
    variants = ["The bank won the case", "won the case", "The bank the case"]
    passage = a_witness("The bank lost the case.")
    assert read_variants(variants, passage, replace(a_kit(), entailment=model)) == pytest.approx([0.5, 0.5, 0.4])
    assert model.claims == ["The bank won the case", "The bank the case"]

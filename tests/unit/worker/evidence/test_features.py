from tests.unit.worker.model_fixtures import a_kit, a_statement, a_witness
from worker.evidence.features import align_claim


def test_every_comparer_is_heard():
    statement = a_statement("Prosecutor Sigrid Aune said nine people died in Tindby on Monday.", dateline="2018-02-07")
    ranked = a_witness("Lawyer Sigrid Aune has not said that seven people died in Tindby on Tuesday.")
    rules = {f.rule for f in align_claim(statement, [ranked], a_kit()).findings}
    assert {"name.same", "role.differs", "number.differs", "weekday.differs"} <= rules


def test_a_claim_asks_for_its_names_its_times_and_its_figures():
    statement = a_statement("Sigrid Aune paid 300 euros in May 2016.")
    required_values = align_claim(statement, [], a_kit()).required_values
    assert {statement.sentence.text[w.start : w.end] for w in required_values} == {
        "Sigrid Aune",
        "300 euros",
        "May 2016",
    }


def test_without_witnesses_there_is_nothing_to_find():
    comparison = align_claim(a_statement("Nine people died."), [], a_kit())
    assert (comparison.findings, comparison.nli_entailment, comparison.coverage) == ((), (), 0.0)


def test_coverage_is_the_share_of_the_claim_s_words_in_the_best_passage():
    statement = a_statement("The ferry sank near the harbour.")
    whole, half = a_witness("A ferry sank in the harbour."), a_witness("The ferry left.", 1)
    assert align_claim(statement, [half, whole], a_kit()).coverage == 1.0
    assert 0.0 < align_claim(statement, [half], a_kit()).coverage < 1.0

import pytest

from tests.unit.worker.model_fixtures import Told, a_statement, a_witness, told
from worker.dimensions.quantities.altered_copies import compare_copied_sentences

REPORT = "The night ferry took 212 people from Lysvik to Grandal in about four hours on Tuesday."


def found(claim: str, passage: str = REPORT) -> set[Told]:
    statement = a_statement(claim)
    return told(statement, compare_copied_sentences(statement, [a_witness(passage)]))


@pytest.mark.parametrize(
    ("claim", "said", "reported"),
    [
        (REPORT.replace("212", "221"), "221", "212"),
        (REPORT.replace("four", "nine"), "nine", "four"),
        (REPORT.replace("Tuesday", "Friday"), "Friday", "Tuesday"),
    ],
)
def test_one_word_changed_in_a_copied_sentence_is_a_conflict(claim: str, said: str, reported: str):
    assert found(claim) == {("conflict", "copy.altered", said, reported)}


def test_bounds_of_other_figures_do_not_excuse_a_changed_one():
    report = "Nobody in the harbour waited more than five minutes before the horn sounded again."
    claim = "Nobody in the harbour waited more than nine minutes before the horn sounded again."
    assert found(claim, report) == {("conflict", "copy.altered", "nine", "five")}


@pytest.mark.parametrize(
    "claim",
    [
        REPORT,
        "The ferry took 221 people.",
        "A ferry with 300 passengers on board was in Grandal after nine hours.",
        REPORT.replace("212", "221").replace("four", "nine"),
        REPORT.replace("212", "many"),
    ],
    ids=["the same", "too few words", "other words", "two figures changed", "no figure in its place"],
)
def test_what_is_no_copy_with_one_change_is_left_alone(claim: str):
    assert found(claim) == set()


def test_a_rounded_figure_is_no_change():
    report = "The port of Lysvik handled about 1,000 containers in the first week of May."
    assert found("The port of Lysvik handled about 980 containers in the first week of May.", report) == set()

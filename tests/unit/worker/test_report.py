import pytest

from factcheck.search.memory import MemorySearch
from factcheck.verdict import Coverage, Label
from tests.builders import a_request, a_verdict, an_article
from tests.unit.worker.model_fixtures import a_kit, parser
from worker.report import make_report
from worker.text.claims import find_claims
from worker.text.sentences import find_sentences

TEXT = "The mill burned down and the road was closed for a week. Nine people died. The food was delicious."


def coverage(labels: list[Label], limit: int = 100) -> Coverage:
    """Of `TEXT`, whose four claims lie in three sentences; the first ones have got these labels."""
    order = a_request(article=an_article(TEXT))
    sentences = find_sentences(order.article, parser(), limit)
    statements = find_claims(sentences.read, None)
    verdicts = [a_verdict(claim=s.claim, label=label) for s, label in zip(statements, labels, strict=False)]
    return make_report(order, MemorySearch([]), a_kit(), sentences, statements, verdicts, []).coverage


SUPPORTED, OPINION = Label.SUPPORTED, Label.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("labels", "limit", "expected"),
    [
        ([SUPPORTED, SUPPORTED, SUPPORTED, OPINION], 100, Coverage(3, 2, 1, 0)),
        ([SUPPORTED, OPINION, OPINION, OPINION], 100, Coverage(3, 1, 2, 0)),
        ([SUPPORTED, SUPPORTED], 100, Coverage(3, 1, 0, 2)),
        ([SUPPORTED], 100, Coverage(3, 0, 0, 3)),
        ([], 100, Coverage(3, 0, 0, 3)),
        ([SUPPORTED, SUPPORTED, SUPPORTED], 2, Coverage(3, 2, 0, 1)),
    ],
    ids=["all", "one clause is checked", "out of time", "in the middle of a sentence", "nothing", "too long"],
)
def test_every_sentence_is_accounted_for(labels: list[Label], limit: int, expected: Coverage):
    assert coverage(labels, limit) == expected
    assert expected.checked + expected.not_checkable + expected.not_reached == expected.sentences


def test_the_report_names_corpus_and_models():
    order = a_request(as_of="2024-04-12")
    sentences = find_sentences(order.article, parser(), 100)
    report = make_report(order, MemorySearch([]), a_kit(), sentences, find_claims(sentences.read, None), [], [])
    assert (report.corpus.documents, report.corpus.as_of) == (0, "2024-04-12")
    assert (report.engine.entailment, report.engine.retrieval) == ("shared-words", "words")

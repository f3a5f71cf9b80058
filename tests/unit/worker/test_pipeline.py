from dataclasses import replace
from typing import Any

import pytest

from factcheck.article import Article
from factcheck.errors import CheckCancelled, IndexUnavailable
from factcheck.evidence import Candidate
from factcheck.instrumentation import Stopwatch, recording
from factcheck.ports import PassageQuery
from factcheck.search.memory import MemorySearch
from factcheck.verdict import Label, Report, Verdict
from tests.builders import a_document, a_request, an_article
from tests.unit.worker.model_fixtures import a_kit
from worker.pipeline import check_article

FIRE = a_document("d1", "Seven people died in a fire at the Morrow mill on Monday.", source="Fjord Radio")
TEXT = "Nine people died in a fire at the Morrow mill on Monday. Sigrun Oddvar baked bread. The food was delicious."


def checked(article: Article, heard: list[Any] | None = None, **limits: Any) -> Report:
    def sink(verdict: Verdict | None, total: int) -> None:
        if heard is not None:
            heard.append((verdict and verdict.label, total))

    return check_article(a_request(article=article), MemorySearch([FIRE]), a_kit(), sink, **limits)


def test_every_statement_of_an_article_gets_a_verdict():
    labels = [v.label for v in checked(an_article(TEXT)).verdicts]
    assert labels == [Label.CONTRADICTED, Label.UNVERIFIED, Label.NOT_CHECKABLE]


def test_the_sink_hears_the_number_of_claims_first_and_then_each_verdict():
    heard: list[Any] = []
    checked(an_article(TEXT), heard)
    assert heard == [(None, 3), (Label.CONTRADICTED, 3), (Label.UNVERIFIED, 3), (Label.NOT_CHECKABLE, 3)]


@pytest.mark.parametrize(
    ("written", "as_of", "published", "counts"),
    [
        ("2024-05-18", None, "2024-05-17", True),
        ("2024-05-18", None, "2024-05-18", True),
        ("2024-05-18", None, "2024-05-18T22:00:00", True),
        ("2024-05-18", None, None, True),
        (None, None, "2030-05-17", True),
        ("2024-05-18", "2024-05-20", "2024-05-20", True),
        ("2024-05-18", None, "2024-05-19", False),
        ("2024-05-18", None, "2030-05-17", False),
        ("2024-05-18T10:00:00", None, "2024-05-18T12:00:00", False),
        ("2024-05-18", "2024-05-16", "2024-05-17", False),
        ("2024-05-18", "2024-05-20", "2024-05-21", False),
    ],
)
def test_a_report_newer_than_the_article_is_no_evidence(written, as_of, published, counts):
    order = a_request(article=an_article("Seven people died in a fire at the Morrow mill.", published_at=written))
    corpus = MemorySearch([replace(FIRE, published_at=published)])
    report = check_article(replace(order, as_of=as_of), corpus, a_kit(), lambda *_: None)
    assert bool(report.verdicts[0].evidence) is counts
    assert report.corpus.as_of == (as_of or written)


def test_what_the_limit_cuts_off_is_told():
    report = checked(an_article(TEXT), sentence_limit=1)
    assert (len(report.verdicts), report.coverage.not_reached) == (1, 2)


def test_an_empty_article_has_an_empty_report():
    report = checked(an_article(" "))
    assert (report.verdicts, report.coverage.sentences) == ((), 0)


def test_the_same_article_is_judged_alike_twice():
    assert checked(an_article(TEXT)) == checked(an_article(TEXT))


def test_each_group_of_claims_is_retrieved_once_and_counted():
    with recording(steps := Stopwatch()):
        checked(an_article(TEXT))
    assert (steps.times["retrieve"], steps.times["judge"]) == (2, 3)


def test_a_corpus_that_cannot_be_read_ends_the_check():
    class Gone(MemorySearch):
        def search(self, query: PassageQuery) -> list[Candidate]:
            raise IndexUnavailable("gone")

    with pytest.raises(IndexUnavailable):
        check_article(a_request(article=an_article(TEXT)), Gone([FIRE]), a_kit(), lambda verdict, total: None)


def test_a_cancelled_check_retrieves_no_more_than_it_has_begun():
    class Counted(MemorySearch):
        required_values = 0

        def search(self, query: PassageQuery) -> list[Candidate]:
            self.required_values += 1
            return super().search(query)

    def sink(verdict: Verdict | None, total: int) -> None:
        if verdict is not None:
            raise CheckCancelled("by its owner")

    text = " ".join(f"Nine people died in fire {number} at the Morrow mill." for number in range(20))
    corpus = Counted([FIRE])
    with pytest.raises(CheckCancelled):
        check_article(a_request(article=an_article(text)), corpus, a_kit(), sink)
    assert corpus.required_values <= 20  # groups of two, four and four claims, two questions each

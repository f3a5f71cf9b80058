from typing import Any

from factcheck.article import Article
from factcheck.search.memory import MemorySearch
from factcheck.verdict import Label, Report, Verdict
from tests.builders import a_document, an_article, an_order
from tests.unit.worker.kit import a_kit
from worker.pipeline import check_article

FIRE = a_document("d1", "Seven people died in a fire at the Morrow mill on Monday.", source="Fjord Radio")
TEXT = "Nine people died in a fire at the Morrow mill on Monday. Sigrun Oddvar baked bread. The food was delicious."


def checked(article: Article, heard: list[Any] | None = None, **limits: Any) -> Report:
    def sink(verdict: Verdict | None, total: int) -> None:
        if heard is not None:
            heard.append((verdict and verdict.label, total))

    return check_article(an_order(article=article), MemorySearch([FIRE]), a_kit(), sink, **limits)


def test_every_statement_of_an_article_gets_a_verdict():
    labels = [v.label for v in checked(an_article(TEXT)).verdicts]
    assert labels == [Label.CONTRADICTED, Label.UNVERIFIED, Label.NOT_CHECKABLE]


def test_the_sink_hears_the_number_of_claims_first_and_then_each_verdict():
    heard: list[Any] = []
    checked(an_article(TEXT), heard)
    assert heard == [(None, 3), (Label.CONTRADICTED, 3), (Label.UNVERIFIED, 3), (Label.NOT_CHECKABLE, 3)]


def test_what_the_limit_cuts_off_is_told():
    report = checked(an_article(TEXT), sentence_limit=1)
    assert (len(report.verdicts), report.coverage.not_reached) == (1, 2)


def test_an_empty_article_has_an_empty_report():
    report = checked(an_article(" "))
    assert (report.verdicts, report.coverage.sentences) == ((), 0)


def test_the_same_article_is_judged_alike_twice():
    assert checked(an_article(TEXT)) == checked(an_article(TEXT))

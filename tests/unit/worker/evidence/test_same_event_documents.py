from typing import Any

from factcheck.check import CheckOptions
from factcheck.evidence import Document
from factcheck.search.memory import MemorySearch
from tests.builders import a_document
from tests.unit.worker.model_fixtures import a_kit, statements
from worker.evidence.retrieval_scope import RetrievalScope
from worker.evidence.retrieve import retrieve_passages
from worker.evidence.same_event_documents import with_event_reports

MILL = a_document(
    "mill",
    "Fire swept the Morrow mill at Tindby on Monday. Sixty weavers fled by the stairs. The roof fell in before noon.",
    title="Morrow mill burns at Tindby",
    source="Post",
    published_at="2018-02-05",
)
QUARRY = a_document(
    "quarry", "All escaped when the quarry at Osk flooded. No person was hurt.", title="Quarry at Osk floods"
)
DRAFT = ("The Morrow mill at Tindby burned on Monday.", "No person was hurt.")


def scope_of(*documents: Document, as_of: str | None = None, **options: Any) -> RetrievalScope:
    given = {"max_evidence": 5, "sources_include": (), "sources_exclude": (), "time_limit_s": 30.0, **options}
    return RetrievalScope(MemorySearch(documents), CheckOptions(**given), as_of, 30)


def event_of(scope: RetrievalScope, *draft: str, title: str = "A fire") -> list[str]:
    return [passage.text for passage in with_event_reports(scope, title, draft or DRAFT).event]


def test_every_sentence_of_a_report_on_the_event_is_found_whatever_its_words():
    assert {"Sixty weavers fled by the stairs.", "The roof fell in before noon."} <= set(
        event_of(scope_of(MILL, QUARRY))
    )


def test_a_report_that_matches_one_sentence_only_is_not_on_the_event():
    assert "All escaped when the quarry at Osk flooded." not in event_of(scope_of(MILL, QUARRY))


def test_sentences_of_the_event_that_share_no_word_with_the_claim_are_read_too():
    scope = scope_of(MILL)
    [without] = retrieve_passages(statements("No person was hurt."), "", scope, a_kit())
    [found] = retrieve_passages(statements("No person was hurt."), "", with_event_reports(scope, "", DRAFT), a_kit())
    assert (len(without.ranked), len(found.ranked)) == (0, 3)


def test_the_best_report_comes_first():
    later = a_document("later", "The Morrow mill was insured.", title="Owner speaks")
    found = with_event_reports(scope_of(later, MILL), "Morrow mill burns", DRAFT).event
    assert found[0].document.id == "mill"


def test_reports_outside_the_scope_are_no_reports_on_the_event():
    assert event_of(scope_of(MILL, sources_exclude=("Post",))) == []
    assert event_of(scope_of(MILL, as_of="1990-01-01")) == []


def test_an_article_without_sentences_has_the_reports_of_no_event():
    assert with_event_reports(scope_of(MILL), "A fire", []).event == ()
    assert event_of(scope_of(), title="") == []


def test_a_long_article_is_asked_for_by_parts():
    long = ["The river rose again and the ferry stayed at its pier."] * 200
    assert "Sixty weavers fled by the stairs." in event_of(scope_of(MILL, QUARRY), DRAFT[0], *long, DRAFT[0])

"""What of the archive may speak against one of its own reports."""

from factcheck.check import OtherDocuments
from factcheck.evidence import Document
from factcheck.ports import PassageQuery
from factcheck.search.memory import MemorySearch
from factcheck.search.other_documents import OtherDocumentsSearch
from tests.builders import a_document

WORDS = "The old mill of Ostra was built in the year of the flood by the brothers Kern, said the guide"
OWN = a_document("own", f"{WORDS}.", published_at="2019-04-02")


def found(*others: Document, limit: int = 5, story: str | None = "own") -> list[str]:
    search = OtherDocumentsSearch(MemorySearch([OWN, *others]), OtherDocuments("own", story, "2019-04-02"))
    return [c.passage.document.id for c in search.search(PassageQuery("mill of Ostra built flood", limit))]


def test_neither_the_report_itself_nor_its_copies_are_found():
    copy = a_document("copy", f"{WORDS}.", published_at="2019-04-03")
    other = a_document("other", "The mill of Ostra was built after the flood.", published_at="2019-04-03")
    assert found(copy, other) == ["other"]


def test_older_reports_are_left_out_and_undated_ones_are_not():
    older = a_document("older", "The mill of Ostra was built.", published_at="2019-04-01")
    same_day = a_document("same", "The mill of Ostra was built.", published_at="2019-04-02")
    undated = a_document("undated", "The mill of Ostra was built.")
    assert set(found(older, same_day, undated)) == {"same", "undated"}


def test_many_older_sentences_do_not_hide_a_newer_one():
    older = [a_document(f"o{n}", f"Mill of Ostra built flood {n}.", published_at="2010-01-01") for n in range(90)]
    newer = a_document("newer", "Later the mill was mended by somebody of the town.", published_at="2020-01-01")
    assert found(*older, newer, limit=3) == ["newer"]


def test_a_report_without_a_story_has_no_copies():
    other = a_document("other", "The mill of Ostra was built after the flood.", published_at="2019-04-03")
    assert found(other, story=None) == ["other"]

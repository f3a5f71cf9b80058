from typing import Any

import pytest

from factcheck.check import CheckOptions
from factcheck.evidence import Document
from factcheck.search.memory import MemorySearch
from tests.builders import a_document
from tests.unit.worker.model_fixtures import a_kit, statements
from worker.evidence.retrieval_scope import RetrievalScope
from worker.evidence.retrieve import PASSAGES, Retrieved, retrieve_passages
from worker.text.pipeline_types import RankedPassage

FIRE = "Nine people died in a fire at the Morrow mill. The union counted eleven. Rain fell on Tindby."
CLAIM = "Nine people died in a fire at the Morrow mill."


def retrieved(*documents: Document, claim: str = CLAIM, as_of: str | None = None, **options: Any) -> Retrieved:
    required_values = CheckOptions(
        **{"max_evidence": 5, "sources_include": (), "sources_exclude": (), "time_limit_s": 30.0, **options}
    )
    scope = RetrievalScope(MemorySearch(documents), required_values, as_of, 30)
    return retrieve_passages(statements(claim), "", scope, a_kit())[0]


def ranked_passages(*documents: Document, **options: Any) -> list[RankedPassage]:
    return list(retrieved(*documents, **options).ranked)


def test_the_most_relevant_passage_comes_first():
    found = ranked_passages(a_document("d1", "A mill burned."), a_document("d2", FIRE))
    assert (found[0].passage.document.id, found[0].passage.text) == ("d2", CLAIM)
    assert [w.rank for w in found] == list(range(len(found)))


def test_passages_beyond_those_that_are_read_follow_with_their_cosines():
    wires = [
        a_document(f"wire{number}", f"{number + 2} people died in a fire at the Morrow mill.") for number in range(8)
    ]
    found = retrieved(*wires)
    assert (len(found.ranked), len(found.others)) == (PASSAGES, 5 - PASSAGES)


def test_an_empty_corpus_has_no_witnesses():
    assert ranked_passages() == []


def test_sources_and_days_that_were_left_out_are_not_asked():
    old = a_document("d1", FIRE, source="Post", published_at="2018-02-07")
    new = a_document("d2", FIRE, source="Radio", published_at="2018-02-09")
    assert {w.passage.document.id for w in ranked_passages(old, new, as_of="2018-02-08")} == {"d1"}
    assert {w.passage.document.id for w in ranked_passages(old, new, sources_exclude=("Post",))} == {"d2"}
    assert {w.passage.document.id for w in ranked_passages(old, new, sources_include=("Post",))} == {"d1"}


@pytest.mark.parametrize(
    ("as_of", "seen"),
    [
        ("2018-02-09T09:00:00", {"day", "early"}),
        ("2018-02-09T09:00:00+00:00", {"day", "early", "late", "zone"}),
        ("2018-02-09T07:00:00+00:00", {"day", "early", "late"}),
        ("2018-02-09", {"day", "early", "late", "zone"}),
        ("2018-02-08T23:59:59", set()),
    ],
)
def test_a_moment_leaves_out_what_is_later_on_its_day(as_of: str, seen: set[str]):
    moments = {"day": "", "early": "T08:00:00", "late": "T10:00:00", "zone": "T09:00:00+01:00"}
    documents = [a_document(name, FIRE, published_at=f"2018-02-09{moment}") for name, moment in moments.items()]
    found = ranked_passages(*documents, as_of=as_of, max_evidence=50)
    assert {w.passage.document.id for w in found} <= seen
    assert bool(found) == bool(seen)


def test_a_passage_is_dated_by_its_document():
    (first, *_) = ranked_passages(a_document("d1", FIRE, published_at="2018-02-07T10:00:00Z"))
    assert str(first.anchor) == "2018-02-07"


def test_a_sentence_that_several_papers_print_from_the_wire_is_one_witness():
    wire = a_document("d1", FIRE)
    found = ranked_passages(
        wire, a_document("d2", "MORROW (Wire). " + FIRE), a_document("d3", f"{CLAIM} It is being rebuilt.")
    )
    assert [w.passage.document.id for w in found if w.passage.text == CLAIM] == ["d1", "d3"]

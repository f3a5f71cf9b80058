"""Wire copies are recognised at writing, and what is forgotten leaves nothing behind."""

from itertools import pairwise

import pytest
from redis import Redis

from factcheck import redis_keys
from factcheck.store.documents import RedisDocumentStore, in_batches
from tests.builders import a_document
from tests.unit.search.test_near_duplicates import REPORT, a_report

COPY = "HARBOR CITY (Wire) - " + REPORT


@pytest.fixture
def store(redis_client: Redis) -> RedisDocumentStore:
    return RedisDocumentStore(redis_client)


def story(store: RedisDocumentStore, document_id: str) -> str | None:
    return store.get(document_id).story


def test_copies_have_one_story_and_other_reports_their_own(store: RedisDocumentStore):
    store.put(a_document("a", REPORT))
    store.put_many([a_document("b", COPY), a_document("c", a_report(1)), a_document("short", "Too short.")])
    assert story(store, "a") == story(store, "b") is not None
    assert story(store, "c") not in {story(store, "a"), None}
    assert story(store, "short") is None


def test_a_document_read_back_is_the_one_that_was_written_but_for_its_story(store: RedisDocumentStore):
    document = a_document("a/\ud800😀", REPORT + '","story":"9"}', corrects='x","story":"1"}', story="given by nobody")
    with pytest.raises(Exception, match="UTF-8"):
        store.put(document)
    document = a_document("a/😀", REPORT + '\ud800","story":"9"}', corrects='x","story":"1"}', story="another")
    store.put(document)
    read = store.get("a/😀")
    assert (read.text, read.corrects, read.story) == (document.text, document.corrects, "1")
    assert [d.story for d in store.export()] == ["1"]


def test_a_replacement_leaves_its_story_and_may_come_back(store: RedisDocumentStore):
    store.put_many([a_document("a", REPORT), a_document("b", COPY)])
    first = story(store, "a")
    store.put(a_document("a", a_report(1)))
    assert story(store, "a") != first
    store.put(a_document("a", REPORT))
    assert story(store, "a") == first == story(store, "b")


def test_a_story_outlives_its_first_document(store: RedisDocumentStore):
    store.put_many([a_document("a", REPORT), a_document("b", COPY)])
    store.remove("a")
    store.put(a_document("c", REPORT))
    assert story(store, "c") == story(store, "b")


def test_nothing_is_left_of_documents_that_are_gone(store: RedisDocumentStore, redis_client: Redis):
    for text in (REPORT, COPY, a_report(1), a_report(2), "Short.", REPORT):
        store.put(a_document("a", text))
        store.put(a_document("b", text))
    assert (redis_client.hlen(redis_keys.CORPUS_STORIES), redis_client.hlen(redis_keys.CORPUS_BANDS)) == (1, 12)
    store.remove("a")
    store.remove("b")
    assert (redis_client.hlen(redis_keys.CORPUS_STORIES), redis_client.hlen(redis_keys.CORPUS_BANDS)) == (0, 0)


def test_drift_over_many_small_edits_ends_in_another_story(store: RedisDocumentStore):
    """Copies are compared with a story's first document only, so that a chain of edits does not tie all together."""
    words = REPORT.split(" ")
    texts = [" ".join([*(f"new{n}" for n in range(cut)), *words[cut:]]) for cut in range(0, 180, 20)]
    store.put_many([a_document(f"v{number}", text) for number, text in enumerate(texts)])
    stories = [story(store, f"v{number}") for number in range(len(texts))]
    assert stories[0] == stories[1] != stories[-1]
    assert sum(earlier != later for earlier, later in pairwise(stories)) <= 4


def test_a_thousand_reports_are_told_apart_and_their_copies_found(store: RedisDocumentStore):
    originals = [a_document(f"o{number}", a_report(number)) for number in range(500)]
    copies = [a_document(f"c{number}", "By wire. " + a_report(number)) for number in range(500)]
    for batch in in_batches(iter([*originals, *copies]), 200):
        store.put_many(batch)
    assert len({story(store, d.id) for d in originals}) == 500
    assert all(story(store, f"o{number}") == story(store, f"c{number}") for number in range(500))

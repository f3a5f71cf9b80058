from itertools import islice

import pytest
from redis import Redis

from factcheck.errors import InvalidInput, UnknownDocument
from factcheck.store.documents import RedisDocumentStore, in_batches
from tests.builders import a_document

IDS = ["b", "a/1", "a/10", "a/2", "Ä", "z", "文", "😀", "with space", "-", "+", "(a", "[a"]


@pytest.fixture
def store(redis_client: Redis) -> RedisDocumentStore:
    return RedisDocumentStore(redis_client)


@pytest.mark.parametrize("document_id", IDS)
def test_a_document_comes_back_as_it_was_put(store: RedisDocumentStore, document_id: str):
    document = a_document(
        document_id,
        text="A lone \ud800 surrogate, an é and a 😀.",
        title="Title",
        source="Wire",
        published_at="2018-01-30",
        url="https://example.org/1",
        language="en",
        tags=("a", "b"),
        corrects="d0",
    )
    assert store.put(document)
    assert store.get(document_id) == document


def test_the_same_document_twice_is_replaced_and_counts_once(store: RedisDocumentStore):
    assert store.put(a_document("d", text="One."))
    assert not store.put(a_document("d", text="Two."))
    assert (store.count(), store.get("d").text) == (1, "Two.")


def test_a_removed_document_is_unknown(store: RedisDocumentStore):
    store.put(a_document("d"))
    store.remove("d")
    with pytest.raises(UnknownDocument):
        store.get("d")
    with pytest.raises(UnknownDocument):
        store.remove("d")
    assert store.count() == 0


@pytest.mark.parametrize("document_id", ["", "\ud800", "x" * 513], ids=["empty", "surrogate", "too long"])
def test_an_id_that_is_none_is_refused_and_unknown(store: RedisDocumentStore, document_id: str):
    with pytest.raises(InvalidInput):
        store.put(a_document(document_id))
    with pytest.raises(InvalidInput) as refused:
        store.put_many([a_document("good"), a_document(document_id)])
    assert refused.value.details[0].pointer == "/1/id"
    assert store.count() == 0
    with pytest.raises(UnknownDocument):
        store.get(document_id)
    with pytest.raises(UnknownDocument):
        store.remove(document_id)


def test_pages_follow_the_order_of_ids_and_end_without_a_cursor(store: RedisDocumentStore):
    store.put_many([a_document(document_id) for document_id in IDS])
    seen, cursor = [], None
    while True:
        page = store.page(cursor, 5)
        seen += [document.id for document in page.items]
        cursor = page.cursor
        if cursor is None:
            break
    assert seen == sorted(IDS, key=str.encode)


def test_a_cursor_of_something_else_is_refused(store: RedisDocumentStore):
    with pytest.raises(InvalidInput):
        store.page("no cursor!", 5)


def test_many_documents_are_put_at_once_and_say_which_were_new(store: RedisDocumentStore):
    store.put(a_document("b"))
    assert store.put_many([a_document("a"), a_document("b"), a_document("c"), a_document("a")]) == [
        *(True, False, True, False)
    ]
    assert store.put_many([]) == []


def test_export_gives_every_document_in_the_order_of_ids(store: RedisDocumentStore):
    ids = [f"d{number:04d}" for number in range(450)]
    for batch in in_batches((a_document(document_id) for document_id in reversed(ids)), 100):
        store.put_many(batch)
    assert [document.id for document in store.export()] == ids


def test_a_document_removed_during_export_does_not_stop_it(store: RedisDocumentStore):
    store.put_many([a_document(f"d{number:04d}") for number in range(450)])
    export = store.export()
    assert len(list(islice(export, 10))) == 10
    store.remove("d0300")
    assert len(list(export)) == 439

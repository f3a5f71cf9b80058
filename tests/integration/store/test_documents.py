from itertools import islice

import pytest
from redis import Redis

from factcheck import redis_keys
from factcheck.errors import InvalidInput, UnknownDocument
from factcheck.ports import DocumentFilter, DocumentSort
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


# ── the archive as a list ──

NO_FILTER = DocumentFilter()
DATED = [
    a_document("a", title="bridge", source="Courier", published_at="2031-03-05T08:00:00+01:00"),
    a_document("b", title="Arch", source="The Wire", published_at="2031-03-06"),
    a_document("c", title="Canal", source="courier", published_at=None),
    a_document("d", title="Arch\x00 again", source=None, published_at="2031-03-05"),
    a_document("e\x00f", title="", source="Courier", published_at="2031-02-28"),
]


def listed(
    store: RedisDocumentStore, wanted: DocumentFilter, sort: DocumentSort, is_descending: bool = False, limit: int = 2
) -> str:
    seen, cursor = [], None
    while True:
        page = store.sorted_page(wanted, sort, is_descending, cursor, limit)
        seen += [document.id[0] for document in page.items]
        cursor = page.cursor
        if cursor is None:
            return "".join(seen)


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        (DocumentSort.ID, "abcde"),
        (DocumentSort.DATE, "cedab"),
        (DocumentSort.SOURCE, "dceab"),
        (DocumentSort.TITLE, "ebdac"),
    ],
)
def test_documents_are_listed_in_four_orders_up_and_down(store: RedisDocumentStore, sort: DocumentSort, ids: str):
    store.put_many(DATED)
    assert listed(store, NO_FILTER, sort) == ids
    assert listed(store, NO_FILTER, sort, is_descending=True) == ids[::-1]


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (DocumentFilter(source="COURIER"), "cea"),
        (DocumentFilter(source="Cour"), ""),
        (DocumentFilter(published_from="2031-03-05"), "dab"),
        (DocumentFilter(published_to="2031-03-05"), "eda"),
        (DocumentFilter(published_from="2031-03-05", published_to="2031-03-05"), "da"),
        (DocumentFilter(source="courier", published_from="2031-03-01"), "a"),
        (DocumentFilter(is_undated=True), "c"),
        (DocumentFilter(source="Courier", is_undated=True), "c"),
    ],
)
def test_the_list_is_filtered_by_source_and_days(store: RedisDocumentStore, wanted: DocumentFilter, ids: str):
    store.put_many(DATED)
    assert listed(store, wanted, DocumentSort.DATE) == ids
    assert store.matching(wanted) == len(ids)


def test_a_changed_or_removed_document_stands_once_or_not_at_all(store: RedisDocumentStore):
    store.put_many(DATED)
    store.put(a_document("a", title="Zebra", source="Aurora", published_at="2031-04-01"))
    store.remove("b")
    assert [listed(store, NO_FILTER, sort) for sort in DocumentSort] == ["acde", "ceda", "dace", "edca"]


def test_documents_that_an_older_version_stored_are_sorted_too(store: RedisDocumentStore, redis_client: Redis):
    store.put_many(DATED)
    redis_client.delete(redis_keys.CORPUS_BY_DATE)
    redis_client.zadd(redis_keys.CORPUS_BY_TITLE, {"a title of before\x00a": 0})
    assert listed(store, NO_FILTER, DocumentSort.DATE) == "cedab"
    assert listed(store, NO_FILTER, DocumentSort.TITLE) == "ebdac"


def test_freshness_counts_days_and_undated_reports(store: RedisDocumentStore):
    assert store.freshness("2031-03-06", 1).newest is None
    store.put_many(DATED)
    fresh = store.freshness("2031-03-06", 3)
    assert (fresh.documents, fresh.undated, fresh.newest) == (5, 1, "2031-03-06")
    assert fresh.days == (("2031-03-04", 0), ("2031-03-05", 2), ("2031-03-06", 1))


def test_what_a_document_was_before_is_kept_until_it_is_removed(store: RedisDocumentStore, redis_client: Redis):
    store.put(a_document("d", text="One."))
    store.put(a_document("d", text="One."))  # not a change
    assert store.versions("d") == ()
    for n in range(12):
        store.put(a_document("d", text=f"Version {n}."), by="person:anna")
    versions = store.versions("d")
    assert [v.document.text for v in versions] == [f"Version {n}." for n in range(10, 0, -1)]
    assert {v.replaced_by for v in versions} == {"person:anna"}
    assert versions[0].replaced_at >= versions[-1].replaced_at
    store.remove("d")
    assert not redis_client.keys("*versions*")
    with pytest.raises(UnknownDocument):
        store.versions("d")

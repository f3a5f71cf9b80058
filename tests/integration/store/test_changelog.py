import time

import pytest
from redis import Redis

from factcheck import redis_keys
from factcheck.errors import ChangelogLost
from factcheck.store.changelog import HOST_LIFETIME_S, RedisChangelog
from factcheck.store.documents import RedisDocumentStore
from tests.builders import a_document


@pytest.fixture
def store(redis_client: Redis) -> RedisDocumentStore:
    return RedisDocumentStore(redis_client)


@pytest.fixture
def changelog(redis_client: Redis) -> RedisChangelog:
    return RedisChangelog(redis_client)


def test_writes_and_removals_are_read_in_order_with_the_document_as_it_is_now(
    store: RedisDocumentStore, changelog: RedisChangelog
):
    start = changelog.position()
    store.put(a_document("a", text="Old."))
    store.put(a_document("b"))
    store.put(a_document("a", text="New."))
    store.remove("b")
    changes = changelog.read(start, 10, 0)
    assert [(change.document_id, change.document and change.document.text) for change in changes] == [
        *(("a", "New."), ("b", None), ("a", "New."), ("b", None)),
    ]
    assert changes[-1].position == changelog.position()
    assert changelog.read(changes[1].position, 10, 0) == changes[2:]
    assert changelog.read(start, 2, 0) == changes[:2]
    assert changelog.read(changelog.position(), 10, 0.05) == []


def test_changes_are_dropped_only_past_the_slowest_host(
    store: RedisDocumentStore, changelog: RedisChangelog, redis_client: Redis
):
    start = changelog.position()
    changelog.commit("slow", start)
    store.put_many([a_document(f"d{number}") for number in range(5)])
    changes = changelog.read(start, 10, 0)
    changelog.commit("fast", changes[-1].position)
    assert len(changelog.read(start, 10, 0)) == 5
    changelog.commit("slow", changes[2].position)
    assert redis_client.xlen(redis_keys.CORPUS_CHANGES) == 3
    assert changelog.read(changes[2].position, 10, 0) == changes[3:]
    with pytest.raises(ChangelogLost):
        changelog.read(start, 10, 0)


def test_the_newest_position_is_known_even_when_all_changes_were_dropped(
    store: RedisDocumentStore, changelog: RedisChangelog
):
    store.put_many([a_document("a"), a_document("b")])
    newest = changelog.position()
    changelog.commit("host", newest)
    assert changelog.position() == newest
    assert changelog.read(newest, 10, 0) == []


def test_a_host_unseen_for_a_week_holds_back_nothing(
    store: RedisDocumentStore, changelog: RedisChangelog, redis_client: Redis
):
    start = changelog.position()
    long_ago = int(time.time()) - HOST_LIFETIME_S - 1
    redis_client.hset(redis_keys.CORPUS_READERS, "dead", f"{start.ms}-{start.serial} {long_ago}")
    store.put_many([a_document("a"), a_document("b")])
    changelog.commit("host", changelog.position())
    assert redis_client.xlen(redis_keys.CORPUS_CHANGES) == 1
    assert redis_client.hkeys(redis_keys.CORPUS_READERS) == [b"host"]


def test_a_corpus_that_was_emptied_or_replaced_is_noticed(
    store: RedisDocumentStore, changelog: RedisChangelog, redis_client: Redis
):
    store.put(a_document("a"))
    before = changelog.position()
    redis_client.flushall()
    with pytest.raises(ChangelogLost):
        changelog.read(before, 10, 0)
    assert not changelog.position().reached(before)


@pytest.mark.parametrize("later", [[], ["c"]], ids=["quiet", "written to since"])
def test_a_corpus_that_lost_its_latest_changes_is_noticed(
    store: RedisDocumentStore, changelog: RedisChangelog, redis_client: Redis, later: list[str]
):
    """A replica that was promoted with missing writes."""
    store.put(a_document("a"))
    store.put(a_document("b"))
    newest = changelog.position()
    redis_client.xdel(redis_keys.CORPUS_CHANGES, f"{newest.ms}-{newest.serial}")
    for name in later:
        store.put(a_document(name))
    with pytest.raises(ChangelogLost):
        changelog.read(newest, 10, 0)

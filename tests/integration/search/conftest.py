"""An index that follows a real changelog, in a thread of its own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis

from factcheck.evidence import Document
from factcheck.ports import PassageSearch
from factcheck.search.embedded import EmbeddedSearch
from factcheck.search.folder import IndexFolder
from factcheck.search.follower import Follower
from factcheck.search.memory import MemorySearch
from factcheck.store.changelog import RedisChangelog
from factcheck.store.documents import RedisDocumentStore

Building = Callable[[list[Document]], PassageSearch]


@contextmanager
def following(data_dir: Path, changelog: RedisChangelog) -> Iterator[list[int]]:
    """An indexer at work inside the block; the list fills with what it tells of rebuilds."""
    stop, told = threading.Event(), []
    follower = Follower(IndexFolder(data_dir), changelog, told.append)
    thread = threading.Thread(target=follower.run, args=[stop])
    thread.start()
    try:
        yield told
    finally:
        stop.set()
        thread.join()


@pytest.fixture
def store(redis_client: Redis) -> RedisDocumentStore:
    return RedisDocumentStore(redis_client)


@pytest.fixture
def changelog(redis_client: Redis) -> RedisChangelog:
    return RedisChangelog(redis_client)


@pytest.fixture(params=["memory", "embedded"])
def build(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Building]:
    """A search over given documents, of each kind that there is."""
    if request.param == "memory":
        yield MemorySearch
        return
    store = request.getfixturevalue("store")
    changelog = request.getfixturevalue("changelog")
    with following(tmp_path, changelog):

        def build_embedded(documents: list[Document]) -> PassageSearch:
            store.put_many(documents)
            search = EmbeddedSearch(tmp_path)
            assert search.wait_for(changelog.position(), 20)
            return search

        yield build_embedded

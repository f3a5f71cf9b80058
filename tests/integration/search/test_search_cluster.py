"""The distributed engine on a real Redis Cluster: primaries die, replicas take over with missing writes."""

import time
from random import Random

import pytest

from bench.cluster.search_cluster import SearchCluster
from bench.cluster.servers import Server, until
from factcheck.errors import IndexUnavailable, InvalidSetting
from factcheck.ports import IndexedSearch, PassageQuery
from factcheck.search.factory import open_search
from factcheck.settings import Settings
from factcheck.store.changelog import RedisChangelog
from factcheck.store.documents import RedisDocumentStore
from tests.builders import a_document
from tests.integration.search.conftest import indexing

PATIENCE_S = 60
NAMES = [f"d{number}" for number in range(12)]  # some in each shard


@pytest.fixture
def settings(search_cluster: SearchCluster) -> Settings:
    return Settings(search_url=search_cluster.url)


def texts(search: IndexedSearch) -> set[str]:
    return {c.passage.text for c in search.search(PassageQuery("harvest", 100))}


def store_all(store: RedisDocumentStore, word: str) -> set[str]:
    for name in NAMES:
        store.put(a_document(name, f"Harvest {word} of {name}."))
    return {f"Harvest {word} of {name}." for name in NAMES}


def test_a_search_finds_what_lies_on_all_primaries(
    search_cluster: SearchCluster, settings: Settings, store: RedisDocumentStore, changelog: RedisChangelog
):
    search = open_search(settings)
    with indexing(settings, changelog):
        written = store_all(store, "one")
        assert search.wait_for(changelog.position(), PATIENCE_S)
    assert (texts(search), search.documents()) == (written, len(NAMES))
    assert all(server.ask("DBSIZE") for server in search_cluster.servers)


def test_a_replica_that_takes_over_with_missing_writes_is_caught_up_and_shows_nothing_old(
    search_cluster: SearchCluster, settings: Settings, store: RedisDocumentStore, changelog: RedisChangelog
):
    search = open_search(settings)
    with indexing(settings, changelog):
        store_all(store, "one")
        assert search.wait_for(changelog.position(), PATIENCE_S)
        primary = search_cluster.primary(Random(1))
        replica = search_cluster.replica_of(primary)
        cut_off(replica, primary)
        written = store_all(store, "two")
        assert search.wait_for(changelog.position(), PATIENCE_S)
        primary.kill()
        try:
            assert found_after_the_takeover(search, search_cluster, replica) == written
        finally:
            primary.start()
            replica.ask("CONFIG SET", "masterauth", "")


def cut_off(replica: Server, primary: Server) -> None:
    """The replica gets no writes any more, and still takes part in the cluster."""
    replica.ask("CONFIG SET", "masterauth", "wrong")
    primary.ask("CLIENT KILL", "TYPE", "replica")
    until(lambda: is_cut_off(replica), "the replica follows no longer")


def is_cut_off(replica: Server) -> bool:
    told = replica.ask("INFO", "replication")
    return isinstance(told, dict) and told["master_link_status"] == "down"


def found_after_the_takeover(search: IndexedSearch, cluster: SearchCluster, replica: Server) -> set[str]:
    """What is found once all of it is found again. Until then, nothing is better than something old."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            found = texts(search)
        except IndexUnavailable:
            time.sleep(0.05)
            continue
        if not is_replica(replica) or any(" one " in text for text in found):
            return found
    raise TimeoutError("the replica did not take over")


def is_replica(server: Server) -> bool:
    told = server.ask("INFO", "replication")
    return not isinstance(told, dict) or told["role"] != "master"


@pytest.mark.parametrize("url", ["cluster://", "cluster://a:1?shards=0", "cluster://a:1/0", "cluster://a:1?shard=3"])
def test_an_address_that_names_no_cluster_is_refused(url: str):
    with pytest.raises(InvalidSetting, match=r"FACTCHECK_SEARCH_URL.*cluster://host:port"):
        open_search(Settings(search_url=url))


def test_a_cluster_that_is_away_is_unavailable():
    with pytest.raises(IndexUnavailable, match="does not answer"):
        open_search(Settings(search_url="cluster://127.0.0.1:1")).search(PassageQuery("harvest", 1))

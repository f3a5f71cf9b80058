"""What the distributed engine does beyond the contract of every search: indexers that fail, engines that forget."""

from collections.abc import Callable

import pytest
from redis import Redis

from factcheck import redis_keys
from factcheck.corpus_version import CorpusVersion
from factcheck.errors import IndexUnavailable
from factcheck.ports import PassageQuery
from factcheck.redis_connection import connect_engine
from factcheck.search.distributed.engine_ports import EngineState, engine_write
from factcheck.search.distributed.redis_engine import RedisEngine
from factcheck.search.distributed.search import DistributedSearch
from factcheck.search.distributed.shard_servers import FixedShardServer
from factcheck.search.read_your_writes import ReadYourWritesSearch
from factcheck.settings import Settings
from factcheck.store.changelog import RedisChangelog
from factcheck.store.documents import RedisDocumentStore
from tests.builders import a_document
from tests.integration.search.conftest import indexing

PATIENCE_S = 20
EARLIER, LATER = CorpusVersion("e", 1, 0), CorpusVersion("e", 2, 0)
Ids = Callable[[], set[str]]


@pytest.fixture
def engine(engine_url: str) -> RedisEngine:
    return RedisEngine(FixedShardServer(connect_engine(engine_url)))


@pytest.fixture
def search(engine: RedisEngine) -> DistributedSearch:
    return DistributedSearch(engine)


@pytest.fixture
def ids(search: DistributedSearch) -> Ids:
    return lambda: {c.passage.document.id for c in search.search(PassageQuery("harvest", 1000))}


@pytest.fixture
def settings(engine_url: str) -> Settings:
    return Settings(search_url=engine_url)


def test_an_engine_without_an_index_is_unavailable(search: DistributedSearch, changelog: RedisChangelog):
    with pytest.raises(IndexUnavailable):
        search.search(PassageQuery("harvest", 1))
    assert not search.wait_for(changelog.position(), 0)


def test_an_engine_that_is_away_is_unavailable():
    with pytest.raises(IndexUnavailable, match="does not answer"):
        DistributedSearch(RedisEngine(FixedShardServer(connect_engine("unix:///nowhere")))).search(
            PassageQuery("harvest", 1)
        )


def test_writes_replacements_removals_and_retractions_show(
    search: DistributedSearch, ids: Ids, store: RedisDocumentStore, changelog: RedisChangelog, settings: Settings
):
    with indexing(settings, changelog):
        store.put(a_document("a", "The harvest ended. The harvest began. More harvest."))
        store.put(a_document("b", "The harvest began."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
        assert (ids(), search.documents()) == ({"a", "b"}, 2)
        store.put(a_document("a", "Another harvest."))
        store.put(a_document("b", "The harvest began.", retracted=True))
        assert search.wait_for(changelog.position(), PATIENCE_S)
        found = search.search(PassageQuery("harvest", 10))
        assert [c.passage.text for c in found] == ["Another harvest."]
        store.remove("a")
        assert search.wait_for(changelog.position(), PATIENCE_S)
        assert (ids(), search.documents()) == (set(), 0)


def test_a_check_that_begins_after_a_deletion_was_acknowledged_does_not_see_the_document(
    search: DistributedSearch, store: RedisDocumentStore, changelog: RedisChangelog, settings: Settings
):
    fresh = ReadYourWritesSearch(search, changelog, store, PATIENCE_S)
    with indexing(settings, changelog):
        for number in range(5):
            store.put(a_document("d", f"Harvest {number}."))
            assert fresh.revision() == str(changelog.position())
            assert [c.passage.text for c in fresh.search(PassageQuery("harvest", 5))] == [f"Harvest {number}."]
            store.remove("d")
            assert fresh.revision() == str(changelog.position())
            assert fresh.search(PassageQuery("harvest", 5)) == []


def test_a_late_write_never_brings_a_removed_document_back(engine: RedisEngine, search: DistributedSearch, ids: Ids):
    generation = engine.begin()
    assert engine.commit(EngineState(generation, LATER), None)
    document = a_document("d", "Harvest.")
    engine.write(generation, [engine_write("d", document, EARLIER)])
    assert ids() == {"d"}
    engine.write(generation, [engine_write("d", None, LATER)])
    engine.write(generation, [engine_write("d", document, EARLIER)])
    assert ids() == set()


def test_an_indexer_whose_state_was_overtaken_commits_nothing(engine: RedisEngine):
    generation = engine.begin()
    first, second = EngineState(generation, EARLIER), EngineState(generation, LATER)
    assert engine.commit(first, None)
    assert engine.commit(second, first)
    assert not engine.commit(EngineState(generation, CorpusVersion("e", 3, 0)), first)
    assert engine.state() == second


def test_one_indexer_leads_at_a_time(engine: RedisEngine):
    assert [engine.leads("a"), engine.leads("b"), engine.leads("a")] == [True, False, True]


def test_of_two_indexers_one_waits_and_takes_over(
    search: DistributedSearch, ids: Ids, store: RedisDocumentStore, changelog: RedisChangelog, settings: Settings
):
    with indexing(settings, changelog):
        with indexing(settings, changelog):
            store.put(a_document("a", "Harvest."))
            assert search.wait_for(changelog.position(), PATIENCE_S)
        store.put(a_document("b", "Harvest."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
    assert ids() == {"a", "b"}


@pytest.mark.parametrize("later", [set(), {"b"}])
def test_an_engine_that_lost_everything_is_filled_again_while_the_indexer_runs(
    search: DistributedSearch,
    ids: Ids,
    store: RedisDocumentStore,
    changelog: RedisChangelog,
    settings: Settings,
    engine_url: str,
    later: set[str],
):
    with indexing(settings, changelog):
        store.put(a_document("a", "Harvest."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
        with Redis.from_url(engine_url) as client:
            client.flushall()
        for name in later:  # nothing need change for it to be noticed
            store.put(a_document(name, "Harvest."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
        assert ids() == {"a", *later}


@pytest.mark.parametrize("loss", [redis_keys.CORPUS_EPOCH, redis_keys.CORPUS_READERS])
def test_an_engine_of_another_corpus_or_too_far_behind_is_rebuilt(
    search: DistributedSearch,
    ids: Ids,
    store: RedisDocumentStore,
    changelog: RedisChangelog,
    settings: Settings,
    redis_client: Redis,
    engine_url: str,
    loss: str,
):
    with indexing(settings, changelog):
        store.put(a_document("gone", "Harvest."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
    store.remove("gone")
    store.put(a_document("new", "Harvest."))
    redis_client.delete(loss)
    changelog.commit("another host", changelog.position())
    with indexing(settings, changelog):
        assert search.wait_for(changelog.position(), PATIENCE_S)
    assert ids() == {"new"}
    with Redis.from_url(engine_url) as client:  # of the former generation nothing is left
        assert len(client.keys(f"{redis_keys.engine_passages('*')}*")) == 1


def test_an_index_of_another_layout_is_rebuilt(
    search: DistributedSearch,
    ids: Ids,
    store: RedisDocumentStore,
    changelog: RedisChangelog,
    settings: Settings,
    engine_url: str,
):
    store.put(a_document("a", "Harvest."))
    with Redis.from_url(engine_url) as client:
        client.hset(
            redis_keys.ENGINE_STATE, mapping={"layout": "0", "generation": "x", "epoch": "e", "ms": 1, "serial": 0}
        )
    with pytest.raises(IndexUnavailable):
        search.revision()
    with indexing(settings, changelog):
        assert search.wait_for(changelog.position(), PATIENCE_S)
    assert ids() == {"a"}


def test_ids_of_any_script_and_with_braces_and_slashes_are_told_apart(
    search: DistributedSearch, ids: Ids, store: RedisDocumentStore, changelog: RedisChangelog, settings: Settings
):
    names = {"a/b", "{a}", "a b|c", "日本語", "😀", "@id:{x}", "-*-"}
    for name in names:
        store.put(a_document(name, "Harvest."))
    with indexing(settings, changelog):
        assert search.wait_for(changelog.position(), PATIENCE_S)
        assert ids() == names
        for name in names:
            store.remove(name)
        assert search.wait_for(changelog.position(), PATIENCE_S)
        assert ids() == set()

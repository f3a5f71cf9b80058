"""Chooses the search of the stored corpus: this host's embedded index, or the distributed engine where its URL is set."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Protocol

from factcheck.ports import Changelog, IndexedSearch, PassageEmbeddingCodes
from factcheck.redis_cluster import CLUSTER
from factcheck.redis_connection import connect_engine, connect_engine_cluster
from factcheck.search.distributed.engine_sync import EngineSync
from factcheck.search.distributed.redis_engine import RedisEngine
from factcheck.search.distributed.redis_passage_codes import RedisPassageEmbeddingCodes
from factcheck.search.distributed.search import DistributedSearch
from factcheck.search.distributed.shard_servers import ClusterShardServer, FixedShardServer, ShardServer
from factcheck.search.distributed.sharded_engine import ShardedEngine
from factcheck.search.distributed.sharded_passage_codes import ShardedPassageEmbeddingCodes
from factcheck.search.embedded.index_folder import IndexFolder
from factcheck.search.embedded.index_sync import IndexSync
from factcheck.search.embedded.passage_codes import SqlitePassageEmbeddingCodes
from factcheck.search.embedded.search import EmbeddedSearch
from factcheck.settings import Settings


class IndexUpdater(Protocol):
    """Keeps an index up to date with the corpus."""

    def run(self, stop: Event) -> None:
        """Runs until `stop` is set."""


def open_search(settings: Settings) -> IndexedSearch:
    """The configured search. Opens no connection yet.

    Raises: `InvalidSetting` where the URL is not valid.
    """
    if settings.search_url:
        return DistributedSearch(_engine(settings.search_url))
    return EmbeddedSearch(_index_dir(settings))


def open_index_updater(settings: Settings, changelog: Changelog, on_progress: Callable[[int], None]) -> IndexUpdater:
    """The updater of the configured search. During a rebuild it calls `on_progress` with the number of documents indexed."""
    if settings.search_url:
        engine = _engine(settings.search_url)
        return EngineSync(engine, engine, changelog, on_progress)
    return IndexSync(IndexFolder(_index_dir(settings)), changelog, on_progress)


def open_passage_codes(settings: Settings, name: str) -> PassageEmbeddingCodes:
    """The codes of the configured search's passages. `name` is that of the model and of the code's form."""
    if settings.search_url:
        return ShardedPassageEmbeddingCodes(
            [RedisPassageEmbeddingCodes(server, name) for server in _servers(settings.search_url)]
        )
    return SqlitePassageEmbeddingCodes(_index_dir(settings) / "index" / f"codes-{name}.sqlite")


def _engine(url: str) -> RedisEngine | ShardedEngine:
    shards = [RedisEngine(server) for server in _servers(url)]
    return ShardedEngine(shards) if url.startswith(CLUSTER) else shards[0]


def _servers(url: str) -> list[ShardServer]:
    """One for each shard."""
    if not url.startswith(CLUSTER):
        return [FixedShardServer(connect_engine(url))]
    nodes, tags = connect_engine_cluster(url)
    return [ClusterShardServer(nodes, tag) for tag in tags]


def _index_dir(settings: Settings) -> Path:
    """Parent folder of the index. On a memory file system, writes become visible in a third of the time; a reboot then costs
    a rebuild.

    Source: bench/RESULTS.md.
    """
    return Path(settings.index_dir) if settings.index_dir else settings.data_dir

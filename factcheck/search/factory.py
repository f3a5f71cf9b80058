"""Which search serves the stored corpus: this host's own index, or the distributed engine where its URL is set."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Protocol

from factcheck.ports import Changelog, IndexedSearch
from factcheck.redis_connection import connect_engine
from factcheck.search.distributed.engine_sync import EngineSync
from factcheck.search.distributed.redis_engine import RedisEngine
from factcheck.search.distributed.search import DistributedSearch
from factcheck.search.embedded.index_folder import IndexFolder
from factcheck.search.embedded.index_sync import IndexSync
from factcheck.search.embedded.search import EmbeddedSearch
from factcheck.settings import Settings


class IndexUpdater(Protocol):
    """Keeps an index in step with the corpus."""

    def run(self, stop: Event) -> None:
        """Until `stop`."""


def open_search(settings: Settings) -> IndexedSearch:
    """Opens no connection yet. Raises `InvalidSetting` for a URL that is none."""
    if settings.search_url:
        return DistributedSearch(RedisEngine(connect_engine(settings.search_url)))
    return EmbeddedSearch(_home(settings))


def open_index_updater(settings: Settings, changelog: Changelog, told: Callable[[int], None]) -> IndexUpdater:
    """What feeds that search. `told` hears, during a rebuild, how many documents are done."""
    if settings.search_url:
        engine = RedisEngine(connect_engine(settings.search_url))
        return EngineSync(engine, engine, changelog, told)
    return IndexSync(IndexFolder(_home(settings)), changelog, told)


def _home(settings: Settings) -> Path:
    """On a memory file system a write is visible in a third of the time (bench/RESULTS.md); a reboot costs a rebuild."""
    return Path(settings.index_dir) if settings.index_dir else settings.data_dir

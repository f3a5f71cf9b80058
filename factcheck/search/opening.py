"""Which search serves the stored corpus: this host's own index, or the distributed engine where its URL is set."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Protocol

from factcheck.ports import Changelog, IndexedSearch
from factcheck.search.distributed import DistributedSearch
from factcheck.search.distributor import Distributor
from factcheck.search.embedded import EmbeddedSearch
from factcheck.search.folder import IndexFolder
from factcheck.search.follower import Follower
from factcheck.settings import Settings
from factcheck.store.connection import connect_engine
from factcheck.store.engine import RedisEngine


class Indexing(Protocol):
    """Keeps an index in step with the corpus."""

    def run(self, stop: Event) -> None:
        """Until `stop`."""


def open_search(settings: Settings) -> IndexedSearch:
    """Opens no connection yet. Raises `InvalidSetting` for a URL that is none."""
    if settings.search_url:
        return DistributedSearch(RedisEngine(connect_engine(settings.search_url)))
    return EmbeddedSearch(_home(settings))


def open_indexing(settings: Settings, changelog: Changelog, told: Callable[[int], None]) -> Indexing:
    """What feeds that search. `told` hears, during a rebuild, how many documents are done."""
    if settings.search_url:
        engine = RedisEngine(connect_engine(settings.search_url))
        return Distributor(engine, engine, changelog, told)
    return Follower(IndexFolder(_home(settings)), changelog, told)


def _home(settings: Settings) -> Path:
    """On a memory file system a write is visible in a third of the time (bench/RESULTS.md); a reboot costs a rebuild."""
    return Path(settings.index_dir) if settings.index_dir else settings.data_dir

"""What is measured of one corpus: ingest, index, search, and how soon a write can be found."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread
from time import perf_counter, sleep

from redis import Redis

from factcheck.evidence import Document
from factcheck.ports import PassageQuery, PassageSearch
from factcheck.redis_connection import connect_patiently
from factcheck.search.embedded.search import EmbeddedSearch
from factcheck.settings import Settings
from factcheck.store.changelog import RedisChangelog
from factcheck.store.documents import RedisDocumentStore, in_batches
from factcheck_cli.embedded_redis import reachable_redis

_BATCH = 200
_WARM_UP = 50
_INDEX_LIMIT_S = 3_600


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one corpus size. `_ms` pairs are p50 and p95."""

    passages: int
    documents: int
    ingest_documents_s: float
    index_passages_s: float
    redis_bytes_document: float
    index_bytes_document: float
    record_disk_bytes_document: float
    search_ms: tuple[float, float]
    visible_ms: tuple[float, float]
    visible_under_load_ms: tuple[float, float]
    restart_ms: float

    def as_json(self) -> dict[str, object]:
        """Names as above."""
        return asdict(self)


def measure(data_dir: Path, documents: list[Document], passages: int, queries: Sequence[str], limit: int) -> Figures:
    """A server and an indexer of its own in `data_dir`, both ended afterwards."""
    settings = Settings(data_dir=data_dir)
    with reachable_redis(settings, {}) as url:
        client = connect_patiently(url)
        store, changelog, search = RedisDocumentStore(client), RedisChangelog(client), EmbeddedSearch(data_dir)
        empty_bytes = int(client.info("memory")["used_memory"])
        began = perf_counter()
        for batch in in_batches(iter(documents), _BATCH):
            store.put_many(batch)
        ingest_s = perf_counter() - began
        began = perf_counter()
        with running_indexer(data_dir, url):
            require(search.wait_for(changelog.position(), _INDEX_LIMIT_S))
            index_s = perf_counter() - began
            redis_bytes = int(client.info("memory")["used_memory"]) - empty_bytes
            found_ms = search_ms(search, queries, limit)
            visible_ms = _visible_ms(store, changelog, search, documents[:100])
            with _load(store, documents):
                under_load_ms = _visible_ms(store, changelog, search, documents[100:200])
        index_bytes = _bytes_below(data_dir / "index")
        record_bytes = _rewritten_bytes(client, data_dir / "redis")
        return Figures(
            passages=passages,
            documents=len(documents),
            ingest_documents_s=len(documents) / ingest_s,
            index_passages_s=passages / index_s,
            redis_bytes_document=redis_bytes / len(documents),
            index_bytes_document=index_bytes / len(documents),
            record_disk_bytes_document=record_bytes / len(documents),
            search_ms=found_ms,
            visible_ms=visible_ms,
            visible_under_load_ms=under_load_ms,
            restart_ms=_restart_ms(data_dir, queries[0], limit),
        )


def _bytes_below(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _rewritten_bytes(client: Redis, folder: Path) -> int:
    """Of the append-only file as short as it gets: what a corpus takes once its writes are old."""
    client.bgrewriteaof()
    while client.info("persistence")["aof_rewrite_in_progress"] or client.info("persistence")["aof_rewrite_scheduled"]:
        sleep(0.1)
    return _bytes_below(folder)


@contextmanager
def running_indexer(data_dir: Path, url: str, search_url: str = "") -> Iterator[None]:
    """The indexer as a process of its own, as in production."""
    environ = {**os.environ, "REDIS_URL": url, "FACTCHECK_DATA_DIR": str(data_dir), "FACTCHECK_SEARCH_URL": search_url}
    process = subprocess.Popen([sys.executable, "-m", "factcheck.indexer"], env=environ)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def search_ms(search: PassageSearch, queries: Sequence[str], limit: int) -> tuple[float, float]:
    """p50 and p95, after some to warm up."""
    took = []
    for words in queries:
        began = perf_counter()
        search.search(PassageQuery(words, limit))
        took.append((perf_counter() - began) * 1000)
    return p50_p95(took[_WARM_UP:])


def search_in_turns_ms(
    searches: Sequence[PassageSearch], queries: Sequence[str], limit: int
) -> list[tuple[float, float]]:
    """p50 and p95 of each, every query asked of all before the next one."""
    took: list[list[float]] = [[] for _ in searches]
    for words in queries:
        for search, times in zip(searches, took, strict=True):
            began = perf_counter()
            search.search(PassageQuery(words, limit))
            times.append((perf_counter() - began) * 1000)
    return [p50_p95(times[_WARM_UP:]) for times in took]


def _visible_ms(
    store: RedisDocumentStore, changelog: RedisChangelog, search: EmbeddedSearch, documents: Sequence[Document]
) -> tuple[float, float]:
    """From the start of a write until another process finds it."""
    took = []
    for document in documents:
        began = perf_counter()
        store.put(document)
        require(search.wait_for(changelog.position(), 60))
        took.append((perf_counter() - began) * 1000)
        sleep(0.01)
    return p50_p95(took)


@contextmanager
def _load(store: RedisDocumentStore, documents: Sequence[Document]) -> Iterator[None]:
    """About 200 documents a second rewritten meanwhile."""
    done = Event()

    def write() -> None:
        for batch in in_batches(iter(documents[200:]), 10):
            if done.wait(0.05):
                return
            store.put_many(batch)

    thread = Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _restart_ms(data_dir: Path, words: str, limit: int) -> float:
    """Until a new process has its first answer, from an index that exists."""
    began = perf_counter()
    EmbeddedSearch(data_dir).search(PassageQuery(words, limit))
    return (perf_counter() - began) * 1000


def p50_p95(took: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    cuts = quantiles(took, n=100)
    return cuts[49], cuts[94]


def require(reached: bool) -> None:
    """Raises `TimeoutError` if an index did not catch up."""
    if not reached:
        raise TimeoutError("the index did not catch up")

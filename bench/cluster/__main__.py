"""Two hosts, a database with Sentinel and two replicas, optionally a common search; parts are killed with -9 under load.
Nothing acknowledged may be lost, nothing shown twice, no text found that was replaced or deleted.

`python -m bench.cluster --documents 20000 --checks 500 --kills 20 --search cluster`: an index on each host, one search server, or a
Redis Cluster of three primaries with a replica each.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import cycle, islice, pairwise
from pathlib import Path
from typing import Any

from bench.chaos.client import follow, read
from bench.cluster.hosts import Host, Hosts
from bench.cluster.kills import KINDS, Cluster, Kill, kill_all
from bench.cluster.load import MARK, Acknowledged, submit_checks, write_documents
from bench.cluster.search_cluster import SearchCluster, running_search_cluster
from bench.cluster.servers import Server, running_database, search_server
from bench.serving import show, store_seeds
from bench.versus.trees import present_tree
from factcheck.ports import IndexedSearch, PassageQuery
from factcheck.redis_connection import connect_patiently
from factcheck.search.factory import open_search
from factcheck.settings import Settings
from factcheck.store.changelog import RedisChangelog
from factcheck.store.documents import RedisDocumentStore

_CAUGHT_UP_S = 300.0
_FINISHED_S = 900.0
Json = dict[str, Any]


def main() -> int:
    """0 where nothing was lost, shown twice or stale; 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--checks", type=int, default=100)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--pause", type=float, default=3.0, help="seconds between two kills, on average")
    parser.add_argument("--over", type=float, default=120.0, help="seconds over which writes and checks are spread")
    parser.add_argument("--search", choices=("embedded", "one server", "cluster"), default="embedded")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--folder", type=Path, default=None, help="parent of the temporary data folders")
    arguments = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if arguments.seed is None else arguments.seed
    with tempfile.TemporaryDirectory(prefix="fc-", dir=arguments.folder) as name, ExitStack() as stack:
        folder, tree = Path(name), stack.enter_context(present_tree())
        database = stack.enter_context(running_database(folder))
        search = stack.enter_context(_running_search(arguments.search, folder))
        settings = {"REDIS_URL": database.url, "FACTCHECK_REPLICAS": "1", "FACTCHECK_VERDICT_MEMORY_S": "0"}
        settings["FACTCHECK_SEARCH_URL"] = _search_url(search)
        hosts = [Host(f"host-{n}", folder / f"host-{n}", settings, 1, tree) for n in (1, 2)]
        for host in hosts:
            stack.callback(host.stop)
            host.start()
        cluster = Cluster(database, hosts, search)
        cluster.await_whole()
        store_seeds(hosts[0].url)
        return _measure(cluster, arguments, seed)


@contextmanager
def _running_search(kind: str, folder: Path) -> Iterator[Server | SearchCluster | None]:
    if kind == "embedded":
        yield None
    elif kind == "cluster":
        with running_search_cluster(folder) as cluster:
            yield cluster
    else:
        server = search_server(folder, "search")
        server.start()
        try:
            yield server
        finally:
            server.kill()


def _search_url(search: Server | SearchCluster | None) -> str:
    return f"redis://{search.address}/0" if isinstance(search, Server) else search.url if search else ""


def _measure(cluster: Cluster, arguments: argparse.Namespace, seed: int) -> int:
    began, done, kills = time.monotonic(), Acknowledged(), list[Kill]()
    urls = [host.url for host in cluster.hosts]
    clients = Hosts(urls), Hosts(urls[::-1])
    kinds = [kind for kind in KINDS if kind != "search" or cluster.search]
    plan = list(islice(cycle(kinds), arguments.kills))
    with ThreadPoolExecutor(3) as pool:
        jobs = [
            pool.submit(write_documents, clients[0], done, arguments.documents, arguments.over, random.Random(seed)),
            pool.submit(submit_checks, clients[1], done, arguments.checks, arguments.over),
            pool.submit(kill_all, cluster, plan, arguments.pause, random.Random(seed + 1), kills),
        ]
        for job in jobs:
            job.result()
    checks = _finished(urls[0], done.checks)
    figures = {
        "search": arguments.search,
        "documents acknowledged": arguments.documents,
        "replaced or deleted": f"{_replaced(done)} / {len(done.deleted)}",
        "checks acknowledged": len(done.checks),
        "requests sent again": sum(client.again for client in clients),
        **_faults(cluster, done, checks),
        "kills": dict(Counter(kill.kind for kill in kills)),
        "longest silence of writes, s": round(max(done.silences_s), 1),
        "longest until whole again, s": {k: max(x.whole_s for x in kills if x.kind == k) for k in dict.fromkeys(plan)},
        "longest silence of a running check, s": round(max(_silence_s(urls[0], check) for check in checks), 1),
        "in all, s": round(time.monotonic() - began, 1),
        "seed": seed,
    }
    show("cluster", figures)
    return 1 if any(figures[name] for name in _FAULTS) or len(kills) < arguments.kills else 0


_FAULTS = (
    "documents lost, stale or back",
    "stale, missing or double in an index",
    "checks lost",
    "claims shown twice",
)


def _faults(cluster: Cluster, done: Acknowledged, checks: list[Json]) -> Json:
    client = connect_patiently(cluster.database.url)
    stored = {document.id: document.text for document in RedisDocumentStore(client).export() if MARK in document.text}
    settings = [_settings(cluster, host) for host in cluster.hosts]
    faults = [_index_faults(open_search(each), RedisChangelog(client), done.texts) for each in settings]
    finished = [check for check in checks if check["status"] == "finished"]
    counts = [
        len(stored.items() ^ done.texts.items()),
        sum(faults),
        len(checks) - len(finished) + len(done.checks) - len(set(done.checks)),
        sum(_shown_twice(cluster.hosts[0].url, check) for check in finished),
    ]
    return dict(zip(_FAULTS, counts, strict=True))


def _settings(cluster: Cluster, host: Host) -> Settings:
    url = host.settings.get("FACTCHECK_SEARCH_URL", "")
    return Settings(redis_url=cluster.database.url, data_dir=host.folder, search_url=url)


def _index_faults(search: IndexedSearch, changelog: RedisChangelog, texts: dict[str, str]) -> int:
    """Documents whose first sentence is not found exactly once as it was last written."""
    if not search.wait_for(changelog.position(), _CAUGHT_UP_S):
        return len(texts)
    found = search.search(PassageQuery(MARK, 2 * len(texts) + 1_000))
    counts = Counter((c.passage.document.id, c.passage.text) for c in found)
    expected = Counter({(name, text.split(". ")[0] + "."): 1 for name, text in texts.items()})
    return len((counts - expected) + (expected - counts))


def _replaced(done: Acknowledged) -> int:
    return sum(not text.endswith(" 0.") for text in done.texts.values())


def _finished(url: str, ids: list[str]) -> list[Json]:
    deadline = time.monotonic() + _FINISHED_S
    checks = {check_id: read(url, check_id) for check_id in ids}
    while waiting := [i for i, check in checks.items() if check["status"] in {"queued", "running"}]:
        if time.monotonic() > deadline:
            break
        time.sleep(1)
        checks |= {check_id: read(url, check_id) for check_id in waiting}
    return list(checks.values())


def _shown_twice(url: str, check: Json) -> int:
    """Claims that stand twice in the report, or were told twice to a follower."""
    reported = [claim["id"] for claim in check["report"]["claims"]]
    told = [event.data["id"] for event in follow(url, check["id"]) if event.kind == "claim"]
    return sum(len(ids) - len(set(ids)) for ids in (reported, told)) + (set(reported) != set(told))


def _silence_s(url: str, check: Json) -> float:
    moments = [event.at_s for event in follow(url, check["id"])]
    return max((later - earlier for earlier, later in pairwise(moments)), default=0.0)


if __name__ == "__main__":
    sys.exit(main())
